#include "crm-sim-vfs.h"

#include "base/crm-clock.h"

#include <sqlite3.h>
#include <string.h>

#define MAX_PATH 512
/* 1970-01-01 as a Julian day, in milliseconds. */
#define UNIX_EPOCH_MS G_GINT64_CONSTANT (210866760000000)

/* What the connections on one file share. */
typedef struct
{
  char *path;
  int refs;

  guint n_shared;
  gconstpointer reserved;
  gconstpointer pending;
  gconstpointer exclusive;

  GPtrArray *regions; /* of WAL's index */
  guint n_mapped;
  guint shm_shared[SQLITE_SHM_NLOCK];
  gconstpointer shm_exclusive[SQLITE_SHM_NLOCK];
} Node;

typedef struct
{
  sqlite3_file base;
  CrmSimDisk *disk;
  CrmSimFile *file;
  char *name;
  Node *node;
  int level;
  gboolean mapped;
  guint shm_shared;
  guint shm_exclusive;
  gboolean remove_at_close;
  /* A new journal or WAL: the "unix" VFS syncs the folder with its first sync. */
  gboolean sync_folder;
} Handle;

static GHashTable *mounts; /* (element-type utf8 CrmSimDisk) */
static GHashTable *nodes;  /* (element-type utf8 Node) */
static CrmSimRandom random_source;

/* ---- names ---- */

static CrmSimDisk *
find_disk (const char *path, const char **name)
{
  const char *slash = path != NULL ? strrchr (path, '/') : NULL;
  g_autofree char *dir = NULL;

  if (slash == NULL)
    return NULL;

  dir = g_strndup (path, (gsize) (slash - path));
  *name = slash + 1;

  return g_hash_table_lookup (mounts, dir);
}

static Node *
take_node (const char *path)
{
  Node *node = g_hash_table_lookup (nodes, path);

  if (node == NULL)
    {
      node = g_new0 (Node, 1);
      node->path = g_strdup (path);
      node->regions = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (nodes, node->path, node);
    }
  node->refs++;

  return node;
}

static void
drop_node (Node *node)
{
  if (--node->refs > 0)
    return;

  g_hash_table_remove (nodes, node->path);
  g_ptr_array_unref (node->regions);
  g_free (node->path);
  g_free (node);
}

/* ---- one file ---- */

static int
get_result (CrmSimFault fault, int io_error)
{
  switch (fault)
    {
    case CRM_SIM_FAULT_NONE:
      return SQLITE_OK;

    case CRM_SIM_FAULT_FULL:
      return SQLITE_FULL;

    case CRM_SIM_FAULT_SHORT_READ:
      return SQLITE_IOERR_SHORT_READ;

    case CRM_SIM_FAULT_KILL:
    case CRM_SIM_FAULT_IO:
    default:
      return io_error;
    }
}

static int
unlock_file (sqlite3_file *file, int level)
{
  Handle *self = (Handle *) file;
  Node *node = self->node;

  if (self->level <= level)
    return SQLITE_OK;

  if (node->reserved == self)
    node->reserved = NULL;
  if (node->pending == self)
    node->pending = NULL;
  if (node->exclusive == self)
    node->exclusive = NULL;
  if (level == SQLITE_LOCK_NONE)
    node->n_shared--;
  self->level = level;

  return SQLITE_OK;
}

static int
unmap_shm (sqlite3_file *file, int delete_it)
{
  Handle *self = (Handle *) file;
  Node *node = self->node;

  if (!self->mapped)
    return SQLITE_OK;

  for (guint i = 0; i < SQLITE_SHM_NLOCK; i++)
    {
      if (self->shm_shared & (1u << i))
        node->shm_shared[i]--;
      if (node->shm_exclusive[i] == self)
        node->shm_exclusive[i] = NULL;
    }
  self->shm_shared = 0;
  self->shm_exclusive = 0;
  self->mapped = FALSE;
  /* The first to come makes it anew from the WAL, as where the last process had died. */
  if (--node->n_mapped == 0)
    g_ptr_array_set_size (node->regions, 0);

  return SQLITE_OK;
}

