#include "store/crm-record-read-private.h"

#include "db/crm-transaction.h"

/* A walk from an anchor to a page is shorter than this. */
#define ANCHOR_ROWS 1000

CrmRecordRead *
crm_record_read_new (CrmRecordReadType type, const CrmQuery *query)
{
  CrmRecordRead *self = g_atomic_rc_box_new0 (CrmRecordRead);

  self->type = type;
  self->query = crm_query_copy (query);
  self->ids = g_ptr_array_new_with_free_func (g_free);

  return self;
}

CrmRecordRead *
crm_record_read_ref (CrmRecordRead *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (CrmRecordRead *self)
{
  crm_query_free (self->query);
  crm_query_cursor_clear (&self->after);
  g_ptr_array_unref (self->ids);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->survey, crm_query_survey_free);
}

void
crm_record_read_unref (CrmRecordRead *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

static gboolean
read_page (CrmRecordRead *self, CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  self->rows = crm_query_page_load (replica,
                                    self->query,
                                    self->has_after ? &self->after : NULL,
                                    self->skip,
                                    self->n,
                                    cancellable,
                                    error);

  return self->rows != NULL;
}

static gboolean
read_survey (CrmRecordRead *self, CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  self->survey = crm_query_survey_new (replica, self->query, ANCHOR_ROWS, cancellable, error);

  return self->survey != NULL;
}

/* The first row of the screen that is still in the list, and where. */
static gboolean
find_kept (CrmRecordRead *self, CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  gint64 position = -1;

  for (self->kept = 0; self->kept < self->ids->len; self->kept++)
    {
      if (!crm_query_locate (replica,
                             self->query,
                             self->ids->pdata[self->kept],
                             &position,
                             cancellable,
                             error))
        return FALSE;
      if (position >= 0)
        break;
    }

  /* None is left: stay where we were, as far as there are rows. */
  if (position < 0)
    position = MIN ((gint64) self->position, MAX (self->survey->count - (gint64) self->n, 0));
  self->position = (guint) position;

  return TRUE;
}

static gboolean
read_again (CrmRecordRead *self, CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  const CrmQueryCursor *anchor;

  if (!read_survey (self, replica, cancellable, error) ||
      !find_kept (self, replica, cancellable, error))
    return FALSE;

  anchor = crm_query_survey_find (self->survey, self->position, &self->skip);
  self->has_after = anchor != NULL;
  if (anchor != NULL)
    crm_query_cursor_copy (anchor, &self->after);

  return read_page (self, replica, cancellable, error);
}

gpointer
crm_record_read_run (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  CrmRecordRead *self = data;
  g_autoptr (CrmTransaction) transaction = NULL;
  gboolean done = FALSE;

  /* One state of the replica for all that is read. */
  transaction = crm_transaction_begin (crm_replica_get_db (replica), CRM_TRANSACTION_READ, error);
  if (transaction == NULL)
    return NULL;

  switch (self->type)
    {
    case CRM_RECORD_READ_PAGE:
      done = read_page (self, replica, cancellable, error);
      break;

    case CRM_RECORD_READ_SURVEY:
      done = read_survey (self, replica, cancellable, error);
      break;

    case CRM_RECORD_READ_AGAIN:
      done = read_again (self, replica, cancellable, error);
      break;

    default:
      g_assert_not_reached ();
    }

  return done ? crm_record_read_ref (self) : NULL;
}
