#include "store/query/crm-query-record-private.h"

gboolean
crm_query_load_record (CrmReplica *replica,
                       const CrmKind *kind,
                       gint64 nr,
                       CrmRecord **record,
                       GError **error)
{
  const CrmTable *table = crm_replica_get_table (replica, kind);
  g_autofree char *sql = NULL;
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  *record = NULL;
  sql = g_strdup_printf ("SELECT %s FROM %s WHERE nr = ?1", table->columns, table->name);
  if (!(stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, nr);
  if ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    *record = crm_table_read_record (table, stmt, 0);

  return step != CRM_STEP_ERROR;
}

static const CrmField *
find_link (const CrmKind *kind, guint *index)
{
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    if (crm_kind_get_field (kind, i)->type == CRM_FIELD_LINK)
      {
        *index = i;
        return crm_kind_get_field (kind, i);
      }

  return NULL;
}

static char *
dup_title (CrmReplica *replica, const CrmTable *table, const char *id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE id = ?1",
                                          table->columns,
                                          table->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (replica), sql, NULL);
  g_autoptr (CrmRecord) record = NULL;

  if (stmt == NULL)
    return NULL;

  crm_stmt_bind_text_at (stmt, 1, id);
  if (crm_stmt_step (stmt, NULL) != CRM_STEP_ROW)
    return NULL;

  record = crm_table_read_record (table, stmt, 0);

  return crm_record_dup_title (record);
}

char *
crm_query_dup_linked (CrmReplica *replica, CrmRecord *record)
{
  guint index = 0;
  const CrmField *link = find_link (crm_record_get_kind (record), &index);
  const char *id = link != NULL ? crm_record_get_at (record, index) : NULL;

  for (guint i = 0; id != NULL && i < replica->tables->len; i++)
    {
      const CrmTable *table = replica->tables->pdata[i];
      char *title;

      if (!crm_field_targets (link, crm_kind_get_name (table->kind)))
        continue;
      if ((title = dup_title (replica, table, id)) != NULL)
        return title;
    }

  return NULL;
}

/* The records that @link, of another kind, may point at; joined by ";", NULL when there are none.
 */
static char *
dup_targets (const CrmField *link, const CrmKind *kind, GPtrArray *records)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const CrmKind *other = crm_record_get_kind (records->pdata[i]);

      if (other == kind || !crm_field_targets (link, crm_kind_get_name (other)))
        continue;
      if (ids->len > 0)
        g_string_append_c (ids, ';');
      g_string_append (ids, crm_record_get_id (records->pdata[i]));
    }

  return ids->len > 0 ? g_strdup (ids->str) : NULL;
}

static gboolean
count_links (CrmReplica *replica,
             const CrmTable *table,
             const CrmField *link,
             const char *targets,
             GHashTable *counts,
             GError **error)
{
  g_autofree char *column = crm_db_quote_name (link->name);
  g_autofree char *sql = NULL;
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  sql = g_strdup_printf ("SELECT %s, count(*) FROM %s WHERE %s IN"
                         " (SELECT value FROM json_each (crm_members (?1))) GROUP BY 1",
                         column,
                         table->name,
                         column);
  if (!(stmt = crm_db_prepare (crm_replica_get_db (replica), sql, error)))
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, targets);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      char *id = crm_stmt_dup_text (stmt, 0);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, id));

      g_hash_table_insert (counts, id, GUINT_TO_POINTER (n + (guint) crm_stmt_get_int64 (stmt, 1)));
    }

  return step == CRM_STEP_DONE;
}

GHashTable *
crm_query_count_people (CrmReplica *replica, GPtrArray *records, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < replica->tables->len; i++)
    {
      const CrmTable *table = replica->tables->pdata[i];
      guint index;
      const CrmField *link = find_link (table->kind, &index);
      g_autofree char *targets = NULL;

      if (link == NULL || !crm_kind_is_relation (table->kind))
        continue;
      targets = dup_targets (link, table->kind, records);
      if (targets != NULL && !count_links (replica, table, link, targets, counts, error))
        return NULL;
    }

  return g_steal_pointer (&counts);
}
