#include "store/crm-builtin-rows-private.h"

#include "model/crm-builtin.h"
#include "store/log/crm-log-writer-private.h"

#include <string.h>

/* meta: the digest of the built-in records that the tables have. */
#define DIGEST "builtin"

/* (element-type CrmRecord) */
static GPtrArray *
list_builtin (CrmReplica *replica)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < crm_builtin_get_n (); i++)
    g_ptr_array_add (records, crm_builtin_new (replica->model, i));

  return records;
}

static char *
dup_digest (GPtrArray *records)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < records->len; i++)
    {
      CrmRecord *record = records->pdata[i];
      const CrmKind *kind = crm_record_get_kind (record);

      g_checksum_update (checksum, (const guchar *) crm_record_get_id (record), -1);
      for (guint k = 0; k < crm_kind_get_n_fields (kind); k++)
        {
          const char *value = crm_record_get_at (record, k);

          /* With its closing NUL, so that "a", "b" is not "ab", "". */
          if (value != NULL)
            g_checksum_update (checksum, (const guchar *) value, (gssize) strlen (value) + 1);
        }
    }

  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
is_logged (CrmReplica *replica, const char *id, gboolean *logged, GError **error)
{
  static const char sql[] = "SELECT 1 FROM change WHERE id = :id"
                            " UNION ALL SELECT 1 FROM foreign_change WHERE id = :id LIMIT 1";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text (stmt, ":id", id);
  step = crm_stmt_step (stmt, error);
  *logged = step == CRM_STEP_ROW;

  return step != CRM_STEP_ERROR;
}

static gboolean
put (CrmReplica *replica, CrmLogWriter *writer, CrmRecord *record, GError **error)
{
  const CrmTable *table = crm_replica_get_table (replica, crm_record_get_kind (record));
  g_autoptr (CrmEdit) edit = crm_edit_new (table, crm_record_get_id (record));
  gboolean logged;

  if (!is_logged (replica, edit->id, &logged, error))
    return FALSE;
  if (logged)
    return TRUE;

  edit->new = g_object_ref (record);

  if (!crm_edit_load (edit, replica->db, error))
    return FALSE;

  /* Somebody else's words for it came from the server. */
  return (edit->old != NULL && edit->row_seq != 0) ||
         crm_log_writer_put_unlogged (writer, edit, error);
}

gboolean
crm_builtin_rows_ensure (CrmReplica *replica, GError **error)
{
  g_autoptr (GPtrArray) records = list_builtin (replica);
  g_autofree char *digest = dup_digest (records);
  g_autofree char *stored = crm_replica_dup_meta (replica, DIGEST);
  g_autoptr (CrmLogWriter) writer = NULL;

  if (g_strcmp0 (digest, stored) == 0)
    return TRUE;

  if (!(writer = crm_log_writer_begin (replica, error)))
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    if (!put (replica, writer, records->pdata[i], error))
      return FALSE;

  return crm_replica_set_meta (replica, DIGEST, digest, error) &&
         crm_log_writer_commit (writer, error);
}
