/* The adapter against a server over a socket of this machine: two stores and their main loop. */
#include "server/crm-server-admin.h"
#include "server/crm-server-http.h"
#include "sync/crm-sync.h"

#include <glib/gstdio.h>
#include <string.h>

#define USER     "ilse"
#define PASSWORD "geheim wachtwoord"

typedef struct
{
  char *dir;
  CrmServerHttp *server;
  char *address;
  gboolean stopped;
} Fixture;

typedef struct
{
  char *dir;
  CrmStore *store;
  CrmKeyring *keyring;
  CrmSync *sync;
  guint n_done;
  guint n_stepped_back;
} Laptop;

#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const gint64 deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;                     \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > deadline)                                                    \
          g_error ("%s: “%s” never came", G_STRLOC, #condition);                                   \
        g_main_context_iteration (NULL, TRUE);                                                     \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

static gboolean
tick_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

static void
listen_at (Fixture *fixture, const char *address, gboolean create)
{
  g_autofree char *path = g_build_filename (fixture->dir, "server.db", NULL);
  g_autoptr (GError) error = NULL;
  CrmServerStore *store = crm_server_store_open (path, create, &error);

  g_assert_no_error (error);
  if (create)
    crm_server_admin_add_user (store, USER, PASSWORD, NULL, TRUE, &error);
  g_assert_no_error (error);
  fixture->server = crm_server_http_new (store, crm_model_get_default ());
  g_free (fixture->address);
  fixture->address = crm_server_http_listen (fixture->server, address, NULL, &error);
  g_assert_no_error (error);
}

static void
stopped_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
stop_server (Fixture *fixture)
{
  fixture->stopped = FALSE;
  crm_server_http_stop (fixture->server, stopped_cb, &fixture->stopped);
  wait_until (fixture->stopped);
  g_clear_pointer (&fixture->server, crm_server_http_free);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("crm-sync-XXXXXX", &error);
  g_assert_no_error (error);
  listen_at (fixture, "127.0.0.1:0", TRUE);
}

static void
remove_folder (const char *dir)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (dir);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  if (fixture->server != NULL)
    stop_server (fixture);
  remove_folder (fixture->dir);
  g_free (fixture->address);
  g_free (fixture->dir);
}

/* ---- Laptops ---- */

static void
done_cb (Laptop *laptop)
{
  laptop->n_done++;
}

static void
stepped_back_cb (Laptop *laptop, GPtrArray *items)
{
  laptop->n_stepped_back += items->len;
}

static Laptop *
laptop_new (Fixture *fixture, const char *name, gboolean keyring)
{
  Laptop *self = g_new0 (Laptop, 1);
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (GError) error = NULL;

  self->dir = g_build_filename (fixture->dir, name, NULL);
  self->store = crm_store_open (self->dir, key, NULL, TRUE, &error);
  g_assert_no_error (error);
  self->keyring = keyring ? crm_keyring_new_memory () : NULL;
  self->sync = crm_sync_new (self->store, self->keyring);
  g_signal_connect_swapped (self->sync, "done", G_CALLBACK (done_cb), self);
  g_signal_connect_swapped (self->sync, "stepped-back", G_CALLBACK (stepped_back_cb), self);

  return self;
}

static gboolean
is_alone (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

static void
laptop_free (Laptop *self)
{
  crm_sync_stop (self->sync);
  wait_until (is_alone (self->sync));
  g_assert_finalize_object (self->sync);
  wait_until (is_alone (self->store));
  g_assert_finalize_object (self->store);
  g_clear_object (&self->keyring);
  g_free (self->dir);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Laptop, laptop_free)

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
log_in (Laptop *self, const char *address, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  crm_sync_login_async (self->sync, address, USER, password, NULL, result_cb, &result);
  wait_until (result != NULL);

  return crm_sync_login_finish (self->sync, result, error);
}

static void
must_log_in (Laptop *self, Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  log_in (self, fixture->address, PASSWORD, &error);
  g_assert_no_error (error);
}

static CrmSyncState
exchange (Laptop *self)
{
  const guint n_done = self->n_done;
  g_autoptr (GError) error = NULL;

  crm_sync_start (self->sync, FALSE, &error);
  g_assert_no_error (error);
  wait_until (self->n_done > n_done);

  return crm_sync_get_state (self->sync);
}

static void
apply (Laptop *self, CrmChangeSet *set)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  crm_store_apply_async (self->store, set, NULL, result_cb, &result);
  wait_until (result != NULL);
  g_free (crm_store_apply_finish (self->store, result, &error));
  g_assert_no_error (error);
}

