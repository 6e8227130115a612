#include "store/query/crm-record-pages-private.h"

typedef struct
{
  guint number;
  CrmListRow *rows[CRM_RECORD_PAGE_ROWS];
  /* Its place in the order of use. */
  GList link;
} Page;

struct _CrmRecordPages
{
  /* (element-type guint Page) */
  GHashTable *pages;
  /* Least recently used first. */
  GQueue used;
};

static void
page_free (Page *page)
{
  for (guint i = 0; i < CRM_RECORD_PAGE_ROWS; i++)
    g_clear_object (&page->rows[i]);
  g_free (page);
}

CrmRecordPages *
crm_record_pages_new (void)
{
  CrmRecordPages *self = g_new0 (CrmRecordPages, 1);

  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) page_free);
  g_queue_init (&self->used);

  return self;
}

void
crm_record_pages_clear (CrmRecordPages *self)
{
  g_queue_init (&self->used);
  g_hash_table_remove_all (self->pages);
}

void
crm_record_pages_free (CrmRecordPages *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->pages);
  g_free (self);
}

static void
drop_oldest (CrmRecordPages *self)
{
  GList *link = g_queue_pop_head_link (&self->used);
  Page *page = link->data;

  g_hash_table_remove (self->pages, GUINT_TO_POINTER (page->number));
}

static Page *
use_page (CrmRecordPages *self, guint number)
{
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));

  if (page != NULL)
    g_queue_unlink (&self->used, &page->link);
  else
    {
      page = g_new0 (Page, 1);
      page->number = number;
      page->link.data = page;
      g_hash_table_insert (self->pages, GUINT_TO_POINTER (number), page);
    }
  g_queue_push_tail_link (&self->used, &page->link);
  if (g_queue_get_length (&self->used) > CRM_RECORD_PAGES_MAX)
    drop_oldest (self);

  return page;
}

CrmListRow *
crm_record_pages_get (CrmRecordPages *self, guint position, gboolean *filled)
{
  Page *page = use_page (self, position / CRM_RECORD_PAGE_ROWS);
  CrmListRow **row = &page->rows[position % CRM_RECORD_PAGE_ROWS];

  if (*row == NULL)
    *row = crm_list_row_new ();
  *filled = crm_list_row_get_record (*row) != NULL;

  return *row;
}

CrmListRow *
crm_record_pages_peek (CrmRecordPages *self, guint position)
{
  const guint number = position / CRM_RECORD_PAGE_ROWS;
  const Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));

  return page != NULL ? page->rows[position % CRM_RECORD_PAGE_ROWS] : NULL;
}

void
crm_record_pages_put (CrmRecordPages *self, guint position, CrmListRow *row)
{
  Page *page = use_page (self, position / CRM_RECORD_PAGE_ROWS);

  g_set_object (&page->rows[position % CRM_RECORD_PAGE_ROWS], row);
}

gboolean
crm_record_pages_has (CrmRecordPages *self, guint page)
{
  return g_hash_table_contains (self->pages, GUINT_TO_POINTER (page));
}

static gboolean
is_filled (CrmRecordPages *self, guint position)
{
  CrmListRow *row = crm_record_pages_peek (self, position);

  return row != NULL && crm_list_row_get_record (row) != NULL;
}

GPtrArray *
crm_record_pages_list_around (CrmRecordPages *self, guint position, guint max, guint *start)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint first = position;

  *start = position;
  if (!is_filled (self, position))
    return rows;

  while (first > 0 && position - first < max / 2 && is_filled (self, first - 1))
    first--;
  *start = first;
  while (rows->len < max && is_filled (self, first))
    g_ptr_array_add (rows, g_object_ref (crm_record_pages_peek (self, first++)));

  return rows;
}

void
crm_record_pages_splice (CrmRecordPages *self, guint position, guint removed, guint added)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&self->pages);
  GQueue used = self->used;

  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) page_free);
  g_queue_init (&self->used);

  for (GList *link = used.head; link != NULL; link = link->next)
    {
      const Page *page = link->data;

      for (guint i = 0; i < CRM_RECORD_PAGE_ROWS; i++)
        {
          const guint at = page->number * CRM_RECORD_PAGE_ROWS + i;

          if (page->rows[i] == NULL || (at >= position && at - position < removed))
            continue;
          crm_record_pages_put (self, at < position ? at : at - removed + added, page->rows[i]);
        }
    }
}

/* Whether a row of the page has to be read again. */
static gboolean
trim_page (Page *page, guint start, guint end)
{
  gboolean again = FALSE;

  for (guint i = 0; i < CRM_RECORD_PAGE_ROWS; i++)
    {
      const guint at = page->number * CRM_RECORD_PAGE_ROWS + i;
      CrmListRow *row = page->rows[i];

      if (row == NULL || (at >= start && at < end && crm_list_row_get_record (row) != NULL))
        continue;

      /* A view that shows the row has a reference of its own. */
      if (G_OBJECT (row)->ref_count > 1)
        again = TRUE;
      else
        g_clear_object (&page->rows[i]);
    }

  return again;
}

GArray *
crm_record_pages_trim (CrmRecordPages *self, guint start, guint end)
{
  GArray *again = g_array_new (FALSE, FALSE, sizeof (guint));

  for (GList *link = self->used.head; link != NULL; link = link->next)
    {
      Page *page = link->data;

      if (trim_page (page, start, end))
        g_array_append_val (again, page->number);
    }

  return again;
}

guint
crm_record_pages_get_n_pages (CrmRecordPages *self)
{
  return g_hash_table_size (self->pages);
}