static int
close_file (sqlite3_file *file)
{
  Handle *self = (Handle *) file;

  unmap_shm (file, FALSE);
  unlock_file (file, SQLITE_LOCK_NONE);
  if (self->remove_at_close && !crm_sim_disk_is_dead (self->disk))
    crm_sim_disk_remove (self->disk, self->name);
  drop_node (self->node);
  crm_sim_file_unref (self->file);
  g_free (self->name);

  return SQLITE_OK;
}

static int
read_file (sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
  Handle *self = (Handle *) file;
  CrmSimFault fault = crm_sim_disk_operate (self->disk, CRM_SIM_OP_READ);

  if (fault == CRM_SIM_FAULT_SHORT_READ)
    memset (bytes, 0, (gsize) size);
  if (fault != CRM_SIM_FAULT_NONE)
    return get_result (fault, SQLITE_IOERR_READ);

  return crm_sim_file_read (self->file, bytes, offset, (guint) size) ? SQLITE_OK
                                                                     : SQLITE_IOERR_SHORT_READ;
}

static int
write_file (sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
  Handle *self = (Handle *) file;
  CrmSimFault fault = crm_sim_disk_operate (self->disk, CRM_SIM_OP_WRITE);

  if (fault == CRM_SIM_FAULT_NONE)
    crm_sim_file_write (self->file, bytes, offset, (guint) size);

  return get_result (fault, SQLITE_IOERR_WRITE);
}

static int
truncate_file (sqlite3_file *file, sqlite3_int64 size)
{
  Handle *self = (Handle *) file;
  CrmSimFault fault = crm_sim_disk_operate (self->disk, CRM_SIM_OP_TRUNCATE);

  if (fault == CRM_SIM_FAULT_NONE)
    crm_sim_file_truncate (self->file, size);

  return get_result (fault, SQLITE_IOERR_TRUNCATE);
}

static int
sync_file (sqlite3_file *file, int flags)
{
  Handle *self = (Handle *) file;
  CrmSimFault fault = crm_sim_disk_operate (self->disk, CRM_SIM_OP_SYNC);

  if (fault != CRM_SIM_FAULT_NONE)
    return get_result (fault, SQLITE_IOERR_FSYNC);

  crm_sim_file_sync (self->file);
  if (self->sync_folder)
    crm_sim_disk_sync_folder (self->disk);
  self->sync_folder = FALSE;

  return SQLITE_OK;
}

static int
get_size (sqlite3_file *file, sqlite3_int64 *size)
{
  *size = crm_sim_file_get_size (((Handle *) file)->file);

  return SQLITE_OK;
}

/* ---- locks: https://www.sqlite.org/lockingv3.html ---- */

static gboolean
is_taken (gconstpointer holder, const Handle *self)
{
  return holder != NULL && holder != self;
}

static int
lock_shared (Handle *self)
{
  if (is_taken (self->node->pending, self) || is_taken (self->node->exclusive, self))
    return SQLITE_BUSY;

  self->node->n_shared++;
  self->level = SQLITE_LOCK_SHARED;

  return SQLITE_OK;
}

static int
lock_exclusive (Handle *self)
{
  self->node->reserved = self;
  self->node->pending = self;
  if (self->node->n_shared > 1)
    {
      self->level = SQLITE_LOCK_PENDING;
      return SQLITE_BUSY;
    }

  self->node->exclusive = self;
  self->level = SQLITE_LOCK_EXCLUSIVE;

  return SQLITE_OK;
}

static int
lock_file (sqlite3_file *file, int level)
{
  Handle *self = (Handle *) file;

  if (self->level >= level)
    return SQLITE_OK;
  if (level == SQLITE_LOCK_SHARED)
    return lock_shared (self);
  if (is_taken (self->node->reserved, self))
    return SQLITE_BUSY;
  if (level == SQLITE_LOCK_EXCLUSIVE)
    return lock_exclusive (self);

  self->node->reserved = self;
  self->level = level;

  return SQLITE_OK;
}

static int
check_reserved (sqlite3_file *file, int *reserved)
{
  *reserved = ((Handle *) file)->node->reserved != NULL;

  return SQLITE_OK;
}

