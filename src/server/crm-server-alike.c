#include "server/crm-server-batch-private.h"

#include "base/crm-text.h"

#include <string.h>

static void
add_key (GPtrArray *keys, const char *prefix, const char *one, const char *other)
{
  g_autofree char *folded_one = NULL;
  g_autofree char *folded_other = NULL;

  if (one == NULL || other == NULL)
    return;

  folded_one = crm_text_fold (one);
  folded_other = crm_text_squash (other);
  g_ptr_array_add (keys, g_strconcat (prefix, folded_one, "|", folded_other, NULL));
}

/* A shared address with another surname is a mailbox of a household or an office: no suspect. */
GPtrArray *
crm_server_alike_list_keys (const CrmServerRecord *record)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  if (record->deleted)
    return keys;

  add_key (keys,
           "email:",
           crm_server_record_get (record, "email"),
           crm_server_record_get (record, "surname"));
  add_key (keys, "chamber:", crm_server_record_get (record, "chamber_number"), "");
  add_key (keys,
           "name:",
           crm_server_record_get (record, "name"),
           crm_server_record_get (record, "postcode"));

  return keys;
}

/* The other was made elsewhere, and not known where @record was made. */
static gboolean
is_unseen (CrmServerApply *apply, const char *id, gboolean *unseen, GError **error)
{
  CrmServerTouched *other = crm_server_batch_touch (apply->batch, id, error);
  gboolean own;

  *unseen = FALSE;
  if (other == NULL)
    return FALSE;
  if (other->record == NULL || other->record->deleted || other->record->born <= apply->batch->seen)
    return TRUE;
  if (!crm_server_batch_is_own (apply->batch, other->record->born, &own, error))
    return FALSE;
  *unseen = !own;

  return TRUE;
}

static gboolean
add_doubles (CrmServerApply *apply,
             const CrmServerRecord *record,
             GHashTable *named,
             const char *key,
             GError **error)
{
  CrmServerStore *store = apply->batch->store;
  g_autoptr (GPtrArray) others = store->ops->find_alike (store, key, record->id, error);

  if (others == NULL)
    return FALSE;

  for (guint i = 0; i < others->len; i++)
    {
      gboolean unseen;
      CrmServerClash *clash;

      if (!is_unseen (apply, others->pdata[i], &unseen, error))
        return FALSE;
      if (!unseen || !g_hash_table_add (named, g_strdup (others->pdata[i])))
        continue;
      clash = crm_server_apply_add_clash (apply, "double", record->kind, record->id, "");
      clash->kept = g_strdup (others->pdata[i]);
      clash->late = g_strdup (record->id);
      clash->kept_seq = ((CrmServerTouched *) g_hash_table_lookup (apply->batch->records,
                                                                   others->pdata[i]))
                            ->record->born;
    }

  return TRUE;
}

static gboolean
find_doubles (CrmServerApply *apply, const CrmServerRecord *record, GError **error)
{
  g_autoptr (GPtrArray) keys = crm_server_alike_list_keys (record);
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < keys->len; i++)
    if (!add_doubles (apply, record, named, keys->pdata[i], error))
      return FALSE;

  return TRUE;
}

gboolean
crm_server_apply_doubles (CrmServerApply *apply, GError **error)
{
  for (guint i = 0; i < apply->wire->n_ops; i++)
    {
      const CrmWireOp *op = &apply->wire->ops[i];
      const CrmKind *kind = crm_model_find_kind (apply->batch->model, op->kind);
      CrmServerTouched *touched;

      if (op->op != CRM_SET_OP_NEW || kind == NULL || !crm_kind_is_relation (kind))
        continue;
      if (!(touched = crm_server_batch_touch (apply->batch, op->id, error)))
        return FALSE;
      if (touched->record != NULL && !touched->record->deleted &&
          touched->record->born == apply->set->seq && !find_doubles (apply, touched->record, error))
        return FALSE;
    }

  return TRUE;
}
