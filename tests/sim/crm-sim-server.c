#include "crm-sim-server.h"

#include "crm-sim-clock.h"
#include "crm-sim-vfs.h"

#include "base/crm-id.h"
#include "server/crm-server-admin.h"
#include "server/sqlite/crm-sqlite-store-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_RECORDS 5000

struct _CrmSimServer
{
  char *dir;
  char *path;
  guint max_rows;
  CrmSimDisk *disk;
  CrmSimDisk *backup;
  CrmServerStore *store;
  CrmServerMachine *machine;
};

static const char *const users[] = { "sim", "ilse" };

const char *
crm_sim_server_get_user (guint number)
{
  return users[number % G_N_ELEMENTS (users)];
}

/* The store asks the file system too. */
static char *
touch_database (const char *dir)
{
  char *path = g_build_filename (dir, "server.db", NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (dir, 0700);
  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);

  return path;
}

CrmSimDisk *
crm_sim_server_make_image (const char *dir, GError **error)
{
  g_autoptr (CrmSimDisk) disk = crm_sim_disk_new ();
  g_autoptr (CrmSimDisk) image = crm_sim_disk_new ();
  g_autofree char *path = touch_database (dir);
  g_autoptr (CrmServerStore) store = NULL;
  gboolean made;

  crm_sim_vfs_mount (dir, disk);
  store = crm_sqlite_store_open (path, TRUE, error);
  made = store != NULL;
  for (guint i = 0; made && i < G_N_ELEMENTS (users); i++)
    made = crm_server_admin_add_user (store, users[i], CRM_SIM_PASSWORD, NULL, TRUE, error);
  g_clear_pointer (&store, crm_server_store_free);
  crm_sim_vfs_unmount (dir);
  crm_sim_disk_copy_from (image, disk);

  return made ? g_steal_pointer (&image) : NULL;
}

static void
start (CrmSimServer *self)
{
  g_autoptr (GError) error = NULL;

  self->store = crm_sqlite_store_open (self->path, FALSE, &error);
  g_assert_no_error (error);
  self->machine = crm_server_machine_new (self->store, crm_model_get_default ());
  crm_server_machine_set_max_rows (self->machine, self->max_rows);
}

static void
stop (CrmSimServer *self)
{
  g_clear_pointer (&self->machine, crm_server_machine_free);
  g_clear_pointer (&self->store, crm_server_store_free);
}

CrmSimServer *
crm_sim_server_new (const char *dir, CrmSimDisk *image, guint max_rows)
{
  CrmSimServer *self = g_new0 (CrmSimServer, 1);

  self->dir = g_strdup (dir);
  self->path = touch_database (dir);
  self->max_rows = max_rows;
  self->disk = crm_sim_disk_new ();
  crm_sim_disk_copy_from (self->disk, image);
  crm_sim_vfs_mount (dir, self->disk);
  start (self);

  return self;
}

void
crm_sim_server_free (CrmSimServer *self)
{
  stop (self);
  crm_sim_vfs_unmount (self->dir);
  crm_sim_disk_free (self->disk);
  g_clear_pointer (&self->backup, crm_sim_disk_free);
  g_free (self->dir);
  g_free (self->path);
  g_free (self);
}

CrmSimDisk *
crm_sim_server_get_disk (CrmSimServer *self)
{
  return self->disk;
}

/* ---- Requests ---- */

static GHashTable *
parse_query (const char *text)
{
  g_autoptr (GHashTable) query = NULL;
  g_auto (GStrv) pairs = g_strsplit (text != NULL ? text : "", "&", -1);

  query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (char **pair = pairs; *pair != NULL; pair++)
    {
      g_auto (GStrv) parts = g_strsplit (*pair, "=", 2);

      if (g_strv_length (parts) == 2)
        g_hash_table_insert (query, g_strdup (parts[0]), g_strdup (parts[1]));
    }

  return g_steal_pointer (&query);
}

/* The slow comparison of passwords is not the simulator's to try. */
static void
ask (CrmSimServer *self, const CrmServerRequest *request, CrmServerResponse *response)
{
  CrmServerRequest again = *request;

  crm_server_machine_handle (self->machine, request, response);
  if (response->outcome != CRM_SERVER_VERIFY)
    return;

  again.verdict = g_str_equal (response->password, CRM_SIM_PASSWORD) ? 1 : -1;
  crm_server_response_clear (response);
  crm_server_machine_handle (self->machine, &again, response);
}