static int
control_file (sqlite3_file *file, int op, void *argument)
{
  return SQLITE_NOTFOUND;
}

/* As the "unix" VFS answers. */
static int
get_sector_size (sqlite3_file *file)
{
  return 4096;
}

static int
get_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* ---- WAL's shared memory: https://www.sqlite.org/walformat.html ---- */

static int
map_shm (sqlite3_file *file, int index, int size, int extend, void volatile **region)
{
  Handle *self = (Handle *) file;
  GPtrArray *regions = self->node->regions;

  if (!self->mapped)
    {
      self->mapped = TRUE;
      self->node->n_mapped++;
    }
  while (extend && (int) regions->len <= index)
    g_ptr_array_add (regions, g_malloc0 ((gsize) size));

  *region = index < (int) regions->len ? g_ptr_array_index (regions, index) : NULL;

  return SQLITE_OK;
}

static void
release_slot (Handle *self, guint slot)
{
  const guint bit = 1u << slot;

  if (self->shm_shared & bit)
    self->node->shm_shared[slot]--;
  if (self->node->shm_exclusive[slot] == self)
    self->node->shm_exclusive[slot] = NULL;
  self->shm_shared &= ~bit;
  self->shm_exclusive &= ~bit;
}

static gboolean
is_slot_free (const Handle *self, guint slot, gboolean exclusive)
{
  const guint own = (self->shm_shared >> slot) & 1;

  return !is_taken (self->node->shm_exclusive[slot], self) &&
         (!exclusive || self->node->shm_shared[slot] == own);
}

static void
take_slot (Handle *self, guint slot, gboolean exclusive)
{
  const guint bit = 1u << slot;

  if (exclusive)
    {
      self->shm_exclusive |= bit;
      self->node->shm_exclusive[slot] = self;
    }
  else if ((self->shm_shared & bit) == 0)
    {
      self->shm_shared |= bit;
      self->node->shm_shared[slot]++;
    }
}

static int
lock_shm (sqlite3_file *file, int first, int n, int flags)
{
  Handle *self = (Handle *) file;
  const gboolean exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;

  for (int i = first; i < first + n; i++)
    if (flags & SQLITE_SHM_UNLOCK)
      release_slot (self, (guint) i);
    else if (!is_slot_free (self, (guint) i, exclusive))
      return SQLITE_BUSY;
  for (int i = first; i < first + n && (flags & SQLITE_SHM_LOCK); i++)
    take_slot (self, (guint) i, exclusive);

  return SQLITE_OK;
}

static void
order_shm (sqlite3_file *file)
{
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = get_size,
  .xLock = lock_file,
  .xUnlock = unlock_file,
  .xCheckReservedLock = check_reserved,
  .xFileControl = control_file,
  .xSectorSize = get_sector_size,
  .xDeviceCharacteristics = get_characteristics,
  .xShmMap = map_shm,
  .xShmLock = lock_shm,
  .xShmBarrier = order_shm,
  .xShmUnmap = unmap_shm,
};

/* ---- the file system ---- */

static int
open_file (sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *opened, int flags, int *out_flags)
{
  Handle *self = (Handle *) opened;
  const char *name = NULL;
  CrmSimDisk *disk = find_disk (path, &name);
  CrmSimFault fault;
  CrmSimFile *file;

  memset (self, 0, sizeof *self);
  if (disk == NULL)
    return SQLITE_CANTOPEN;
  if ((fault = crm_sim_disk_operate (disk, CRM_SIM_OP_OPEN)) != CRM_SIM_FAULT_NONE)
    return get_result (fault, SQLITE_CANTOPEN);

  file = crm_sim_disk_find (disk, name);
  if (file == NULL && (flags & SQLITE_OPEN_CREATE) == 0)
    return SQLITE_CANTOPEN;
  if (file == NULL)
    {
      file = crm_sim_disk_create (disk, name);
      self->sync_folder = (flags & SQLITE_OPEN_MAIN_DB) == 0;
    }

  self->base.pMethods = &methods;
  self->disk = disk;
  self->file = crm_sim_file_ref (file);
  self->name = g_strdup (name);
  self->node = take_node (path);
  self->remove_at_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  if (out_flags != NULL)
    *out_flags = flags;

  return SQLITE_OK;
}

