#include "store/log/crm-origin-private.h"

#include "store/crm-replica-private.h"
#include "store/log/crm-undo-step-private.h"

gboolean
crm_replica_has_origins (CrmReplica *self)
{
  gint64 any = 0;

  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);

  return crm_db_query_int64 (self->db, "SELECT EXISTS (SELECT 1 FROM import_row)", &any, NULL) &&
         any != 0;
}

gboolean
crm_replica_find_origin (CrmReplica *self, gint64 print, char **record, char **employer)
{
  static const char sql[] = "SELECT record, employer FROM import_row"
                            " JOIN import_run ON import_run.nr = import_row.run"
                            " JOIN step ON step.id = import_run.step"
                            " WHERE print = ?1 AND step.state = ?2";
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmStmt) stmt = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);

  if ((stmt = crm_db_prepare (self->db, sql, &error)) != NULL)
    {
      crm_stmt_bind_int64_at (stmt, 1, print);
      crm_stmt_bind_int64_at (stmt, 2, CRM_STATE_DONE);
      if (crm_stmt_step (stmt, &error) == CRM_STEP_ROW)
        {
          *record = crm_stmt_dup_text (stmt, 0);
          *employer = crm_stmt_dup_text (stmt, 1);
          return TRUE;
        }
    }

  /* It is one way of many to know a row. */
  if (error != NULL)
    g_warning ("What was imported before cannot be read: %s", error->message);

  return FALSE;
}

gint64
crm_origin_begin (CrmDb *db, const char *step, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (db, "INSERT INTO import_run (step) VALUES (:step)", error)))
    return 0;
  crm_stmt_bind_text (stmt, ":step", step);

  return crm_stmt_run (stmt, error) ? crm_db_get_last_insert_id (db) : 0;
}

gboolean
crm_origin_save (CrmDb *db, gint64 run, const CrmOrigin *origin, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (db,
                               "INSERT OR REPLACE INTO import_row VALUES (?1, ?2, ?3, ?4)",
                               error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, origin->print);
  crm_stmt_bind_int64_at (stmt, 2, run);
  crm_stmt_bind_text_at (stmt, 3, origin->record);
  if (origin->employer != NULL)
    crm_stmt_bind_text_at (stmt, 4, origin->employer);
  else
    crm_stmt_bind_null_at (stmt, 4);

  return crm_stmt_run (stmt, error);
}
