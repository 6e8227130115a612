/*
 * How the list stays small and steady.
 *
 * Rows are made when somebody asks for them and filled when their page arrives; pages that were not
 * used for a while go (crm-record-pages.c). A page is read from the nearest anchor of the last
 * survey. One page is read at a time, the one asked for last first: who drags the scroll bar sees
 * where he is.
 */

#include "store/query/crm-record-list-private.h"

#include "store/query/crm-record-rows-private.h"

/* More than a usual screen shows, and not much more: a view makes a widget for each of up to 200
 * rows before it paints the first. */
#define FIRST_ROWS 20

static void crm_record_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmRecordList,
                               crm_record_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      crm_record_list_model_init))

typedef enum
{
  PROP_LOADING = 1,
} CrmRecordListProperty;

static GParamSpec *properties[PROP_LOADING + 1];

void
crm_record_list_set_loading (CrmRecordList *self, gboolean loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static CrmRecordAsking *
asking_new (CrmRecordList *self)
{
  CrmRecordAsking *asking = g_new (CrmRecordAsking, 1);

  g_weak_ref_init (&asking->list, self);
  asking->cancellable = g_object_ref (self->cancellable);

  return asking;
}

void
crm_record_asking_free (CrmRecordAsking *asking)
{
  g_weak_ref_clear (&asking->list);
  g_object_unref (asking->cancellable);
  g_free (asking);
}

/* The list that asked, when it still wants the answer. (transfer full) */
CrmRecordList *
crm_record_asking_get_list (CrmRecordAsking *asking)
{
  g_autoptr (CrmRecordList) list = g_weak_ref_get (&asking->list);

  return list != NULL && list->cancellable == asking->cancellable ? g_steal_pointer (&list) : NULL;
}

void
crm_record_list_ask (CrmRecordList *self, CrmRecordRead *read, GAsyncReadyCallback callback)
{
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       crm_record_read_run,
                       crm_record_read_ref (read),
                       (GDestroyNotify) crm_record_read_unref,
                       (GDestroyNotify) crm_record_read_unref,
                       self->cancellable,
                       callback,
                       asking_new (self));
}

CrmRecordRead *
crm_record_list_take_answer (GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  CrmRecordRead *read = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (read == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("A list could not be read: %s", error->message);

  return read;
}

/* Rows that somebody asked for are filled, the others of the page are made. */
static void
fill_row (CrmRecordList *self, guint position, const CrmQueryRow *from)
{
  g_autoptr (CrmListRow) made = NULL;
  CrmListRow *row;

  if (position >= self->n_items ||
      !crm_record_pages_has (self->pages, position / CRM_RECORD_PAGE_ROWS))
    return;

  if (!(row = crm_record_pages_peek (self->pages, position)))
    {
      row = made = crm_list_row_new ();
      crm_record_pages_put (self->pages, position, made);
    }
  crm_list_row_fill (row, from->record, from->linked, from->n_people);
}

static void ask_for_page (CrmRecordList *self);

static void
page_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordAsking) asking = user_data;
  g_autoptr (CrmRecordRead) read = crm_record_list_take_answer (source, result);
  g_autoptr (CrmRecordList) self = crm_record_asking_get_list (asking);

  if (self == NULL)
    return;

  self->reading = FALSE;
  /* What became of the rows of an overtaken page is asked again by whoever took the new survey. */
  if (read != NULL && read->n_surveys == self->n_surveys)
    for (guint i = 0; i < read->rows->len; i++)
      fill_row (self, read->position + i, read->rows->pdata[i]);
  ask_for_page (self);
}

static void
ask_for_page (CrmRecordList *self)
{
  g_autoptr (CrmRecordRead) read = NULL;
  const CrmQueryCursor *anchor;
  guint page;

  if (self->reading || self->survey == NULL || g_queue_is_empty (&self->wanted))
    return;

  page = GPOINTER_TO_UINT (g_queue_pop_tail (&self->wanted));
  if (!crm_record_pages_has (self->pages, page))
    {
      ask_for_page (self);
      return;
    }

  read = crm_record_read_new (CRM_RECORD_READ_PAGE, self->query);
  read->position = page * CRM_RECORD_PAGE_ROWS;
  read->n = CRM_RECORD_PAGE_ROWS;
  read->n_surveys = self->n_surveys;
  anchor = crm_query_survey_find (self->survey, read->position, &read->skip);
  read->has_after = anchor != NULL;
  if (anchor != NULL)
    crm_query_cursor_copy (anchor, &read->after);
  self->reading = TRUE;
  crm_record_list_ask (self, read, page_read_cb);
}

void
crm_record_list_want_page (CrmRecordList *self, guint page)
{
  g_queue_remove (&self->wanted, GUINT_TO_POINTER (page));
  g_queue_push_tail (&self->wanted, GUINT_TO_POINTER (page));
  if (g_queue_get_length (&self->wanted) > CRM_RECORD_PAGES_MAX)
    g_queue_pop_head (&self->wanted);
  ask_for_page (self);
}

static GType
crm_record_list_get_item_type (GListModel *model)
{
  return CRM_TYPE_LIST_ROW;
}

static guint
crm_record_list_get_n_items (GListModel *model)
{
  return CRM_RECORD_LIST (model)->n_items;
}

static gpointer
crm_record_list_get_item (GListModel *model, guint position)
{
  CrmRecordList *self = CRM_RECORD_LIST (model);
  CrmListRow *row;
  gboolean filled;

  if (position >= self->n_items)
    return NULL;

  self->last = position;
  row = g_object_ref (crm_record_pages_get (self->pages, position, &filled));
  if (!filled)
    crm_record_list_want_page (self, position / CRM_RECORD_PAGE_ROWS);

  return row;
}

