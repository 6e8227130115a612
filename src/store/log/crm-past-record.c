#include "store/log/crm-past-record-private.h"

#include "store/log/crm-change-fields-private.h"

/* Values that the delete took away. */
static CrmRecord *
new_record (const CrmKind *kind, const char *id, const char *fields, GError **error)
{
  g_autoptr (GArray) changes = crm_change_fields_parse (fields, error);
  CrmRecord *record;

  if (changes == NULL)
    return NULL;

  record = crm_record_new (kind, id);
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmFieldChange *change = &g_array_index (changes, CrmFieldChange, i);
      const int index = crm_kind_find_index (kind, change->name);

      if (index >= 0)
        crm_record_set_at (record, (guint) index, change->old_value);
    }

  return record;
}

CrmRecord *
crm_past_record_load (CrmReplica *replica, const CrmKind *kind, const char *id, GError **error)
{
  /* An own delete that was refused, or let go, did not happen; one that the server has not numbered
   * yet is the last. */
  static const char sql[] =
      "SELECT fields, seq FROM (SELECT c.fields, ifnull (s.seq, 9223372036854775807) AS seq"
      "  FROM change AS c JOIN change_set AS s ON s.n = c.nr >> 10"
      "  WHERE c.id = ?1 AND c.op = 3 AND s.state NOT IN (2, 4)"
      " UNION ALL SELECT fields, seq FROM foreign_change WHERE id = ?1 AND op = 3)"
      " ORDER BY seq DESC LIMIT 1";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return NULL;

  crm_stmt_bind_text_at (stmt, 1, id);
  if (crm_stmt_step (stmt, error) != CRM_STEP_ROW)
    return NULL;

  return new_record (kind, id, crm_stmt_get_text (stmt, 0), error);
}
