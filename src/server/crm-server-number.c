#include "server/crm-server-batch-private.h"

#include "base/crm-bug.h"

#include <string.h>

const char *
crm_server_number_get_family (const CrmKind *kind)
{
  const CrmField *field = kind != NULL ? crm_kind_find_field (kind, "number") : NULL;

  if (field == NULL || !crm_field_has_flag (field, CRM_FIELD_UNIQUE))
    return NULL;

  /* Persons and organisations count on together. */
  return crm_kind_is_relation (kind) ? "relation" : crm_kind_get_name (kind);
}

/* @holder: (out) (nullable): who has @number, in this push or before it. A number of a record that
 * this push deletes or renumbers is free. */
static gboolean
find_holder (CrmServerBatch *batch,
             const char *family,
             const char *number,
             char **holder,
             GError **error)
{
  g_autofree char *key = g_strconcat (family, "\n", number, NULL);
  g_autoptr (GError) local_error = NULL;
  CrmServerTouched *touched;

  *holder = g_strdup (g_hash_table_lookup (batch->claims, key));
  if (*holder == NULL)
    *holder = batch->store->ops->find_unique (batch->store, family, "number", number, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (*holder == NULL)
    return TRUE;

  touched = g_hash_table_lookup (batch->records, *holder);
  if (touched != NULL && touched->record != NULL &&
      (touched->record->deleted ||
       g_strcmp0 (crm_server_record_get (touched->record, "number"), number) != 0))
    g_clear_pointer (holder, g_free);

  return TRUE;
}

static void
claim (CrmServerBatch *batch, const char *family, const char *number, const char *id)
{
  g_hash_table_insert (batch->claims, g_strconcat (family, "\n", number, NULL), g_strdup (id));
}

static void
put_number (CrmServerApply *apply, CrmServerTouched *touched, const char *number)
{
  const CrmWireValue old = crm_server_record_get_value (touched->record, "number");
  const CrmWireValue value = { number != NULL ? CRM_WIRE_TEXT : CRM_WIRE_EMPTY, number };

  crm_server_apply_add_change (apply, touched->record, "number", &old, &value);
  crm_server_record_set (touched->record, "number", &value, apply->set->seq);
}

/* The counter may meet numbers that people gave: those are stepped over. */
static gboolean
allot (CrmServerApply *apply, CrmServerTouched *touched, const char *family, GError **error)
{
  CrmServerStore *store = apply->batch->store;

  for (;;)
    {
      g_autofree char *number = NULL;
      g_autofree char *holder = NULL;
      gint64 next;

      if (!store->ops->next_number (store, family, &next, error))
        return FALSE;
      number = g_strdup_printf ("%" G_GINT64_FORMAT, next);
      if (!find_holder (apply->batch, family, number, &holder, error))
        return FALSE;
      if (holder != NULL)
        continue;

      put_number (apply, touched, number);
      claim (apply->batch, family, number, touched->record->id);
      return TRUE;
    }
}

/* Numbers of people's own making go on where those leave off; not from a slip of the finger. */
#define MAX_RAISE G_GINT64_CONSTANT (99999999)

static gboolean
raise_counter (CrmServerApply *apply, const char *family, const char *number, GError **error)
{
  CrmServerStore *store = apply->batch->store;
  guint64 value;

  if (!g_ascii_string_to_unsigned (number, 10, 1, MAX_RAISE, &value, NULL))
    return TRUE;

  return store->ops->raise_number (store, family, (gint64) value, error);
}

static gboolean
check_number (CrmServerApply *apply, CrmServerTouched *touched, const char *family, GError **error)
{
  CrmServerRecord *record = touched->record;
  g_autofree char *number = g_strdup (crm_server_record_get (record, "number"));
  g_autofree char *holder = NULL;
  CrmServerTouched *other;
  CrmServerClash *clash;

  if (!find_holder (apply->batch, family, number, &holder, error))
    return FALSE;
  if (holder == NULL || strcmp (holder, record->id) == 0)
    {
      claim (apply->batch, family, number, record->id);
      return raise_counter (apply, family, number, error);
    }

  if (CRM_BUG ("number-dropped"))
    {
      put_number (apply, touched, NULL);
      return TRUE;
    }
  if (!(other = crm_server_batch_touch (apply->batch, holder, error)))
    return FALSE;
  clash = crm_server_apply_add_clash (apply, "number", record->kind, record->id, "number");
  clash->late = g_strdup (number);
  /* Nothing is kept in this record; who gave the number to the other, and why, is. */
  if (other->record != NULL)
    clash->kept_seq = crm_server_record_get_version (other->record, "number");
  put_number (apply, touched, NULL);

  return TRUE;
}

static gboolean
settle_number (CrmServerApply *apply, CrmServerTouched *touched, GError **error)
{
  CrmServerRecord *record = touched->record;
  const char *family = crm_server_number_get_family (crm_model_find_kind (apply->batch->model,
                                                                          record->kind));
  const char *number = crm_server_record_get (record, "number");

  if (family == NULL || record->deleted)
    return TRUE;
  if (number == NULL)
    return record->born != apply->set->seq || allot (apply, touched, family, error);
  if (crm_server_record_get_version (record, "number") != apply->set->seq)
    return TRUE;

  return check_number (apply, touched, family, error);
}

gboolean
crm_server_apply_numbers (CrmServerApply *apply, GError **error)
{
  for (guint i = 0; i < apply->wire->n_ops; i++)
    {
      CrmServerTouched *touched = crm_server_batch_touch (apply->batch,
                                                          apply->wire->ops[i].id,
                                                          error);

      if (touched == NULL)
        return FALSE;
      if (touched->seq == apply->set->seq && touched->written && touched->record != NULL &&
          !settle_number (apply, touched, error))
        return FALSE;
    }

  return TRUE;
}
