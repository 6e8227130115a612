#include "ui/record/crm-timeline-data.h"

#include "store/log/crm-history.h"
#include "ui/record/crm-record-query.h"

/* An organisation's timeline has what was done with its people, as long as they are few enough for
 * one condition each, which the index on the relation answers. */
#define MAX_PEOPLE 60

typedef struct
{
  CrmReplica *replica;
  const char *id;
  const char *filter;
  GPtrArray *shown;
  guint limit;
  GCancellable *cancellable;
  GPtrArray *items;
  GPtrArray *ids;      /* (element-type utf8): whose activities, NULL-terminated */
  GHashTable *persons; /* (element-type utf8 utf8): names of those that are not the relation */
} Loader;

static CrmTimelineItem *
get_last (Loader *self)
{
  if (self->shown == NULL || self->shown->len == 0)
    return NULL;

  return g_ptr_array_index (self->shown, self->shown->len - 1);
}

/* Of one moment there may be many, in any order: those are told apart by what is shown already. */
static gboolean
is_new (Loader *self, CrmTimelineItem *item)
{
  CrmTimelineItem *last = get_last (self);
  int order = last != NULL ? crm_timeline_item_compare (last, item) : -1;

  if (order != 0)
    return order < 0;

  for (guint i = self->shown->len; i > 0; i--)
    {
      CrmTimelineItem *shown = g_ptr_array_index (self->shown, i - 1);

      if (crm_timeline_item_compare (shown, item) != 0)
        return TRUE;
      if (g_str_equal (crm_timeline_item_get_id (shown), crm_timeline_item_get_id (item)))
        return FALSE;
    }

  return TRUE;
}

static CrmExpr *
activities (Loader *self, const char *types)
{
  return crm_record_query_activities_of ((const char *const *) self->ids->pdata, types);
}

static gboolean
find_people (Loader *self, CrmRecord *record, GError **error)
{
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GPtrArray) people = NULL;

  g_ptr_array_add (self->ids, g_strdup (self->id));
  if (crm_kind_find_field (crm_record_get_kind (record), "organisation") == NULL)
    {
      query = crm_record_query_new ("person",
                                    crm_record_query_and (NULL,
                                                          "organisation",
                                                          CRM_OP_EQ,
                                                          self->id));
      people = crm_replica_list (self->replica, query, MAX_PEOPLE, self->cancellable, error);
      if (people == NULL)
        return FALSE;
    }
  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      CrmRecord *person = g_ptr_array_index (people, i);

      g_ptr_array_add (self->ids, g_strdup (crm_record_get_id (person)));
      g_hash_table_insert (self->persons,
                           g_strdup (crm_record_get_id (person)),
                           crm_record_dup_title (person));
    }
  g_ptr_array_add (self->ids, NULL);

  return TRUE;
}

static CrmTimelineItem *
make_item (Loader *self, CrmRecord *activity)
{
  const char *relation = crm_record_get (activity, "relation");

  return crm_timeline_item_new_activity (activity, g_hash_table_lookup (self->persons, relation));
}

/*
 * The next @limit activities of @query that come after the last one shown. The cursor is a moment,
 * and any number of activities may share it (an import dates them by the day), so the limit grows
 * until enough of them are new.
 */
static gboolean
add_activities (Loader *self, CrmQuery *query, GError **error)
{
  for (guint limit = self->limit;; limit *= 4)
    {
      g_autoptr (GPtrArray) found = NULL;
      guint before = self->items->len;

      found = crm_replica_list (self->replica, query, limit, self->cancellable, error);
      if (found == NULL)
        return FALSE;

      for (guint i = 0; i < found->len; i++)
        {
          g_autoptr (CrmTimelineItem) item = make_item (self, g_ptr_array_index (found, i));

          if (is_new (self, item))
            g_ptr_array_add (self->items, g_steal_pointer (&item));
        }
      if (found->len < limit || self->items->len - before >= self->limit)
        return TRUE;

      g_ptr_array_set_size (self->items, (int) before);
    }
}

static gboolean
add_dated (Loader *self, GError **error)
{
  CrmExpr *where = crm_record_query_and (activities (self, self->filter), "done", CRM_OP_NE, NULL);
  CrmTimelineItem *last = get_last (self);
  g_autoptr (CrmQuery) query = NULL;

  if (last != NULL)
    where = crm_record_query_and (where, "done", CRM_OP_LE, crm_timeline_item_get_at (last));
  query = crm_record_query_new ("activity", where);
  crm_query_set_sort (query, "done", TRUE);

  return add_activities (self, query, error);
}

/* Notes, e-mails and letters without a moment of their own; open tasks, calls and visits are the
 * next steps and no part of what happened. */
static gboolean
add_undated (Loader *self, GError **error)
{
  g_autoptr (CrmQuery) query = NULL;
  const char *types = self->filter != NULL ? self->filter : "note|email|letter";

  query = crm_record_query_new ("activity",
                                crm_record_query_and (activities (self, types),
                                                      "done",
                                                      CRM_OP_EQ,
                                                      NULL));
  crm_query_set_sort (query, "due", TRUE);

  return add_activities (self, query, error);
}

