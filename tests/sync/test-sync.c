/* The adapter against a server over a socket of this machine. */
#include "crm-sync-laptop.h"

#include "wire/crm-wire-limit.h"

#include <string.h>

static void
test_exchange (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) one = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (CrmSyncLaptop) two = crm_sync_laptop_new (host, "two", FALSE);
  g_autofree char *id = crm_sync_laptop_put (one, "Jansen");

  crm_sync_laptop_must_log_in (one, host);
  g_assert_cmpstr (crm_sync_get_server (one->sync), ==, crm_sync_proxy_get_url (host->proxy));
  g_assert_cmpstr (crm_sync_get_user (one->sync), ==, CRM_SYNC_TEST_USER);
  g_assert_cmpint (crm_sync_laptop_exchange (one), ==, CRM_SYNC_IN_STEP);
  crm_sync_wait_until (crm_sync_get_pending (one->sync) == 0);
  g_assert_nonnull (crm_sync_get_last_contact (one->sync));

  crm_sync_laptop_must_log_in (two, host);
  g_assert_cmpint (crm_sync_laptop_exchange (two), ==, CRM_SYNC_IN_STEP);
  g_assert_true (crm_sync_laptop_has (two, id, "surname", "Jansen"));
}

/* Two windows that are open follow each other. */
static void
test_watch (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) one = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (CrmSyncLaptop) two = crm_sync_laptop_new (host, "two", FALSE);
  g_autofree char *id = crm_sync_laptop_put (one, "Jansen");

  crm_sync_laptop_must_log_in (one, host);
  crm_sync_laptop_must_log_in (two, host);
  crm_sync_start (one->sync, TRUE, NULL);
  crm_sync_start (two->sync, TRUE, NULL);
  crm_sync_wait_until (crm_sync_laptop_has (two, id, "surname", "Jansen"));
  crm_sync_wait_until (crm_sync_get_state (two->sync) == CRM_SYNC_IN_STEP);
  crm_sync_laptop_set_field (two, id, "city", "Goor");
  crm_sync_wait_until (crm_sync_laptop_has (one, id, "city", "Goor"));
  crm_sync_laptop_set_field (one, id, "city", "Ede");
  crm_sync_wait_until (crm_sync_laptop_has (two, id, "city", "Ede"));
  crm_sync_wait_until (crm_sync_get_pending (one->sync) == 0);
}

/* ---- Progress ---- */

typedef struct
{
  double highest;
  guint n_notified;
  guint n_arrived;
} Seen;

static void
progress_cb (CrmSync *sync, GParamSpec *pspec, Seen *seen)
{
  seen->n_notified++;
  seen->highest = MAX (seen->highest, crm_sync_get_progress (sync));
}

static void
arrived_cb (CrmSync *sync, guint n, Seen *seen)
{
  seen->n_arrived += n;
}

/* A first load in several segments tells how far it is; what comes later is told as it comes. */
static void
test_progress (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) one = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (CrmSyncLaptop) two = crm_sync_laptop_new (host, "two", FALSE);
  g_autofree char *id = NULL;
  Seen seen = { 0 };

  crm_sync_laptop_fill (one, CRM_WIRE_SEGMENT_ROWS + 500);
  crm_sync_laptop_must_log_in (one, host);
  crm_sync_laptop_must_log_in (two, host);
  g_signal_connect (two->sync, "notify::progress", G_CALLBACK (progress_cb), &seen);
  g_signal_connect (two->sync, "arrived", G_CALLBACK (arrived_cb), &seen);
  g_assert_cmpint (crm_sync_laptop_exchange (one), ==, CRM_SYNC_IN_STEP);
  g_assert_cmpint (crm_sync_laptop_exchange (two), ==, CRM_SYNC_IN_STEP);
  g_assert_cmpfloat (seen.highest, >, 0.5);
  g_assert_cmpfloat (seen.highest, <=, 1);
  g_assert_cmpfloat (crm_sync_get_progress (two->sync), ==, -1);
  g_assert_cmpuint (seen.n_arrived, ==, 0);

  id = crm_sync_laptop_put (one, "Jansen");
  g_assert_cmpint (crm_sync_laptop_exchange (one), ==, CRM_SYNC_IN_STEP);
  g_assert_cmpint (crm_sync_laptop_exchange (two), ==, CRM_SYNC_IN_STEP);
  g_assert_cmpuint (seen.n_arrived, ==, 1);
  g_assert_cmpint (crm_sync_laptop_exchange (two), ==, CRM_SYNC_IN_STEP);
  g_assert_cmpuint (seen.n_arrived, ==, 1);
  g_signal_handlers_disconnect_by_data (two->sync, &seen);
}

/* ---- Logging in and out ---- */

