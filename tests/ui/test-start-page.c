#include "crm-ui-test.h"
#include "store/crm-backup.h"
#include "ui/relations/crm-relations-page.h"
#include "ui/shell/crm-window.h"
#include "ui/start/crm-recovery-dialog.h"
#include "ui/start/crm-start-page.h"

#include <string.h>

static gboolean
sees (GtkWidget *window, const char *text)
{
  return crm_ui_test_find_text (window, text) != NULL;
}

static GtkWidget *
open_window (CrmUiTestWorld *world)
{
  GtkWidget *window = crm_window_new (NULL);

  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  crm_window_set_store (CRM_WINDOW (window), world->store);
  gtk_window_present (GTK_WINDOW (window));
  crm_ui_test_wait_until (sees (window, "Welcome to CRM"));

  return window;
}

static void
choose (GtkWidget *window, const char *title)
{
  GtkWidget *label = crm_ui_test_find_text (window, title);
  GtkWidget *row = gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW);

  adw_action_row_activate (ADW_ACTION_ROW (row));
}

static void
test_demo_company (void)
{
  CrmUiTestWorld *world = crm_ui_test_world_new (FALSE);
  GtkWidget *window = open_window (world);

  choose (window, "Try the Demo Company");
  crm_ui_test_wait_until (crm_ui_test_find_type (window, CRM_TYPE_RELATIONS_PAGE) != NULL);
  crm_ui_test_wait_until (sees (window, "1000 relations"));

  /* One undo takes all of it back. */
  gtk_widget_activate_action (window, "win.undo", NULL);
  crm_ui_test_wait_until (sees (window, "No Relations Yet"));

  crm_ui_test_close (GTK_WINDOW (window));
  crm_ui_test_world_free (world);
}

static void
test_empty_start (void)
{
  CrmUiTestWorld *world = crm_ui_test_world_new (FALSE);
  GtkWidget *window = open_window (world);

  choose (window, "Start Empty");
  crm_ui_test_wait_until (sees (window, "No Relations Yet"));

  crm_ui_test_close (GTK_WINDOW (window));
  crm_ui_test_world_free (world);
}

/* The key that is shown opens what lies beside the database. */
static void
test_recovery_key_works (void)
{
  CrmUiTestWorld *world = crm_ui_test_world_new (TRUE);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (crm_recovery_dialog_new (world->store)),
                                           700,
                                           600);
  GtkWidget *print = NULL;
  GtkWidget *label = NULL;
  g_autofree char *wrapped = NULL;
  g_autoptr (CrmKey) key = NULL;
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (GError) error = NULL;

  crm_ui_test_wait_until ((print = crm_ui_test_find_named (GTK_WIDGET (window), "Print…")) !=
                              NULL &&
                          gtk_widget_get_sensitive (print));
  label = gtk_widget_get_prev_sibling (print);
  /* Whatever the digits: two lines, so that it fits and is easily copied. */
  g_assert_cmpint (strcspn (gtk_label_get_text (GTK_LABEL (label)), "\n"), ==, 21);
  wrapped = crm_recovery_key_load (crm_store_get_dir (world->store), &error);
  g_assert_no_error (error);
  key = crm_recovery_key_open (gtk_label_get_text (GTK_LABEL (label)), wrapped, &error);
  g_assert_no_error (error);
  replica = crm_replica_open (crm_store_get_dir (world->store),
                              key,
                              NULL,
                              CRM_REPLICA_READ_ONLY,
                              &error);
  g_assert_no_error (error);
  g_assert_nonnull (replica);
  g_clear_object (&replica);

  crm_ui_test_close (window);
  crm_ui_test_world_free (world);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/start-page/demo", test_demo_company);
  g_test_add_func ("/ui/start-page/empty", test_empty_start);
  g_test_add_func ("/ui/start-page/recovery", test_recovery_key_works);

  return g_test_run ();
}
