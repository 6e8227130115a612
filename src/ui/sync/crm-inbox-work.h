#pragma once

#include "store/crm-store.h"
#include "store/sync/crm-conflict.h"

G_BEGIN_DECLS

/* What the Inbox has done by the store's threads. Main thread; nothing blocks. */

/* @value: (nullable): of CRM_CONFLICT_VALUE */
void crm_inbox_work_decide_async (CrmStore *store,
                                  const char *const *ids,
                                  CrmConflictChoice choice,
                                  const char *value,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Refusals: written again, or let go. */
void crm_inbox_work_settle_async (CrmStore *store,
                                  const char *const *ids,
                                  gboolean retry,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Of both. @text: (out) (transfer full): what was done, translated; @set: (out) (transfer full)
 * (nullable): what undo takes. Fails as crm_replica_resolve_conflicts(). */
gboolean crm_inbox_work_finish (CrmStore *store,
                                GAsyncResult *result,
                                char **text,
                                char **set,
                                GError **error);

/* Two records to compare. */
void crm_inbox_work_get_two_async (CrmStore *store,
                                   const char *one,
                                   const char *other,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Returns: (transfer full) (element-type CrmRecord) */
GPtrArray *crm_inbox_work_get_two_finish (CrmStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
