#pragma once

#include "store/crm-store.h"
#include "store/query/crm-list-row.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CRM_TYPE_RECORD_LIST (crm_record_list_get_type ())

G_DECLARE_FINAL_TYPE (CrmRecordList, crm_record_list, CRM, RECORD_LIST, GObject)

/*
 * A GListModel of #CrmListRow that pages through SQL by key and never loads everything. Follows the
 * store's changes. Property "loading" (boolean) while the first page or the count is on its way:
 * old content stays until the new is there.
 */
CrmRecordList *crm_record_list_new (CrmStore *store, const CrmQuery *query);
/* Replaces the query; items-changed comes when its first page is there. */
void crm_record_list_set_query (CrmRecordList *self, const CrmQuery *query);
const CrmQuery *crm_record_list_get_query (CrmRecordList *self);
CrmStore *crm_record_list_get_store (CrmRecordList *self);
gboolean crm_record_list_get_loading (CrmRecordList *self);

/* Where a record stands in the list, -1 when it is not in it: to keep the selection. */
void crm_record_list_locate_async (CrmRecordList *self,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gint64 crm_record_list_locate_finish (CrmRecordList *self, GAsyncResult *result, GError **error);

G_END_DECLS
