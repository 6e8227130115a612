#include "store/query/crm-search-index-private.h"

#include "store/query/crm-query-record-private.h"
#include "store/query/crm-search-text.h"
#include "store/query/crm-search-tokenizer.h"

guint
crm_search_index_get_space (const CrmKind *kind)
{
  return crm_kind_is_relation (kind) ? CRM_SEARCH_SPACE_RELATION : crm_kind_get_number (kind);
}

gboolean
crm_search_index_has_kind (const CrmKind *kind)
{
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    if (crm_kind_get_field (kind, i)->weight > 0)
      return TRUE;

  return FALSE;
}

char *
crm_search_index_dup_table (const CrmModel *model, guint space)
{
  const char *name = "relation";
  g_autofree char *table = NULL;

  if (space != CRM_SEARCH_SPACE_RELATION)
    name = crm_kind_get_name (crm_model_find_kind_by_number (model, space));
  table = g_strconcat ("search_", name, NULL);

  return crm_db_quote_name (table);
}

gboolean
crm_search_index_connect (CrmDb *db, GError **error)
{
  int result = crm_search_tokenizer_register (crm_db_get_handle (db));

  return result == SQLITE_OK || crm_db_fail (db, result, "register the tokenizer", error);
}

/* (element-type guint): a space has one bit, so the two kinds of relations make one table. */
static GArray *
list_spaces (const CrmModel *model)
{
  GArray *spaces = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean relations = FALSE;

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (model, i);
      guint space = crm_search_index_get_space (kind);

      if (!crm_search_index_has_kind (kind) || (space == CRM_SEARCH_SPACE_RELATION && relations))
        continue;

      relations = relations || space == CRM_SEARCH_SPACE_RELATION;
      g_array_append_val (spaces, space);
    }

  return spaces;
}

/*
 * automerge 16: fewer, larger merges; a batch of 500 costs half as much as with 4. crisismerge 64:
 * at the default of 16 as well, no merge was ever spread over commits, and one small change now and
 * then waited seconds for a whole level. deletemerge 60: at the default of 10 the undo of an import
 * spent 95 % of its time on purging. hashsize: a batch is one segment.
 */
static gboolean
create_table (CrmDb *db, const char *table, GError **error)
{
  g_autofree char
      *sql = g_strdup_printf ("CREATE VIRTUAL TABLE %s USING fts5 (text, content = '',"
                              " contentless_delete = 1, detail = full, tokenize = 'crm');"
                              "INSERT INTO %s (%s, rank) VALUES ('automerge', 16);"
                              "INSERT INTO %s (%s, rank) VALUES ('crisismerge', 64);"
                              "INSERT INTO %s (%s, rank) VALUES ('deletemerge', 60);"
                              "INSERT INTO %s (%s, rank) VALUES ('hashsize', 33554432);",
                              table,
                              table,
                              table,
                              table,
                              table,
                              table,
                              table,
                              table,
                              table);

  return crm_db_exec (db, sql, error);
}

gboolean
crm_search_index_create (CrmDb *db, const CrmModel *model, GError **error)
{
  g_autoptr (GArray) spaces = list_spaces (model);

  for (guint i = 0; i < spaces->len; i++)
    {
      g_autofree char *table = crm_search_index_dup_table (model, g_array_index (spaces, guint, i));

      if (!create_table (db, table, error))
        return FALSE;
    }

  return crm_db_exec (db,
                      "CREATE TABLE search_todo ("
                      " space INTEGER NOT NULL,"
                      " row INTEGER NOT NULL,"
                      " had INTEGER NOT NULL,"
                      " PRIMARY KEY (space, row)"
                      ") STRICT, WITHOUT ROWID",
                      error);
}

