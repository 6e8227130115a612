#include "server/sqlite/crm-sqlite-store-private.h"

/* @lock is for databases of many writers: here one transaction writes at a time. */
CrmServerRecord *
crm_sqlite_get_record (CrmServerStore *self, const char *id, gboolean lock, GError **error)
{
  static const char sql[] = "SELECT kind, root, born, row_seq, fver, fields, deleted FROM record"
                            " WHERE id = :id";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);
  g_autoptr (CrmServerRecord) record = NULL;

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_text (stmt, ":id", id);
  if (crm_stmt_step (stmt, error) != CRM_STEP_ROW)
    return NULL;

  record = crm_server_record_new (crm_stmt_get_text (stmt, 0), id);
  g_set_str (&record->root, crm_stmt_get_text (stmt, 1));
  record->born = crm_stmt_get_int64 (stmt, 2);
  record->row_seq = crm_stmt_get_int64 (stmt, 3);
  record->deleted = crm_stmt_get_int64 (stmt, 6) != 0;
  if (!crm_server_record_parse (record,
                                crm_stmt_get_text (stmt, 5),
                                crm_stmt_get_text (stmt, 4),
                                error))
    return NULL;

  return g_steal_pointer (&record);
}

gboolean
crm_sqlite_put_record (CrmServerStore *self, CrmServerRecord *record, GError **error)
{
  static const char sql[] = "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                            " ON CONFLICT DO UPDATE SET born = ?4, row_seq = ?5, fver = ?6,"
                            " fields = ?7, owner = ?8, team = ?9, deleted = ?10";
  g_autofree char *fields = crm_server_record_dup_fields (record);
  g_autofree char *versions = crm_server_record_dup_versions (record);
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text_at (stmt, 1, record->id);
  crm_stmt_bind_text_at (stmt, 2, record->kind);
  crm_stmt_bind_text_at (stmt, 3, record->root);
  crm_stmt_bind_int64_at (stmt, 4, record->born);
  crm_stmt_bind_int64_at (stmt, 5, record->row_seq);
  crm_stmt_bind_text_at (stmt, 6, versions);
  crm_stmt_bind_text_at (stmt, 7, fields);
  crm_stmt_bind_text_at (stmt, 8, crm_server_record_get (record, "owner"));
  crm_stmt_bind_text_at (stmt, 9, crm_server_record_get (record, "team"));
  crm_stmt_bind_int64_at (stmt, 10, record->deleted);

  return crm_sqlite_run (stmt, error);
}

gboolean
crm_sqlite_count_records (CrmServerStore *self, gint64 *n, GError **error)
{
  *n = 0;

  /* Kept beside each scope, so that it costs the same for any number of records. */
  return crm_db_query_int64 (crm_sqlite_store_get_db (self),
                             "SELECT coalesce(max(live), 0) FROM scope_head",
                             n,
                             error);
}

char *
crm_sqlite_find_unique (CrmServerStore *self,
                        const char *family,
                        const char *field,
                        const char *value,
                        GError **error)
{
  static const char sql[] = "SELECT id FROM unique_value"
                            " WHERE family = :family AND field = :field AND value = :value";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_text (stmt, ":family", family);
  crm_stmt_bind_text (stmt, ":field", field);
  crm_stmt_bind_text (stmt, ":value", value);

  return crm_stmt_step (stmt, error) == CRM_STEP_ROW ? crm_stmt_dup_text (stmt, 0) : NULL;
}

gboolean
crm_sqlite_put_unique (CrmServerStore *self,
                       const char *family,
                       const char *field,
                       const char *id,
                       const char *value,
                       GError **error)
{
  static const char clear[] = "DELETE FROM unique_value WHERE id = :id AND field = :field";
  static const char add[] = "INSERT INTO unique_value VALUES (:family, :field, :value, :id)";
  CrmDb *db = crm_sqlite_store_get_db (self);
  CrmStmt *stmt = crm_db_prepare (db, clear, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":id", id);
  crm_stmt_bind_text (stmt, ":field", field);
  if (!crm_sqlite_run (stmt, error))
    return FALSE;
  if (value == NULL)
    return TRUE;

  if (!(stmt = crm_db_prepare (db, add, error)))
    return FALSE;
  crm_stmt_bind_text (stmt, ":family", family);
  crm_stmt_bind_text (stmt, ":field", field);
  crm_stmt_bind_text (stmt, ":value", value);
  crm_stmt_bind_text (stmt, ":id", id);

  return crm_sqlite_run (stmt, error);
}

