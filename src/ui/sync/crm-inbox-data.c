#include "ui/sync/crm-inbox-data.h"

#include "store/crm-query.h"

static void
add_title (CrmInboxData *self, CrmReplica *replica, const CrmField *field, const char *id)
{
  g_autoptr (CrmRecord) record = NULL;

  if (field == NULL || field->type != CRM_FIELD_LINK || id == NULL ||
      g_hash_table_contains (self->titles, id))
    return;
  if ((record = crm_replica_find (replica, id)) != NULL)
    g_hash_table_insert (self->titles, g_strdup (id), crm_record_dup_title (record));
}

static void
add_titles (CrmInboxData *self, CrmReplica *replica, const CrmConflict *conflict)
{
  const CrmField *field = conflict->kind != NULL && conflict->field != NULL
                              ? crm_kind_find_field (conflict->kind, conflict->field)
                              : NULL;

  add_title (self, replica, field, conflict->mine);
  add_title (self, replica, field, conflict->theirs);
  add_title (self, replica, field, conflict->original);
  for (guint i = 0; conflict->values != NULL && i < conflict->values->len; i++)
    {
      CrmConflictValue *value = g_ptr_array_index (conflict->values, i);

      if (value->field != NULL)
        add_title (self,
                   replica,
                   crm_kind_find_field (value->kind, value->field),
                   value->new_value);
    }
}

CrmInboxData *
crm_inbox_data_load (CrmReplica *replica, GError **error)
{
  g_autoptr (GPtrArray) conflicts = NULL;
  CrmInboxData *self;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);

  if (!(conflicts = crm_replica_list_conflicts (replica, FALSE, error)))
    return NULL;
  self = g_new0 (CrmInboxData, 1);
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < conflicts->len; i++)
    add_titles (self, replica, g_ptr_array_index (conflicts, i));
  self->conflicts = g_steal_pointer (&conflicts);

  return self;
}

void
crm_inbox_data_free (CrmInboxData *self)
{
  g_ptr_array_unref (self->conflicts);
  g_hash_table_unref (self->titles);
  g_free (self);
}
