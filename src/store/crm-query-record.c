#include "store/crm-query-record-private.h"

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
