#pragma once

#include "crm-sim-file.h"

G_BEGIN_DECLS

/*
 * The disk of one machine: its files by name, and what goes wrong with it. Everything that fails
 * together has one disk.
 */
typedef enum
{
  CRM_SIM_OP_OPEN = 1 << 0,
  CRM_SIM_OP_READ = 1 << 1,
  CRM_SIM_OP_WRITE = 1 << 2,
  CRM_SIM_OP_TRUNCATE = 1 << 3,
  CRM_SIM_OP_SYNC = 1 << 4,
  CRM_SIM_OP_DELETE = 1 << 5,
  /* Everything that a kill may come before. */
  CRM_SIM_OP_ANY = (1 << 6) - 1,
} CrmSimOp;

typedef enum
{
  CRM_SIM_FAULT_NONE,
  /* The process dies: this and every later operation does nothing. */
  CRM_SIM_FAULT_KILL,
  CRM_SIM_FAULT_IO,
  CRM_SIM_FAULT_SHORT_READ,
  CRM_SIM_FAULT_FULL,
} CrmSimFault;

typedef struct _CrmSimDisk CrmSimDisk;

CrmSimDisk *crm_sim_disk_new (void);
void crm_sim_disk_free (CrmSimDisk *self);
/* What is on @from, whole and synced, instead of what was here: a copied disk image. */
void crm_sim_disk_copy_from (CrmSimDisk *self, CrmSimDisk *from);

/* From the @at'th operation (from 0) of @ops on, counted from now; @n_times of them fail. */
void
crm_sim_disk_plan (CrmSimDisk *self, CrmSimFault fault, guint ops, guint64 at, guint64 n_times);
/* Nothing goes wrong any more; a killed process stays dead. */
void crm_sim_disk_heal (CrmSimDisk *self);
gboolean crm_sim_disk_is_dead (CrmSimDisk *self);
/* Whether a planned fault has come. */
gboolean crm_sim_disk_has_failed (CrmSimDisk *self);
/* Of all kinds, since the disk was made: the same in each run of a seed. */
guint64 crm_sim_disk_get_n_ops (CrmSimDisk *self);

/* The machine starts again after a kill. @power: the power failed too, so unsynced sectors may be
 * lost; @random then says which. */
void crm_sim_disk_restart (CrmSimDisk *self, gboolean power, CrmSimRandom *random);

/* For the VFS: what becomes of one operation. */
CrmSimFault crm_sim_disk_operate (CrmSimDisk *self, CrmSimOp op);
/* What was made and removed so far stays so. */
void crm_sim_disk_sync_folder (CrmSimDisk *self);
/* NULL when there is none. */
CrmSimFile *crm_sim_disk_find (CrmSimDisk *self, const char *name);
CrmSimFile *crm_sim_disk_create (CrmSimDisk *self, const char *name);
void crm_sim_disk_remove (CrmSimDisk *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimDisk, crm_sim_disk_free)

G_END_DECLS
