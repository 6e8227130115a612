#pragma once

#include "crm-sim-disk.h"

G_BEGIN_DECLS

/*
 * SQLite on disks of the simulator: the default VFS of this process, also below SQLCipher, with
 * WAL's shared memory. Connections on one disk share locks as threads of one process do. Time is
 * crm_clock_now(); randomness comes from the seed. One thread.
 */
void crm_sim_vfs_start (guint64 seed);
void crm_sim_vfs_stop (void);

/* Files below the folder @dir are on @disk, which the caller keeps. */
void crm_sim_vfs_mount (const char *dir, CrmSimDisk *disk);
void crm_sim_vfs_unmount (const char *dir);

G_END_DECLS