gboolean
crm_sqlite_next_number (CrmServerStore *self, const char *family, gint64 *number, GError **error)
{
  static const char sql[] = "INSERT INTO counter VALUES (:family, 1)"
                            " ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":family", family);
  if (crm_stmt_step (stmt, error) != CRM_STEP_ROW)
    return FALSE;
  *number = crm_stmt_get_int64 (stmt, 0);

  return crm_stmt_step (stmt, error) == CRM_STEP_DONE;
}

gboolean
crm_sqlite_raise_number (CrmServerStore *self, const char *family, gint64 number, GError **error)
{
  static const char sql[] = "INSERT INTO counter VALUES (:family, :number)"
                            " ON CONFLICT DO UPDATE SET value = max(value, :number)";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":family", family);
  crm_stmt_bind_int64 (stmt, ":number", number);

  return crm_sqlite_run (stmt, error);
}

static gpointer
read_text (CrmStmt *stmt)
{
  return crm_stmt_dup_text (stmt, 0);
}

GPtrArray *
crm_sqlite_find_alike (CrmServerStore *self, const char *key, const char *id, GError **error)
{
  static const char sql[] = "SELECT id FROM alike WHERE key = :key AND id <> :id"
                            " ORDER BY id DESC LIMIT 20";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    {
      crm_stmt_bind_text (stmt, ":key", key);
      crm_stmt_bind_text (stmt, ":id", id);
    }

  return crm_sqlite_list (stmt, read_text, g_free, error);
}

gboolean
crm_sqlite_put_keys (CrmServerStore *self, const char *id, GPtrArray *keys, GError **error)
{
  CrmDb *db = crm_sqlite_store_get_db (self);
  CrmStmt *stmt = crm_db_prepare (db, "DELETE FROM alike WHERE id = :id", error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":id", id);
  if (!crm_sqlite_run (stmt, error))
    return FALSE;

  for (guint i = 0; i < keys->len; i++)
    {
      if (!(stmt = crm_db_prepare (db, "INSERT OR IGNORE INTO alike VALUES (:key, :id)", error)))
        return FALSE;
      crm_stmt_bind_text (stmt, ":key", keys->pdata[i]);
      crm_stmt_bind_text (stmt, ":id", id);
      if (!crm_sqlite_run (stmt, error))
        return FALSE;
    }

  return TRUE;
}

static gpointer
read_conflict (CrmStmt *stmt)
{
  CrmServerConflict *conflict = g_new0 (CrmServerConflict, 1);

  conflict->id = crm_stmt_dup_text (stmt, 0);
  conflict->kind = crm_stmt_dup_text (stmt, 1);
  conflict->record = crm_stmt_dup_text (stmt, 2);
  conflict->field = crm_stmt_dup_text (stmt, 3);
  conflict->user = crm_stmt_dup_text (stmt, 4);
  conflict->open = TRUE;

  return conflict;
}

GPtrArray *
crm_sqlite_list_conflicts (CrmServerStore *self, const char *record, GError **error)
{
  static const char sql[] = "SELECT id, kind, record, field, user FROM conflict"
                            " WHERE record = :record AND open ORDER BY id";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    crm_stmt_bind_text (stmt, ":record", record);

  return crm_sqlite_list (stmt, read_conflict, (GDestroyNotify) crm_server_conflict_free, error);
}

gboolean
crm_sqlite_put_conflict (CrmServerStore *self, const CrmServerConflict *conflict, GError **error)
{
  static const char sql[] =
      "INSERT INTO conflict VALUES (:id, :kind, :record, :field, :user, :open)"
      " ON CONFLICT DO UPDATE SET open = excluded.open";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":id", conflict->id);
  crm_stmt_bind_text (stmt, ":kind", conflict->kind);
  crm_stmt_bind_text (stmt, ":record", conflict->record);
  crm_stmt_bind_text (stmt, ":field", conflict->field);
  crm_stmt_bind_text (stmt, ":user", conflict->user);
  crm_stmt_bind_int64 (stmt, ":open", conflict->open);

  return crm_sqlite_run (stmt, error);
}
