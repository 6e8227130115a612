#include "store/crm-index-private.h"

#include "base/crm-bug.h"
#include "db/crm-transaction.h"
#include "store/query/crm-listing-private.h"
#include "store/query/crm-query-function-private.h"
#include "store/query/crm-search-index-private.h"
#include "store/query/crm-search-text.h"

/* Raised when what is kept changes its meaning: every replica then makes it anew. */
#define FORMAT 4
/* Texts that a set puts in at most: 50 ms. A renamed organisation may have more people. */
#define FLUSH_MAX 1000
/* Texts per transaction when catching up. */
#define SLICE 1000
/* Between two rows of a listing that is made anew; see crm-listing.c. */
#define STEP ((gint64) 1 << 40)

gboolean
crm_index_connect (CrmDb *db, GError **error)
{
  return crm_query_function_register (db, error) && crm_search_index_connect (db, error);
}

/* All that the tables are made from: another text asks for other tables. */
static char *
describe (CrmReplica *replica)
{
  CrmModel *model = replica->model;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text,
                   "%d %d %d",
                   FORMAT,
                   (int) crm_replica_get_locale (replica),
                   crm_replica_get_ij_as_y (replica));
  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (model, i);

      if (!crm_kind_is_relation (kind) && !crm_search_index_has_kind (kind))
        continue;

      g_string_append_printf (text, "\n%s", crm_kind_get_name (kind));
      for (guint k = 0; k < crm_kind_get_n_fields (kind); k++)
        {
          const CrmField *field = crm_kind_get_field (kind, k);

          if (field->weight > 0 || crm_field_has_flag (field, CRM_FIELD_SORTED))
            g_string_append_printf (text, " %s:%u:%u", field->name, field->weight, field->flags);
        }
    }

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, text->len);
}

static void
append_column (GString *sql, const CrmKind *kind, const char *column)
{
  const CrmField *field = crm_kind_find_field (kind, column);

  if (field == NULL || !crm_field_has_flag (field, CRM_FIELD_SORTED))
    g_string_append (sql, ", NULL");
  else if (field->type == CRM_FIELD_DATE || field->type == CRM_FIELD_TIME)
    g_string_append_printf (sql, ", \"%s\"", column);
  else
    g_string_append_printf (sql, ", nullif (crm_fold (\"%s\"), '')", column);
}

/* Both kinds as one table with the columns of `listing`, without ord. */
static void
append_relations (GString *sql, CrmReplica *replica, GPtrArray *columns)
{
  const char *separator = "";

  for (guint i = 0; i < replica->tables->len; i++)
    {
      const CrmTable *table = replica->tables->pdata[i];

      if (!crm_kind_is_relation (table->kind))
        continue;

      g_string_append_printf (sql,
                              "%sSELECT nr, %u AS kind, coalesce (sort_key, '') AS sort_key,"
                              " crm_tie (id) AS tie",
                              separator,
                              crm_kind_get_number (table->kind));
      for (guint k = 0; k < columns->len; k++)
        append_column (sql, table->kind, columns->pdata[k]);
      g_string_append_printf (sql, " FROM %s", table->name);
      separator = " UNION ALL ";
    }
}

static gboolean
fill_listing (CrmReplica *replica, GError **error)
{
  g_autoptr (GPtrArray) columns = crm_listing_list_columns (replica->model);
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql,
                   "INSERT INTO listing SELECT row_number () OVER (ORDER BY sort_key, tie, nr)"
                   " * %" G_GINT64_FORMAT ", * FROM (",
                   STEP);
  append_relations (sql, replica, columns);
  g_string_append (sql, ") ORDER BY sort_key, tie, nr");

  return crm_db_exec (crm_replica_get_db (replica), sql->str, error);
}

