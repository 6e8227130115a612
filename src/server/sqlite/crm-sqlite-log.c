#include "server/sqlite/crm-sqlite-store-private.h"

#include <string.h>

CrmServerHead *
crm_sqlite_get_head (CrmServerStore *self, GError **error)
{
  static const char sql[] = "SELECT epoch, seq, h FROM clock";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);
  CrmServerHead *head;

  if (stmt == NULL)
    return NULL;
  if (crm_stmt_step (stmt, error) != CRM_STEP_ROW)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, CRM_DB_ERROR, CRM_DB_ERROR_CORRUPT, "The database has no clock");
      return NULL;
    }

  head = g_new0 (CrmServerHead, 1);
  head->epoch = crm_stmt_dup_text (stmt, 0);
  head->seq = crm_stmt_get_int64 (stmt, 1);
  crm_sqlite_get_bytes (stmt, 2, head->h, sizeof head->h);

  return head;
}

gboolean
crm_sqlite_take_seqs (CrmServerStore *self, guint n, CrmServerHead *before, GError **error)
{
  static const char sql[] = "UPDATE clock SET seq = seq + :n RETURNING seq - :n, h";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_int64 (stmt, ":n", n);
  if (crm_stmt_step (stmt, error) != CRM_STEP_ROW)
    return FALSE;

  before->seq = crm_stmt_get_int64 (stmt, 0);
  crm_sqlite_get_bytes (stmt, 1, before->h, sizeof before->h);

  return crm_stmt_step (stmt, error) == CRM_STEP_DONE;
}

gboolean
crm_sqlite_set_hash (CrmServerStore *self, const guint8 *h, GError **error)
{
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), "UPDATE clock SET h = :h", error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_blob (stmt, ":h", h, CRM_SERVER_HASH_SIZE);

  return crm_sqlite_run (stmt, error);
}

gboolean
crm_sqlite_get_hash (CrmServerStore *self, gint64 seq, guint8 *h, GError **error)
{
  /* A restore leaves numbers out, and stands at one of them until the next set. */
  static const char sql[] = "SELECT h FROM change_set WHERE seq <= :seq ORDER BY seq DESC LIMIT 1";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_int64 (stmt, ":seq", seq);
  memset (h, 0, CRM_SERVER_HASH_SIZE);
  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_ROW)
    crm_sqlite_get_bytes (stmt, 0, h, CRM_SERVER_HASH_SIZE);

  return step != CRM_STEP_ERROR;
}

#define SET_COLUMNS                                                                                \
  "s.seq, s.h, s.id, s.replica, s.n, s.digest, s.user, s.action, s.group_, s.reason, s.client_ts," \
  " s.skew_ms, s.server_ts, s.mode, s.status, s.code, s.conflicts, s.deletes, u.name, d.name"
#define SET_TABLES                                                                                 \
  " FROM change_set s LEFT JOIN user u ON u.id = s.user LEFT JOIN device d ON d.id = s.device "
#define N_SET_COLUMNS 20

static gpointer
read_set (CrmStmt *stmt)
{
  CrmServerSet *set = g_new0 (CrmServerSet, 1);

  set->seq = crm_stmt_get_int64 (stmt, 0);
  crm_sqlite_get_bytes (stmt, 1, set->h, sizeof set->h);
  set->id = crm_stmt_dup_text (stmt, 2);
  set->replica = crm_stmt_dup_text (stmt, 3);
  set->n = crm_stmt_get_int64 (stmt, 4);
  crm_sqlite_get_bytes (stmt, 5, set->digest, sizeof set->digest);
  set->user = crm_stmt_dup_text (stmt, 6);
  set->action = crm_stmt_dup_text (stmt, 7);
  set->group = crm_stmt_dup_text (stmt, 8);
  set->why = crm_stmt_dup_text (stmt, 9);
  set->client_ts = crm_stmt_dup_text (stmt, 10);
  set->skew_ms = crm_stmt_get_int64 (stmt, 11);
  set->server_ts = crm_stmt_dup_text (stmt, 12);
  set->all = crm_stmt_get_int64 (stmt, 13) != 0;
  set->status = crm_stmt_dup_text (stmt, 14);
  set->code = crm_stmt_dup_text (stmt, 15);
  set->conflicts = crm_stmt_dup_text (stmt, 16);
  set->n_deletes = crm_stmt_get_int64 (stmt, 17);
  set->user_name = crm_stmt_dup_text (stmt, 18);
  set->device = crm_stmt_dup_text (stmt, 19);

  return set;
}

CrmServerSet *
crm_sqlite_find_set (CrmServerStore *self, const char *id, GError **error)
{
  static const char sql[] = "SELECT " SET_COLUMNS SET_TABLES "WHERE s.id = :id";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    crm_stmt_bind_text (stmt, ":id", id);

  return crm_sqlite_get (stmt, read_set, error);
}

CrmServerSet *
crm_sqlite_find_replica_set (CrmServerStore *self, const char *replica, gint64 n, GError **error)
{
  static const char sql[] = "SELECT " SET_COLUMNS SET_TABLES
                            "WHERE s.replica = :replica AND s.n = :n";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    {
      crm_stmt_bind_text (stmt, ":replica", replica);
      crm_stmt_bind_int64 (stmt, ":n", n);
    }

  return crm_sqlite_get (stmt, read_set, error);
}

CrmServerSet *
crm_sqlite_get_set (CrmServerStore *self, gint64 seq, GError **error)
{
  static const char sql[] = "SELECT " SET_COLUMNS SET_TABLES "WHERE s.seq = :seq";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    crm_stmt_bind_int64 (stmt, ":seq", seq);

  return crm_sqlite_get (stmt, read_set, error);
}

