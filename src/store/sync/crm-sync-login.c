#include "store/sync/crm-sync-login-private.h"

#include "base/crm-id.h"
#include "base/crm-text.h"
#include "db/crm-transaction.h"
#include "store/log/crm-log-writer-private.h"
#include "store/sync/crm-sync-state-private.h"

#define ACTION "owner.login"
#define OWNER  "owner"
/* The name that records here had for an owner before the first login, until they have the
 * account's.
 */
#define FORMER "former_user"

/* ---- Owners ---- */

/* As reports compare them. */
static gboolean
is_same_name (const char *name, const char *folded)
{
  g_autofree char *own = name != NULL ? crm_text_fold (name) : NULL;

  return g_strcmp0 (own, folded) == 0;
}

static gboolean
list_owned (CrmReplica *self,
            const CrmTable *table,
            const char *former,
            GPtrArray *edits,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id, " OWNER " FROM %s WHERE " OWNER
                                          " IS NOT NULL",
                                          table->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    if (is_same_name (crm_stmt_get_text (stmt, 1), former))
      g_ptr_array_add (edits, crm_edit_new (table, crm_stmt_get_text (stmt, 0)));

  return step == CRM_STEP_DONE;
}

/* (element-type CrmEdit): not loaded */
static GPtrArray *
list_all_owned (CrmReplica *self, const char *former, GError **error)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_edit_free);

  for (guint i = 0; i < self->tables->len; i++)
    {
      const CrmTable *table = g_ptr_array_index (self->tables, i);

      if (crm_kind_find_field (table->kind, OWNER) != NULL &&
          !list_owned (self, table, former, edits, error))
        return NULL;
    }

  return g_steal_pointer (&edits);
}

/* One set, of those that are still the former's. */
static gboolean
write_owners (CrmReplica *self,
              const char *former,
              const char *group,
              GPtrArray *edits,
              GError **error)
{
  g_autoptr (CrmLogWriter) writer = crm_log_writer_begin (self, error);

  if (writer == NULL)
    return FALSE;

  for (guint i = 0; i < edits->len; i++)
    {
      CrmEdit *edit = g_ptr_array_index (edits, i);

      if (!crm_edit_load (edit, self->db, error))
        return FALSE;
      if (edit->old == NULL)
        continue;
      edit->new = crm_record_copy (edit->old);
      if (is_same_name (crm_record_get (edit->old, OWNER), former))
        crm_record_set (edit->new, OWNER, crm_log_writer_get_user (writer));
    }

  return crm_log_writer_write (writer, ACTION, NULL, group, edits, NULL, NULL, error) &&
         crm_log_writer_commit (writer, error);
}

/* Nothing that the user did, so no step of undo: what was begun goes on, also after a kill. */
static gboolean
adopt (CrmReplica *self, const char *former, GError **error)
{
  g_autofree char *folded = crm_text_fold (former);
  g_autofree char *group = crm_id_new ();
  g_autoptr (GPtrArray) owned = list_all_owned (self, folded, error);

  if (owned == NULL)
    return FALSE;

  while (owned->len > 0)
    {
      g_autoptr (GPtrArray) part = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_edit_free);

      while (owned->len > 0 && part->len < CRM_CHANGE_SET_MAX)
        g_ptr_array_add (part, g_ptr_array_steal_index_fast (owned, owned->len - 1));
      if (!write_owners (self, folded, group, part, error))
        return FALSE;
      crm_replica_yield (self);
    }

  return crm_sync_state_save (self, FORMER, NULL, error);
}

gboolean
crm_sync_login_adopt (CrmReplica *self, GError **error)
{
  g_autofree char *former = NULL;

  return crm_sync_store_load_state (self, FORMER, &former, error) &&
         (former == NULL || adopt (self, former, error));
}

/* ---- Authors ---- */

static gboolean
rename_author (CrmDb *db, const char *sql, const char *from, const char *to, GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, from);
  crm_stmt_bind_text_at (stmt, 2, to);

  return crm_stmt_run (stmt, error);
}

static gboolean
save (CrmReplica *self, const char *company, const char *device, const char *user, GError **error)
{
  g_autofree char *known = NULL;
  g_autofree char *author = NULL;
  g_autoptr (CrmTransaction) transaction = NULL;

  if (!(transaction = crm_transaction_begin (self->db, CRM_TRANSACTION_WRITE, error)) ||
      !crm_sync_store_load_state (self, CRM_SYNC_STATE_USER, &known, error) ||
      !crm_replica_load_user (self, &author, error))
    return FALSE;
  /* Neither is part of a digest. */
  if (known == NULL && g_strcmp0 (author, user) != 0 &&
      !crm_sync_state_save (self, FORMER, author, error))
    return FALSE;
  if (known == NULL &&
      (!rename_author (self->db,
                       "UPDATE change_set SET user = ?2 WHERE user = ?1",
                       author,
                       user,
                       error) ||
       !rename_author (self->db, "UPDATE step SET user = ?2 WHERE user = ?1", author, user, error)))
    return FALSE;

  return crm_sync_state_save (self, CRM_SYNC_STATE_COMPANY, company, error) &&
         crm_sync_state_save (self, CRM_SYNC_STATE_DEVICE, device, error) &&
         crm_sync_state_save (self, CRM_SYNC_STATE_USER, user, error) &&
         crm_transaction_commit (transaction, error);
}

gboolean
crm_sync_store_save_login (CrmReplica *replica,
                           const char *company,
                           const char *device,
                           const char *user,
                           GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), FALSE);
  g_return_val_if_fail (user != NULL, FALSE);

  if (!crm_replica_check_writable (replica, error) || !save (replica, company, device, user, error))
    return crm_store_error_translate (error);

  /* He is logged in all the same. */
  if (!crm_sync_login_adopt (replica, &local_error))
    g_message ("What “%s” owns goes to the account at the next start: %s",
               user,
               local_error->message);

  return TRUE;
}
