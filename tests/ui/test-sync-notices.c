/*
 * Notifications, over a session bus with a desktop on it that takes them and clicks.
 */
#include "crm-ui-test-conflicts.h"
#include "crm-ui-test-input.h"
#include "store/sync/crm-sync-store.h"
#include "ui/sync/crm-sync-notices.h"

#include <string.h>

#define APP_ID   "org.example.Crm.Test"
#define NOTIFIER "org.gtk.Notifications"
#define DESCRIPTION                                                                                \
  "<node><interface name='" NOTIFIER "'>"                                                          \
  "<method name='AddNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/>"    \
  "<arg type='a{sv}' direction='in'/></method>"                                                    \
  "<method name='RemoveNotification'><arg type='s' direction='in'/>"                               \
  "<arg type='s' direction='in'/></method></interface></node>"

/* One for all: GIO keeps its connection, and a bus that goes takes the program with it. */
static GTestDBus *bus;
static GtkApplication *application;

typedef struct
{
  GDBusConnection *desktop;
  CrmUiTestWorld *world;
  GtkWindow *window;
  CrmSync *sync;
  CrmSyncNotices *notices;

  guint n_shown;
  guint n_withdrawn;
  char *body;
  char *action;
} Fixture;

static void
called_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  Fixture *fixture = user_data;

  if (g_str_equal (method, "AddNotification"))
    {
      g_autoptr (GVariant) notification = g_variant_get_child_value (parameters, 2);

      fixture->n_shown++;
      g_clear_pointer (&fixture->body, g_free);
      g_clear_pointer (&fixture->action, g_free);
      g_variant_lookup (notification, "body", "s", &fixture->body);
      g_variant_lookup (notification, "default-action", "s", &fixture->action);
    }
  else
    fixture->n_withdrawn++;
  g_dbus_method_invocation_return_value (invocation, NULL);
}

/* A connection of its own: a desktop is another program. */
static void
start_desktop (Fixture *fixture)
{
  static const GDBusInterfaceVTable table = { called_cb, NULL, NULL, { 0 } };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (DESCRIPTION, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) owned = NULL;

  fixture->desktop =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL,
                                              NULL,
                                              &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (fixture->desktop,
                                     "/org/gtk/Notifications",
                                     node->interfaces[0],
                                     &table,
                                     fixture,
                                     NULL,
                                     &error);
  g_assert_no_error (error);
  owned = g_dbus_connection_call_sync (fixture->desktop,
                                       "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus",
                                       "RequestName",
                                       g_variant_new ("(su)", NOTIFIER, 0),
                                       NULL,
                                       G_DBUS_CALL_FLAGS_NONE,
                                       -1,
                                       NULL,
                                       &error);
  g_assert_no_error (error);
}

static guint n_clicks;

static void
show_inbox_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  n_clicks++;
}

static void
start_application (void)
{
  const GActionEntry entries[] = { { .name = "show-inbox", .activate = show_inbox_cb } };
  g_autoptr (GError) error = NULL;

  application = gtk_application_new (APP_ID, G_APPLICATION_DEFAULT_FLAGS);
  g_action_map_add_action_entries (G_ACTION_MAP (application),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

static gpointer
login_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const state[][2] = {
    { CRM_SYNC_STATE_SERVER, "https://crm.example.org" },
    { CRM_SYNC_STATE_USER, "anna" },
    { CRM_SYNC_STATE_LAST_CONTACT, "2026-03-01T07:58:00Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (state); i++)
    if (!crm_sync_store_set_state (replica, state[i][0], state[i][1], error))
      return NULL;

  return replica;
}

static void
log_in (Fixture *fixture)
{
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GError) error = NULL;

  crm_store_run_async (fixture->world->store,
                       CRM_STORE_USER,
                       login_on_worker,
                       NULL,
                       NULL,
                       NULL,
                       NULL,
                       crm_ui_test_result_cb,
                       &stored);
  crm_ui_test_wait_until (stored != NULL);
  g_assert_nonnull (crm_store_run_finish (fixture->world->store, stored, &error));
  crm_sync_load_async (fixture->sync, NULL, crm_ui_test_result_cb, &loaded);
  crm_ui_test_wait_until (loaded != NULL);
  g_assert_true (crm_sync_load_finish (fixture->sync, loaded, &error));
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  start_desktop (fixture);

  fixture->world = crm_ui_test_world_new (TRUE);
  fixture->window = crm_ui_test_present (adw_bin_new (), 400, 300);
  gtk_window_set_application (fixture->window, application);
  fixture->sync = crm_sync_new (fixture->world->store, NULL);
  fixture->notices = crm_sync_notices_new (fixture->sync, fixture->window);
  log_in (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_object_unref (fixture->notices);
  g_object_unref (fixture->sync);
  crm_ui_test_close (fixture->window);
  crm_ui_test_world_free (fixture->world);
  g_dbus_connection_close_sync (fixture->desktop, NULL, NULL);
  g_object_unref (fixture->desktop);
  g_free (fixture->body);
  g_free (fixture->action);
}

/* As the desktop does when somebody clicks it. */
static void
click (Fixture *fixture)
{
  g_assert_cmpstr (fixture->action, ==, "app.show-inbox");
  g_dbus_connection_call (fixture->desktop,
                          APP_ID,
                          "/org/example/Crm/Test",
                          "org.freedesktop.Application",
                          "ActivateAction",
                          g_variant_new ("(sava{sv})",
                                         fixture->action + strlen ("app."),
                                         NULL,
                                         NULL),
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          NULL,
                          NULL);
}

/* Something else has the focus: a conflict is told, once; its click is the Inbox; who opens that
 * takes it away. */
static void
test_away (Fixture *fixture, gconstpointer unused)
{
  crm_ui_test_set_active (fixture->window, FALSE);
  crm_ui_test_put_conflicts (fixture->world->store);
  crm_ui_test_wait_until (fixture->n_shown == 1);
  g_assert_cmpstr (fixture->body, ==, "5 things wait in your inbox for a decision.");
  click (fixture);
  crm_ui_test_wait_until (n_clicks == 1);
  crm_sync_notices_withdraw (fixture->notices);
  crm_ui_test_wait_until (fixture->n_withdrawn > 0);

  /* What the server refuses comes on top of it. */
  crm_ui_test_answer (fixture->world->store, "forbidden");
  crm_ui_test_wait_until (fixture->n_shown > 1);
}

/* Who looks at the window has the sidebar. */
static void
test_looking (Fixture *fixture, gconstpointer unused)
{
  crm_ui_test_set_active (fixture->window, TRUE);
  crm_ui_test_put_conflicts (fixture->world->store);
  crm_ui_test_wait_until (crm_sync_get_conflicts (fixture->sync) == 5);
  crm_ui_test_set_active (fixture->window, FALSE);
  crm_ui_test_answer (fixture->world->store, "forbidden");
  crm_ui_test_wait_until (fixture->n_shown > 0);
  /* It is the refused ones that were told. */
  g_assert_cmpint (crm_sync_get_rejected (fixture->sync), >, 0);
  g_assert_cmpuint (fixture->n_shown, ==, 1);
}

int
main (int argc, char **argv)
{
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  crm_ui_test_init (&argc, &argv);
  start_application ();

  g_test_add ("/ui/sync-notices/away", Fixture, NULL, set_up, test_away, tear_down);
  g_test_add ("/ui/sync-notices/looking", Fixture, NULL, set_up, test_looking, tear_down);

  return g_test_run ();
}