GPtrArray *
crm_sqlite_list_results (CrmServerStore *self, const char *replica, gint64 after, GError **error)
{
  static const char sql[] = "SELECT " SET_COLUMNS SET_TABLES
                            "WHERE s.replica = :replica AND s.n > :after AND s.status <> 'ok'"
                            " ORDER BY s.n";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    {
      crm_stmt_bind_text (stmt, ":replica", replica);
      crm_stmt_bind_int64 (stmt, ":after", after);
    }

  return crm_sqlite_list (stmt, read_set, (GDestroyNotify) crm_server_set_free, error);
}

gboolean
crm_sqlite_count_deletes (CrmServerStore *self, const char *group, gint64 *n, GError **error)
{
  static const char sql[] = "SELECT coalesce(sum(deletes), 0) FROM change_set"
                            " WHERE group_ = :group AND deletes > 0";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  *n = 0;
  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":group", group);
  if (crm_stmt_step (stmt, error) != CRM_STEP_ROW)
    return FALSE;
  *n = crm_stmt_get_int64 (stmt, 0);

  return TRUE;
}

gboolean
crm_sqlite_add_set (CrmServerStore *self, const CrmServerSet *set, GError **error)
{
  static const char sql[] =
      "INSERT INTO change_set VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
      " (SELECT device FROM replica WHERE id = ?3), ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
      " ?17, ?18)";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_int64_at (stmt, 1, set->seq);
  crm_stmt_bind_blob_at (stmt, 2, set->h, sizeof set->h);
  crm_stmt_bind_text_at (stmt, 3, set->replica);
  crm_stmt_bind_int64_at (stmt, 4, set->n);
  crm_stmt_bind_blob_at (stmt, 5, set->digest, sizeof set->digest);
  crm_stmt_bind_text_at (stmt, 6, set->id);
  crm_stmt_bind_text_at (stmt, 7, set->user);
  crm_stmt_bind_text_at (stmt, 8, set->action);
  crm_stmt_bind_text_at (stmt, 9, set->group);
  crm_stmt_bind_text_at (stmt, 10, set->why);
  crm_stmt_bind_text_at (stmt, 11, set->client_ts);
  crm_stmt_bind_int64_at (stmt, 12, set->skew_ms);
  crm_stmt_bind_text_at (stmt, 13, set->server_ts);
  crm_stmt_bind_int64_at (stmt, 14, set->all);
  crm_stmt_bind_text_at (stmt, 15, set->status);
  crm_stmt_bind_text_at (stmt, 16, set->code);
  crm_stmt_bind_text_at (stmt, 17, set->conflicts);
  crm_stmt_bind_int64_at (stmt, 18, set->n_deletes);

  return crm_sqlite_run (stmt, error);
}

gboolean
crm_sqlite_add_change (CrmServerStore *self, const CrmServerChange *change, GError **error)
{
  static const char sql[] = "INSERT INTO change_field VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_int64_at (stmt, 1, change->seq);
  crm_stmt_bind_text_at (stmt, 2, change->kind);
  crm_stmt_bind_text_at (stmt, 3, change->id);
  crm_stmt_bind_text_at (stmt, 4, change->field);
  crm_stmt_bind_text_at (stmt, 5, change->old_value);
  crm_stmt_bind_text_at (stmt, 6, change->new_value);

  return crm_sqlite_run (stmt, error);
}

static gpointer
read_change (CrmStmt *stmt)
{
  CrmServerChange *change = g_new0 (CrmServerChange, 1);

  change->set = read_set (stmt);
  change->seq = change->set->seq;
  change->kind = crm_stmt_dup_text (stmt, N_SET_COLUMNS);
  change->id = crm_stmt_dup_text (stmt, N_SET_COLUMNS + 1);
  change->field = crm_stmt_dup_text (stmt, N_SET_COLUMNS + 2);
  change->old_value = crm_stmt_dup_text (stmt, N_SET_COLUMNS + 3);
  change->new_value = crm_stmt_dup_text (stmt, N_SET_COLUMNS + 4);

  return change;
}

static gsize
measure (const CrmServerChange *change)
{
  gsize size = 0;

  size += change->old_value != NULL ? strlen (change->old_value) : 0;
  size += change->new_value != NULL ? strlen (change->new_value) : 0;

  return size;
}

/* The rows of @stmt up to the end of the set in which one of the limits is reached. */
static GPtrArray *
read_changes (CrmStmt *stmt, guint limit, gsize max_bytes, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray)
      changes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_server_change_free);
  gsize bytes = 0;
  gint64 last = 0;
  CrmStep step;

  *more = FALSE;
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const gint64 seq = crm_stmt_get_int64 (stmt, 0);

      *more = (changes->len >= limit || bytes >= max_bytes) && seq != last;
      if (*more)
        return g_steal_pointer (&changes);
      last = seq;
      g_ptr_array_add (changes, read_change (stmt));
      bytes += measure (changes->pdata[changes->len - 1]);
    }

  return step == CRM_STEP_DONE ? g_steal_pointer (&changes) : NULL;
}

GPtrArray *
crm_sqlite_list_changes (CrmServerStore *self,
                         const char *id,
                         gint64 before,
                         guint limit,
                         gsize max_bytes,
                         gboolean *more,
                         GError **error)
{
  static const char sql[] = "SELECT " SET_COLUMNS ", c.kind, c.id, c.field, c.old, c.new" SET_TABLES
                            "JOIN change_field c ON c.seq = s.seq"
                            " WHERE c.id = :id AND (:before = 0 OR c.seq < :before)"
                            " ORDER BY c.seq DESC, c.rowid";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_text (stmt, ":id", id);
  crm_stmt_bind_int64 (stmt, ":before", before);

  return read_changes (stmt, limit, max_bytes, more, error);
}
