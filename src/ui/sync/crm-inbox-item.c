#include "ui/sync/crm-inbox-item.h"

#include "store/query/crm-query.h"
#include "ui/sync/crm-conflict-words.h"

struct _CrmInboxItem
{
  GObject parent_instance;

  CrmConflict *conflict;
  GHashTable *titles;
  guint n_group;
  gboolean selected;
};

G_DEFINE_FINAL_TYPE (CrmInboxItem, crm_inbox_item, G_TYPE_OBJECT)

enum
{
  PROP_SELECTED = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
crm_inbox_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, CRM_INBOX_ITEM (object)->selected);
}

static void
crm_inbox_item_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  crm_inbox_item_set_selected (CRM_INBOX_ITEM (object), g_value_get_boolean (value));
}

static void
crm_inbox_item_finalize (GObject *object)
{
  CrmInboxItem *self = CRM_INBOX_ITEM (object);

  crm_conflict_free (self->conflict);
  g_hash_table_unref (self->titles);

  G_OBJECT_CLASS (crm_inbox_item_parent_class)->finalize (object);
}

static void
crm_inbox_item_class_init (CrmInboxItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = crm_inbox_item_get_property;
  object_class->set_property = crm_inbox_item_set_property;
  object_class->finalize = crm_inbox_item_finalize;

  props[PROP_SELECTED] = g_param_spec_boolean ("selected",
                                               NULL,
                                               NULL,
                                               FALSE,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                   G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
crm_inbox_item_init (CrmInboxItem *self)
{
}

CrmInboxItem *
crm_inbox_item_new (CrmConflict *conflict, GHashTable *titles)
{
  CrmInboxItem *self;

  g_return_val_if_fail (conflict != NULL, NULL);
  g_return_val_if_fail (titles != NULL, NULL);

  self = g_object_new (CRM_TYPE_INBOX_ITEM, NULL);
  self->conflict = conflict;
  self->titles = g_hash_table_ref (titles);

  return self;
}

const CrmConflict *
crm_inbox_item_get_conflict (CrmInboxItem *self)
{
  g_return_val_if_fail (CRM_IS_INBOX_ITEM (self), NULL);

  return self->conflict;
}

GHashTable *
crm_inbox_item_get_titles (CrmInboxItem *self)
{
  g_return_val_if_fail (CRM_IS_INBOX_ITEM (self), NULL);

  return self->titles;
}

guint
crm_inbox_item_get_n_group (CrmInboxItem *self)
{
  g_return_val_if_fail (CRM_IS_INBOX_ITEM (self), 0);

  return self->n_group;
}

gboolean
crm_inbox_item_can_select (CrmInboxItem *self)
{
  g_return_val_if_fail (CRM_IS_INBOX_ITEM (self), FALSE);

  return crm_conflict_words_get_mine (self->conflict) != NULL;
}

gboolean
crm_inbox_item_get_selected (CrmInboxItem *self)
{
  g_return_val_if_fail (CRM_IS_INBOX_ITEM (self), FALSE);

  return self->selected;
}

void
crm_inbox_item_set_selected (CrmInboxItem *self, gboolean selected)
{
  g_return_if_fail (CRM_IS_INBOX_ITEM (self));

  selected = selected && crm_inbox_item_can_select (self);
  if (self->selected == selected)
    return;
  self->selected = selected;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

static gboolean
is_equal_value (const CrmConflictValue *a, const CrmConflictValue *b)
{
  return a->kind == b->kind && a->deleted == b->deleted && g_strcmp0 (a->field, b->field) == 0 &&
         g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->new_value, b->new_value) == 0;
}

static gboolean
has_equal_values (const CrmConflict *a, const CrmConflict *b)
{
  guint n = a->values != NULL ? a->values->len : 0;

  if (n != (b->values != NULL ? b->values->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!is_equal_value (a->values->pdata[i], b->values->pdata[i]))
      return FALSE;

  return TRUE;
}

static gboolean
has_equal_texts (const CrmConflict *a, const CrmConflict *b)
{
  const char *const texts[][2] = {
    { a->id, b->id },
    { a->group, b->group },
    { a->at, b->at },
    { a->title, b->title },
    { a->other_title, b->other_title },
    { a->field, b->field },
    { a->mine, b->mine },
    { a->theirs, b->theirs },
    { a->original, b->original },
    { a->mine_author, b->mine_author },
    { a->theirs_author, b->theirs_author },
    { a->mine_why, b->mine_why },
    { a->theirs_why, b->theirs_why },
    { a->code, b->code },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (texts[i][0], texts[i][1]) != 0)
      return FALSE;

  return TRUE;
}

gboolean
crm_inbox_item_equal (CrmInboxItem *self, CrmInboxItem *other)
{
  const CrmConflict *a;
  const CrmConflict *b;

  g_return_val_if_fail (CRM_IS_INBOX_ITEM (self), FALSE);
  g_return_val_if_fail (CRM_IS_INBOX_ITEM (other), FALSE);

  a = self->conflict;
  b = other->conflict;

  return a->type == b->type && a->gone == b->gone && a->can_decide == b->can_decide &&
         a->mine_is_late == b->mine_is_late && self->n_group == other->n_group &&
         has_equal_texts (a, b) && has_equal_values (a, b);
}

/* ---- Reading ---- */

static void
add_title (GHashTable *titles, CrmReplica *replica, const CrmField *field, const char *id)
{
  g_autoptr (CrmRecord) record = NULL;

  if (field == NULL || field->type != CRM_FIELD_LINK || id == NULL ||
      g_hash_table_contains (titles, id))
    return;
  if ((record = crm_replica_find (replica, id)) != NULL)
    g_hash_table_insert (titles, g_strdup (id), crm_record_dup_title (record));
}

static void
add_titles (GHashTable *titles, CrmReplica *replica, const CrmConflict *conflict)
{
  const CrmField *field = conflict->kind != NULL && conflict->field != NULL
                              ? crm_kind_find_field (conflict->kind, conflict->field)
                              : NULL;

  add_title (titles, replica, field, conflict->mine);
  add_title (titles, replica, field, conflict->theirs);
  add_title (titles, replica, field, conflict->original);
  for (guint i = 0; conflict->values != NULL && i < conflict->values->len; i++)
    {
      const CrmConflictValue *value = g_ptr_array_index (conflict->values, i);

      if (value->field != NULL)
        add_title (titles,
                   replica,
                   crm_kind_find_field (value->kind, value->field),
                   value->new_value);
    }
}

static void
count_groups (GPtrArray *items)
{
  CrmInboxItem *first = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      CrmInboxItem *item = g_ptr_array_index (items, i);

      if (first == NULL || !g_str_equal (first->conflict->group, item->conflict->group))
        first = item;
      else
        first->n_group = MAX (first->n_group, 1) + 1;
    }
}

GPtrArray *
crm_inbox_item_list (CrmReplica *replica, GError **error)
{
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (GHashTable) titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GPtrArray *items;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);

  if (!(conflicts = crm_replica_list_conflicts (replica, FALSE, error)))
    return NULL;
  items = g_ptr_array_new_full (conflicts->len, g_object_unref);
  for (guint i = 0; i < conflicts->len; i++)
    add_titles (titles, replica, conflicts->pdata[i]);
  g_ptr_array_set_free_func (conflicts, NULL);
  for (guint i = 0; i < conflicts->len; i++)
    g_ptr_array_add (items, crm_inbox_item_new (conflicts->pdata[i], titles));
  count_groups (items);

  return items;
}
