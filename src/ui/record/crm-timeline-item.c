#include "ui/record/crm-timeline-item.h"

struct _CrmTimelineItem
{
  GObject parent_instance;

  char *id;
  char *at;
  CrmRecord *activity;
  char *with;
  const CrmKind *kind;
  GPtrArray *entries;
  GHashTable *titles;
  gboolean made;
};

G_DEFINE_FINAL_TYPE (CrmTimelineItem, crm_timeline_item, G_TYPE_OBJECT)

static void
crm_timeline_item_finalize (GObject *object)
{
  CrmTimelineItem *self = CRM_TIMELINE_ITEM (object);

  g_free (self->id);
  g_free (self->at);
  g_clear_object (&self->activity);
  g_free (self->with);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->titles, g_hash_table_unref);

  G_OBJECT_CLASS (crm_timeline_item_parent_class)->finalize (object);
}

static void
crm_timeline_item_class_init (CrmTimelineItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_timeline_item_finalize;
}

static void
crm_timeline_item_init (CrmTimelineItem *self)
{
}

CrmTimelineItem *
crm_timeline_item_new_activity (CrmRecord *activity, const char *with)
{
  CrmTimelineItem *self = g_object_new (CRM_TYPE_TIMELINE_ITEM, NULL);
  const char *at = crm_record_get (activity, "done");

  self->activity = g_object_ref (activity);
  self->with = g_strdup (with);
  self->id = g_strdup (crm_record_get_id (activity));
  self->at = g_strdup (at != NULL ? at : crm_record_get (activity, "due"));
  self->kind = crm_record_get_kind (activity);

  return self;
}

CrmTimelineItem *
crm_timeline_item_new_change (const CrmKind *kind,
                              GPtrArray *entries,
                              GHashTable *titles,
                              gboolean made)
{
  CrmTimelineItem *self = g_object_new (CRM_TYPE_TIMELINE_ITEM, NULL);
  CrmHistoryEntry *first = g_ptr_array_index (entries, 0);

  self->kind = kind;
  self->entries = entries;
  self->titles = titles;
  self->made = made;
  self->id = g_strdup (first->set);
  self->at = g_strdup (first->at);

  return self;
}

CrmRecord *
crm_timeline_item_get_activity (CrmTimelineItem *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_ITEM (self), NULL);

  return self->activity;
}

const char *
crm_timeline_item_get_with (CrmTimelineItem *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_ITEM (self), NULL);

  return self->with;
}

GPtrArray *
crm_timeline_item_get_entries (CrmTimelineItem *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_ITEM (self), NULL);

  return self->entries;
}

gboolean
crm_timeline_item_get_made (CrmTimelineItem *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_ITEM (self), FALSE);

  return self->made;
}

const CrmKind *
crm_timeline_item_get_kind (CrmTimelineItem *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_ITEM (self), NULL);

  return self->kind;
}

const char *
crm_timeline_item_get_title (CrmTimelineItem *self, const char *id)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_ITEM (self), NULL);

  return self->titles != NULL && id != NULL ? g_hash_table_lookup (self->titles, id) : NULL;
}

const char *
crm_timeline_item_get_at (CrmTimelineItem *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_ITEM (self), NULL);

  return self->at;
}

const char *
crm_timeline_item_get_id (CrmTimelineItem *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_ITEM (self), NULL);

  return self->id;
}

int
crm_timeline_item_compare (CrmTimelineItem *a, CrmTimelineItem *b)
{
  return g_strcmp0 (b->at, a->at);
}

gboolean
crm_timeline_item_equal (CrmTimelineItem *a, CrmTimelineItem *b)
{
  if (a == b)
    return TRUE;
  if (!g_str_equal (a->id, b->id) || g_strcmp0 (a->with, b->with) != 0)
    return FALSE;
  if (a->activity == NULL || b->activity == NULL)
    /* A set that was logged does not change; what undid it is another. */
    return a->activity == b->activity && a->entries->len == b->entries->len;

  return crm_record_equal (a->activity, b->activity);
}
