#include "ui/sync/crm-inbox-list.h"

#include "ui/sync/crm-conflict-words.h"

/* Each change of the list lays it out anew; beyond these the rest is replaced at once. */
#define MAX_CHANGES 32

struct _CrmInboxList
{
  GObject parent_instance;

  GListStore *items;
  GHashTable *by_id; /* (element-type utf8 CrmInboxItem): lent */
  guint n_selected;
  gboolean quiet;
};

G_DEFINE_FINAL_TYPE (CrmInboxList, crm_inbox_list, G_TYPE_OBJECT)

enum
{
  SELECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static CrmInboxItem *
peek (CrmInboxList *self, guint i)
{
  g_autoptr (CrmInboxItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

  return item;
}

static guint
get_n_items (CrmInboxList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}

static const char *
get_id (CrmInboxItem *item)
{
  return crm_inbox_item_get_conflict (item)->id;
}

static void
say_selected (CrmInboxList *self)
{
  if (!self->quiet)
    g_signal_emit (self, signals[SELECTED], 0);
}

static void
selected_cb (CrmInboxList *self, GParamSpec *pspec, CrmInboxItem *item)
{
  self->n_selected += crm_inbox_item_get_selected (item) ? 1 : -1;
  say_selected (self);
}

/* ---- What changed ---- */

/* Where each of @items is, plus one. (element-type utf8 guint) */
static GHashTable *
find_places (GPtrArray *items)
{
  GHashTable *places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    g_hash_table_insert (places, (gpointer) get_id (items->pdata[i]), GUINT_TO_POINTER (i + 1));

  return places;
}

/* How many from @i on are listed no more, look otherwise, or come elsewhere. */
static guint
count_old (CrmInboxList *self, guint i, GPtrArray *items, GHashTable *places)
{
  guint n = 0;

  for (; i + n < get_n_items (self); n++)
    {
      CrmInboxItem *item = peek (self, i + n);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, get_id (item)));

      if (place > i && crm_inbox_item_equal (item, items->pdata[place - 1]))
        break;
    }

  return n;
}

static void
listen_to (CrmInboxList *self, GPtrArray *items, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    g_signal_connect_object (items->pdata[i],
                             "notify::selected",
                             G_CALLBACK (selected_cb),
                             self,
                             G_CONNECT_SWAPPED);
}

/* Item by item, so that cards, scroll and focus stay with what they show. */
static void
merge (CrmInboxList *self, GPtrArray *items)
{
  g_autoptr (GHashTable) places = find_places (items);
  guint n_changes = 0;
  guint i = 0;

  while (i < items->len || i < get_n_items (self))
    {
      guint removed = count_old (self, i, items, places);
      guint next = i + removed < get_n_items (self)
                       ? GPOINTER_TO_UINT (g_hash_table_lookup (places,
                                                                get_id (peek (self,
                                                                              i + removed)))) -
                             1
                       : items->len;

      if (n_changes == MAX_CHANGES)
        {
          removed = get_n_items (self) - i;
          next = items->len;
        }
      if (removed > 0 || next > i)
        {
          listen_to (self, items, i, next);
          g_list_store_splice (self->items, i, removed, items->pdata + i, next - i);
          n_changes++;
        }
      i = next + 1;
    }
}

/* A fresh object for the same thing. */
static void
keep_selected (CrmInboxList *self, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      CrmInboxItem *old = g_hash_table_lookup (self->by_id, get_id (items->pdata[i]));

      if (old != NULL && crm_inbox_item_get_selected (old))
        crm_inbox_item_set_selected (items->pdata[i], TRUE);
    }
}

static void
count (CrmInboxList *self)
{
  g_hash_table_remove_all (self->by_id);
  self->n_selected = 0;
  for (guint i = 0; i < get_n_items (self); i++)
    {
      CrmInboxItem *item = peek (self, i);

      g_hash_table_insert (self->by_id, (gpointer) get_id (item), item);
      self->n_selected += crm_inbox_item_get_selected (item) ? 1 : 0;
    }
}

void
crm_inbox_list_set_items (CrmInboxList *self, GPtrArray *items)
{
  g_return_if_fail (CRM_IS_INBOX_LIST (self));
  g_return_if_fail (items != NULL);

  keep_selected (self, items);
  merge (self, items);
  count (self);
  say_selected (self);
}

/* ---- The object ---- */

static void
crm_inbox_list_finalize (GObject *object)
{
  CrmInboxList *self = CRM_INBOX_LIST (object);

  g_hash_table_unref (self->by_id);
  g_object_unref (self->items);

  G_OBJECT_CLASS (crm_inbox_list_parent_class)->finalize (object);
}

static void
crm_inbox_list_class_init (CrmInboxListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_inbox_list_finalize;

  signals[SELECTED] = g_signal_new ("selected",
                                    G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    0);
}

static void
crm_inbox_list_init (CrmInboxList *self)
{
  self->items = g_list_store_new (CRM_TYPE_INBOX_ITEM);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

CrmInboxList *
crm_inbox_list_new (void)
{
  return g_object_new (CRM_TYPE_INBOX_LIST, NULL);
}

GListModel *
crm_inbox_list_get_items (CrmInboxList *self)
{
  g_return_val_if_fail (CRM_IS_INBOX_LIST (self), NULL);

  return G_LIST_MODEL (self->items);
}

const CrmConflict *
crm_inbox_list_find (CrmInboxList *self, const char *id)
{
  CrmInboxItem *item;

  g_return_val_if_fail (CRM_IS_INBOX_LIST (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  item = g_hash_table_lookup (self->by_id, id);

  return item != NULL ? crm_inbox_item_get_conflict (item) : NULL;
}

guint
crm_inbox_list_get_n_selected (CrmInboxList *self)
{
  g_return_val_if_fail (CRM_IS_INBOX_LIST (self), 0);

  return self->n_selected;
}

void
crm_inbox_list_select (CrmInboxList *self, gboolean all)
{
  g_return_if_fail (CRM_IS_INBOX_LIST (self));

  self->quiet = TRUE;
  for (guint i = 0; i < get_n_items (self); i++)
    crm_inbox_item_set_selected (peek (self, i), all);
  self->quiet = FALSE;
  say_selected (self);
}

typedef gboolean (*Wanted) (CrmInboxItem *item, const char *group);

static GStrv
list_ids (CrmInboxList *self, Wanted is_wanted, const char *group)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < get_n_items (self); i++)
    if (is_wanted (peek (self, i), group))
      g_strv_builder_add (ids, get_id (peek (self, i)));

  return g_strv_builder_end (ids);
}

static gboolean
is_of (CrmInboxItem *item, const char *group)
{
  return g_str_equal (crm_inbox_item_get_conflict (item)->group, group);
}

static gboolean
is_chosen (CrmInboxItem *item, const char *group)
{
  return group == NULL ? crm_inbox_item_get_selected (item)
                       : crm_inbox_item_can_select (item) && is_of (item, group);
}

static gboolean
is_refusal (CrmInboxItem *item, const char *group)
{
  return crm_conflict_words_is_refusal (crm_inbox_item_get_conflict (item)) && is_of (item, group);
}

GStrv
crm_inbox_list_list_ids (CrmInboxList *self, const char *group)
{
  g_return_val_if_fail (CRM_IS_INBOX_LIST (self), NULL);

  return list_ids (self, is_chosen, group);
}

GStrv
crm_inbox_list_list_refusals (CrmInboxList *self, const char *group)
{
  g_return_val_if_fail (CRM_IS_INBOX_LIST (self), NULL);
  g_return_val_if_fail (group != NULL, NULL);

  return list_ids (self, is_refusal, group);
}
