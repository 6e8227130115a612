#include "store/sync/crm-conflict-private.h"

#include "base/crm-text.h"
#include "model/crm-value.h"
#include "store/log/crm-change-log.h"
#include "store/log/crm-past-record-private.h"

#define ACTION "conflict.resolve"

/* What will be written, gathered first: several conflicts may be about one record. */
typedef struct
{
  CrmReplica *replica;
  CrmConflictChoice choice;
  const char *value;

  GPtrArray *records; /* (element-type CrmRecord): as they shall be */
  GHashTable *by_id;  /* (element-type utf8 CrmRecord): those, lent */
  GHashTable *made;   /* (element-type CrmRecord): those of them that are made again, lent */
  GArray *edits;      /* (element-type Edit): what is written of the others */
  GPtrArray *deleted; /* (element-type CrmRecord) */
} Plan;

/* Field by field, so that what somebody else writes meanwhile stands. */
typedef struct
{
  CrmRecord *record; /* lent */
  const char *field; /* lent by the kind */
} Edit;

static void
clear_plan (Plan *plan)
{
  g_clear_pointer (&plan->by_id, g_hash_table_unref);
  g_clear_pointer (&plan->made, g_hash_table_unref);
  g_clear_pointer (&plan->edits, g_array_unref);
  g_clear_pointer (&plan->records, g_ptr_array_unref);
  g_clear_pointer (&plan->deleted, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, clear_plan)

/* @record: (transfer full) */
static CrmRecord *
add_record (Plan *plan, CrmRecord *record)
{
  g_ptr_array_add (plan->records, record);
  g_hash_table_insert (plan->by_id, (gpointer) crm_record_get_id (record), record);

  return record;
}

static void
add_edit (Plan *plan, CrmRecord *record, const char *field)
{
  const Edit edit = { record, crm_kind_find_field (crm_record_get_kind (record), field)->name };

  if (!g_hash_table_contains (plan->made, record))
    g_array_append_val (plan->edits, edit);
}

static gboolean
fail_choice (const CrmConflict *item, const char *words, GError **error)
{
  g_set_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FAILED, "Conflict %s: %s", item->id, words);

  return FALSE;
}

static gboolean
check_item (Plan *plan, const CrmConflict *item, GError **error)
{
  if (!item->open)
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_NOTHING,
                   "Conflict %s was decided already; undo that first to decide it anew",
                   item->id);
      return FALSE;
    }
  if (!item->can_decide && plan->choice != CRM_CONFLICT_LEAVE)
    return fail_choice (item,
                        "it is about something that this version does not know; update the program",
                        error);
  if (plan->choice != CRM_CONFLICT_VALUE)
    return TRUE;
  if (item->type == CRM_CONFLICT_DOUBLE)
    return fail_choice (item, "two records take no value; say that they are not the same", error);
  if (item->field == NULL)
    return fail_choice (item, "a record as a whole takes no value; choose mine or theirs", error);

  return TRUE;
}

/* Whether the late side was chosen, which is not what is stored. */
static gboolean
takes_late (const Plan *plan, const CrmConflict *item)
{
  return plan->choice == CRM_CONFLICT_VALUE ||
         (plan->choice == CRM_CONFLICT_MINE && item->mine_is_late) ||
         (plan->choice == CRM_CONFLICT_THEIRS && !item->mine_is_late);
}

/* ---- The value ---- */

static gboolean
check_value (const CrmConflict *item, CrmRecord *record, GError **error)
{
  const CrmField *field = crm_kind_find_field (item->kind, item->field);
  const char *value = crm_record_get (record, item->field);

  if (value == NULL && crm_field_has_flag (field, CRM_FIELD_REQUIRED))
    {
      g_set_error (error,
                   CRM_MODEL_ERROR,
                   CRM_MODEL_ERROR_VALUE,
                   "%s: it cannot be empty; give a value",
                   item->field);
      return FALSE;
    }

  return crm_value_check (field, value, error);
}