static gboolean
mark_all (CrmReplica *replica, GError **error)
{
  CrmDb *db = crm_replica_get_db (replica);

  if (!crm_db_exec (db, "INSERT INTO search_todo SELECT 0, ord, 0 FROM listing", error))
    return FALSE;

  for (guint i = 0; i < replica->tables->len; i++)
    {
      const CrmTable *table = replica->tables->pdata[i];
      g_autofree char *sql = NULL;

      if (crm_kind_is_relation (table->kind) || !crm_search_index_has_kind (table->kind))
        continue;

      sql = g_strdup_printf ("INSERT INTO search_todo SELECT %u, nr, 0 FROM %s",
                             crm_kind_get_number (table->kind),
                             table->name);
      if (!crm_db_exec (db, sql, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save_sort_key (CrmReplica *replica, const CrmTable *table, CrmStmt *rows, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET sort_key = ?1 WHERE nr = ?2", table->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error);
  g_autoptr (CrmRecord) record = NULL;
  g_autofree char *sort_key = NULL;

  if (stmt == NULL)
    return FALSE;

  record = crm_table_read_record (table, rows, 1);
  sort_key = crm_name_dup_sort_key (record,
                                    crm_replica_get_locale (replica),
                                    crm_replica_get_ij_as_y (replica));
  crm_stmt_bind_text_at (stmt, 1, sort_key);
  crm_stmt_bind_int64_at (stmt, 2, crm_stmt_get_int64 (rows, 0));

  return crm_stmt_run (stmt, error);
}

/* The order of names may have changed: Dutch or Belgian, IJ as Y or not. */
static gboolean
save_sort_keys (CrmReplica *replica, const CrmTable *table, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT nr, %s FROM %s", table->columns, table->name);
  g_autoptr (CrmStmt) rows = crm_db_prepare (crm_replica_get_db (replica), sql, error);
  CrmStep step;

  if (rows == NULL)
    return FALSE;

  while ((step = crm_stmt_step (rows, error)) == CRM_STEP_ROW)
    if (!save_sort_key (replica, table, rows, error))
      return FALSE;

  return step == CRM_STEP_DONE;
}

static gboolean
save_all_sort_keys (CrmReplica *replica, GError **error)
{
  for (guint i = 0; i < replica->tables->len; i++)
    if (!save_sort_keys (replica, replica->tables->pdata[i], error))
      return FALSE;

  return TRUE;
}

/* Sort keys are right. */
static gboolean
refill (CrmReplica *replica, GError **error)
{
  CrmDb *db = crm_replica_get_db (replica);

  return crm_listing_drop (db, error) && crm_search_index_drop (db, replica->model, error) &&
         crm_listing_create (db, replica->model, error) &&
         crm_search_index_create (db, replica->model, error) && fill_listing (replica, error) &&
         mark_all (replica, error) && crm_index_set_stale (replica, FALSE, error);
}

gboolean
crm_index_rebuild (CrmReplica *replica, GError **error)
{
  g_autofree char *description = describe (replica);
  g_autoptr (CrmTransaction) transaction = NULL;

  transaction = crm_transaction_begin (crm_replica_get_db (replica), CRM_TRANSACTION_WRITE, error);
  if (transaction == NULL)
    return FALSE;

  return save_all_sort_keys (replica, error) && refill (replica, error) &&
         crm_replica_set_meta (replica, "index", description, error) &&
         crm_transaction_commit (transaction, error);
}

gboolean
crm_index_set_stale (CrmReplica *replica, gboolean stale, GError **error)
{
  return crm_replica_get_meta_int64 (replica, "index_stale", 0) == stale ||
         crm_replica_set_meta_int64 (replica, "index_stale", stale, error);
}

gboolean
crm_index_ensure_fresh (CrmReplica *replica, GError **error)
{
  g_autoptr (CrmTransaction) transaction = NULL;

  if (crm_replica_get_meta_int64 (replica, "index_stale", 0) == 0)
    return TRUE;

  transaction = crm_transaction_begin (crm_replica_get_db (replica), CRM_TRANSACTION_WRITE, error);

  return transaction != NULL && refill (replica, error) &&
         crm_transaction_commit (transaction, error);
}

gboolean
crm_index_ensure (CrmReplica *replica, GError **error)
{
  g_autofree char *description = describe (replica);
  g_autofree char *stored = crm_replica_dup_meta (replica, "index");

  return g_strcmp0 (stored, description) == 0 || crm_index_rebuild (replica, error);
}

/* As the record's row has it. */
static char *
load_sort_key (CrmReplica *replica, CrmRecord *record, gint64 nr, GError **error)
{
  const CrmTable *table = crm_replica_get_table (replica, crm_record_get_kind (record));
  g_autofree char *sql = g_strdup_printf ("SELECT sort_key FROM %s WHERE nr = ?1", table->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error);
  CrmStep step;

  if (stmt == NULL)
    return NULL;

  crm_stmt_bind_int64_at (stmt, 1, nr);
  if ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ERROR)
    return NULL;

  return g_strdup (step == CRM_STEP_ROW && !crm_stmt_is_null (stmt, 0) ? crm_stmt_get_text (stmt, 0)
                                                                       : "");
}

static gboolean
insert_relation (CrmReplica *replica,
                 gint64 nr,
                 const char *sort_key,
                 CrmRecord *record,
                 GError **error)
{
  CrmDb *db = crm_replica_get_db (replica);
  guint tie = crm_listing_get_tie (crm_record_get_id (record));
  gint64 ord;

  return crm_listing_place (db, sort_key, tie, crm_search_index_move, &ord, error) &&
         crm_listing_insert (db, replica->model, ord, nr, sort_key, record, error) &&
         crm_search_index_mark (db, CRM_SEARCH_SPACE_RELATION, ord, FALSE, error);
}

static gboolean
remove_relation (CrmReplica *replica, gint64 ord, GError **error)
{
  return crm_search_index_remove (replica, CRM_SEARCH_SPACE_RELATION, ord, error) &&
         crm_listing_remove (crm_replica_get_db (replica), ord, error);
}

static gboolean
update_relation (CrmReplica *replica, gint64 nr, CrmRecord *record, CrmRecord *old, GError **error)
{
  CrmDb *db = crm_replica_get_db (replica);
  g_autofree char *sort_key = NULL;
  g_autofree char *old_key = NULL;
  gboolean found = FALSE;
  gint64 ord = 0;

  if (!crm_listing_find (db, nr, &ord, &old_key, &found, error) ||
      !(sort_key = load_sort_key (replica, record, nr, error)))
    return FALSE;

  if (!found || !g_str_equal (sort_key, old_key))
    return (!found || remove_relation (replica, ord, error)) &&
           insert_relation (replica, nr, sort_key, record, error);

  if (!crm_listing_update (db, ord, old, record, error))
    return FALSE;

  return !crm_search_text_differs (old, record) ||
         crm_search_index_mark (db, CRM_SEARCH_SPACE_RELATION, ord, TRUE, error);
}

static gboolean
put_relation (CrmReplica *replica, gint64 nr, CrmRecord *record, CrmRecord *old, GError **error)
{
  g_autofree char *title = NULL;
  g_autofree char *old_title = NULL;
  g_autofree char *sort_key = NULL;

  if (old != NULL)
    {
      title = crm_record_dup_title (record);
      old_title = crm_record_dup_title (old);
      if (!update_relation (replica, nr, record, old, error))
        return FALSE;
    }
  else
    {
      if (!(sort_key = load_sort_key (replica, record, nr, error)) ||
          !insert_relation (replica, nr, sort_key, record, error))
        return FALSE;
    }

  return (old != NULL && g_str_equal (title, old_title)) ||
         crm_search_index_mark_linked (replica, record, error);
}

gboolean
crm_index_put (CrmReplica *replica, gint64 nr, CrmRecord *record, CrmRecord *old, GError **error)
{
  const CrmKind *kind = crm_record_get_kind (record);

  if (CRM_BUG ("stale-search") && old != NULL)
    return TRUE;
  if (crm_kind_is_relation (kind))
    return put_relation (replica, nr, record, old, error);
  if (!crm_search_index_has_kind (kind) || !crm_search_text_differs (old, record))
    return TRUE;

  return crm_search_index_mark (crm_replica_get_db (replica),
                                crm_search_index_get_space (kind),
                                nr,
                                old != NULL,
                                error);
}

gboolean
crm_index_remove (CrmReplica *replica, gint64 nr, CrmRecord *old, GError **error)
{
  const CrmKind *kind = crm_record_get_kind (old);
  gboolean found = FALSE;
  gint64 ord = 0;

  if (!crm_kind_is_relation (kind))
    return !crm_search_index_has_kind (kind) ||
           crm_search_index_remove (replica, crm_search_index_get_space (kind), nr, error);

  return crm_listing_find (crm_replica_get_db (replica), nr, &ord, NULL, &found, error) &&
         (!found || remove_relation (replica, ord, error)) &&
         crm_search_index_mark_linked (replica, old, error);
}

gboolean
crm_index_flush (CrmReplica *replica, GError **error)
{
  return crm_search_index_flush (replica, FLUSH_MAX, NULL, error);
}

gboolean
crm_index_catch_up_slice (CrmReplica *replica, guint max, guint *n_done, GError **error)
{
  g_autoptr (CrmTransaction) transaction = NULL;

  transaction = crm_transaction_begin (crm_replica_get_db (replica), CRM_TRANSACTION_WRITE, error);
  if (transaction == NULL)
    return FALSE;

  return crm_search_index_flush (replica, max, n_done, error) &&
         crm_transaction_commit (transaction, error);
}

gboolean
crm_index_catch_up (CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  guint n_done = 1;

  while (n_done > 0 && crm_index_is_behind (replica))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !crm_index_catch_up_slice (replica, SLICE, &n_done, error))
        return FALSE;
      if (replica->yield_hook != NULL)
        replica->yield_hook (replica->yield_data);
    }

  return TRUE;
}

void
crm_index_follow (CrmReplica *replica)
{
  g_autoptr (GError) error = NULL;

  if (!crm_index_catch_up (replica, NULL, &error))
    g_message ("The search index follows at the next start: %s", error->message);
}

gboolean
crm_index_is_behind (CrmReplica *replica)
{
  gint64 any = 0;

  return crm_db_query_int64 (crm_replica_get_db (replica),
                             "SELECT EXISTS (SELECT 1 FROM search_todo)",
                             &any,
                             NULL) &&
         any != 0;
}

/* Runs a count that should be zero. */
static gboolean
check_none (CrmReplica *replica,
            const char *sql,
            const char *problem,
            GPtrArray *problems,
            GError **error)
{
  gint64 n = 0;

  if (!crm_db_query_int64 (crm_replica_get_db (replica), sql, &n, error))
    return FALSE;
  if (n != 0)
    g_ptr_array_add (problems, g_strdup_printf ("%s: %" G_GINT64_FORMAT, problem, n));

  return TRUE;
}

static gboolean
check_relations (CrmReplica *replica, const CrmTable *table, GPtrArray *problems, GError **error)
{
  guint number = crm_kind_get_number (table->kind);
  g_autofree char *missing = NULL;
  g_autofree char *stale = NULL;

  missing = g_strdup_printf ("SELECT count (*) FROM %s t LEFT JOIN listing l ON l.nr = t.nr"
                             " WHERE l.kind IS NOT %u OR l.sort_key IS NOT t.sort_key",
                             table->name,
                             number);
  stale = g_strdup_printf ("SELECT count (*) FROM listing l LEFT JOIN %s t ON t.nr = l.nr"
                           " WHERE l.kind = %u AND t.nr IS NULL",
                           table->name,
                           number);

  return check_none (replica, missing, "Relations missing in the list", problems, error) &&
         check_none (replica, stale, "Rows of the list without a relation", problems, error);
}

/* Each row has postings or waits for them, and there are no others. */
static gboolean
check_search (CrmReplica *replica, GPtrArray *problems, GError **error)
{
  return check_none (replica,
                     "SELECT count (*) FROM listing l"
                     " LEFT JOIN search_relation_docsize d ON d.id = l.ord"
                     " LEFT JOIN search_todo t ON t.space = 0 AND t.row = l.ord"
                     " WHERE d.id IS NULL AND t.row IS NULL",
                     "Relations missing in the search index",
                     problems,
                     error) &&
         check_none (replica,
                     "SELECT count (*) FROM search_relation_docsize d"
                     " LEFT JOIN listing l ON l.ord = d.id WHERE l.ord IS NULL",
                     "Rows of the search index without a relation",
                     problems,
                     error);
}

gboolean
crm_index_check (CrmReplica *replica,
                 GPtrArray *problems,
                 GCancellable *cancellable,
                 GError **error)
{
  for (guint i = 0; i < replica->tables->len; i++)
    {
      const CrmTable *table = replica->tables->pdata[i];

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (crm_kind_is_relation (table->kind) && !check_relations (replica, table, problems, error))
        return FALSE;
    }

  return check_none (replica,
                     "SELECT count (*) FROM (SELECT (sort_key, tie) <"
                     " (lag (sort_key) OVER (ORDER BY ord), lag (tie) OVER (ORDER BY ord))"
                     " AS wrong FROM listing) WHERE wrong",
                     "Rows of the list out of order",
                     problems,
                     error) &&
         check_search (replica, problems, error);
}
