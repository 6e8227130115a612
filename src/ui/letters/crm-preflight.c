#include "ui/letters/crm-preflight.h"

#include "ui/letters/crm-letters-work.h"
#include "ui/letters/crm-preflight-private.h"

/* Letters in one piece of work; some milliseconds. */
#define PIECE 100

struct _CrmPreflight
{
  GObject parent_instance;

  CrmStore *store;
  CrmRecord *template;
  char **ids;
  guint n_ids;
  guint at;
  GCancellable *cancellable; /* not NULL while it runs */
  GListStore *items;
  GHashTable *stopped; /* ids */
  GHashTable *noted;
  guint n_stopping_items;
  char *failure;
};

G_DEFINE_FINAL_TYPE (CrmPreflight, crm_preflight, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
clear_found (CrmPreflight *self)
{
  g_list_store_remove_all (self->items);
  g_hash_table_remove_all (self->stopped);
  g_hash_table_remove_all (self->noted);
  self->n_stopping_items = 0;
  g_clear_pointer (&self->failure, g_free);
}

static void
crm_preflight_finalize (GObject *object)
{
  CrmPreflight *self = CRM_PREFLIGHT (object);

  crm_preflight_stop (self);
  g_clear_object (&self->items);
  g_clear_object (&self->template);
  g_clear_object (&self->store);
  g_strfreev (self->ids);
  g_hash_table_unref (self->stopped);
  g_hash_table_unref (self->noted);
  g_free (self->failure);

  G_OBJECT_CLASS (crm_preflight_parent_class)->finalize (object);
}

static void
crm_preflight_class_init (CrmPreflightClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_preflight_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   CRM_TYPE_PREFLIGHT,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
crm_preflight_init (CrmPreflight *self)
{
  self->items = g_list_store_new (CRM_TYPE_PREFLIGHT_ITEM);
  self->stopped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->noted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

CrmPreflight *
crm_preflight_new (CrmStore *store)
{
  CrmPreflight *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_PREFLIGHT, NULL);
  self->store = g_object_ref (store);
  return self;
}

/* What the template gets wrong comes with every piece and is told once. */
static void
take_note (CrmPreflight *self, const CrmLettersChecked *checked, const CrmLetterNote *note)
{
  g_autoptr (CrmPreflightItem) item = NULL;

  if (note->problem == CRM_LETTER_UNKNOWN_NAME && self->at > 0)
    return;

  item = crm_preflight_item_new (note, g_hash_table_lookup (checked->titles, note->id));
  g_hash_table_add (self->noted, g_strdup (note->id));
  if (note->stops)
    {
      g_hash_table_add (self->stopped, g_strdup (note->id));
      g_list_store_insert (self->items, self->n_stopping_items++, item);
    }
  else
    {
      g_list_store_append (self->items, item);
    }
}

static void check_piece (CrmPreflight *self);

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmPreflight) self = user_data;
  g_autoptr (GError) error = NULL;
  CrmLettersChecked *checked = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->at == 0)
    clear_found (self);

  if (checked == NULL)
    {
      self->failure = g_strdup (error->message);
      self->at = self->n_ids;
    }
  else
    {
      for (guint i = 0; i < checked->notes->len; i++)
        take_note (self, checked, g_ptr_array_index (checked->notes, i));
      crm_letters_checked_free (checked);
      self->at = MIN (self->at + PIECE, self->n_ids);
    }

  if (self->at < self->n_ids)
    check_piece (self);
  else
    g_clear_object (&self->cancellable);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
check_piece (CrmPreflight *self)
{
  g_autoptr (GPtrArray) piece = g_ptr_array_new ();

  for (guint i = self->at; i < MIN (self->at + PIECE, self->n_ids); i++)
    g_ptr_array_add (piece, self->ids[i]);
  g_ptr_array_add (piece, NULL);

  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       crm_letters_work_check,
                       crm_letters_request_new (self->template, (const char *const *) piece->pdata),
                       (GDestroyNotify) crm_letters_request_free,
                       (GDestroyNotify) crm_letters_checked_free,
                       self->cancellable,
                       checked_cb,
                       g_object_ref (self));
}

void
crm_preflight_start (CrmPreflight *self, CrmRecord *template, const char *const *ids)
{
  g_return_if_fail (CRM_IS_PREFLIGHT (self));
  g_return_if_fail (CRM_IS_RECORD (template));
  g_return_if_fail (ids != NULL);

  crm_preflight_stop (self);
  g_set_object (&self->template, template);
  g_strfreev (self->ids);
  self->ids = g_strdupv ((char **) ids);
  self->n_ids = g_strv_length (self->ids);
  self->at = 0;
  self->cancellable = g_cancellable_new ();
  check_piece (self);
}

void
crm_preflight_stop (CrmPreflight *self)
{
  g_return_if_fail (CRM_IS_PREFLIGHT (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

gboolean
crm_preflight_get_running (CrmPreflight *self)
{
  g_return_val_if_fail (CRM_IS_PREFLIGHT (self), FALSE);

  return self->cancellable != NULL;
}

GListModel *
crm_preflight_get_items (CrmPreflight *self)
{
  g_return_val_if_fail (CRM_IS_PREFLIGHT (self), NULL);

  return G_LIST_MODEL (self->items);
}

guint
crm_preflight_get_n_stopped (CrmPreflight *self)
{
  g_return_val_if_fail (CRM_IS_PREFLIGHT (self), 0);

  return g_hash_table_size (self->stopped);
}

guint
crm_preflight_get_n_noted (CrmPreflight *self)
{
  g_return_val_if_fail (CRM_IS_PREFLIGHT (self), 0);

  return g_hash_table_size (self->noted);
}

const char *
crm_preflight_get_failure (CrmPreflight *self)
{
  g_return_val_if_fail (CRM_IS_PREFLIGHT (self), NULL);

  return self->failure;
}