static gboolean
fail_taken (const CrmConflict *item, const char *number, CrmRecord *holder, GError **error)
{
  g_autofree char *title = crm_record_dup_title (holder);

  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_EXISTS,
               "%s: “%s” is the number of %s; choose another",
               item->field,
               number,
               title);

  return FALSE;
}

/* Kinds that count on together share their numbers: persons and organisations. */
static gboolean
shares_numbers (const CrmKind *kind, const CrmKind *other, const char *field)
{
  const CrmField *described = crm_kind_find_field (other, field);

  return described != NULL && crm_field_has_flag (described, CRM_FIELD_UNIQUE) &&
         (kind == other || (crm_kind_is_relation (kind) && crm_kind_is_relation (other)));
}

static gboolean
find_holder (Plan *plan,
             const CrmTable *table,
             const char *field,
             CrmRecord *record,
             CrmRecord **holder,
             GError **error)
{
  g_autofree char *column = crm_db_quote_name (field);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE %s = ?1 AND id <> ?2",
                                          table->columns,
                                          table->name,
                                          column);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (plan->replica->db, sql, error);
  CrmStep step = CRM_STEP_ERROR;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, crm_record_get (record, field));
  crm_stmt_bind_text_at (stmt, 2, crm_record_get_id (record));
  while (*holder == NULL && (step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      g_autoptr (CrmRecord) found = crm_table_read_record (table, stmt, 0);
      CrmRecord *planned = g_hash_table_lookup (plan->by_id, crm_record_get_id (found));

      if (planned == NULL ||
          g_strcmp0 (crm_record_get (planned, field), crm_record_get (record, field)) == 0)
        *holder = g_steal_pointer (&found);
    }

  return step != CRM_STEP_ERROR;
}

/* Of the records here and of those that this plan gives a number. */
static gboolean
check_number (Plan *plan, const CrmConflict *item, CrmRecord *record, GError **error)
{
  const CrmField *field = crm_kind_find_field (item->kind, item->field);
  const char *number = crm_record_get (record, item->field);
  g_autoptr (CrmRecord) holder = NULL;

  if (number == NULL || !crm_field_has_flag (field, CRM_FIELD_UNIQUE))
    return TRUE;

  for (guint i = 0; i < plan->replica->tables->len && holder == NULL; i++)
    {
      const CrmTable *table = g_ptr_array_index (plan->replica->tables, i);

      if (shares_numbers (item->kind, table->kind, item->field) &&
          !find_holder (plan, table, item->field, record, &holder, error))
        return FALSE;
    }
  for (guint i = 0; i < plan->records->len && holder == NULL; i++)
    {
      CrmRecord *planned = g_ptr_array_index (plan->records, i);

      if (planned != record &&
          shares_numbers (item->kind, crm_record_get_kind (planned), item->field) &&
          g_strcmp0 (crm_record_get (planned, item->field), number) == 0)
        holder = g_object_ref (planned);
    }

  return holder == NULL || fail_taken (item, number, holder, error);
}

static gboolean
put_value (Plan *plan, const CrmConflict *item, CrmRecord *record, GError **error)
{
  if (plan->choice != CRM_CONFLICT_VALUE)
    crm_record_set (record,
                    item->field,
                    plan->choice == CRM_CONFLICT_MINE ? item->mine : item->theirs);
  else if (!crm_replica_set_input (plan->replica, record, item->field, plan->value, error) ||
           !check_value (item, record, error))
    return FALSE;

  add_edit (plan, record, item->field);

  return check_number (plan, item, record, error);
}

/* ---- The record ---- */

