#pragma once

#include "crm-sim-random.h"

G_BEGIN_DECLS

/*
 * A file in memory that knows what of it would outlive a loss of power: what was written before the
 * last sync, and, of what came after, whatever the disk happened to write down already. Copies
 * share their pages until one of them writes.
 */
typedef struct _CrmSimFile CrmSimFile;

CrmSimFile *crm_sim_file_new (void);
CrmSimFile *crm_sim_file_ref (CrmSimFile *self);
void crm_sim_file_unref (CrmSimFile *self);
/* The same bytes, all of them synced. */
CrmSimFile *crm_sim_file_copy (CrmSimFile *self);

gint64 crm_sim_file_get_size (CrmSimFile *self);
/* FALSE when there were fewer bytes; the rest is zeros. */
gboolean crm_sim_file_read (CrmSimFile *self, guint8 *bytes, gint64 offset, guint size);
void crm_sim_file_write (CrmSimFile *self, const guint8 *bytes, gint64 offset, guint size);
void crm_sim_file_truncate (CrmSimFile *self, gint64 size);
/* Its name too, as ext4, XFS and Btrfs do. */
void crm_sim_file_sync (CrmSimFile *self);
/* Its folder was synced. */
void crm_sim_file_sync_name (CrmSimFile *self);

/* The power fails: of each sector written since the last sync @kept percent were written down, in
 * any order, and one of the others perhaps in part. FALSE when the file is gone: its name had never
 * been synced. */
gboolean crm_sim_file_lose_power (CrmSimFile *self, guint kept, CrmSimRandom *random);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimFile, crm_sim_file_unref)

G_END_DECLS
