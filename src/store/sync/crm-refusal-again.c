#include "store/sync/crm-conflict-private.h"

#include "model/crm-merge.h"
#include "store/log/crm-change-fields-private.h"
#include "store/log/crm-change-log.h"
#include "store/sync/crm-pull-writer-private.h"

/* What people do with sets that the server did not take: let them go, or write them again. */

typedef struct
{
  CrmReplica *replica;
  gboolean parked;
  GArray *numbers; /* (element-type gint64): the set, and parked ones that build on it */

  GHashTable *touched; /* (element-type utf8): records of those */
  GHashTable *made;    /* (element-type utf8): that they made */
} Refusal;

static void
clear_refusal (Refusal *self)
{
  g_clear_pointer (&self->numbers, g_array_unref);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_clear_pointer (&self->made, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Refusal, clear_refusal)

/* ---- Which sets ---- */

static gboolean
find_set (Refusal *self, const char *id, gint64 *n, GError **error)
{
  static const char sql[] = "SELECT s.n, s.state FROM change_set AS s JOIN result AS r ON r.n = s.n"
                            " WHERE s.id = ?1 AND ((r.status = 'rejected' AND r.seen = 0)"
                            " OR (r.status = 'parked' AND s.state = 3))";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->replica->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, id);
  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_DONE)
    g_set_error (error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_NOT_FOUND,
                 "“%s” is not a refused change that waits; list them first",
                 id);
  if (step != CRM_STEP_ROW)
    return FALSE;

  *n = crm_stmt_get_int64 (stmt, 0);
  self->parked = crm_stmt_get_int64 (stmt, 1) == CRM_SET_PARKED;

  return TRUE;
}

static gboolean
builds_on (const Refusal *self, const char *id, const GArray *changes)
{
  if (g_hash_table_contains (self->touched, id))
    return TRUE;

  for (guint i = 0; i < changes->len; i++)
    {
      const char *value = g_array_index (changes, CrmFieldChange, i).new_value;

      if (value != NULL && g_hash_table_contains (self->made, value))
        return TRUE;
    }

  return FALSE;
}

/* One record of a parked set, in the order of the log. */
static gboolean
look_at (Refusal *self, CrmStmt *stmt, GError **error)
{
  const gint64 n = crm_stmt_get_int64 (stmt, 0);
  const char *id = crm_stmt_get_text (stmt, 1);
  const gint64 last = g_array_index (self->numbers, gint64, self->numbers->len - 1);
  g_autoptr (GArray) changes = crm_change_fields_parse (crm_stmt_get_text (stmt, 3), error);

  if (changes == NULL)
    return FALSE;
  if (n != last && !builds_on (self, id, changes))
    return TRUE;

  if (n != last)
    g_array_append_val (self->numbers, n);
  g_hash_table_add (self->touched, g_strdup (id));
  if (crm_stmt_get_int64 (stmt, 2) == CRM_CHANGE_NEW)
    g_hash_table_add (self->made, g_strdup (id));

  return TRUE;
}

static gboolean
load (Refusal *self, const char *id, GError **error)
{
  static const char sql[] =
      "SELECT nr >> 10, id, op, fields FROM change WHERE nr >= ?1 AND (nr >> 10) IN"
      " (SELECT n FROM change_set WHERE state = 3) ORDER BY nr";
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;
  gint64 n = 0;

  self->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!find_set (self, id, &n, error))
    return FALSE;

  g_array_append_val (self->numbers, n);
  if (!self->parked)
    return TRUE;
  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, CRM_CHANGE_NR (n, 0));
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    if (!look_at (self, stmt, error))
      return FALSE;

  return step == CRM_STEP_DONE;
}

/* ---- Letting go ---- */

static gboolean
let_go (Refusal *self, GError **error)
{
  g_autoptr (CrmPullWriter) writer = NULL;
  g_autoptr (CrmPullResult) result = NULL;

  for (guint i = 0; i < self->numbers->len; i++)
    if (!crm_sync_state_run (self->replica,
                             "UPDATE result SET seen = 1 WHERE n = ?1",
                             g_array_index (self->numbers, gint64, i),
                             error))
      return FALSE;
  if (!self->parked)
    return TRUE;

  if (!(writer = crm_pull_writer_begin (self->replica, error)) ||
      !crm_pull_let_go (writer, self->numbers, error))
    return FALSE;

  result = crm_pull_writer_finish (writer, NULL, 0, error);

  return result != NULL;
}

/* The windows were told while the transaction was open, when there was nothing to be seen yet. */
static void
tell (Refusal *self)
{
  const CrmCommit commit = { .kinds = G_MAXUINT };

  if (self->replica->commit_hook != NULL)
    self->replica->commit_hook (&commit, self->replica->commit_data);
}

static gboolean
dismiss (Refusal *self, const char *id, GError **error)
{
  g_autoptr (CrmTransaction)
      transaction = crm_transaction_begin (self->replica->db, CRM_TRANSACTION_WRITE, error);

  if (transaction == NULL || !load (self, id, error) || !let_go (self, error) ||
      !crm_transaction_commit (transaction, error))
    return FALSE;

  tell (self);

  return TRUE;
}

gboolean
crm_replica_dismiss_refusal (CrmReplica *self, const char *id, GError **error)
{
  g_auto (Refusal) refusal = { .replica = self };

  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return (crm_replica_check_writable (self, error) && dismiss (&refusal, id, error)) ||
         crm_store_error_translate (error);
}

