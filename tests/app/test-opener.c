#include "app/crm-opener.h"
#include "crm-ui-test.h"
#include "store/crm-backup.h"
#include "store/log/crm-change-log.h"
#include "ui/start/crm-unlock-dialog.h"

#include <string.h>

/* A keyring whose people do not come to unlock it. */
#define CRM_TYPE_DEAF_KEYRING (crm_deaf_keyring_get_type ())

G_DECLARE_FINAL_TYPE (CrmDeafKeyring, crm_deaf_keyring, CRM, DEAF_KEYRING, GObject)

struct _CrmDeafKeyring
{
  GObject parent_instance;
};

static char *
crm_deaf_keyring_lookup (CrmKeyring *keyring,
                         const char *name,
                         GCancellable *cancellable,
                         GError **error)
{
  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_usleep (10000);

  return NULL;
}

static void
crm_deaf_keyring_iface_init (CrmKeyringInterface *iface)
{
  iface->lookup = crm_deaf_keyring_lookup;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmDeafKeyring,
                               crm_deaf_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_KEYRING,
                                                      crm_deaf_keyring_iface_init))

static void
crm_deaf_keyring_class_init (CrmDeafKeyringClass *klass)
{
}

static void
crm_deaf_keyring_init (CrmDeafKeyring *self)
{
}

/* A replica with a printed recovery key, and a window that opens it. */
typedef struct
{
  char *base;
  char *dir;
  char *printed;
  CrmKey *key;
  CrmKeyring *keyring;
  CrmOpener *opener;
  GtkWidget *window;
  gboolean filled;
} World;

static void
set_up (World *world, gconstpointer deaf)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmReplica) replica = NULL;
  g_autofree char *wrapped = NULL;

  world->base = g_dir_make_tmp ("crm-XXXXXX", &error);
  g_assert_no_error (error);
  world->dir = g_build_filename (world->base, "replica", NULL);
  world->key = crm_key_new_random ();
  replica = crm_replica_create (world->dir, world->key, NULL, &error);
  g_assert_no_error (error);
  world->printed = crm_recovery_key_new (world->key, &wrapped, &error);
  g_assert_no_error (error);
  g_assert_true (crm_recovery_key_save (world->dir, wrapped, &error));

  world->keyring = deaf != NULL ? g_object_new (CRM_TYPE_DEAF_KEYRING, NULL)
                                : crm_keyring_new_memory ();
  world->window = crm_window_new (NULL);
  world->opener = crm_opener_new (CRM_WINDOW (world->window), world->dir, NULL, world->keyring);
}

static void
tear_down (World *world, gconstpointer deaf)
{
  crm_ui_test_close (GTK_WINDOW (world->window));
  g_clear_object (&world->opener);
  g_clear_object (&world->keyring);
  crm_key_free (world->key);
  crm_ui_test_remove_folder (world->base);
  g_free (world->base);
  g_free (world->dir);
  g_free (world->printed);
}

static gboolean
sees (World *world, const char *text)
{
  return crm_ui_test_find_text (world->window, text) != NULL;
}

static void
click (World *world, const char *name)
{
  GtkWidget *button = crm_ui_test_find_named (world->window, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_kept (World *world)
{
  g_autoptr (CrmKey) kept = crm_keyring_lookup_key (world->keyring, world->dir, NULL, NULL);

  return kept != NULL &&
         memcmp (crm_key_get_bytes (kept), crm_key_get_bytes (world->key), CRM_KEY_SIZE) == 0;
}

static void
start_locked (World *world)
{
  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "* was not opened: *");
  crm_opener_start (world->opener);
  crm_ui_test_wait_until (sees (world, "The Relations Are Locked"));
  g_test_assert_expected_messages ();
}

static void
test_found (World *world, gconstpointer deaf)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_keyring_store_key (world->keyring, world->dir, world->key, NULL, &error));
  crm_opener_start (world->opener);
  crm_ui_test_wait_until (sees (world, "Welcome to CRM"));
}

static void
mapped_cb (World *world)
{
  world->filled = sees (world, "Welcome to CRM") || sees (world, "Opening the Relations…");
}

/* The first that people see of a window is not an empty list. */
static void
test_shown_filled (World *world, gconstpointer deaf)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_keyring_store_key (world->keyring, world->dir, world->key, NULL, &error));
  g_signal_connect_data (world->window,
                         "map",
                         G_CALLBACK (mapped_cb),
                         world,
                         NULL,
                         G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  crm_opener_start (world->opener);
  crm_ui_test_wait_until (gtk_widget_get_mapped (world->window));
  g_assert_true (world->filled);
}

