#include "app/crm-application-actions.h"
#include "crm-ui-test.h"
#include "ui/shell/crm-shortcuts-dialog.h"

/* One for all: a program has one place on the bus. */
static GtkApplication *
get_application (void)
{
  static GtkApplication *application = NULL;
  g_autoptr (GError) error = NULL;

  if (application != NULL)
    return application;

  application = gtk_application_new ("org.example.CrmTest", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  crm_application_add_actions (application);

  return application;
}

static gboolean
is_told (const char *action)
{
  guint n;
  const CrmShortcut *shortcuts = crm_shortcuts_dialog_list (&n);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (shortcuts[i].action, action) == 0)
      return TRUE;

  return FALSE;
}

/* A key that nobody is told about is not used, one that is told about but does nothing is a lie. */
static void
test_all_keys_are_told (void)
{
  GtkApplication *application = get_application ();
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);
  guint n;
  const CrmShortcut *shortcuts = crm_shortcuts_dialog_list (&n);

  g_assert_cmpuint (g_strv_length (actions), >, 10);
  for (guint i = 0; actions[i] != NULL; i++)
    if (!is_told (actions[i]))
      g_error ("The list of keys misses %s", actions[i]);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) keys = NULL;

      if (shortcuts[i].action == NULL)
        continue;
      keys = gtk_application_get_accels_for_action (application, shortcuts[i].action);
      if (keys[0] == NULL)
        g_error ("%s has no key", shortcuts[i].action);
    }
}

static void
test_dialog (void)
{
  GtkApplication *application = get_application ();
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (crm_shortcuts_dialog_new (application)),
                                           800,
                                           1200);

  crm_ui_test_wait_until (crm_ui_test_find_text (GTK_WIDGET (window), "New organisation") != NULL);
  g_assert_nonnull (crm_ui_test_find_text (GTK_WIDGET (window), "Ctrl"));
  g_assert_nonnull (crm_ui_test_find_text (GTK_WIDGET (window), "Shift"));
  crm_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/app/application-actions/keys", test_all_keys_are_told);
  g_test_add_func ("/app/application-actions/dialog", test_dialog);

  return g_test_run ();
}