/* ---- Writing again ---- */

/* Members that the set added and removed, as others may have changed the rest. */
static void
add_members (CrmChangeSet *set, const CrmKind *kind, const char *id, const CrmFieldChange *change)
{
  g_autofree char *added = crm_members_subtract (change->new_value, change->old_value);
  g_autofree char *removed = crm_members_subtract (change->old_value, change->new_value);
  g_auto (GStrv) add = g_strsplit (added != NULL ? added : "", ";", -1);
  g_auto (GStrv) remove = g_strsplit (removed != NULL ? removed : "", ";", -1);

  crm_change_set_change_members (set,
                                 kind,
                                 id,
                                 change->name,
                                 (const char *const *) add,
                                 (const char *const *) remove);
}

static void
add_fields (CrmChangeSet *set, const CrmKind *kind, const char *id, const GArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, i);
      const CrmField *field = crm_kind_find_field (kind, change->name);

      if (field != NULL && field->type == CRM_FIELD_SET)
        add_members (set, kind, id, change);
      else if (field != NULL)
        crm_change_set_set (set, kind, id, field->name, change->new_value);
    }
}

static void
add_new (CrmChangeSet *set, const CrmKind *kind, const char *id, const GArray *changes)
{
  g_autoptr (CrmRecord) record = crm_record_new (kind, id);

  for (guint i = 0; i < changes->len; i++)
    {
      const CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, i);
      const int index = crm_kind_find_index (kind, change->name);

      if (index >= 0)
        crm_record_set_at (record, (guint) index, change->new_value);
    }
  crm_change_set_put (set, record);
}

static gboolean
add_change (Refusal *self, CrmChangeSet *set, CrmStmt *stmt, GError **error)
{
  const CrmKind *kind = crm_model_find_kind_by_number (self->replica->model,
                                                       (guint) crm_stmt_get_int64 (stmt, 0));
  const char *id = crm_stmt_get_text (stmt, 1);
  const CrmChangeOp op = (CrmChangeOp) crm_stmt_get_int64 (stmt, 2);
  g_autoptr (GArray) changes = crm_change_fields_parse (crm_stmt_get_text (stmt, 3), error);

  if (changes == NULL)
    return FALSE;
  if (kind == NULL)
    return TRUE;

  if (op == CRM_CHANGE_DELETE)
    crm_change_set_delete (set, kind, id);
  else if (op == CRM_CHANGE_NEW)
    add_new (set, kind, id, changes);
  else
    add_fields (set, kind, id, changes);

  return TRUE;
}

static gboolean
load_changes (Refusal *self, gint64 n, CrmChangeSet *set, GError **error)
{
  static const char sql[] = "SELECT kind, id, op, fields FROM change"
                            " WHERE nr >= ?1 AND nr < ?2 ORDER BY nr";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->replica->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, CRM_CHANGE_NR (n, 0));
  crm_stmt_bind_int64_at (stmt, 2, CRM_CHANGE_NR (n + 1, 0));
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    if (!add_change (self, set, stmt, error))
      return FALSE;

  return step == CRM_STEP_DONE;
}

/* A set as it was, under a new number. */
static gboolean
write_again (Refusal *self, gint64 n, char **set_id, GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->replica->db,
                                             "SELECT s.action, s.why, r.code = 'mass_delete'"
                                             " FROM change_set AS s LEFT JOIN result AS r"
                                             " ON r.n = s.n WHERE s.n = ?1",
                                             error);
  g_autoptr (CrmChangeSet) set = NULL;
  g_autofree char *written = NULL;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, n);
  if (crm_stmt_step (stmt, error) != CRM_STEP_ROW)
    return FALSE;

  set = crm_change_set_new (crm_stmt_get_text (stmt, 0));
  crm_change_set_set_why (set, crm_stmt_get_text (stmt, 1));
  /* Asking for it again says that it is meant. */
  crm_change_set_set_confirmed (set, crm_stmt_get_int64 (stmt, 2) != 0);
  g_clear_pointer (&stmt, crm_stmt_free);
  if (!load_changes (self, n, set, error) ||
      !crm_replica_apply (self->replica, set, &written, error))
    return FALSE;

  if (written != NULL)
    g_set_str (set_id, written);

  return TRUE;
}

static gboolean
retry (Refusal *self, const char *id, char **set_id, GError **error)
{
  g_autoptr (CrmTransaction)
      transaction = crm_transaction_begin (self->replica->db, CRM_TRANSACTION_WRITE, error);

  if (transaction == NULL || !load (self, id, error) || !let_go (self, error))
    return FALSE;

  for (guint i = 0; i < self->numbers->len; i++)
    if (!write_again (self, g_array_index (self->numbers, gint64, i), set_id, error))
      return FALSE;
  if (!crm_transaction_commit (transaction, error))
    return FALSE;

  tell (self);

  return TRUE;
}

gboolean
crm_replica_retry_refusal (CrmReplica *self, const char *id, char **set, GError **error)
{
  g_auto (Refusal) refusal = { .replica = self };
  g_autofree char *set_id = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (set != NULL)
    *set = NULL;
  if (!crm_replica_check_writable (self, error) || !retry (&refusal, id, &set_id, error))
    return crm_store_error_translate (error);

  if (set != NULL)
    *set = g_steal_pointer (&set_id);

  return TRUE;
}
