#pragma once

#include "store/log/crm-log-writer-private.h"

/*
 * A record without the changes of some own sets: what the server has, as far as this replica knows.
 *
 *   local = base overlaid by the changes of sets that are not acknowledged
 *
 * So the base is the local row with those changes taken back by the log, and upon it what pulls
 * brought for the same fields meanwhile, which waits in `pending_row`:
 *
 *   row_seq > 0   the server's whole row: while the table has none of its own to hold the fields,
 *                 that is of a row that an own set made or deleted
 *   row_seq = 0   only the fields named; the others are in the table
 *   gone          the server has the row no more
 */
typedef struct
{
  const CrmTable *table;
  gboolean exists;
  gint64 row_seq;
  char **values;    /* one per field, nullable */
  gint64 *versions; /* one per field */
} CrmPullBase;

/* Changes that lie over the base, ?2 being CRM_CHANGE_NR of the first that is not acknowledged. */
#define CRM_CHANGE_IS_SHOWN                                                                        \
  "((nr >= ?2 AND (nr >> 10) NOT IN (SELECT n FROM change_set WHERE state = 4))"                   \
  " OR (nr >> 10) IN (SELECT n FROM change_set WHERE state = 3))"

CrmPullBase *crm_pull_base_new (const CrmTable *table);
void crm_pull_base_free (CrmPullBase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmPullBase, crm_pull_base_free)

void crm_pull_base_set (CrmPullBase *self, guint index, const char *value, gint64 version);
/* All fields empty, of the version of the row. */
void crm_pull_base_clear (CrmPullBase *self, gint64 row_seq);
/* The row as it is; @edit is loaded. */
void crm_pull_base_take (CrmPullBase *self, const CrmEdit *edit);
/* Only versions that are not row_seq. Returns: (transfer full) (nullable) */
char *crm_pull_base_dup_fver (const CrmPullBase *self);
gboolean crm_pull_base_is_pending (const CrmPullBase *self);

/* Takes back the changes of sets above @acked, and of parked ones. @n_changes: (out) (optional) */
gboolean crm_pull_base_take_back (CrmPullBase *self,
                                  CrmReplica *replica,
                                  const char *id,
                                  gint64 acked,
                                  guint *n_changes,
                                  GError **error);
void crm_pull_base_copy (CrmPullBase *self, const CrmPullBase *other);
/* Makes them again. @n_changes: (out) (optional); @local: (nullable): what is shown of a row whose
 * base is gone */
gboolean crm_pull_base_overlay (CrmPullBase *self,
                                CrmReplica *replica,
                                const char *id,
                                gint64 acked,
                                const CrmPullBase *local,
                                guint *n_changes,
                                GError **error);

/* What waits in pending_row is put upon it. @found: (out) (optional) */
gboolean crm_pull_base_load_pending (CrmPullBase *self,
                                     CrmReplica *replica,
                                     const char *id,
                                     gboolean *found,
                                     GError **error);
/*
 * Writes the part of the base that the row @local, which lies over it, does not hold; nothing when
 * that is none. @local: (nullable): deleted by an own set
 */
gboolean crm_pull_base_save_pending (const CrmPullBase *self,
                                     CrmReplica *replica,
                                     const char *id,
                                     const CrmPullBase *local,
                                     GError **error);