static void
crm_record_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = crm_record_list_get_item_type;
  iface->get_n_items = crm_record_list_get_n_items;
  iface->get_item = crm_record_list_get_item;
}

static void
survey_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordAsking) asking = user_data;
  g_autoptr (CrmRecordRead) read = crm_record_list_take_answer (source, result);
  g_autoptr (CrmRecordList) self = crm_record_asking_get_list (asking);
  guint count;

  if (self == NULL)
    return;

  if (read != NULL)
    {
      crm_record_list_take_survey (self, read);
      count = crm_query_survey_count_items (self->survey);
      crm_record_list_change (self,
                              MIN (self->n_items, count),
                              self->n_items > count ? self->n_items - count : 0,
                              count > self->n_items ? count - self->n_items : 0,
                              NULL,
                              0);
      ask_for_page (self);
    }
  crm_record_list_set_loading (self, FALSE);
  if (self->stale)
    crm_record_list_refresh (self);
}

/* The first rows are painted before the others are counted: counting takes the processor too. Not
 * in an idle, which waits for ever where painting takes longer than a frame. */
#define SURVEY_DELAY 30 /* ms */

static void
survey_cb (gpointer user_data)
{
  CrmRecordList *self = user_data;
  g_autoptr (CrmRecordRead) survey = crm_record_read_new (CRM_RECORD_READ_SURVEY, self->query);

  self->survey_source = 0;
  crm_record_list_ask (self, survey, survey_read_cb);
}

static void
first_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecordAsking) asking = user_data;
  g_autoptr (CrmRecordRead) read = crm_record_list_take_answer (source, result);
  g_autoptr (CrmRecordList) self = crm_record_asking_get_list (asking);
  g_autoptr (GPtrArray) rows = NULL;

  if (self == NULL)
    return;
  if (read == NULL)
    {
      crm_record_list_set_loading (self, FALSE);
      return;
    }

  rows = crm_record_rows_new (read->rows);
  self->last = 0;
  g_clear_pointer (&self->survey, crm_query_survey_free);
  crm_record_list_replace (self, rows, 0, rows->len);
  /* Whoever listens may have asked for something else by now. */
  if (asking->cancellable == self->cancellable)
    self->survey_source = g_timeout_add_once (SURVEY_DELAY, survey_cb, self);
}

static void
load (CrmRecordList *self)
{
  g_autoptr (CrmRecordRead) read = crm_record_read_new (CRM_RECORD_READ_PAGE, self->query);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_queue_clear (&self->wanted);
  self->reading = FALSE;
  self->refreshing = FALSE;
  self->stale = FALSE;
  g_clear_handle_id (&self->survey_source, g_source_remove);

  crm_record_list_set_loading (self, TRUE);
  read->n = FIRST_ROWS;
  crm_record_list_ask (self, read, first_read_cb);
}

static void
crm_record_list_dispose (GObject *object)
{
  CrmRecordList *self = CRM_RECORD_LIST (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->survey_source, g_source_remove);
  if (self->store != NULL)
    g_clear_signal_handler (&self->changed_handler, self->store);
  g_clear_object (&self->store);
  g_queue_clear (&self->wanted);

  G_OBJECT_CLASS (crm_record_list_parent_class)->dispose (object);
}

static void
crm_record_list_finalize (GObject *object)
{
  CrmRecordList *self = CRM_RECORD_LIST (object);

  g_clear_object (&self->cancellable);
  crm_query_free (self->query);
  crm_record_pages_free (self->pages);
  g_clear_pointer (&self->survey, crm_query_survey_free);

  G_OBJECT_CLASS (crm_record_list_parent_class)->finalize (object);
}

static void
crm_record_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  CrmRecordList *self = CRM_RECORD_LIST (object);

  switch ((CrmRecordListProperty) prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
crm_record_list_class_init (CrmRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_record_list_dispose;
  object_class->finalize = crm_record_list_finalize;
  object_class->get_property = crm_record_list_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading",
                                                   NULL,
                                                   NULL,
                                                   FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                       G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
crm_record_list_init (CrmRecordList *self)
{
  self->pages = crm_record_pages_new ();
  g_queue_init (&self->wanted);
}

CrmRecordList *
crm_record_list_new (CrmStore *store, const CrmQuery *query)
{
  CrmRecordList *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (CRM_TYPE_RECORD_LIST, NULL);
  self->store = g_object_ref (store);
  self->query = crm_query_copy (query);
  self->changed_handler = g_signal_connect_swapped (store,
                                                    "changed",
                                                    G_CALLBACK (crm_record_list_store_changed),
                                                    self);
  load (self);

  return self;
}

void
crm_record_list_set_query (CrmRecordList *self, const CrmQuery *query)
{
  CrmQuery *copy;

  g_return_if_fail (CRM_IS_RECORD_LIST (self));
  g_return_if_fail (query != NULL);

  if (crm_query_equal (self->query, query))
    return;

  copy = crm_query_copy (query);
  crm_query_free (self->query);
  self->query = copy;
  load (self);
}

const CrmQuery *
crm_record_list_get_query (CrmRecordList *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), NULL);

  return self->query;
}

CrmStore *
crm_record_list_get_store (CrmRecordList *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), NULL);

  return self->store;
}

gboolean
crm_record_list_get_loading (CrmRecordList *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_LIST (self), FALSE);

  return self->loading;
}
