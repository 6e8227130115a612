#include "crm-sim-server.h"

#include "crm-sim-vfs.h"

#include "base/crm-clock.h"
#include "base/crm-id.h"
#include "server/crm-server-admin.h"
#include "server/crm-server-token.h"
#include "server/sqlite/crm-sqlite-store.h"

#include <glib/gstdio.h>

#define USER "sim"

struct _CrmSimServer
{
  char *dir;
  char *path;
  CrmSimDisk *disk;
  CrmServerStore *store;
  CrmServerMachine *machine;
};

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
  made = store != NULL &&
         crm_server_admin_add_user (store, USER, "geheim geheim", NULL, TRUE, error);
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
}

static void
stop (CrmSimServer *self)
{
  g_clear_pointer (&self->machine, crm_server_machine_free);
  g_clear_pointer (&self->store, crm_server_store_free);
}

CrmSimServer *
crm_sim_server_new (const char *dir, CrmSimDisk *image)
{
  CrmSimServer *self = g_new0 (CrmSimServer, 1);

  self->dir = g_strdup (dir);
  self->path = touch_database (dir);
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
  g_free (self->dir);
  g_free (self->path);
  g_free (self);
}

CrmSimDisk *
crm_sim_server_get_disk (CrmSimServer *self)
{
  return self->disk;
}

/* What a login would have made, without its slow hash of the password. */
char *
crm_sim_server_add_replica (CrmSimServer *self, const char *replica)
{
  const CrmServerStoreOps *ops = self->store->ops;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmServerUser) user = ops->find_user (self->store, USER, &error);
  g_autofree char *now = crm_clock_format (crm_clock_now ());
  g_autofree char *id = crm_id_new ();
  char *token = crm_server_token_new ();
  CrmServerDevice device = { .id = id,
                             .user = user->id,
                             .replica = (char *) replica,
                             .name = (char *) "laptop",
                             .created = now,
                             .seen = now };
  const CrmServerReplica row = { .id = (char *) replica, .user = user->id, .device = id };

  crm_server_token_hash (token, device.token_hash);
  g_assert_true (ops->begin (self->store, TRUE, &error));
  g_assert_true (ops->put_device (self->store, &device, &error));
  g_assert_true (ops->put_replica (self->store, &row, &error));
  g_assert_true (ops->commit (self->store, &error));

  return token;
}

gboolean
crm_sim_server_handle (CrmSimServer *self,
                       const char *path,
                       const char *token,
                       GBytes *body,
                       CrmSimRandom *random,
                       CrmServerResponse *response)
{
  const CrmServerRequest request = {
    .method = "POST", .path = path, .token = token, .address = "10.0.0.1", .body = body
  };

  crm_server_machine_handle_whole (self->machine, &request, response);
  if (!crm_sim_disk_is_dead (self->disk))
    return TRUE;

  crm_server_response_clear (response);
  stop (self);
  crm_sim_disk_restart (self->disk, crm_sim_random_chance (random, 50), random);
  start (self);

  return FALSE;
}

char *
crm_sim_server_check (CrmSimServer *self)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  if (!self->store->ops->check (self->store, problems, &error))
    return g_strdup (error->message);

  return problems->len > 0 ? g_strdup (problems->pdata[0]) : NULL;
}

gint64
crm_sim_server_get_last_n (CrmSimServer *self, const char *replica)
{
  g_autoptr (CrmServerReplica)
      row = self->store->ops->get_replica (self->store, replica, FALSE, NULL);

  return row != NULL ? row->last_n : -1;
}
