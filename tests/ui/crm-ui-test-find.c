#include "crm-ui-test.h"

typedef gboolean (*Match) (GtkWidget *widget, gconstpointer data);

static GtkWidget *
find (GtkWidget *root, Match match, gconstpointer data)
{
  GtkWidget *child;

  if (match (root, data))
    return root;
  for (child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_mapped (child) ? find (child, match, data) : NULL;

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_type (GtkWidget *widget, gconstpointer data)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *) data);
}

GtkWidget *
crm_ui_test_find_type (GtkWidget *root, GType type)
{
  return find (root, is_type, &type);
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget));

  return NULL;
}

static gboolean
shows_text (GtkWidget *widget, gconstpointer data)
{
  return g_strcmp0 (get_text (widget), data) == 0;
}

GtkWidget *
crm_ui_test_find_text (GtkWidget *root, const char *text)
{
  return find (root, shows_text, text);
}

static gboolean
has_icon (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_MENU_BUTTON (widget) &&
         g_strcmp0 (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (widget)), data) == 0;
}

GtkWidget *
crm_ui_test_find_icon_button (GtkWidget *root, const char *icon)
{
  return find (root, has_icon, icon);
}

const char *
crm_ui_test_get_toast (GtkWidget *widget)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (widget));
  GType toast_widget = g_type_from_name ("AdwToastWidget");
  GtkWidget *toast = toast_widget != 0 ? crm_ui_test_find_type (root, toast_widget) : NULL;
  GtkWidget *label = toast != NULL ? crm_ui_test_find_type (toast, GTK_TYPE_LABEL) : NULL;

  return label != NULL ? gtk_label_get_text (GTK_LABEL (label)) : NULL;
}

/* GTK has no getter for accessible properties; what its check says of a mismatch holds the value.
 */
static char *
dup_label_property (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
  g_autofree char *said = NULL;
  const char *start;

  if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL))
    return NULL;
  said = gtk_test_accessible_check_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "\x01");
  start = said != NULL ? strchr (said, '"') : NULL;
  if (start == NULL)
    return g_steal_pointer (&said);

  return g_strndup (start + 1, strlen (start + 1) - 1);
}

static void
collect_text (GtkWidget *widget, GString *text)
{
  GtkWidget *child;
  const char *own = get_text (widget);

  if (own != NULL && own[0] != '\0')
    {
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, own);
    }
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child))
      collect_text (child, text);
}

char *
crm_ui_test_dup_name (GtkWidget *widget)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *label = dup_label_property (widget);

  if (label != NULL && label[0] != '\0')
    return g_steal_pointer (&label);
  if (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                        GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return g_strdup ("(labelled by another widget)");
  collect_text (widget, text);
  if (text->len > 0)
    return g_strdup (text->str);

  return g_strdup (gtk_widget_get_tooltip_text (widget));
}

static gboolean
has_name (GtkWidget *widget, gconstpointer data)
{
  g_autofree char *label = NULL;

  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), data) == 0)
    return TRUE;
  label = dup_label_property (widget);
  if (label != NULL)
    return g_str_equal (label, data);
  if (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget))
    {
      g_autoptr (GString) text = g_string_new (NULL);

      collect_text (widget, text);
      return g_strcmp0 (text->str, data) == 0;
    }

  return shows_text (widget, data);
}

GtkWidget *
crm_ui_test_find_named (GtkWidget *root, const char *name)
{
  return find (root, has_name, name);
}

/* Containers that take the focus only to pass it on have no name of their own. */
static gboolean
needs_name (GtkWidget *widget)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  if (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_LIST_BOX_ROW (widget))
    return TRUE;
  if (!gtk_widget_get_focusable (widget))
    return FALSE;

  return role != GTK_ACCESSIBLE_ROLE_NONE && role != GTK_ACCESSIBLE_ROLE_GENERIC &&
         role != GTK_ACCESSIBLE_ROLE_GROUP && role != GTK_ACCESSIBLE_ROLE_WINDOW &&
         role != GTK_ACCESSIBLE_ROLE_LIST && role != GTK_ACCESSIBLE_ROLE_GRID &&
         role != GTK_ACCESSIBLE_ROLE_LABEL && role != GTK_ACCESSIBLE_ROLE_TREE_GRID &&
         role != GTK_ACCESSIBLE_ROLE_WIDGET;
}

/* GtkText takes its name from the entry around it, buttons in GTK's own from what they are part of.
 */
static gboolean
is_part_of_named (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return GTK_IS_TEXT (widget) || GTK_IS_MENU_BUTTON (parent) || GTK_IS_SPIN_BUTTON (parent);
}

static void
collect_nameless (GtkWidget *widget, GPtrArray *lines)
{
  GtkWidget *child;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (needs_name (widget) && !is_part_of_named (widget))
    {
      g_autofree char *name = crm_ui_test_dup_name (widget);

      if (name == NULL || name[0] == '\0')
        g_ptr_array_add (lines,
                         g_strdup_printf ("%s in %s",
                                          G_OBJECT_TYPE_NAME (widget),
                                          G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget))));
    }
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_nameless (child, lines);
}

GPtrArray *
crm_ui_test_list_nameless (GtkWidget *root)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  collect_nameless (root, lines);

  return lines;
}

static gboolean
is_button_named (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) && has_name (widget, data);
}

GtkWidget *
crm_ui_test_find_button (GtkWidget *root, const char *name)
{
  return find (root, is_button_named, name);
}