static const CrmKind *
get_person (Laptop *self)
{
  return crm_model_find_kind (crm_store_get_model (self->store), "person");
}

static char *
put (Laptop *self, const char *surname)
{
  g_autoptr (CrmRecord) record = crm_record_new (get_person (self), NULL);
  CrmChangeSet *set = crm_change_set_new ("person.new");

  crm_record_set (record, "surname", surname);
  crm_change_set_put (set, record);
  apply (self, set);

  return g_strdup (crm_record_get_id (record));
}

static void
set_field (Laptop *self, const char *id, const char *field, const char *value)
{
  CrmChangeSet *set = crm_change_set_new ("person.edit");

  crm_change_set_set (set, get_person (self), id, field, value);
  apply (self, set);
}

static char *
get_field (Laptop *self, const char *id, const char *field)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CrmRecord) record = NULL;

  crm_store_get_async (self->store, id, NULL, result_cb, &result);
  wait_until (result != NULL);
  record = crm_store_get_finish (self->store, result, NULL);

  return record != NULL ? g_strdup (crm_record_get (record, field)) : NULL;
}

static gboolean
has (Laptop *self, const char *id, const char *field, const char *value)
{
  g_autofree char *found = get_field (self, id, field);

  return g_strcmp0 (found, value) == 0;
}

/* ---- Tests ---- */

static void
test_exchange (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Laptop) one = laptop_new (fixture, "one", TRUE);
  g_autoptr (Laptop) two = laptop_new (fixture, "two", FALSE);
  g_autofree char *id = put (one, "Jansen");

  must_log_in (one, fixture);
  g_assert_cmpstr (crm_sync_get_server (one->sync), ==, fixture->address);
  g_assert_cmpstr (crm_sync_get_user (one->sync), ==, USER);
  g_assert_cmpint (exchange (one), ==, CRM_SYNC_IN_STEP);
  wait_until (crm_sync_get_pending (one->sync) == 0);
  g_assert_nonnull (crm_sync_get_last_contact (one->sync));

  must_log_in (two, fixture);
  g_assert_cmpint (exchange (two), ==, CRM_SYNC_IN_STEP);
  g_assert_true (has (two, id, "surname", "Jansen"));
}

/* Two windows that are open follow each other. */
static void
test_watch (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (Laptop) one = laptop_new (fixture, "one", TRUE);
  g_autoptr (Laptop) two = laptop_new (fixture, "two", FALSE);
  g_autofree char *id = put (one, "Jansen");

  must_log_in (one, fixture);
  must_log_in (two, fixture);
  crm_sync_start (one->sync, TRUE, NULL);
  crm_sync_start (two->sync, TRUE, NULL);
  wait_until (has (two, id, "surname", "Jansen"));
  wait_until (crm_sync_get_state (two->sync) == CRM_SYNC_IN_STEP);
  set_field (two, id, "city", "Goor");
  wait_until (has (one, id, "city", "Goor"));
  set_field (one, id, "city", "Ede");
  wait_until (has (two, id, "city", "Ede"));
  wait_until (crm_sync_get_pending (one->sync) == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_timeout_add (50, tick_cb, NULL);

  g_test_add ("/sync/exchange", Fixture, NULL, set_up, test_exchange, tear_down);
  g_test_add ("/sync/watch", Fixture, NULL, set_up, test_watch, tear_down);

  return g_test_run ();
}
