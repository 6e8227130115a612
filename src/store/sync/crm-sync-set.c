#include "store/sync/crm-sync-set-private.h"

#include "store/log/crm-change-fields-private.h"
#include "store/log/crm-log-writer-private.h"

#include <string.h>

gboolean
crm_sync_set_load_chain (CrmReplica *replica, gint64 *chain, GError **error)
{
  return crm_replica_load_meta_int64 (replica, "chain", 0, chain, error);
}

gint64
crm_sync_set_get_wire_base (gint64 seen, gint64 chain)
{
  if (seen >= 0)
    return seen;

  return seen + chain < 0 ? seen + chain : 0;
}

static void
free_field (gpointer data)
{
  CrmSyncField *field = data;

  g_free (field->name);
  g_free (field->value);
  g_free (field->old);
  g_free (field);
}

static void
free_op (gpointer data)
{
  CrmSyncOp *op = data;

  g_clear_pointer (&op->fields, g_ptr_array_unref);
  g_free (op->id);
  g_free (op);
}

void
crm_sync_set_free (CrmSyncSet *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->ops, g_ptr_array_unref);
  g_free (self->id);
  g_free (self->group);
  g_free (self->action);
  g_free (self->why);
  g_free (self->at);
  g_free (self);
}

static gint64
get_later (gint64 a, gint64 b)
{
  return a > 0 || b > 0 ? MAX (a, b) : MIN (a, b);
}

/* Logs of format 1 do not name the version of the row: it is the highest that they name. */
static gint64
find_row_base (const GArray *changes)
{
  gint64 base = 0;

  for (guint i = 0; i < changes->len; i++)
    base = get_later (base, g_array_index (changes, CrmFieldChange, i).seen);

  return base;
}

static void
fill_op (CrmSyncOp *op, GArray *changes, gint64 chain)
{
  if (op->op == CRM_SET_OP_DELETE)
    {
      op->base = crm_sync_set_get_wire_base (find_row_base (changes), chain);
      return;
    }

  for (guint i = 0; i < changes->len; i++)
    {
      CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, i);
      CrmSyncField *field = g_new0 (CrmSyncField, 1);

      field->name = g_steal_pointer (&change->name);
      field->value = g_steal_pointer (&change->new_value);
      field->old = g_steal_pointer (&change->old_value);
      field->base = crm_sync_set_get_wire_base (change->seen, chain);
      g_ptr_array_add (op->fields, field);
    }
}

static gboolean
add_op (CrmSyncSet *self, CrmReplica *replica, CrmStmt *stmt, gint64 chain, GError **error)
{
  const gint64 number = crm_stmt_get_int64 (stmt, 0);
  const CrmKind *kind = crm_model_find_kind_by_number (replica->model, (guint) number);
  g_autoptr (GArray) changes = NULL;
  CrmSyncOp *op;

  if (kind == NULL)
    {
      g_set_error (error,
                   CRM_STORE_ERROR,
                   CRM_STORE_ERROR_TOO_NEW,
                   "Change set %" G_GINT64_FORMAT " of “%s” has a record of kind %" G_GINT64_FORMAT
                   ", which this version does not know; update the program",
                   self->n,
                   replica->dir,
                   number);
      return FALSE;
    }
  if (!(changes = crm_change_fields_parse (crm_stmt_get_text (stmt, 3), error)))
    return FALSE;

  op = g_new0 (CrmSyncOp, 1);
  op->kind = kind;
  op->id = crm_stmt_dup_text (stmt, 1);
  op->op = (CrmSetOp) crm_stmt_get_int64 (stmt, 2);
  op->fields = g_ptr_array_new_with_free_func (free_field);
  g_ptr_array_add (self->ops, op);
  fill_op (op, changes, chain);

  return TRUE;
}

static gboolean
load_ops (CrmSyncSet *self, CrmReplica *replica, gint64 n, gint64 chain, GError **error)
{
  static const char sql[] = "SELECT kind, id, op, fields FROM change"
                            " WHERE nr >= ?1 AND nr < ?2 ORDER BY nr";
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, CRM_CHANGE_NR (n, 0));
  crm_stmt_bind_int64_at (stmt, 2, CRM_CHANGE_NR (n + 1, 0));
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    if (!add_op (self, replica, stmt, chain, error))
      return FALSE;

  return step == CRM_STEP_DONE;
}

static CrmSyncSet *
new_set (CrmStmt *stmt, gint64 n)
{
  CrmSyncSet *self = g_new0 (CrmSyncSet, 1);
  const char *body = crm_stmt_get_text (stmt, 6);
  gconstpointer digest;
  gsize size;

  self->n = n - crm_stmt_get_int64 (stmt, 0);
  self->id = crm_stmt_dup_text (stmt, 1);
  self->group = crm_stmt_dup_text (stmt, 2);
  self->action = crm_stmt_dup_text (stmt, 3);
  self->why = crm_stmt_dup_text (stmt, 4);
  self->at = crm_stmt_dup_text (stmt, 5);
  self->all = strstr (body, CRM_SET_BODY_EACH) == NULL;
  self->confirmed = strstr (body, CRM_SET_BODY_CONFIRM) != NULL;
  self->scrubbed = strstr (body, CRM_SET_BODY_SCRUBBED) != NULL;
  self->parked = crm_stmt_get_int64 (stmt, 7) >= CRM_SET_PARKED;
  self->ops = g_ptr_array_new_with_free_func (free_op);
  digest = crm_stmt_get_blob (stmt, 8, &size);
  if (size == sizeof self->digest)
    memcpy (self->digest, digest, size);

  return self;
}

