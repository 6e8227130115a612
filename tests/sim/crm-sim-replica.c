#include "crm-sim-replica-private.h"

#include "crm-sim-vfs.h"

#include "base/crm-id.h"
#include "store/crm-replica-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define USER   "sim"
#define DEVICE "laptop"

static const guint8 key_bytes[CRM_KEY_SIZE] = { 1, 2, 3 };

void
crm_sim_replica_close (CrmSimReplica *self)
{
  if (self->closing != NULL)
    self->closing (self->data);
  g_clear_object (&self->replica);
}

gboolean
crm_sim_replica_open (CrmSimReplica *self, GError **error)
{
  g_autoptr (CrmKey) key = crm_key_new_from_bytes (key_bytes);

  self->n_changes = -1;
  self->replica = crm_replica_open (self->dir, key, NULL, CRM_REPLICA_READ_WRITE, error);

  return self->replica != NULL;
}

/* A real file by the name, since the store asks the file system whether there is a replica. */
static void
touch_database (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "replica.db", NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (dir, 0700);
  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);
}

CrmSimDisk *
crm_sim_replica_make_image (const char *dir, GError **error)
{
  g_autoptr (CrmSimDisk) disk = crm_sim_disk_new ();
  g_autoptr (CrmSimDisk) image = crm_sim_disk_new ();
  g_autoptr (CrmKey) key = crm_key_new_from_bytes (key_bytes);
  g_autoptr (CrmReplica) replica = NULL;
  gboolean made;

  crm_sim_vfs_mount (dir, disk);
  replica = crm_replica_create (dir, key, NULL, error);
  made = replica != NULL && crm_replica_set_setting (replica, "user", USER, error) &&
         crm_replica_set_setting (replica, "device", DEVICE, error);
  g_clear_object (&replica);
  crm_sim_vfs_unmount (dir);
  crm_sim_disk_copy_from (image, disk);

  return made ? g_steal_pointer (&image) : NULL;
}

static CrmSimReplica *
replica_new (const char *dir)
{
  CrmSimReplica *self = g_new0 (CrmSimReplica, 1);

  self->dir = g_strdup (dir);
  self->disk = crm_sim_disk_new ();
  self->states = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_sim_model_free);
  self->log = g_ptr_array_new_with_free_func (g_free);
  self->typed = crm_sim_typed_new ();
  touch_database (dir);
  crm_sim_vfs_mount (dir, self->disk);

  return self;
}

static void
fill (CrmSimReplica *self)
{
  g_autofree char *id = crm_id_new ();
  g_autoptr (GError) error = NULL;

  crm_sim_disk_copy_from (self->disk, self->image);
  crm_sim_replica_open (self, &error);
  g_assert_no_error (error);
  crm_replica_set_meta (self->replica, "replica", id, &error);
  g_assert_no_error (error);
  g_clear_object (&self->replica);
  crm_sim_replica_open (self, &error);
  g_assert_no_error (error);
  g_ptr_array_add (self->states, crm_sim_model_new_from_replica (self->replica, &error));
  g_assert_no_error (error);
}

CrmSimReplica *
crm_sim_replica_new (const char *dir, CrmSimDisk *image)
{
  CrmSimReplica *self = replica_new (dir);

  self->image = image;
  fill (self);

  return self;
}

static gpointer
copy_text (gconstpointer text, gpointer unused)
{
  return g_strdup (text);
}

CrmSimReplica *
crm_sim_replica_new_twin (CrmSimReplica *self, const char *dir)
{
  CrmSimReplica *twin = replica_new (dir);
  g_autoptr (GError) error = NULL;

  twin->image = self->image;
  twin->clock_offset = self->clock_offset;
  crm_sim_disk_copy_from (twin->disk, self->disk);
  crm_sim_replica_open (twin, &error);
  g_assert_no_error (error);
  g_ptr_array_add (twin->states,
                   crm_sim_model_copy (g_ptr_array_index (self->states, self->position)));
  g_clear_pointer (&twin->log, g_ptr_array_unref);
  twin->log = g_ptr_array_copy (self->log, copy_text, NULL);
  g_ptr_array_set_free_func (twin->log, g_free);
  g_clear_pointer (&twin->typed, crm_sim_typed_free);
  twin->typed = crm_sim_typed_copy (self->typed);
  twin->acked = self->acked;
  twin->acked_id = g_strdup (self->acked_id);

  return twin;
}