static CrmRecord *
restore (Plan *plan, const CrmConflict *item, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  CrmRecord *record = item->last != NULL ? g_object_ref (item->last)
                                         : crm_past_record_load (plan->replica,
                                                                 item->kind,
                                                                 item->record,
                                                                 &local_error);

  if (record != NULL)
    {
      g_hash_table_add (plan->made, record);
      return add_record (plan, record);
    }

  if (local_error == NULL)
    g_set_error (&local_error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_LOST,
                 "The %s of conflict %s was deleted before this device had it; decide it on one "
                 "that"
                 " had it",
                 crm_kind_get_name (item->kind),
                 item->id);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

/* The record as it shall be, made again when it is gone; lent. */
static CrmRecord *
get_record (Plan *plan, const CrmConflict *item, GError **error)
{
  CrmRecord *planned = g_hash_table_lookup (plan->by_id, item->record);
  CrmRecord *record = NULL;
  g_autoptr (CrmRecord) stored = NULL;
  g_autofree char *title = NULL;

  if (planned != NULL)
    return planned;
  if (!crm_conflict_find_record (plan->replica, NULL, item->record, &stored, &title, error))
    return NULL;
  if (stored == NULL)
    return restore (plan, item, error);
  if (crm_record_get_kind (stored) != item->kind)
    {
      fail_choice (item, "its record is of another kind", error);
      return NULL;
    }
  record = crm_record_copy (stored);

  return add_record (plan, record);
}

static gboolean
plan_delete (Plan *plan, const CrmConflict *item, GError **error)
{
  g_autoptr (CrmRecord) stored = NULL;
  g_autofree char *title = NULL;

  if (!crm_conflict_find_record (plan->replica, NULL, item->record, &stored, &title, error))
    return FALSE;
  if (stored != NULL && !g_hash_table_contains (plan->by_id, item->record))
    {
      g_ptr_array_add (plan->deleted, g_object_ref (stored));
      g_hash_table_insert (plan->by_id, (gpointer) crm_record_get_id (stored), stored);
    }

  return TRUE;
}

/* What the choice does to the record, if anything. */
static gboolean
plan_record (Plan *plan, const CrmConflict *item, GError **error)
{
  CrmRecord *record;

  if (plan->choice == CRM_CONFLICT_LEAVE || item->type == CRM_CONFLICT_DOUBLE)
    return TRUE;
  if (item->type == CRM_CONFLICT_DELETE && item->field == NULL)
    return !takes_late (plan, item) || plan_delete (plan, item, error);
  /* What is stored is not written again: a number that is blank, a record that is gone. */
  if (!takes_late (plan, item) && (item->type != CRM_CONFLICT_FIELD || item->gone))
    return TRUE;

  record = get_record (plan, item, error);

  return record != NULL && put_value (plan, item, record, error);
}

static gboolean
plan_item (Plan *plan, const char *id, const char *viewer, GError **error)
{
  g_autoptr (CrmConflict) item = NULL;
  g_autoptr (CrmRecord) record = NULL;
  CrmRecord *closed;

  if (g_hash_table_contains (plan->by_id, id))
    return TRUE;
  if (!(record = crm_replica_get (plan->replica, id, error)))
    return FALSE;
  if (g_strcmp0 (crm_kind_get_name (crm_record_get_kind (record)), CRM_CONFLICT_KIND) != 0)
    {
      g_set_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND, "“%s” is not a conflict", id);
      return FALSE;
    }
  if (!(item = crm_conflict_new (plan->replica, record, viewer, error)) ||
      !check_item (plan, item, error) || !plan_record (plan, item, error))
    return FALSE;

  closed = crm_record_copy (record);
  crm_record_set (closed, "state", "resolved");
  add_edit (plan, add_record (plan, closed), "state");

  return TRUE;
}

/* ---- Writing ---- */

