#pragma once

#include "store/crm-replica.h"

G_BEGIN_DECLS

/* When a record that is still there was made, and by whom; all lent. */
typedef void (*CrmMadeFunc) (const CrmKind *kind,
                             const char *id,
                             gint64 at,
                             const char *user,
                             gpointer user_data);

/*
 * The records of @kind that were first made from @from until before @to (see crm_clock_now()), in
 * the order they were made. Read from the log, so it costs as much as there were change sets.
 */
gboolean crm_replica_each_made (CrmReplica *self,
                                const CrmKind *kind,
                                gint64 from,
                                gint64 to,
                                CrmMadeFunc func,
                                gpointer user_data,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
