#include "store/crm-store-error.h"
#include "store/key/crm-keyring.h"

#include <libsecret/secret.h>
#include <string.h>

static void
try_keyring (CrmKeyring *keyring)
{
  const char *dir = "/home/ilse/.local/share/org.example.Crm/bedrijf";
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (CrmKey) newer = crm_key_new_random ();
  g_autoptr (CrmKey) found = NULL;
  g_autoptr (GError) error = NULL;

  /* None is no error. */
  g_assert_null (crm_keyring_lookup_key (keyring, dir, NULL, &error));
  g_assert_no_error (error);

  g_assert_true (crm_keyring_store_key (keyring, dir, key, NULL, &error));
  g_assert_no_error (error);
  /* One key a folder, however the folder is spelled. */
  g_assert_true (crm_keyring_store_key (keyring,
                                        "/home/ilse/../ilse/.local/share/org.example.Crm/bedrijf/",
                                        newer,
                                        NULL,
                                        &error));
  g_assert_no_error (error);
  found = crm_keyring_lookup_key (keyring, dir, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (crm_key_get_bytes (found),
                   CRM_KEY_SIZE,
                   crm_key_get_bytes (newer),
                   CRM_KEY_SIZE);
  g_assert_null (crm_keyring_lookup_key (keyring, "/elsewhere", NULL, &error));
  g_assert_no_error (error);

  g_assert_true (crm_keyring_clear_key (keyring, dir, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (crm_keyring_lookup_key (keyring, dir, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (crm_keyring_clear_key (keyring, dir, NULL, &error));
  g_assert_no_error (error);
}

static void
test_memory (void)
{
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_memory ();

  try_keyring (keyring);
}

static void
test_no_key (void)
{
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_memory ();
  g_autoptr (GError) error = NULL;

  g_assert_true (CRM_KEYRING_GET_IFACE (keyring)
                     ->store (keyring, "/bedrijf", "label", "geheim", NULL, &error));
  g_assert_null (crm_keyring_lookup_key (keyring, "/bedrijf", NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY);
}

/* gnome-keyring's login keyring, made and opened with the password on its input. */
static GSubprocess *
start_daemon (void)
{
  g_autoptr (GSubprocessLauncher)
      launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                            G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                            G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) daemon = NULL;
  GOutputStream *input;

  g_subprocess_launcher_setenv (launcher, "HOME", g_get_home_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", g_get_user_data_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", g_get_user_runtime_dir (), TRUE);
  /* It warns of what it then does well. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_mkdir_with_parents (g_get_user_runtime_dir (), 0700);
  daemon = g_subprocess_launcher_spawn (launcher,
                                        &error,
                                        "gnome-keyring-daemon",
                                        "--foreground",
                                        "--components=secrets",
                                        "--unlock",
                                        NULL);
  if (daemon == NULL)
    return NULL;

  input = g_subprocess_get_stdin_pipe (daemon);
  g_assert_true (g_output_stream_write_all (input, "wachtwoord", 10, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (input, NULL, &error));

  return g_steal_pointer (&daemon);
}

static gboolean
wait_for_name (GDBusConnection *bus)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GVariant) reply = NULL;
      gboolean owned = FALSE;

      reply = g_dbus_connection_call_sync (bus,
                                           "org.freedesktop.DBus",
                                           "/org/freedesktop/DBus",
                                           "org.freedesktop.DBus",
                                           "NameHasOwner",
                                           g_variant_new ("(s)", "org.freedesktop.secrets"),
                                           G_VARIANT_TYPE ("(b)"),
                                           G_DBUS_CALL_FLAGS_NONE,
                                           -1,
                                           NULL,
                                           NULL);
      if (reply != NULL)
        g_variant_get (reply, "(b)", &owned);
      if (owned)
        return TRUE;
      g_usleep (50 * 1000);
    }

  return FALSE;
}

static void
test_system (void)
{
  /* Kept: freeing it waits for the last use of the bus, and the library keeps one. */
  static GTestDBus *dbus;
  g_autoptr (GSubprocess) daemon = NULL;
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (CrmKeyring) keyring = NULL;

  dbus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (dbus);
  daemon = start_daemon ();
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  if (bus != NULL)
    g_dbus_connection_set_exit_on_close (bus, FALSE);
  if (daemon == NULL || bus == NULL || !wait_for_name (bus))
    g_test_skip ("gnome-keyring-daemon does not start here");
  else
    {
      keyring = crm_keyring_new_system ();
      try_keyring (keyring);
    }

  if (daemon != NULL)
    {
      g_subprocess_force_exit (daemon);
      g_subprocess_wait (daemon, NULL, NULL);
    }
  secret_service_disconnect ();
  g_test_dbus_stop (dbus);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/store/keyring/memory", test_memory);
  g_test_add_func ("/store/keyring/no-key", test_no_key);
  g_test_add_func ("/store/keyring/system", test_system);

  return g_test_run ();
}