CrmSimModel *
crm_sim_replica_list_builtin (const char *dir, CrmSimDisk *image)
{
  g_autofree char *path = g_build_filename (dir, "builtin", NULL);
  g_autoptr (CrmSimReplica) self = crm_sim_replica_new (path, image);

  return crm_sim_model_copy (crm_sim_replica_get_model (self));
}

void
crm_sim_replica_wipe (CrmSimReplica *self)
{
  crm_sim_replica_close (self);
  g_ptr_array_set_size (self->states, 0);
  self->position = 0;
  g_ptr_array_set_size (self->log, 0);
  g_clear_pointer (&self->typed, crm_sim_typed_free);
  self->typed = crm_sim_typed_new ();
  self->acked = 0;
  g_clear_pointer (&self->acked_id, g_free);
  fill (self);
}

void
crm_sim_replica_free (CrmSimReplica *self)
{
  g_clear_object (&self->replica);
  crm_sim_vfs_unmount (self->dir);
  crm_sim_disk_free (self->disk);
  crm_sim_typed_free (self->typed);
  g_ptr_array_unref (self->states);
  g_ptr_array_unref (self->log);
  g_free (self->acked_id);
  g_free (self->dir);
  g_free (self);
}

void
crm_sim_replica_set_closing (CrmSimReplica *self, void (*closing) (gpointer), gpointer data)
{
  self->closing = closing;
  self->data = data;
}

CrmReplica *
crm_sim_replica_get_replica (CrmSimReplica *self)
{
  return self->replica;
}

CrmSimDisk *
crm_sim_replica_get_disk (CrmSimReplica *self)
{
  return self->disk;
}

gint64
crm_sim_replica_get_clock_offset (CrmSimReplica *self)
{
  return self->clock_offset;
}

guint
crm_sim_replica_get_n_kills (CrmSimReplica *self)
{
  return self->n_kills;
}

/* ---- what may be wrong ---- */

gboolean
crm_sim_replica_fail (char **failure, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  *failure = g_strdup_vprintf (format, args);
  va_end (args);

  return FALSE;
}

static GPtrArray *
read_log (CrmSimReplica *self, GError **error)
{
  static const char sql[] =
      "SELECT n || ' ' || (user <> '') || '@' || device || ' ' || id FROM change_set"
      " ORDER BY n";
  g_autoptr (GPtrArray) log = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (self->replica), sql, error);
  CrmStep step;

  if (stmt == NULL)
    return NULL;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    g_ptr_array_add (log, crm_stmt_dup_text (stmt, 0));

  return step == CRM_STEP_DONE ? g_steal_pointer (&log) : NULL;
}

/* What was acknowledged is there, in its place; more only when @may_grow. */
gboolean
crm_sim_replica_check_log (CrmSimReplica *self, gboolean may_grow, char **failure)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *log = read_log (self, &error);

  if (log == NULL)
    return crm_sim_replica_fail (failure, "the log cannot be read: %s", error->message);

  for (guint i = 0; i < self->log->len; i++)
    if (i >= log->len || !g_str_equal (log->pdata[i], self->log->pdata[i]))
      {
        g_ptr_array_unref (log);
        return crm_sim_replica_fail (failure,
                                     "acknowledged set “%s” is not in the log",
                                     (char *) self->log->pdata[i]);
      }
  for (guint i = self->log->len; i < log->len; i++)
    if (strstr (log->pdata[i], " 1@" DEVICE " ") == NULL)
      {
        g_ptr_array_unref (log);
        return crm_sim_replica_fail (failure, "a set names another author");
      }
  if (log->len > self->log->len && !may_grow)
    {
      g_ptr_array_unref (log);
      return crm_sim_replica_fail (failure, "the log grew though nothing was done");
    }

  g_ptr_array_unref (self->log);
  self->log = log;

  return TRUE;
}

CrmSimModel *
crm_sim_replica_get_model (CrmSimReplica *self)
{
  return g_ptr_array_index (self->states, self->position);
}

void
crm_sim_replica_take_model (CrmSimReplica *self, CrmSimModel *state)
{
  g_ptr_array_set_size (self->states, 0);
  g_ptr_array_add (self->states, state);
  self->position = 0;
}
