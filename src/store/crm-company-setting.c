#include "store/crm-company-setting-private.h"

#include "base/crm-id.h"
#include "store/log/crm-log-writer-private.h"

#define KIND   "setting"
#define ACTION "setting.edit"

/* What stands on everybody's letters, and the order of everybody's lists. Who signs, and how he is
 * reached, is of the laptop. */
static const char *const names[] = {
  "ij",
  "letters.envelope",
  "letters.font",
  "letters.letterhead",
  "locale",
  "sender.chamber_number",
  "sender.city",
  "sender.country",
  "sender.email",
  "sender.iban",
  "sender.organisation",
  "sender.phone",
  "sender.postcode",
  "sender.street",
  "sender.vat_number",
  "sender.website",
};

gboolean
crm_company_setting_has (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], name))
      return TRUE;

  return FALSE;
}

static char *
dup_id (const char *name)
{
  g_autofree char *text = g_strconcat ("setting.", name, NULL);

  return crm_id_new_for_name (text);
}

gboolean
crm_company_setting_load (CrmReplica *replica, const char *name, char **value, GError **error)
{
  g_autofree char *id = dup_id (name);
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  *value = NULL;
  stmt = crm_db_prepare (replica->db, "SELECT value FROM \"" KIND "\" WHERE id = ?1", error);
  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, id);
  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_ROW && !crm_stmt_is_null (stmt, 0))
    *value = crm_stmt_dup_text (stmt, 0);

  return step != CRM_STEP_ERROR;
}

/* @value: (nullable) */
static gboolean
add_edit (CrmReplica *replica,
          GPtrArray *edits,
          const char *name,
          const char *value,
          GError **error)
{
  const CrmKind *kind = crm_model_find_kind (replica->model, KIND);
  g_autofree char *id = dup_id (name);
  CrmEdit *edit = crm_edit_new (crm_replica_get_table (replica, kind), id);

  g_ptr_array_add (edits, edit);
  if (!crm_edit_load (edit, replica->db, error))
    return FALSE;
  /* Never set, and not set now. */
  if (edit->old == NULL && value == NULL)
    return TRUE;

  edit->new = edit->old != NULL ? crm_record_copy (edit->old) : crm_record_new (kind, id);
  crm_record_set (edit->new, "name", name);
  crm_record_set (edit->new, "value", value);

  return TRUE;
}

static GPtrArray *
new_edits (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) crm_edit_free);
}

gboolean
crm_company_setting_save (CrmReplica *replica, const char *name, const char *value, GError **error)
{
  g_autoptr (CrmLogWriter) writer = crm_log_writer_begin (replica, error);
  g_autoptr (GPtrArray) edits = new_edits ();

  return writer != NULL && add_edit (replica, edits, name, value, error) &&
         crm_log_writer_write (writer, ACTION, NULL, NULL, edits, NULL, NULL, error) &&
         crm_log_writer_commit (writer, error);
}

/* ---- From an earlier version ---- */

/* What the company has said already goes before. */
static gboolean
take_local (CrmReplica *replica, GPtrArray *edits, guint *n_found, GError **error)
{
  g_autoptr (CrmStmt)
      stmt = crm_db_prepare (replica->db, "SELECT name, value FROM local_setting", error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const char *name = crm_stmt_get_text (stmt, 0);
      g_autofree char *value = NULL;

      if (!crm_company_setting_has (name))
        continue;
      (*n_found)++;
      if (!crm_company_setting_load (replica, name, &value, error) ||
          (value == NULL && !add_edit (replica, edits, name, crm_stmt_get_text (stmt, 1), error)))
        return FALSE;
    }

  return step == CRM_STEP_DONE;
}

static gboolean
forget_local (CrmReplica *replica, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (CrmStmt)
          stmt = crm_db_prepare (replica->db, "DELETE FROM local_setting WHERE name = ?1", error);

      if (stmt == NULL)
        return FALSE;
      crm_stmt_bind_text_at (stmt, 1, names[i]);
      if (!crm_stmt_run (stmt, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_company_setting_move (CrmReplica *replica, GError **error)
{
  g_autoptr (GPtrArray) edits = new_edits ();
  g_autoptr (CrmLogWriter) writer = NULL;
  guint n_found = 0;

  /* Nearly always there is nothing to do, and no need to wait for the writer. */
  if (!take_local (replica, edits, &n_found, error))
    return FALSE;
  if (n_found == 0)
    return TRUE;

  g_ptr_array_set_size (edits, 0);

  return (writer = crm_log_writer_begin (replica, error)) != NULL &&
         take_local (replica, edits, &n_found, error) &&
         crm_log_writer_write (writer, ACTION, NULL, NULL, edits, NULL, NULL, error) &&
         forget_local (replica, error) && crm_log_writer_commit (writer, error);
}