/* Each logged activity also moves "last_activity": nothing that people want to read. */
static gboolean
is_noise (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      CrmHistoryEntry *entry = g_ptr_array_index (entries, i);

      if (g_strcmp0 (entry->field, "last_activity") != 0)
        return FALSE;
    }

  return TRUE;
}

static GHashTable *
find_titles (Loader *self, const CrmKind *kind, GPtrArray *entries)
{
  GHashTable *titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < entries->len; i++)
    {
      CrmHistoryEntry *entry = g_ptr_array_index (entries, i);
      const CrmField *field = entry->field != NULL ? crm_kind_find_field (kind, entry->field)
                                                   : NULL;
      const char *ids[] = { entry->old_value, entry->new_value };

      for (gsize j = 0; field != NULL && field->type == CRM_FIELD_LINK && j < 2; j++)
        {
          g_autoptr (CrmRecord) linked = ids[j] != NULL ? crm_replica_find (self->replica, ids[j])
                                                        : NULL;

          if (linked != NULL)
            g_hash_table_replace (titles, g_strdup (ids[j]), crm_record_dup_title (linked));
        }
    }

  return titles;
}

/* Takes the entries of the set that starts at @from; they stand together. */
static GPtrArray *
take_set (GPtrArray *history, guint *from)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_history_entry_free);
  CrmHistoryEntry *first = g_ptr_array_index (history, *from);

  for (; *from < history->len; (*from)++)
    {
      CrmHistoryEntry *entry = g_ptr_array_index (history, *from);

      if (!g_str_equal (entry->set, first->set))
        break;
      g_ptr_array_add (entries, entry);
      history->pdata[*from] = NULL;
    }

  return entries;
}

static gboolean
add_changes (Loader *self, const CrmKind *kind, GError **error)
{
  g_autoptr (GPtrArray) history = NULL;
  guint before = self->items->len;

  if (!(history = crm_replica_get_history (self->replica, self->id, error)))
    return FALSE;

  g_ptr_array_set_free_func (history, NULL);
  for (guint i = 0; i < history->len;)
    {
      GPtrArray *entries = take_set (history, &i);
      g_autoptr (CrmTimelineItem) item = NULL;

      /* What lies beyond this page is freed, not shown. */
      if (is_noise (entries) || self->items->len - before > self->limit)
        {
          g_ptr_array_unref (entries);
          continue;
        }
      /* Newest first, so the last set is the first that knew the record. */
      item = crm_timeline_item_new_change (kind,
                                           entries,
                                           find_titles (self, kind, entries),
                                           i == history->len);
      if (is_new (self, item))
        g_ptr_array_add (self->items, g_steal_pointer (&item));
    }

  return TRUE;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  return crm_timeline_item_compare (*(CrmTimelineItem **) a, *(CrmTimelineItem **) b);
}

static gboolean
load (Loader *self, GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  gboolean changes_only = g_strcmp0 (self->filter, CRM_TIMELINE_CHANGES) == 0;

  if (!(record = crm_replica_get (self->replica, self->id, error)))
    return FALSE;

  if (!changes_only)
    {
      CrmTimelineItem *last = get_last (self);
      gboolean undated_only = last != NULL && crm_timeline_item_get_at (last) == NULL;

      if (!find_people (self, record, error))
        return FALSE;
      if ((!undated_only && !add_dated (self, error)) || !add_undated (self, error))
        return FALSE;
    }
  if (self->filter == NULL || changes_only)
    return add_changes (self, crm_record_get_kind (record), error);

  return TRUE;
}

CrmTimelineData *
crm_timeline_data_load (CrmReplica *replica,
                        const char *id,
                        const char *filter,
                        GPtrArray *shown,
                        guint limit,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  /* One more than asked for tells whether there is more. */
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) persons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Loader loader = { replica, id, filter, shown, limit + 1, cancellable, items, ids, persons };
  CrmTimelineData *self;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (id != NULL && limit > 0, NULL);

  if (!load (&loader, error))
    return NULL;

  /* Stable: equals keep the order of the replica. */
  g_ptr_array_sort (items, compare_items);
  self = g_new0 (CrmTimelineData, 1);
  self->more = items->len > limit;
  if (self->more)
    g_ptr_array_set_size (items, (int) limit);
  self->items = g_steal_pointer (&items);

  return self;
}

/* Returns: FALSE when they differ */
static gboolean
keep_item (GPtrArray *items, guint i, CrmTimelineItem *shown)
{
  if (!crm_timeline_item_equal (g_ptr_array_index (items, i), shown))
    return FALSE;

  g_set_object (&g_ptr_array_index (items, i), shown);

  return TRUE;
}

void
crm_timeline_data_keep (CrmTimelineData *self, GPtrArray *shown)
{
  GPtrArray *items = self->items;
  guint n = MIN (items->len, shown->len);
  guint head = 0;

  while (head < n && keep_item (items, head, shown->pdata[head]))
    head++;
  for (guint tail = 1; tail <= n - head; tail++)
    if (!keep_item (items, items->len - tail, shown->pdata[shown->len - tail]))
      return;
}

void
crm_timeline_data_free (CrmTimelineData *self)
{
  g_ptr_array_unref (self->items);
  g_free (self);
}