gboolean
crm_search_index_optimize (CrmDb *db, const CrmModel *model, GError **error)
{
  g_autoptr (GArray) spaces = list_spaces (model);

  for (guint i = 0; i < spaces->len; i++)
    {
      g_autofree char *table = crm_search_index_dup_table (model, g_array_index (spaces, guint, i));
      g_autofree char *sql = g_strdup_printf ("INSERT INTO %s (%s) VALUES ('optimize')",
                                              table,
                                              table);

      if (!crm_db_exec (db, sql, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_search_index_drop (CrmDb *db, const CrmModel *model, GError **error)
{
  g_autoptr (GArray) spaces = list_spaces (model);

  for (guint i = 0; i < spaces->len; i++)
    {
      g_autofree char *table = crm_search_index_dup_table (model, g_array_index (spaces, guint, i));
      g_autofree char *sql = g_strdup_printf ("DROP TABLE IF EXISTS %s", table);

      if (!crm_db_exec (db, sql, error))
        return FALSE;
    }

  return crm_db_exec (db, "DROP TABLE IF EXISTS search_todo", error);
}

static gboolean
run_todo (CrmDb *db, const char *sql, guint space, gint64 row, gint64 third, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, space);
  crm_stmt_bind_int64_at (stmt, 2, row);
  if (third >= 0)
    crm_stmt_bind_int64_at (stmt, 3, third);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_search_index_mark (CrmDb *db, guint space, gint64 row, gboolean had, GError **error)
{
  /* One that waits already knows better whether the index has it. */
  return run_todo (db,
                   "INSERT INTO search_todo VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                   space,
                   row,
                   had,
                   error);
}

/* The link whose target's title is in the text of the record; NULL when the kind has none. */
static const CrmField *
find_link (const CrmKind *kind)
{
  for (guint i = 0; crm_kind_is_relation (kind) && i < crm_kind_get_n_fields (kind); i++)
    if (crm_kind_get_field (kind, i)->type == CRM_FIELD_LINK)
      return crm_kind_get_field (kind, i);

  return NULL;
}

static gboolean
is_linked (CrmReplica *replica,
           const CrmTable *table,
           const char *column,
           const char *id,
           gboolean *linked,
           GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE %s = ?1 LIMIT 1",
                                          table->name,
                                          column);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, id);
  step = crm_stmt_step (stmt, error);
  *linked = step == CRM_STEP_ROW;

  return step != CRM_STEP_ERROR;
}

/* Most often nothing links, and asking is quicker than writing nothing. */
static gboolean
mark_linked (CrmReplica *replica,
             const CrmTable *table,
             const CrmField *link,
             const char *id,
             GError **error)
{
  g_autofree char *column = crm_db_quote_name (link->name);
  g_autofree char *sql = NULL;
  g_autoptr (CrmStmt) stmt = NULL;
  gboolean linked;

  if (!is_linked (replica, table, column, id, &linked, error))
    return FALSE;
  if (!linked)
    return TRUE;

  sql = g_strdup_printf ("INSERT INTO search_todo SELECT 0, l.ord, 1 FROM %s t"
                         " JOIN listing l ON l.nr = t.nr WHERE t.%s = ?1 ON CONFLICT DO NOTHING",
                         table->name,
                         column);
  if (!(stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error)))
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, id);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_search_index_mark_linked (CrmReplica *replica, CrmRecord *record, GError **error)
{
  const char *kind = crm_kind_get_name (crm_record_get_kind (record));

  for (guint i = 0; i < replica->tables->len; i++)
    {
      const CrmTable *table = replica->tables->pdata[i];
      const CrmField *link = find_link (table->kind);

      if (link != NULL && crm_field_targets (link, kind) &&
          !mark_linked (replica, table, link, crm_record_get_id (record), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
delete_row (CrmReplica *replica, guint space, gint64 row, GError **error)
{
  g_autofree char *table = crm_search_index_dup_table (replica->model, space);
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE rowid = ?1", table);
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, row);

  return crm_stmt_run (stmt, error);
}

/* Whether it waits, and whether the index has a row of that number. */
static gboolean
find_todo (CrmDb *db, guint space, gint64 row, gboolean *had, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  stmt = crm_db_prepare (db, "SELECT had FROM search_todo WHERE space = ?1 AND row = ?2", error);
  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, space);
  crm_stmt_bind_int64_at (stmt, 2, row);
  step = crm_stmt_step (stmt, error);
  *had = step != CRM_STEP_ROW || crm_stmt_get_int64 (stmt, 0) != 0;

  return step != CRM_STEP_ERROR;
}

static gboolean
drop_todo (CrmDb *db, guint space, gint64 row, GError **error)
{
  return run_todo (db,
                   "DELETE FROM search_todo WHERE space = ?1 AND row = ?2",
                   space,
                   row,
                   -1,
                   error);
}

gboolean
crm_search_index_remove (CrmReplica *replica, guint space, gint64 row, GError **error)
{
  CrmDb *db = crm_replica_get_db (replica);
  gboolean had;

  if (!find_todo (db, space, row, &had, error) || !drop_todo (db, space, row, error))
    return FALSE;

  return !had || delete_row (replica, space, row, error);
}

gboolean
crm_search_index_move (CrmDb *db, gint64 from, gint64 to, GError **error)
{
  const guint space = CRM_SEARCH_SPACE_RELATION;
  g_autoptr (CrmStmt) stmt = NULL;
  gboolean had;

  if (!find_todo (db, space, from, &had, error) || !drop_todo (db, space, from, error))
    return FALSE;

  if (had)
    {
      stmt = crm_db_prepare (db, "DELETE FROM search_relation WHERE rowid = ?1", error);
      if (stmt == NULL)
        return FALSE;
      crm_stmt_bind_int64_at (stmt, 1, from);
      if (!crm_stmt_run (stmt, error))
        return FALSE;
    }

  return crm_search_index_mark (db, space, to, FALSE, error);
}

/* One text that waits. */
typedef struct
{
  guint space;
  gint64 row;
  gboolean had;
} Todo;

static gboolean
load_todo (CrmDb *db, guint max, GArray *todo, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  stmt = crm_db_prepare (db,
                         "SELECT space, row, had FROM search_todo ORDER BY space, row LIMIT ?1",
                         error);
  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, max);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const Todo item = { (guint) crm_stmt_get_int64 (stmt, 0),
                          crm_stmt_get_int64 (stmt, 1),
                          crm_stmt_get_int64 (stmt, 2) != 0 };

      g_array_append_val (todo, item);
    }

  return step == CRM_STEP_DONE;
}

/* The record of a row of the index; NULL without error when there is none any more. */
static gboolean
load_record (CrmReplica *replica, const Todo *todo, CrmRecord **record, GError **error)
{
  gint64 nr = todo->row;
  guint number = todo->space;

  *record = NULL;
  if (todo->space == CRM_SEARCH_SPACE_RELATION)
    {
      g_autoptr (CrmStmt) stmt = NULL;
      CrmStep step;

      stmt = crm_db_prepare (crm_replica_get_db (replica),
                             "SELECT nr, kind FROM listing WHERE ord = ?1",
                             error);
      if (stmt == NULL)
        return FALSE;
      crm_stmt_bind_int64_at (stmt, 1, todo->row);
      if ((step = crm_stmt_step (stmt, error)) != CRM_STEP_ROW)
        return step == CRM_STEP_DONE;
      nr = crm_stmt_get_int64 (stmt, 0);
      number = (guint) crm_stmt_get_int64 (stmt, 1);
    }

  return crm_query_load_record (replica,
                                crm_model_find_kind_by_number (replica->model, number),
                                nr,
                                record,
                                error);
}

static gboolean
insert_text (CrmReplica *replica, const Todo *todo, const char *text, GError **error)
{
  g_autofree char *table = crm_search_index_dup_table (replica->model, todo->space);
  g_autofree char *sql = g_strdup_printf ("INSERT INTO %s (rowid, text) VALUES (?1, ?2)", table);
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, todo->row);
  crm_stmt_bind_text_at (stmt, 2, text);

  return crm_stmt_run (stmt, error);
}