gboolean
crm_sim_server_handle (CrmSimServer *self,
                       const char *method,
                       const char *path,
                       const char *token,
                       GBytes *body,
                       gboolean waited,
                       CrmSimRandom *random,
                       CrmServerResponse *response)
{
  g_auto (GStrv) parts = g_strsplit (path, "?", 2);
  g_autoptr (GHashTable) query = parse_query (parts[1]);
  const CrmServerRequest request = { .method = method,
                                     .path = parts[0],
                                     .query = query,
                                     .token = token,
                                     .address = "10.0.0.1",
                                     .waited = waited,
                                     .body = body };

  crm_sim_clock_set_offset (0);
  ask (self, &request, response);
  if (!crm_sim_disk_is_dead (self->disk))
    {
      crm_sim_disk_heal (self->disk);
      return TRUE;
    }

  crm_server_response_clear (response);
  stop (self);
  crm_sim_disk_restart (self->disk, crm_sim_random_chance (random, 50), random);
  start (self);

  return FALSE;
}

/* ---- What administrators do ---- */

void
crm_sim_server_back_up (CrmSimServer *self)
{
  if (self->backup == NULL)
    self->backup = crm_sim_disk_new ();
  stop (self);
  crm_sim_disk_copy_from (self->backup, self->disk);
  start (self);
}

gboolean
crm_sim_server_has_backup (CrmSimServer *self)
{
  return self->backup != NULL;
}

void
crm_sim_server_restore (CrmSimServer *self, gboolean tell)
{
  g_autofree char *epoch = crm_id_new ();
  g_autofree char *sql = g_strdup_printf ("UPDATE clock SET epoch = '%s'", epoch);
  g_autoptr (GError) error = NULL;

  stop (self);
  crm_sim_disk_copy_from (self->disk, self->backup);
  start (self);
  if (!tell)
    return;

  crm_db_exec (((CrmSqliteStore *) self->store)->db, sql, &error);
  g_assert_no_error (error);
}

void
crm_sim_server_revoke (CrmSimServer *self, const char *replica)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = self->store->ops->list_devices (self->store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < devices->len; i++)
    {
      const CrmServerDevice *device = devices->pdata[i];

      if (g_str_equal (device->replica, replica))
        crm_server_admin_revoke (self->store, device->id, &error);
      g_assert_no_error (error);
    }
}

/* ---- What it has ---- */

char *
crm_sim_server_check (CrmSimServer *self)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  if (!self->store->ops->check (self->store, problems, &error))
    return g_strdup (error->message);

  return problems->len > 0 ? g_strdup (problems->pdata[0]) : NULL;
}

CrmSimModel *
crm_sim_server_list (CrmSimServer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
      records = self->store->ops->list_live (self->store, 1, "", "", MAX_RECORDS, &error);
  CrmSimModel *model = crm_sim_model_new ();

  g_assert_no_error (error);
  g_assert_cmpuint (records->len, <, MAX_RECORDS);
  for (guint i = 0; i < records->len; i++)
    {
      const CrmServerRecord *record = records->pdata[i];

      crm_sim_model_touch (model, record->kind, record->id);
      for (guint j = 0; j < record->fields->len; j++)
        {
          const CrmServerField *field = record->fields->pdata[j];

          crm_sim_model_set (model, record->kind, record->id, field->name, field->text);
        }
    }

  return model;
}

gint64
crm_sim_server_get_head (CrmSimServer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmServerHead) head = self->store->ops->get_head (self->store, &error);

  g_assert_no_error (error);

  return head->seq;
}

char *
crm_sim_server_dup_status (CrmSimServer *self, gint64 seq)
{
  g_autoptr (CrmServerSet) set = self->store->ops->get_set (self->store, seq, NULL);

  if (set == NULL)
    return g_strdup ("missing");

  return g_strjoin (" ", set->status, set->code, NULL);
}

gint64
crm_sim_server_get_last_n (CrmSimServer *self, const char *replica)
{
  g_autoptr (CrmServerReplica)
      row = self->store->ops->get_replica (self->store, replica, FALSE, NULL);

  return row != NULL ? row->last_n : 0;
}
