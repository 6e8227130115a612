#include "ui/record/crm-relation-data.h"

#include "ui/record/crm-duplicates.h"
#include "ui/record/crm-record-query.h"

#define MAX_STEPS 4

static void
load_titles (CrmRelationData *self, CrmReplica *replica)
{
  const CrmKind *kind = crm_record_get_kind (self->record);

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      const char *value = crm_record_get_at (self->record, i);
      g_autoptr (CrmRecord) linked = NULL;

      if (field->type != CRM_FIELD_LINK || value == NULL)
        continue;
      if ((linked = crm_replica_find (replica, value)) != NULL)
        g_hash_table_insert (self->titles, g_strdup (field->name), crm_record_dup_title (linked));
    }
}

static CrmExpr *
open_activities (const char *id)
{
  return crm_record_query_and (crm_record_query_activities (id, "task|call|visit"),
                               "done",
                               CRM_OP_EQ,
                               NULL);
}

/* Appends at most @max of the open activities that have a due moment, or of those that have none.
 */
static gboolean
add_steps (CrmRelationData *self,
           CrmReplica *replica,
           CrmExprOp has_due,
           GCancellable *cancellable,
           GError **error)
{
  const char *id = crm_record_get_id (self->record);
  guint room = MAX_STEPS - self->steps->len;
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (room == 0)
    return TRUE;

  query = crm_record_query_new ("activity",
                                crm_record_query_and (open_activities (id), "due", has_due, NULL));
  crm_query_set_sort (query, "due", FALSE);
  if (!(found = crm_replica_list (replica, query, room, cancellable, error)))
    return FALSE;

  g_ptr_array_extend_and_steal (self->steps, g_steal_pointer (&found));

  return TRUE;
}

static gboolean
load_steps (CrmRelationData *self, CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmQuery) all = NULL;

  if (!add_steps (self, replica, CRM_OP_NE, cancellable, error) ||
      !add_steps (self, replica, CRM_OP_EQ, cancellable, error))
    return FALSE;

  self->n_steps = self->steps->len;
  if (self->steps->len < MAX_STEPS)
    return TRUE;

  all = crm_record_query_new ("activity", open_activities (crm_record_get_id (self->record)));
  self->n_steps = crm_replica_count (replica, all, cancellable, error);

  return self->n_steps >= 0;
}

static gboolean
load_people (CrmRelationData *self,
             CrmReplica *replica,
             guint limit,
             GCancellable *cancellable,
             GError **error)
{
  const char *id = crm_record_get_id (self->record);
  gboolean is_person = crm_kind_find_field (crm_record_get_kind (self->record), "organisation") !=
                       NULL;
  const char *at = is_person ? crm_record_get (self->record, "organisation") : id;
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (at == NULL)
    return TRUE;

  query = crm_record_query_new ("person",
                                crm_record_query_and (NULL, "organisation", CRM_OP_EQ, at));
  /* One more, since the person itself is one of the colleagues found. */
  if (!(found = crm_replica_list (replica, query, limit + 1, cancellable, error)))
    return FALSE;
  self->n_people = crm_replica_count (replica, query, cancellable, error);
  if (self->n_people < 0)
    return FALSE;
  if (is_person)
    self->n_people--;

  for (guint i = 0; i < found->len && self->people->len < limit; i++)
    {
      CrmRecord *person = g_ptr_array_index (found, i);

      if (!g_str_equal (crm_record_get_id (person), id))
        g_ptr_array_add (self->people, g_object_ref (person));
    }

  return TRUE;
}

CrmRelationData *
crm_relation_data_load (CrmReplica *replica,
                        const char *id,
                        guint n_people,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (CrmRelationData) self = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_new0 (CrmRelationData, 1);
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->steps = g_ptr_array_new_with_free_func (g_object_unref);
  self->people = g_ptr_array_new_with_free_func (g_object_unref);

  if (!(self->record = crm_replica_get (replica, id, error)))
    return NULL;

  self->user = crm_replica_dup_account (replica);
  load_titles (self, replica);
  if (!load_steps (self, replica, cancellable, error) ||
      !load_people (self, replica, n_people, cancellable, error))
    return NULL;

  self->duplicates = crm_duplicates_find (replica, self->record, cancellable, error);
  if (self->duplicates == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_relation_data_free (CrmRelationData *self)
{
  g_clear_object (&self->record);
  g_hash_table_unref (self->titles);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->people);
  g_clear_pointer (&self->duplicates, g_ptr_array_unref);
  g_free (self->user);
  g_free (self);
}