static int
delete_file (sqlite3_vfs *vfs, const char *path, int sync)
{
  const char *name = NULL;
  CrmSimDisk *disk = find_disk (path, &name);
  CrmSimFault fault;

  if (disk == NULL || crm_sim_disk_find (disk, name) == NULL)
    return SQLITE_IOERR_DELETE_NOENT;
  if ((fault = crm_sim_disk_operate (disk, CRM_SIM_OP_DELETE)) != CRM_SIM_FAULT_NONE)
    return get_result (fault, SQLITE_IOERR_DELETE);

  crm_sim_disk_remove (disk, name);
  if (sync)
    crm_sim_disk_sync_folder (disk);

  return SQLITE_OK;
}

static int
access_file (sqlite3_vfs *vfs, const char *path, int flags, int *result)
{
  const char *name = NULL;
  CrmSimDisk *disk = find_disk (path, &name);
  CrmSimFile *file = disk != NULL ? crm_sim_disk_find (disk, name) : NULL;

  /* An empty file exists only for those who want to open it, as in the "unix" VFS. */
  *result = file != NULL && (flags != SQLITE_ACCESS_EXISTS || crm_sim_file_get_size (file) > 0);

  return SQLITE_OK;
}

static int
get_full_path (sqlite3_vfs *vfs, const char *path, int size, char *full)
{
  sqlite3_snprintf (size, full, "%s", path);

  return SQLITE_OK;
}

static int
fill_random (sqlite3_vfs *vfs, int size, char *bytes)
{
  crm_sim_random_fill (&random_source, (guint8 *) bytes, (gsize) size);

  return size;
}

/* Nobody else can run, so waiting helps nobody. */
static int
sleep_no_time (sqlite3_vfs *vfs, int microseconds)
{
  return microseconds;
}

static int
tell_time_int64 (sqlite3_vfs *vfs, sqlite3_int64 *time)
{
  *time = UNIX_EPOCH_MS + crm_clock_now () / 1000;

  return SQLITE_OK;
}

static int
tell_time (sqlite3_vfs *vfs, double *days)
{
  sqlite3_int64 time;

  tell_time_int64 (vfs, &time);
  *days = (double) time / 86400000.0;

  return SQLITE_OK;
}

static int
get_last_error (sqlite3_vfs *vfs, int size, char *text)
{
  return 0;
}

static sqlite3_vfs sim_vfs = {
  .iVersion = 2,
  .szOsFile = sizeof (Handle),
  .mxPathname = MAX_PATH,
  .zName = "crm-sim",
  .xOpen = open_file,
  .xDelete = delete_file,
  .xAccess = access_file,
  .xFullPathname = get_full_path,
  .xRandomness = fill_random,
  .xSleep = sleep_no_time,
  .xCurrentTime = tell_time,
  .xGetLastError = get_last_error,
  .xCurrentTimeInt64 = tell_time_int64,
};

void
crm_sim_vfs_start (guint64 seed)
{
  mounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  nodes = g_hash_table_new (g_str_hash, g_str_equal);
  crm_sim_random_seed (&random_source, seed);
  sqlite3_vfs_register (&sim_vfs, TRUE);
  /* The engine's own generator is filled again at its next use. */
  sqlite3_randomness (0, NULL);
}

void
crm_sim_vfs_stop (void)
{
  g_assert_cmpuint (g_hash_table_size (nodes), ==, 0);

  sqlite3_vfs_unregister (&sim_vfs);
  g_clear_pointer (&mounts, g_hash_table_unref);
  g_clear_pointer (&nodes, g_hash_table_unref);
}

void
crm_sim_vfs_mount (const char *dir, CrmSimDisk *disk)
{
  g_hash_table_insert (mounts, g_strdup (dir), disk);
}

void
crm_sim_vfs_unmount (const char *dir)
{
  g_hash_table_remove (mounts, dir);
}
