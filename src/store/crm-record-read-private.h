#pragma once

#include "store/crm-store.h"
#include "store/query/crm-query-page-private.h"

/* What a list asks the reader's thread. One of these goes there and comes back answered. */
typedef enum
{
  /* The rows of a page. */
  CRM_RECORD_READ_PAGE,
  /* The count and the anchors. */
  CRM_RECORD_READ_SURVEY,
  /* Both, and where the rows on the screen have gone. */
  CRM_RECORD_READ_AGAIN,
} CrmRecordReadType;

typedef struct
{
  CrmRecordReadType type;
  CrmQuery *query;

  /* PAGE: where from. */
  guint position;
  CrmQueryCursor after;
  gboolean has_after;
  gint64 skip;
  guint n;
  /* PAGE: of the list when it asked. */
  guint n_surveys;
  /* AGAIN: where the rows on the screen stood, and (element-type utf8) their ids. */
  guint first;
  GPtrArray *ids;

  /* Answers. @kept: the first of @ids that is still there, and @position where it stands now. */
  GPtrArray *rows;
  CrmQuerySurvey *survey;
  guint kept;
} CrmRecordRead;

CrmRecordRead *crm_record_read_new (CrmRecordReadType type, const CrmQuery *query);
/* Any thread; but only one of them uses it at a time. */
CrmRecordRead *crm_record_read_ref (CrmRecordRead *self);
void crm_record_read_unref (CrmRecordRead *self);
/* A CrmStoreFunc; gives a reference on its data back, answered, or NULL with an error. */
gpointer
crm_record_read_run (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmRecordRead, crm_record_read_unref)
