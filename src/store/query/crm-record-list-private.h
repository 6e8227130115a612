#pragma once

#include "store/crm-record-read-private.h"
#include "store/query/crm-query-private.h"
#include "store/query/crm-record-list.h"
#include "store/query/crm-record-pages-private.h"

/* The two halves of the list: crm-record-list.c asks for rows and a query's first page, and
 * crm-record-refresh.c follows changes. */
struct _CrmRecordList
{
  GObject parent_instance;

  CrmStore *store;
  CrmQuery *query;
  gulong changed_handler;

  guint n_items;
  CrmRecordPages *pages;
  /* NULL until the count is known. */
  CrmQuerySurvey *survey;
  /* How many surveys there were: a page that was read by the anchors of an old one is not used. */
  guint n_surveys;
  /* The row that was asked for last. */
  guint last;

  /* Of everything that is on its way; replaced with the query. */
  GCancellable *cancellable;
  /* (element-type guint): pages to read, the last one first. */
  GQueue wanted;
  gboolean reading;
  gboolean refreshing;
  gboolean stale;
  guint refresh_source;
  guint survey_source;
  gboolean loading;
};

/* A question on its way. It does not keep the list alive, and an answer that was overtaken by
 * another query is dropped: its cancellable is not the list's any more. */
typedef struct
{
  GWeakRef list;
  GCancellable *cancellable;
} CrmRecordAsking;

void crm_record_asking_free (CrmRecordAsking *asking);
/* The list that asked, when it still wants the answer. (transfer full) */
CrmRecordList *crm_record_asking_get_list (CrmRecordAsking *asking);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmRecordAsking, crm_record_asking_free)

/* @callback gets a #CrmRecordAsking that it owns. */
void crm_record_list_ask (CrmRecordList *self, CrmRecordRead *read, GAsyncReadyCallback callback);
/* NULL when it was cancelled or failed. (transfer full) */
CrmRecordRead *crm_record_list_take_answer (GObject *source, GAsyncResult *result);
void crm_record_list_want_page (CrmRecordList *self, guint page);
void crm_record_list_set_loading (CrmRecordList *self, gboolean loading);

/* Everything is new: @rows, from @start on, of @n_items. */
void crm_record_list_replace (CrmRecordList *self, GPtrArray *rows, guint start, guint n_items);
/* @n_added rows of @rows, from @first on, instead of @n_removed at @position. @rows: nullable */
void crm_record_list_change (CrmRecordList *self,
                             guint position,
                             guint n_removed,
                             guint n_added,
                             GPtrArray *rows,
                             guint first);
void crm_record_list_take_survey (CrmRecordList *self, CrmRecordRead *read);
guint crm_query_survey_count_items (const CrmQuerySurvey *survey);
/* Looks at everything again. */
void crm_record_list_refresh (CrmRecordList *self);
/* For CrmStore::changed. */
void crm_record_list_store_changed (CrmRecordList *self, const CrmStoreChange *change);