static gboolean
write_set (Plan *plan, const char *why, char **set_id, GError **error)
{
  g_autoptr (CrmChangeSet) set = crm_change_set_new (ACTION);

  crm_change_set_set_why (set, why);
  for (guint i = 0; i < plan->records->len; i++)
    if (g_hash_table_contains (plan->made, plan->records->pdata[i]))
      crm_change_set_put (set, plan->records->pdata[i]);
  for (guint i = 0; i < plan->edits->len; i++)
    {
      const Edit *edit = &g_array_index (plan->edits, Edit, i);

      crm_change_set_set (set,
                          crm_record_get_kind (edit->record),
                          crm_record_get_id (edit->record),
                          edit->field,
                          crm_record_get (edit->record, edit->field));
    }
  for (guint i = 0; i < plan->deleted->len; i++)
    crm_change_set_delete (set,
                           crm_record_get_kind (plan->deleted->pdata[i]),
                           crm_record_get_id (plan->deleted->pdata[i]));

  return crm_replica_apply (plan->replica, set, set_id, error);
}

static gboolean
fill_action (Plan *plan, CrmAction *action, GError **error)
{
  for (guint i = 0; i < plan->records->len; i++)
    if (g_hash_table_contains (plan->made, plan->records->pdata[i]) &&
        !crm_action_put (action, plan->records->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < plan->edits->len; i++)
    {
      const Edit *edit = &g_array_index (plan->edits, Edit, i);

      if (!crm_action_set (action,
                           crm_record_get_kind (edit->record),
                           crm_record_get_id (edit->record),
                           edit->field,
                           crm_record_get (edit->record, edit->field),
                           error))
        return FALSE;
    }
  for (guint i = 0; i < plan->deleted->len; i++)
    if (!crm_action_delete (action,
                            crm_record_get_kind (plan->deleted->pdata[i]),
                            crm_record_get_id (plan->deleted->pdata[i]),
                            error))
      return FALSE;

  return TRUE;
}

static gboolean
write_action (Plan *plan, const char *why, char **set_id, GError **error)
{
  g_autoptr (CrmAction) action = crm_action_begin (plan->replica, ACTION, why, error);

  if (action == NULL || !fill_action (plan, action, error) ||
      !crm_action_finish (action, NULL, error))
    return FALSE;

  if (set_id != NULL)
    *set_id = g_strdup (crm_action_get_group (action));

  return TRUE;
}

static gboolean
resolve (Plan *plan, const char *const *ids, const char *why, char **set_id, GError **error)
{
  g_autofree char *viewer = NULL;
  g_autofree char *device = NULL;

  /* Taken for another, he would get the other side's value. */
  if (!crm_replica_load_author (plan->replica, &viewer, &device, error))
    return FALSE;

  for (const char *const *id = ids; *id != NULL; id++)
    if (!plan_item (plan, *id, viewer, error))
      return FALSE;

  if (plan->records->len + plan->deleted->len > CRM_CHANGE_SET_MAX)
    return write_action (plan, why, set_id, error);

  return write_set (plan, why, set_id, error);
}

gboolean
crm_replica_resolve_conflicts (CrmReplica *self,
                               const char *const *ids,
                               CrmConflictChoice choice,
                               const char *value,
                               const char *why,
                               char **set,
                               GError **error)
{
  g_auto (Plan) plan = { .replica = self, .choice = choice, .value = value };

  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (ids != NULL && *ids != NULL, FALSE);
  g_return_val_if_fail (choice >= CRM_CONFLICT_MINE && choice <= CRM_CONFLICT_LEAVE, FALSE);

  if (set != NULL)
    *set = NULL;
  if (plan.value == NULL)
    plan.value = "";
  plan.records = g_ptr_array_new_with_free_func (g_object_unref);
  plan.deleted = g_ptr_array_new_with_free_func (g_object_unref);
  plan.by_id = g_hash_table_new (g_str_hash, g_str_equal);
  plan.made = g_hash_table_new (NULL, NULL);
  plan.edits = g_array_new (FALSE, FALSE, sizeof (Edit));

  return (crm_replica_check_writable (self, error) && resolve (&plan, ids, why, set, error)) ||
         crm_store_error_translate (error);
}