static gboolean
flush_one (CrmReplica *replica, const Todo *todo, GError **error)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autofree char *linked = NULL;
  g_autofree char *text = NULL;

  if (!load_record (replica, todo, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;

  if (find_link (crm_record_get_kind (record)) != NULL)
    linked = crm_query_dup_linked (replica, record);
  text = crm_search_text_new (record, linked);

  return insert_text (replica, todo, text, error);
}

/* Old rows first: a row number that goes down makes FTS5 close a segment, one that is deleted too.
 */
static gboolean
flush_todo (CrmReplica *replica, GArray *todo, GError **error)
{
  for (guint i = 0; i < todo->len; i++)
    {
      const Todo *item = &g_array_index (todo, Todo, i);

      if (item->had && !delete_row (replica, item->space, item->row, error))
        return FALSE;
    }
  for (guint i = 0; i < todo->len; i++)
    {
      const Todo *item = &g_array_index (todo, Todo, i);

      if (!flush_one (replica, item, error) ||
          !drop_todo (crm_replica_get_db (replica), item->space, item->row, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_search_index_flush (CrmReplica *replica, guint max, guint *n_done, GError **error)
{
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (Todo));

  if (!load_todo (crm_replica_get_db (replica), max, todo, error))
    return FALSE;
  if (n_done != NULL)
    *n_done = todo->len;

  return flush_todo (replica, todo, error);
}