CrmSyncSet *
crm_sync_set_load (CrmReplica *replica, gint64 n, GError **error)
{
  static const char sql[] = "SELECT chain, id, group_, action, why, at, body, state, digest"
                            " FROM change_set WHERE n = ?1";
  g_autoptr (CrmSyncSet) self = NULL;
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (replica->db, sql, error)))
    return NULL;

  crm_stmt_bind_int64_at (stmt, 1, n);
  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_DONE)
    g_set_error (error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_NOT_FOUND,
                 "No change set %" G_GINT64_FORMAT " in “%s”",
                 n,
                 replica->dir);
  if (step != CRM_STEP_ROW)
    return NULL;

  self = new_set (stmt, n);
  if (!self->parked && !load_ops (self, replica, n, crm_stmt_get_int64 (stmt, 0), error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
hash_op (CrmSetDigest *digest, const CrmSyncOp *op)
{
  crm_set_digest_begin_op (digest, crm_kind_get_name (op->kind), op->id, op->op, op->base);
  for (guint i = 0; i < op->fields->len; i++)
    {
      const CrmSyncField *field = g_ptr_array_index (op->fields, i);

      crm_set_digest_add_field (digest, field->name, field->value, field->base, field->old);
    }
  crm_set_digest_end_op (digest);
}

void
crm_sync_set_hash (CrmSyncSet *self)
{
  g_auto (CrmSetDigest) digest = { 0 };
  const CrmSetHeader header = {
    .n = self->n,
    .id = self->id,
    .group = self->group,
    .action = self->action,
    .why = self->why,
    .at = self->at,
    .all = self->all,
  };

  crm_set_digest_begin (&digest, self->previous, &header);
  for (guint i = 0; i < self->ops->len; i++)
    hash_op (&digest, g_ptr_array_index (self->ops, i));
  crm_set_digest_end (&digest, self->digest);
}

gsize
crm_sync_set_get_size (const CrmSyncSet *self)
{
  gsize size = 256;

  for (guint i = 0; i < self->ops->len; i++)
    {
      const CrmSyncOp *op = g_ptr_array_index (self->ops, i);

      size += 96;
      for (guint k = 0; k < op->fields->len; k++)
        {
          const CrmSyncField *field = g_ptr_array_index (op->fields, k);

          size += 32 + strlen (field->name) + (field->value != NULL ? strlen (field->value) : 0) +
                  (field->old != NULL ? strlen (field->old) : 0);
        }
    }

  return size;
}

gboolean
crm_sync_set_load_digest (CrmReplica *replica,
                          gint64 n,
                          guint8 digest[CRM_SET_DIGEST_SIZE],
                          GError **error)
{
  static const char sql[] = "SELECT digest FROM change_set WHERE n = ?1";
  g_autoptr (CrmStmt) stmt = NULL;
  gconstpointer stored;
  gsize size = 0;
  CrmStep step;

  if (!(stmt = crm_db_prepare (replica->db, sql, error)))
    return FALSE;

  memset (digest, 0, CRM_SET_DIGEST_SIZE);
  crm_stmt_bind_int64_at (stmt, 1, n);
  if ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      stored = crm_stmt_get_blob (stmt, 0, &size);
      if (size == CRM_SET_DIGEST_SIZE)
        memcpy (digest, stored, size);
    }

  return step != CRM_STEP_ERROR;
}

static gboolean
save_digest (CrmReplica *replica, gint64 n, const CrmSyncSet *set, GError **error)
{
  g_autoptr (CrmStmt)
      stmt = crm_db_prepare (replica->db, "UPDATE change_set SET digest = ?2 WHERE n = ?1", error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, n);
  crm_stmt_bind_blob_at (stmt, 2, set->digest, sizeof set->digest);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_sync_set_rehash (CrmReplica *replica, gint64 after, GError **error)
{
  guint8 previous[CRM_SET_DIGEST_SIZE];
  gint64 last = 0;

  if (!crm_db_query_int64 (replica->db,
                           "SELECT ifnull (max (n), 0) FROM change_set",
                           &last,
                           error) ||
      !crm_sync_set_load_digest (replica, after, previous, error))
    return FALSE;

  for (gint64 n = after + 1; n <= last; n++)
    {
      g_autoptr (CrmSyncSet) set = crm_sync_set_load (replica, n, error);

      if (set == NULL)
        return FALSE;
      if (set->n > 1)
        memcpy (set->previous, previous, sizeof previous);
      crm_sync_set_hash (set);
      memcpy (previous, set->digest, sizeof previous);
      if (!save_digest (replica, n, set, error))
        return FALSE;
    }

  return TRUE;
}
