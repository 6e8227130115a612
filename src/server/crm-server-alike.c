#include "server/crm-server-batch-private.h"

#include "base/crm-text.h"
#include "model/crm-email.h"

#include <string.h>

/* Nothing but signs is no name and no number. Takes @one. */
static void
take_key (GPtrArray *keys, const char *prefix, char *one, const char *other)
{
  g_autofree char *squashed = other != NULL ? crm_text_squash (other) : NULL;

  if (one != NULL && *one != '\0' && squashed != NULL && *squashed != '\0')
    g_ptr_array_add (keys, g_strconcat (prefix, one, "\n", squashed, NULL));
  g_free (one);
}

static char *
squash (const char *text)
{
  return text != NULL ? crm_text_squash (text) : NULL;
}

/* A shared mailbox, or another surname at the same address, is a household or an office: no
 * suspect.
 */
GPtrArray *
crm_server_alike_list_keys (const CrmServerRecord *record)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);
  const char *email = crm_server_record_get (record, "email");

  if (record->deleted)
    return keys;

  if (crm_email_is_personal (email))
    take_key (keys, "email:", crm_text_fold (email), crm_server_record_get (record, "surname"));
  take_key (keys,
            "chamber:",
            g_strdup ("number"),
            crm_server_record_get (record, "chamber_number"));
  take_key (keys,
            "name:",
            squash (crm_server_record_get (record, "name")),
            crm_server_record_get (record, "postcode"));

  return keys;
}

/* The other was made elsewhere, and not known where @record was made. */
static gboolean
is_unseen (CrmServerApply *apply, const char *id, gboolean *unseen, GError **error)
{
  CrmServerTouched *other = crm_server_batch_touch (apply->batch, id, error);
  CrmServerAuthor author;

  *unseen = FALSE;
  if (other == NULL)
    return FALSE;
  if (other->record == NULL || other->record->deleted || other->record->born <= apply->batch->seen)
    return TRUE;
  if (!crm_server_batch_find_author (apply->batch, other->record->born, &author, error))
    return FALSE;
  *unseen = author == CRM_SERVER_AUTHOR_OTHER;

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