static CrmSyncState
fail_to_log_in (CrmSyncLaptop *laptop, const char *address, const char *password)
{
  g_autoptr (GError) error = NULL;
  CrmSyncState state = CRM_SYNC_IN_STEP;

  g_assert_false (crm_sync_laptop_log_in (laptop, address, password, &error));
  g_assert_true (crm_sync_error_get_state (error, &state));
  g_assert_null (strstr (error->message, password));

  return state;
}

static void
test_login (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) laptop = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_SIGNED_OUT);
  g_assert_cmpint (fail_to_log_in (laptop, host->address, "something else"),
                   ==,
                   CRM_SYNC_WRONG_PASSWORD);
  g_assert_cmpint (fail_to_log_in (laptop, "127.0.0.1:1", "something else"), ==, CRM_SYNC_OFFLINE);
  g_assert_null (crm_sync_get_server (laptop->sync));
  g_assert_false (crm_sync_laptop_log_in (laptop, "http://crm.example.org", "x", &error));
  g_assert_error (error, CRM_SYNC_ERROR, CRM_SYNC_ERROR_ADDRESS);
  g_clear_error (&error);

  crm_sync_laptop_must_log_in (laptop, host);
  token = crm_keyring_lookup_token (laptop->keyring, laptop->dir, NULL, &error);
  g_assert_nonnull (token);
  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_IN_STEP);

  /* What failed later leaves what there was. */
  g_assert_cmpint (fail_to_log_in (laptop, host->address, "something else"),
                   ==,
                   CRM_SYNC_WRONG_PASSWORD);
  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_IN_STEP);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
log_out (CrmSyncLaptop *laptop)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  crm_sync_logout_async (laptop->sync, NULL, result_cb, &result);
  crm_sync_wait_until (result != NULL);
  g_assert_true (crm_sync_logout_finish (laptop->sync, result, &error));
  g_assert_no_error (error);
}

/* The token is worth nothing any more, here and there; records stay. */
static void
test_logout (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) laptop = crm_sync_laptop_new (host, "one", TRUE);
  g_autofree char *id = crm_sync_laptop_put (laptop, "Jansen");
  g_autofree char *token = NULL;
  g_autofree char *left = NULL;

  crm_sync_laptop_must_log_in (laptop, host);
  token = crm_keyring_lookup_token (laptop->keyring, laptop->dir, NULL, NULL);
  log_out (laptop);
  left = crm_keyring_lookup_token (laptop->keyring, laptop->dir, NULL, NULL);
  g_assert_null (left);
  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_SIGNED_OUT);
  g_assert_true (crm_sync_laptop_has (laptop, id, "surname", "Jansen"));

  /* Who kept it gets nothing for it. */
  crm_keyring_store_token (laptop->keyring, laptop->dir, token, NULL, NULL);
  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_SIGNED_OUT);

  /* Also where the server cannot be told. */
  crm_sync_laptop_must_log_in (laptop, host);
  crm_sync_host_stop (host);
  log_out (laptop);
  g_clear_pointer (&left, g_free);
  left = crm_keyring_lookup_token (laptop->keyring, laptop->dir, NULL, NULL);
  g_assert_null (left);
}

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_sync_login_finish (CRM_SYNC (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *) data = TRUE;
}

static void
test_cancel (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) laptop = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean cancelled = FALSE;

  crm_sync_login_async (laptop->sync,
                        host->address,
                        CRM_SYNC_TEST_USER,
                        CRM_SYNC_TEST_PASSWORD,
                        cancellable,
                        cancelled_cb,
                        &cancelled);
  g_cancellable_cancel (cancellable);
  crm_sync_wait_until (cancelled);
  g_assert_null (crm_sync_get_server (laptop->sync));
  crm_sync_laptop_must_log_in (laptop, host);
}

/* ---- Certificates ---- */