static void
put_person (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmReplica)
      replica = crm_replica_open (world->dir, world->key, NULL, CRM_REPLICA_READ_WRITE, &error);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.new");
  g_autoptr (CrmRecord) record = NULL;

  g_assert_no_error (error);
  record = crm_record_new (crm_model_find_kind (crm_replica_get_model (replica), "person"), NULL);
  crm_record_set (record, "surname", "Vries");
  crm_change_set_put (set, record);
  g_assert_true (crm_replica_apply (replica, set, NULL, &error));
}

/* Patience ends between the opening of the store and its first rows: nothing waits any more then.
 */
static void
test_slow_first_rows (World *world, gconstpointer deaf)
{
  g_autoptr (GError) error = NULL;

  put_person (world);
  g_assert_true (crm_keyring_store_key (world->keyring, world->dir, world->key, NULL, &error));
  crm_opener_start (world->opener);
  crm_ui_test_wait_until (crm_window_get_store (CRM_WINDOW (world->window)) != NULL);
  g_usleep (G_USEC_PER_SEC / 2);
  crm_ui_test_wait_until (sees (world, "Vries"));
  g_assert_false (sees (world, "Opening the Relations…"));
}

/* As people read it from paper: in small letters and without the hyphens. */
static void
test_recovery_key (World *world, gconstpointer deaf)
{
  g_autofree char *typed = g_ascii_strdown (world->printed, -1);
  GtkWidget *dialog = NULL;
  GtkEditable *entry;

  start_locked (world);
  click (world, "Open with the Recovery Key…");
  crm_ui_test_wait_until ((dialog = crm_ui_test_find_type (world->window,
                                                           CRM_TYPE_UNLOCK_DIALOG)) != NULL);
  entry = crm_unlock_dialog_get_entry (CRM_UNLOCK_DIALOG (dialog));
  gtk_editable_set_text (entry, "ABCDEF-GHJKMN-PQRSTV-WXYZ01-234567-89ABCD");
  g_assert_false (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "open"));
  crm_ui_test_wait_until (crm_ui_test_find_text (dialog,
                                                 "This is not the key of these relations. Compare "
                                                 "it with the paper once more.") != NULL);
  g_strdelimit (typed, "-", ' ');
  gtk_editable_set_text (entry, typed);
  g_assert_true (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "open"));
  click (world, "Open");
  crm_ui_test_wait_until (sees (world, "Welcome to CRM"));
  crm_ui_test_wait_until (is_kept (world));
}

static void
test_key_file (World *world, gconstpointer deaf)
{
  g_autofree char *right = g_build_filename (world->base, "right", NULL);
  g_autofree char *wrong = g_build_filename (world->base, "wrong", NULL);
  g_autoptr (CrmKey) other = crm_key_new_random ();
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_key_save (world->key, right, &error));
  g_assert_true (crm_key_save (other, wrong, &error));
  start_locked (world);
  g_assert_nonnull (crm_ui_test_find_named (world->window, "Open with a Key File…"));

  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "* was not opened: *");
  crm_opener_try_key_file (world->opener, wrong);
  crm_ui_test_settle (400);
  crm_ui_test_wait_until (sees (world, "The Relations Are Locked"));
  g_test_assert_expected_messages ();
  g_assert_false (is_kept (world));

  crm_opener_try_key_file (world->opener, right);
  crm_ui_test_wait_until (sees (world, "Welcome to CRM"));
  crm_ui_test_wait_until (is_kept (world));
}

static void
test_waiting (World *world, gconstpointer deaf)
{
  crm_opener_start (world->opener);
  crm_ui_test_wait_until (sees (world, "Waiting for the Keyring…"));

  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "* was not opened: *");
  click (world, "Stop Waiting");
  crm_ui_test_wait_until (sees (world, "The Relations Are Locked"));
  g_test_assert_expected_messages ();

  /* And again: nobody is left with a dead window. */
  click (world, "Try Again");
  crm_ui_test_wait_until (sees (world, "Waiting for the Keyring…"));
}

/* A window may go while the keyring is still asked. */
static void
test_closed_while_waiting (World *world, gconstpointer deaf)
{
  crm_opener_start (world->opener);
  crm_ui_test_wait_until (sees (world, "Waiting for the Keyring…"));
}

static void
add (const char *path, void (*func) (World *, gconstpointer), gboolean deaf)
{
  g_test_add (path, World, GINT_TO_POINTER (deaf), set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  add ("/app/opener/found", test_found, FALSE);
  add ("/app/opener/shown-filled", test_shown_filled, FALSE);
  add ("/app/opener/slow-first-rows", test_slow_first_rows, FALSE);
  add ("/app/opener/recovery-key", test_recovery_key, FALSE);
  add ("/app/opener/key-file", test_key_file, FALSE);
  add ("/app/opener/waiting", test_waiting, TRUE);
  add ("/app/opener/closed-while-waiting", test_closed_while_waiting, TRUE);

  return g_test_run ();
}
