#include "crm-e2e.h"

#include "ui/widgets/crm-screen.h"

#include <string.h>

typedef struct
{
  CrmE2e e2e;
  CrmE2eAct act;
  gpointer data;
  gboolean acted;
} Run;

CrmStore *
crm_e2e_wait_for_store (CrmE2e *e2e)
{
  CrmWindow *window = CRM_WINDOW (e2e->window);

  crm_ui_test_wait_until (crm_window_get_store (window) != NULL);

  return crm_window_get_store (window);
}

static void
quit (CrmE2e *e2e)
{
  GtkWidget *window = e2e->window;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_action_group_activate_action (G_ACTION_GROUP (e2e->application), "quit", NULL);
  crm_ui_test_wait_until (window == NULL);
}

static gboolean
act_cb (gpointer user_data)
{
  Run *run = user_data;
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (run->e2e.application));

  g_assert_cmpuint (g_list_length (windows), ==, 1);
  run->e2e.window = windows->data;
  gtk_window_set_default_size (GTK_WINDOW (run->e2e.window), 1250, 850);
  crm_ui_test_wait_until (gtk_widget_get_mapped (run->e2e.window));
  run->act (&run->e2e, run->data);
  quit (&run->e2e);
  run->acted = TRUE;

  return G_SOURCE_REMOVE;
}

void
crm_e2e_run (const char *dir, const char *key_file, CrmE2eAct act, gpointer data)
{
  g_autofree char *replica = g_build_filename (dir, "replica", NULL);
  g_autofree char *key = g_build_filename (dir, key_file, NULL);
  char *args[] = { (char *) "crm", (char *) "--data", replica, (char *) "--key-file", key, NULL };
  GSettings *settings = crm_screen_get_settings ();
  Run run = { .act = act, .data = data };

  /* Tests run side by side, and one bus has one CRM; that is tried with the program itself. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  g_setenv ("CRM_NOW", "2026-03-01T08:00:00Z", TRUE);
  if (settings != NULL)
    g_settings_reset (settings, "last-page");

  run.e2e.application = crm_application_new ();
  g_idle_add (act_cb, &run);
  g_assert_cmpint (g_application_run (G_APPLICATION (run.e2e.application),
                                      G_N_ELEMENTS (args) - 1,
                                      args),
                   ==,
                   0);
  g_assert_true (run.acted);
  g_assert_finalize_object (run.e2e.application);
}

gboolean
crm_e2e_shows (CrmE2e *e2e, const char *text)
{
  return crm_ui_test_find_text (e2e->window, text) != NULL;
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
has_part (GtkWidget *widget, const char *part)
{
  const char *text = get_text (widget);

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (text != NULL && strstr (text, part) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_part (child, part))
      return TRUE;

  return FALSE;
}

gboolean
crm_e2e_shows_part (CrmE2e *e2e, const char *part)
{
  return has_part (e2e->window, part);
}

void
crm_e2e_act (CrmE2e *e2e, GType type, const char *action, GVariant *parameter)
{
  GtkWidget *widget = crm_ui_test_find_type (e2e->window, type);

  g_assert_nonnull (widget);
  if (!gtk_widget_activate_action_variant (widget, action, parameter))
    g_error ("%s has no action %s", g_type_name (type), action);
}

/* Also of a row that is scrolled out of sight. */
static GtkWidget *
find_row (GtkWidget *root, const char *title)
{
  GtkWidget *child;

  if (ADW_IS_PREFERENCES_ROW (root) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return root;
  for (child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_mapped (child) ? find_row (child, title) : NULL;

      if (found != NULL)
        return found;
    }

  return NULL;
}

void
crm_e2e_fill_row (CrmE2e *e2e, const char *title, const char *text)
{
  GtkWidget *row = find_row (e2e->window, title);

  if (!ADW_IS_ENTRY_ROW (row))
    g_error ("There is no row %s to write in", title);
  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

void
crm_e2e_choose_row (CrmE2e *e2e, const char *title)
{
  GtkWidget *row = find_row (e2e->window, title);

  if (row == NULL)
    g_error ("There is no row %s", title);
  g_assert_true (gtk_widget_is_sensitive (row));
  g_assert_true (gtk_widget_activate (row));
}

void
crm_e2e_type (GtkEditable *editable, const char *text)
{
  gtk_editable_set_text (editable, "");
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      int position = -1;

      gtk_editable_insert_text (editable, c, (int) (g_utf8_next_char (c) - c), &position);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

void
crm_e2e_drop (GtkWidget *target, const char *path)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (target);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      g_auto (GValue) value = G_VALUE_INIT;
      gboolean taken = FALSE;

      if (!GTK_IS_DROP_TARGET (controller))
        continue;
      g_value_init (&value, G_TYPE_FILE);
      g_value_set_object (&value, file);
      g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &taken);
      g_assert_true (taken);
      return;
    }
  g_assert_not_reached ();
}
