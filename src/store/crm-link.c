#include "store/crm-replica-private.h"

#include "base/crm-id.h"
#include "base/crm-text.h"
#include "model/crm-value.h"

/* Hits beyond the second are not looked at. */
typedef struct
{
  char *id;
  guint n;
} Hits;

static void
clear_hits (Hits *hits)
{
  g_free (hits->id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hits, clear_hits)

static gboolean
find_by (CrmReplica *self,
         const CrmTable *table,
         const char *column,
         const char *value,
         Hits *hits,
         GError **error)
{
  g_autofree char *quoted = crm_db_quote_name (column);
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE %s = ?1 LIMIT 2",
                                          table->name,
                                          quoted);
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (self->db, sql, error)))
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, value);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      hits->n++;
      g_set_str (&hits->id, crm_stmt_get_text (stmt, 0));
    }

  return step == CRM_STEP_DONE;
}

/* By one column of every kind that the link takes and that has it. */
static gboolean
find_everywhere (CrmReplica *self,
                 const CrmField *field,
                 const char *column,
                 const char *value,
                 Hits *hits,
                 GError **error)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const CrmTable *table = g_ptr_array_index (self->tables, i);
      const gboolean local = g_str_equal (column, "id") || g_str_equal (column, "name_key");

      if (!crm_field_targets (field, crm_kind_get_name (table->kind)) ||
          (!local && crm_kind_find_field (table->kind, column) == NULL))
        continue;
      if (!find_by (self, table, column, value, hits, error))
        return FALSE;
    }

  return TRUE;
}

static char *
resolve (CrmReplica *self, const CrmField *field, const char *text, GError **error)
{
  g_autofree char *clean = crm_text_clean (text);
  g_autofree char *folded = crm_text_fold (text);
  const struct
  {
    const char *column;
    const char *value;
  } ways[] = { { "id", clean }, { "number", clean }, { "name_key", folded } };
  g_auto (Hits) hits = { NULL };

  for (guint i = 0; clean != NULL && hits.n == 0 && i < G_N_ELEMENTS (ways); i++)
    if (!find_everywhere (self, field, ways[i].column, ways[i].value, &hits, error))
      return NULL;

  if (hits.n == 1)
    return g_steal_pointer (&hits.id);

  if (hits.n == 0)
    g_set_error (error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_NOT_FOUND,
                 "%s: no %s with the id, number or name “%s”",
                 field->name,
                 field->target,
                 text);
  else
    g_set_error (error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_AMBIGUOUS,
                 "%s: several records are called “%s”; give a number or an id",
                 field->name,
                 text);

  return NULL;
}

char *
crm_replica_resolve_link (CrmReplica *self, const CrmField *field, const char *text, GError **error)
{
  char *id;

  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);
  g_return_val_if_fail (field != NULL && field->type == CRM_FIELD_LINK, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  id = resolve (self, field, text, error);
  if (id == NULL)
    crm_store_error_translate (error);

  return id;
}

gboolean
crm_replica_set_input (CrmReplica *self,
                       CrmRecord *record,
                       const char *field,
                       const char *input,
                       GError **error)
{
  const CrmField *described;
  g_autofree char *id = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (CRM_IS_RECORD (record), FALSE);
  g_return_val_if_fail (field != NULL, FALSE);

  described = crm_kind_find_field (crm_record_get_kind (record), field);
  g_return_val_if_fail (described != NULL, FALSE);

  if (described->type != CRM_FIELD_LINK)
    return crm_record_set_input (record, field, input, error);

  if (crm_text_is_empty (input))
    {
      crm_record_set (record, field, NULL);
      return TRUE;
    }
  if (!(id = crm_replica_resolve_link (self, described, input, error)))
    return FALSE;

  crm_record_set (record, field, id);

  return TRUE;
}
