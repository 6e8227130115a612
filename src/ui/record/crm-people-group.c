#include "ui/record/crm-people-group.h"

#include <glib/gi18n-lib.h>

struct _CrmPeopleGroup
{
  AdwPreferencesGroup parent_instance;

  GtkListBox *list;
  GtkWidget *add_button;
  /* What is shown, to leave the rows alone when nothing changed. */
  char *key;
};

G_DEFINE_FINAL_TYPE (CrmPeopleGroup, crm_people_group, ADW_TYPE_PREFERENCES_GROUP)

static void
crm_people_group_finalize (GObject *object)
{
  g_free (CRM_PEOPLE_GROUP (object)->key);

  G_OBJECT_CLASS (crm_people_group_parent_class)->finalize (object);
}

static void
crm_people_group_class_init (CrmPeopleGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_people_group_finalize;
}

static void
crm_people_group_init (CrmPeopleGroup *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), list);

  self->add_button = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_widget_add_css_class (self->add_button, "dim-label");
  gtk_widget_set_tooltip_text (self->add_button, _("Add a Person Here"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_button), "relation.new-person");
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->add_button);
}

CrmPeopleGroup *
crm_people_group_new (void)
{
  return g_object_new (CRM_TYPE_PEOPLE_GROUP, NULL);
}

static GtkWidget *
make_row (CrmRecord *person)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = crm_record_dup_title (person);
  const char *function = crm_record_peek (person, "function");
  GtkWidget *avatar = adw_avatar_new (32, title, TRUE);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), function != NULL ? function : "");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), avatar);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", crm_record_get_id (person));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-record");

  return row;
}

static GtkWidget *
make_more_row (gint64 n_more)
{
  GtkWidget *row = adw_button_row_new ();
  g_autofree char *title = NULL;

  title = g_strdup_printf (ngettext ("Show %d More", "Show %d More", (gulong) n_more),
                           (int) n_more);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "relation.more-people");

  return row;
}

static char *
make_key (const char *title, GPtrArray *people, gint64 n_people)
{
  g_autoptr (GString) key = g_string_new (title);

  g_string_append_printf (key, "\n%" G_GINT64_FORMAT, n_people);
  for (guint i = 0; i < people->len; i++)
    {
      CrmRecord *person = g_ptr_array_index (people, i);
      g_autofree char *name = crm_record_dup_title (person);
      const char *function = crm_record_peek (person, "function");

      g_string_append_printf (key,
                              "\n%s\t%s\t%s",
                              crm_record_get_id (person),
                              name,
                              function != NULL ? function : "");
    }

  return g_strdup (key->str);
}

void
crm_people_group_set_people (CrmPeopleGroup *self,
                             const char *title,
                             GPtrArray *people,
                             gint64 n_people,
                             gboolean can_add)
{
  g_autofree char *key = NULL;

  g_return_if_fail (CRM_IS_PEOPLE_GROUP (self));
  g_return_if_fail (people != NULL);

  gtk_widget_set_visible (self->add_button, can_add);
  gtk_widget_set_visible (GTK_WIDGET (self), can_add || people->len > 0);
  key = make_key (title, people, n_people);
  if (g_strcmp0 (key, self->key) == 0)
    return;

  g_set_str (&self->key, key);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < people->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (people, i)));
  if (n_people > (gint64) people->len)
    gtk_list_box_append (self->list, make_more_row (n_people - (gint64) people->len));
  gtk_widget_set_visible (GTK_WIDGET (self->list), people->len > 0);
}
