#include "store/query/crm-search-index-private.h"

#include "db/crm-transaction.h"

#include <sqlite3.h>

/* Leaves of the index that one slice writes: some 10 ms. */
#define SLICE_PAGES 128
/* Segments of one size that are worth making one of; FTS5's own default is 4. */
#define FEWEST 2

/* Known to the table, and written only once. */
static gboolean
set_fewest (CrmDb *db, const char *name, const char *table, GError **error)
{
  g_autofree char *config = g_strconcat (name, "_config", NULL);
  g_autofree char *quoted = crm_db_quote_name (config);
  g_autofree char *ask = g_strdup_printf ("SELECT v FROM %s WHERE k = 'usermerge'", quoted);
  g_autofree char *set = g_strdup_printf ("INSERT INTO %s (%s, rank) VALUES ('usermerge', %d)",
                                          table,
                                          table,
                                          FEWEST);
  gint64 fewest = 0;

  return crm_db_query_int64 (db, ask, &fewest, error) &&
         (fewest == FEWEST || crm_db_exec (db, set, error));
}

/* FTS5's way to tell that nothing was left to merge: fewer than two rows changed. */
static gboolean
merge (CrmDb *db, const char *table, gboolean *more, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO %s (%s, rank) VALUES ('merge', %d)",
                                          table,
                                          table,
                                          SLICE_PAGES);
  sqlite3 *handle = crm_db_get_handle (db);
  const gint64 before = sqlite3_total_changes64 (handle);

  if (!crm_db_exec (db, sql, error))
    return FALSE;
  *more = sqlite3_total_changes64 (handle) - before >= 2;

  return TRUE;
}

gboolean
crm_search_index_tidy (CrmReplica *replica, gboolean *more, GError **error)
{
  CrmDb *db = crm_replica_get_db (replica);
  g_autofree char *table = crm_search_index_dup_table (crm_replica_get_model (replica),
                                                       CRM_SEARCH_SPACE_RELATION);
  g_autoptr (CrmTransaction) transaction = NULL;

  *more = FALSE;
  if (!(transaction = crm_transaction_begin (db, CRM_TRANSACTION_WRITE, error)))
    return FALSE;

  return set_fewest (db, "search_relation", table, error) && merge (db, table, more, error) &&
         crm_transaction_commit (transaction, error);
}