/* As if the system trusted this certificate, and no other. */
static void
trust (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

/* Pitfall 36: nothing is sent to whom nobody vouches for, and nothing is forgotten. */
static void
test_certificate (CrmSyncHost *host, gconstpointer unused)
{
  g_autofree char *cert = g_test_build_filename (G_TEST_DIST, "data", "server-cert.pem", NULL);
  g_autofree char *key = g_test_build_filename (G_TEST_DIST, "data", "server-key.pem", NULL);
  g_autoptr (CrmSyncLaptop) stranger = NULL;
  g_autoptr (CrmSyncLaptop) friend = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (cert, key, &error);

  g_assert_no_error (error);
  crm_sync_host_stop (host);
  crm_sync_host_listen (host, certificate, FALSE);
  g_assert_true (g_str_has_prefix (host->address, "https://"));

  trust ("other-cert.pem");
  stranger = crm_sync_laptop_new (host, "one", FALSE);
  g_assert_cmpint (fail_to_log_in (stranger, host->address, CRM_SYNC_TEST_PASSWORD),
                   ==,
                   CRM_SYNC_TLS_ERROR);
  g_assert_null (crm_sync_get_server (stranger->sync));

  trust ("server-cert.pem");
  friend = crm_sync_laptop_new (host, "two", FALSE);
  crm_sync_laptop_log_in (friend, host->address, CRM_SYNC_TEST_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_cmpint (crm_sync_laptop_exchange (friend), ==, CRM_SYNC_IN_STEP);
}

/* ---- One at a time, and pauses ---- */

static void
test_lock (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) laptop = crm_sync_laptop_new (host, "one", FALSE);
  g_autoptr (CrmSync) second = crm_sync_new (laptop->store, NULL);
  g_autoptr (GError) error = NULL;

  crm_sync_laptop_must_log_in (laptop, host);
  crm_sync_start (laptop->sync, TRUE, NULL);
  crm_sync_wait_until (crm_sync_get_state (laptop->sync) == CRM_SYNC_IN_STEP);
  g_assert_false (crm_sync_start (second, FALSE, &error));
  g_assert_error (error, CRM_SYNC_ERROR, CRM_SYNC_ERROR_BUSY);

  /* It takes over when the first has ended. */
  g_assert_true (crm_sync_start (second, TRUE, NULL));
  g_assert_cmpint (crm_sync_get_state (second), ==, CRM_SYNC_PAUSED);
  crm_sync_stop (laptop->sync);
  crm_sync_wait_until (crm_sync_get_state (second) == CRM_SYNC_IN_STEP);
  crm_sync_stop (second);
  crm_sync_wait_until (G_OBJECT (second)->ref_count == 1);
}

static void
test_pause (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) one = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (CrmSyncLaptop) two = crm_sync_laptop_new (host, "two", FALSE);
  g_autofree char *id = crm_sync_laptop_put (one, "Jansen");

  crm_sync_laptop_must_log_in (one, host);
  crm_sync_laptop_must_log_in (two, host);
  crm_sync_start (one->sync, TRUE, NULL);
  crm_sync_wait_until (crm_sync_get_state (one->sync) == CRM_SYNC_IN_STEP);
  crm_sync_set_paused (one->sync, TRUE);
  g_assert_cmpint (crm_sync_get_state (one->sync), ==, CRM_SYNC_PAUSED);
  crm_sync_laptop_set_field (one, id, "city", "Goor");
  g_assert_cmpint (crm_sync_laptop_exchange (two), ==, CRM_SYNC_IN_STEP);
  g_assert_false (crm_sync_laptop_has (two, id, "city", "Goor"));

  crm_sync_set_paused (one->sync, FALSE);
  crm_sync_wait_until (crm_sync_get_state (one->sync) == CRM_SYNC_IN_STEP);
  crm_sync_wait_until (crm_sync_get_pending (one->sync) == 0);
  g_assert_cmpint (crm_sync_laptop_exchange (two), ==, CRM_SYNC_IN_STEP);
  g_assert_true (crm_sync_laptop_has (two, id, "city", "Goor"));
}

/* The server comes and goes; “try again” does not wait for the time that was set. */
static void
test_comes_back (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) laptop = crm_sync_laptop_new (host, "one", TRUE);
  g_autofree char *id = crm_sync_laptop_put (laptop, "Jansen");

  crm_sync_laptop_must_log_in (laptop, host);
  crm_sync_start (laptop->sync, TRUE, NULL);
  crm_sync_wait_until (crm_sync_get_state (laptop->sync) == CRM_SYNC_IN_STEP);
  crm_sync_host_stop (host);
  crm_sync_wait_until (crm_sync_get_state (laptop->sync) == CRM_SYNC_OFFLINE);
  g_assert_nonnull (crm_sync_get_message (laptop->sync));
  crm_sync_laptop_set_field (laptop, id, "city", "Goor");
  crm_sync_wait_until (crm_sync_get_pending (laptop->sync) == 1);
  crm_sync_host_listen (host, NULL, FALSE);
  crm_sync_now (laptop->sync);
  crm_sync_wait_until (crm_sync_get_state (laptop->sync) == CRM_SYNC_IN_STEP);
  crm_sync_wait_until (crm_sync_get_pending (laptop->sync) == 0);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/sync/" path, CrmSyncHost, NULL, crm_sync_host_set_up, func, crm_sync_host_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("exchange", test_exchange);
  ADD ("watch", test_watch);
  ADD ("progress", test_progress);
  ADD ("login", test_login);
  ADD ("logout", test_logout);
  ADD ("cancel", test_cancel);
  ADD ("certificate", test_certificate);
  ADD ("lock", test_lock);
  ADD ("pause", test_pause);
  ADD ("comes-back", test_comes_back);

  return g_test_run ();
}
