#include "crm-sync-laptop.h"

#include "server/crm-server-admin.h"

#include <glib/gstdio.h>

static gboolean
tick_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

void
crm_sync_host_listen (CrmSyncHost *host, GTlsCertificate *certificate, gboolean create)
{
  g_autofree char *path = g_build_filename (host->dir, "server.db", NULL);
  g_autoptr (GError) error = NULL;
  CrmServerStore *store = crm_server_store_open (path, create, &error);

  g_assert_no_error (error);
  if (create)
    crm_server_admin_add_user (store,
                               CRM_SYNC_TEST_USER,
                               CRM_SYNC_TEST_PASSWORD,
                               NULL,
                               TRUE,
                               &error);
  g_assert_no_error (error);
  host->server = crm_server_http_new (store, crm_model_get_default ());
  g_free (host->address);
  host->address = crm_server_http_listen (host->server, "127.0.0.1:0", certificate, &error);
  g_assert_no_error (error);
  crm_sync_proxy_set_server (host->proxy, host->address);
}

static void
stopped_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
}

void
crm_sync_host_stop (CrmSyncHost *host)
{
  host->stopped = FALSE;
  crm_server_http_stop (host->server, stopped_cb, &host->stopped);
  crm_sync_wait_until (host->stopped);
  g_clear_pointer (&host->server, crm_server_http_free);
}

void
crm_sync_host_set_up (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  host->dir = g_dir_make_tmp ("crm-sync-XXXXXX", &error);
  g_assert_no_error (error);
  host->proxy = crm_sync_proxy_new ();
  crm_sync_host_listen (host, NULL, TRUE);
  host->tick = g_timeout_add (50, tick_cb, NULL);
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

void
crm_sync_host_tear_down (CrmSyncHost *host, gconstpointer unused)
{
  if (host->server != NULL)
    crm_sync_host_stop (host);
  crm_sync_proxy_free (host->proxy);
  g_source_remove (host->tick);
  remove_folder (host->dir);
  g_free (host->address);
  g_free (host->dir);
}

/* ---- Laptops ---- */

static void
done_cb (CrmSyncLaptop *laptop)
{
  laptop->n_done++;
}

static void
stepped_back_cb (CrmSyncLaptop *laptop, GPtrArray *items)
{
  laptop->n_stepped_back += items->len;
}

static void
wipe_cb (CrmSyncLaptop *laptop)
{
  laptop->wiped = TRUE;
}

CrmSyncLaptop *
crm_sync_laptop_new (CrmSyncHost *host, const char *name, gboolean keyring)
{
  CrmSyncLaptop *self = g_new0 (CrmSyncLaptop, 1);
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (GError) error = NULL;

  self->dir = g_build_filename (host->dir, name, NULL);
  self->store = crm_store_open (self->dir, key, NULL, TRUE, &error);
  g_assert_no_error (error);
  self->keyring = keyring ? crm_keyring_new_memory () : NULL;
  self->sync = crm_sync_new (self->store, self->keyring);
  g_signal_connect_swapped (self->sync, "done", G_CALLBACK (done_cb), self);
  g_signal_connect_swapped (self->sync, "stepped-back", G_CALLBACK (stepped_back_cb), self);
  g_signal_connect_swapped (self->sync, "wipe", G_CALLBACK (wipe_cb), self);

  return self;
}

static gboolean
is_alone (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

void
crm_sync_laptop_free (CrmSyncLaptop *self)
{
  crm_sync_stop (self->sync);
  crm_sync_wait_until (is_alone (self->sync));
  g_assert_finalize_object (self->sync);
  crm_sync_wait_until (is_alone (self->store));
  g_assert_finalize_object (self->store);
  g_clear_object (&self->keyring);
  g_free (self->dir);
  g_free (self);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

gboolean
crm_sync_laptop_log_in (CrmSyncLaptop *self,
                        const char *address,
                        const char *password,
                        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  crm_sync_login_async (self->sync,
                        address,
                        CRM_SYNC_TEST_USER,
                        password,
                        NULL,
                        result_cb,
                        &result);
  crm_sync_wait_until (result != NULL);

  return crm_sync_login_finish (self->sync, result, error);
}

void
crm_sync_laptop_must_log_in (CrmSyncLaptop *self, CrmSyncHost *host)
{
  g_autoptr (GError) error = NULL;

  crm_sync_laptop_log_in (self,
                          crm_sync_proxy_get_url (host->proxy),
                          CRM_SYNC_TEST_PASSWORD,
                          &error);
  g_assert_no_error (error);
}

CrmSyncState
crm_sync_laptop_exchange (CrmSyncLaptop *self)
{
  const guint n_done = self->n_done;
  g_autoptr (GError) error = NULL;

  crm_sync_start (self->sync, FALSE, &error);
  g_assert_no_error (error);
  crm_sync_wait_until (self->n_done > n_done);

  return crm_sync_get_state (self->sync);
}

static void
apply (CrmSyncLaptop *self, CrmChangeSet *set)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  crm_store_apply_async (self->store, set, NULL, result_cb, &result);
  crm_sync_wait_until (result != NULL);
  g_free (crm_store_apply_finish (self->store, result, &error));
  g_assert_no_error (error);
}

static const CrmKind *
get_person (CrmSyncLaptop *self)
{
  return crm_model_find_kind (crm_store_get_model (self->store), "person");
}

void
crm_sync_laptop_fill (CrmSyncLaptop *self, guint n)
{
  for (guint done = 0; done < n;)
    {
      CrmChangeSet *set = crm_change_set_new ("person.new");

      for (guint i = 0; i < 500 && done < n; i++, done++)
        {
          g_autoptr (CrmRecord) record = crm_record_new (get_person (self), NULL);

          crm_record_set (record, "surname", "Vries");
          crm_change_set_put (set, record);
        }
      apply (self, set);
    }
}

char *
crm_sync_laptop_put (CrmSyncLaptop *self, const char *surname)
{
  g_autoptr (CrmRecord) record = crm_record_new (get_person (self), NULL);
  CrmChangeSet *set = crm_change_set_new ("person.new");

  crm_record_set (record, "surname", surname);
  crm_change_set_put (set, record);
  apply (self, set);

  return g_strdup (crm_record_get_id (record));
}

void
crm_sync_laptop_set_field (CrmSyncLaptop *self,
                           const char *id,
                           const char *field,
                           const char *value)
{
  CrmChangeSet *set = crm_change_set_new ("person.edit");

  crm_change_set_set (set, get_person (self), id, field, value);
  apply (self, set);
}

char *
crm_sync_laptop_get_field (CrmSyncLaptop *self, const char *id, const char *field)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (CrmRecord) record = NULL;

  crm_store_get_async (self->store, id, NULL, result_cb, &result);
  crm_sync_wait_until (result != NULL);
  record = crm_store_get_finish (self->store, result, NULL);

  return record != NULL ? g_strdup (crm_record_get (record, field)) : NULL;
}

gboolean
crm_sync_laptop_has (CrmSyncLaptop *self, const char *id, const char *field, const char *value)
{
  g_autofree char *found = crm_sync_laptop_get_field (self, id, field);

  return g_strcmp0 (found, value) == 0;
}
