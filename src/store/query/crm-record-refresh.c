/*
 * After a change everything is surveyed again, and the rows around the last one that was asked for
 * are compared: what stands before them, what changed among them and what stands behind them are
 * told apart, so that the screen and the selection stay where they are. Rows that are not in memory
 * have no content to keep.
 */

#include "store/query/crm-record-list-private.h"

#include "store/query/crm-record-rows-private.h"

/* Rows that are compared after a change: more than any screen shows. */
#define WINDOW_ROWS 400
/* An import changes something many times a second; looking so often is enough. In milliseconds. */
#define REFRESH_INTERVAL 200

static void
put_rows (CrmRecordList *self, GPtrArray *rows, guint first, guint n, guint position)
{
  for (guint i = 0; i < n; i++)
    crm_record_pages_put (self->pages, position + i, rows->pdata[first + i]);
}

void
crm_record_list_replace (CrmRecordList *self, GPtrArray *rows, guint start, guint n_items)
{
  const guint before = self->n_items;

  crm_record_pages_clear (self->pages);
  g_queue_clear (&self->wanted);
  put_rows (self, rows, 0, rows->len, start);
  self->n_items = n_items;
  if (before > 0 || n_items > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, n_items);
}

void
crm_record_list_change (CrmRecordList *self,
                        guint position,
                        guint n_removed,
                        guint n_added,
                        GPtrArray *rows,
                        guint first)
{
  if (n_removed == 0 && n_added == 0)
    return;

  crm_record_pages_splice (self->pages, position, n_removed, n_added);
  g_queue_clear (&self->wanted);
  if (rows != NULL)
    put_rows (self, rows, first, n_added, position);
  self->n_items = self->n_items - n_removed + n_added;
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/* From @old, which stood at @old_start, to @rows at @start of @n_items: head, middle, tail. */
static void
change_around (CrmRecordList *self,
               GPtrArray *old,
               guint old_start,
               GPtrArray *rows,
               guint start,
               guint n_items)
{
  g_autoptr (GArray) runs = crm_record_rows_compare (old, rows);

  crm_record_list_change (self,
                          0,
                          old_start > start ? old_start - start : 0,
                          start > old_start ? start - old_start : 0,
                          NULL,
                          0);

  for (guint i = 0; i < runs->len; i++)
    {
      const CrmRecordRun *run = &g_array_index (runs, CrmRecordRun, i);

      crm_record_list_change (self,
                              start + run->position,
                              run->n_removed,
                              run->n_added,
                              rows,
                              run->position);
    }

  crm_record_list_change (self,
                          MIN (self->n_items, n_items),
                          self->n_items > n_items ? self->n_items - n_items : 0,
                          n_items > self->n_items ? n_items - self->n_items : 0,
                          NULL,
                          0);
}

/* What was read behind the part that was compared. Rows that a view has been given stay its own. */
static void
fill_rest (CrmRecordList *self, GPtrArray *rows, guint start)
{
  for (guint i = 0; i < rows->len && start + i < self->n_items; i++)
    {
      CrmListRow *row = crm_record_pages_peek (self->pages, start + i);
      CrmListRow *read = rows->pdata[i];

      if (row == NULL)
        crm_record_pages_put (self->pages, start + i, read);
      else if (row != read)
        crm_list_row_take (row, read);
    }
}

guint
crm_query_survey_count_items (const CrmQuerySurvey *survey)
{
  return (guint) MIN (survey->count, (gint64) G_MAXUINT - 1);
}

void
crm_record_list_take_survey (CrmRecordList *self, CrmRecordRead *read)
{
  g_clear_pointer (&self->survey, crm_query_survey_free);
  self->survey = g_steal_pointer (&read->survey);
  self->n_surveys++;
}

static void
trim (CrmRecordList *self, guint start, guint n)
{
  g_autoptr (GArray) again = crm_record_pages_trim (self->pages, start, start + n);

  for (guint i = 0; i < again->len; i++)
    crm_record_list_want_page (self, g_array_index (again, guint, i));
}

static void
take_again (CrmRecordList *self, CrmRecordRead *read, GPtrArray *old, guint old_start)
{
  g_autoptr (GPtrArray) rows = crm_record_rows_new (read->rows);
  g_autoptr (GPtrArray) compared = NULL;

  crm_record_list_take_survey (self, read);
  if (read->kept >= old->len)
    {
      crm_record_list_replace (self,
                               rows,
                               read->position,
                               crm_query_survey_count_items (self->survey));
      return;
    }

  g_ptr_array_remove_range (old, 0, read->kept);
  crm_record_rows_reuse (old, rows);
  compared = crm_record_rows_copy (rows);
  crm_record_rows_cut (old, compared);
  change_around (self,
                 old,
                 old_start + read->kept,
                 compared,
                 read->position,
                 crm_query_survey_count_items (self->survey));
  fill_rest (self, rows, read->position);
  trim (self, read->position, rows->len);
}

/* The rows that the question was about, as long as they are where they were; else NULL. */
static GPtrArray *
take_asked (CrmRecordList *self, const CrmRecordRead *read)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < read->ids->len; i++)
    {
      CrmListRow *row = crm_record_pages_peek (self->pages, read->first + i);

      if (row == NULL || g_strcmp0 (crm_list_row_get_id (row), read->ids->pdata[i]) != 0)
        return NULL;
      g_ptr_array_add (rows, g_object_ref (row));
    }

  return g_steal_pointer (&rows);
}

static void
again_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordAsking) asking = user_data;
  g_autoptr (CrmRecordRead) read = crm_record_list_take_answer (source, result);
  g_autoptr (CrmRecordList) self = crm_record_asking_get_list (asking);
  g_autoptr (GPtrArray) old = NULL;

  if (self == NULL)
    return;

  self->refreshing = FALSE;
  if (read == NULL)
    return;

  /* Rows may have gone from memory since the question: then it is asked again. */
  if ((old = take_asked (self, read)) != NULL)
    take_again (self, read, old, read->first);
  else
    self->stale = TRUE;
  crm_record_list_set_loading (self, FALSE);
  if (self->stale)
    crm_record_list_refresh (self);
}

void
crm_record_list_refresh (CrmRecordList *self)
{
  g_autoptr (CrmRecordRead) read = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint start;

  if (self->refreshing || self->survey == NULL)
    return;

  self->stale = FALSE;
  self->refreshing = TRUE;
  rows = crm_record_pages_list_around (self->pages, self->last, WINDOW_ROWS, &start);
  read = crm_record_read_new (CRM_RECORD_READ_AGAIN, self->query);
  read->first = start;
  read->position = start;
  read->n = WINDOW_ROWS;
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (read->ids, g_strdup (crm_list_row_get_id (rows->pdata[i])));
  crm_record_list_ask (self, read, again_read_cb);
}

static void
refresh_cb (gpointer user_data)
{
  CrmRecordList *self = user_data;

  self->refresh_source = 0;
  if (self->stale)
    crm_record_list_refresh (self);
}

/* At once, then not again for a while. */
void
crm_record_list_store_changed (CrmRecordList *self, const CrmStoreChange *store_change)
{
  CrmModel *model = crm_store_get_model (self->store);

  if ((crm_query_get_kinds_mask (self->query, model) & store_change->kinds) == 0)
    return;

  self->stale = TRUE;
  if (self->refresh_source != 0)
    return;

  crm_record_list_refresh (self);
  self->refresh_source = g_timeout_add_once (REFRESH_INTERVAL, refresh_cb, self);
}
