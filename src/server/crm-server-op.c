#include "server/crm-server-batch-private.h"

#include "base/crm-bug.h"
#include "model/crm-builtin.h"
#include "model/crm-merge.h"
#include "model/crm-value.h"
#include "wire/crm-wire-limit.h"

#include <string.h>

gint64
crm_server_apply_get_seq (CrmServerApply *apply)
{
  return apply->set->seq;
}

void
crm_server_apply_mark (CrmServerApply *apply, CrmServerTouched *touched, gboolean joined)
{
  touched->seq = apply->set->seq;
  touched->written = TRUE;
  touched->joined |= joined;
}

static char *
write_value (const CrmWireValue *value)
{
  GString *json;

  if (value == NULL || value->type == CRM_WIRE_EMPTY)
    return NULL;
  json = g_string_new (NULL);
  crm_wire_value_write (value, json);

  return g_string_free_and_steal (json);
}

void
crm_server_apply_add_change (CrmServerApply *apply,
                             const CrmServerRecord *record,
                             const char *field,
                             const CrmWireValue *old,
                             const CrmWireValue *value)
{
  CrmServerChange *change = g_new0 (CrmServerChange, 1);

  change->seq = apply->set->seq;
  change->kind = g_strdup (record->kind);
  change->id = g_strdup (record->id);
  change->field = g_strdup (field);
  change->old_value = write_value (old);
  change->new_value = write_value (value);
  g_ptr_array_add (apply->batch->changes, change);
}

static void
write_field (CrmServerApply *apply,
             CrmServerTouched *touched,
             const char *field,
             const CrmWireValue *value)
{
  const CrmWireValue old = crm_server_record_get_value (touched->record, field);

  if (crm_wire_value_equal (&old, value))
    return;

  crm_server_apply_add_change (apply, touched->record, field, &old, value);
  crm_server_record_set (touched->record, field, value, apply->set->seq);
  crm_server_apply_mark (apply, touched, FALSE);
}

/* @value: (out): normalised; @text: what it points to. FALSE when the set has to be refused. */
static gboolean
normalize (CrmServerApply *apply,
           const CrmField *field,
           const CrmWireValue *sent,
           CrmWireValue *value,
           char **text)
{
  g_autoptr (GError) error = NULL;
  CrmWireValue typed;

  *value = *sent;
  if (field == NULL)
    return TRUE;

  *text = crm_value_normalize (field, sent->text, &error);
  if (error == NULL)
    {
      typed = crm_wire_value_for_field (field, *text);
      /* A string where members belong would be read as something else. */
      if (typed.type == sent->type || typed.type == CRM_WIRE_EMPTY)
        {
          *value = typed;
          return TRUE;
        }
    }
  apply->refused = "invalid";

  return FALSE;
}

/* Whether nobody was in between. What was merged on the server is not what its sender holds, so for
 * fields that are merged its own earlier sets do not count. */
static gboolean
find_fresh (CrmServerApply *apply,
            const CrmField *field,
            gint64 version,
            gint64 base,
            gboolean *fresh,
            GError **error)
{
  CrmServerAuthor author;

  *fresh = version == 0 || (base > 0 && version <= base) || CRM_BUG ("last-writer-wins") ||
           (base < 0 && CRM_BUG ("own-base-is-fresh"));
  if (*fresh || crm_merge_needs_old (field))
    return TRUE;
  if (!crm_server_batch_find_author (apply->batch, version, &author, error))
    return FALSE;
  *fresh = author != CRM_SERVER_AUTHOR_OTHER;

  return TRUE;
}

/* For devices that never had the record, which shall decide whether it comes back. */
static char *
dup_last (const CrmServerRecord *record)
{
  g_autofree char *fields = crm_server_record_dup_fields (record);

  return strlen (fields) <= CRM_WIRE_MAX_FIELD ? g_steal_pointer (&fields) : NULL;
}

static void
add_field_clash (CrmServerApply *apply,
                 CrmServerTouched *touched,
                 const char *type,
                 const CrmWireField *field,
                 const char *late)
{
  CrmServerRecord *record = touched->record;
  CrmServerClash *clash = crm_server_apply_add_clash (apply,
                                                      type,
                                                      record->kind,
                                                      record->id,
                                                      field->name);

  if (!record->deleted)
    clash->kept = g_strdup (crm_server_record_get (record, field->name));
  else
    clash->last = dup_last (record);
  clash->late = g_strdup (late);
  clash->original = g_strdup (field->old.text);
  clash->kept_seq = record->deleted ? record->row_seq
                                    : crm_server_record_get_version (record, field->name);
}

static gboolean
merge_field (CrmServerApply *apply,
             CrmServerTouched *touched,
             const CrmField *field,
             const CrmWireField *sent,
             const CrmWireValue *value,
             GError **error)
{
  CrmServerRecord *record = touched->record;
  const gint64 version = crm_server_record_get_version (record, sent->name);
  CrmMergeEdit edit = { .field = field,
                        .current = crm_server_record_get (record, sent->name),
                        .value = value->text,
                        .old = sent->old.text };
  g_autofree char *result = NULL;
  CrmWireValue merged;

  if (!find_fresh (apply, field, version, sent->base, &edit.fresh, error))
    return FALSE;

  switch (crm_merge_field (&edit, &result))
    {
    case CRM_MERGE_SAME:
      break;

    case CRM_MERGE_APPLY:
      write_field (apply, touched, sent->name, value);
      break;

    case CRM_MERGE_MERGED:
      apply->merged = TRUE;
      merged = field != NULL ? crm_wire_value_for_field (field, result)
                             : (CrmWireValue) { value->type, result };
      write_field (apply, touched, sent->name, &merged);
      break;

    case CRM_MERGE_REFUSED:
      apply->refused = "forbidden";
      break;

    case CRM_MERGE_CONFLICT:
    default:
      add_field_clash (apply, touched, "field", sent, value->text);
      if (field != NULL && crm_field_has_flag (field, CRM_FIELD_GUARDED) && apply->wire->all)
        apply->refused = "conflict";
    }

  return TRUE;
}

/* A conflict's record is the server's; people only say that it is settled, or that it is not. Two
 * who do so at once do not disagree about anything that could get lost. */
static gboolean
set_conflict_state (CrmServerApply *apply,
                    CrmServerTouched *touched,
                    const char *name,
                    const CrmWireValue *value)
{
  CrmServerConflict *conflict;

  if (strcmp (name, "state") != 0 || value->text == NULL)
    {
      apply->refused = "forbidden";
      return TRUE;
    }

  write_field (apply, touched, name, value);
  conflict = g_new0 (CrmServerConflict, 1);
  conflict->id = g_strdup (touched->record->id);
  conflict->kind = g_strdup ("");
  conflict->record = g_strdup ("");
  conflict->field = g_strdup ("");
  conflict->user = g_strdup ("");
  conflict->open = strcmp (value->text, "open") == 0;
  g_ptr_array_add (apply->batch->conflicts, conflict);

  return TRUE;
}

/* Field by field, what one may not do is no reason against the others: but what the sender has is
 * not what is here. */
static void
skip_field (CrmServerApply *apply, CrmServerTouched *touched)
{
  if (apply->refused == NULL || apply->wire->all)
    return;

  if (apply->partly == NULL)
    apply->partly = apply->refused;
  apply->refused = NULL;
  touched->seq = apply->set->seq;
  touched->joined = TRUE;
}

static gboolean
set_field (CrmServerApply *apply,
           CrmServerTouched *touched,
           const CrmKind *kind,
           const CrmWireField *sent,
           GError **error)
{
  const CrmField *field = kind != NULL ? crm_kind_find_field (kind, sent->name) : NULL;
  g_autofree char *text = NULL;
  CrmWireValue value;

  if (!normalize (apply, field, &sent->value, &value, &text))
    return TRUE;
  if (strcmp (touched->record->kind, CRM_SERVER_CONFLICT_KIND) == 0)
    return set_conflict_state (apply, touched, sent->name, &value);
  if (touched->record->deleted)
    {
      add_field_clash (apply, touched, "delete", sent, value.text);
      return TRUE;
    }

  return merge_field (apply, touched, field, sent, &value, error);
}

static gboolean
apply_set (CrmServerApply *apply, CrmServerTouched *touched, const CrmWireOp *op, GError **error)
{
  const CrmKind *kind = crm_model_find_kind (apply->batch->model, op->kind);
  const gboolean is_new = !touched->was_there && !touched->written;

  if (touched->record == NULL)
    {
      apply->refused = "not_found";
      return TRUE;
    }
  crm_server_batch_save (apply->batch, touched);

  for (guint i = 0; i < op->n_fields && apply->refused == NULL; i++)
    {
      if (!set_field (apply, touched, kind, &op->fields[i], error))
        return FALSE;
      skip_field (apply, touched);
    }
  if (touched->record->deleted && apply->wire->all && op->n_fields > 0 && apply->refused == NULL)
    apply->refused = "deleted";
  /* The first edit of a record that came with the program: now everybody gets it. */
  if (is_new && touched->written)
    {
      touched->record->born = apply->set->seq;
      touched->joined = TRUE;
    }

  return TRUE;
}

static gboolean
apply_new (CrmServerApply *apply, CrmServerTouched *touched, const CrmWireOp *op, GError **error)
{
  const CrmKind *kind = crm_model_find_kind (apply->batch->model, op->kind);
  const CrmWireValue made = { CRM_WIRE_TEXT, "new" };

  if (strcmp (op->kind, CRM_SERVER_CONFLICT_KIND) == 0)
    {
      apply->refused = "forbidden";
      return TRUE;
    }
  crm_server_batch_save (apply->batch, touched);
  if (touched->record == NULL)
    touched->record = crm_server_record_new (op->kind, op->id);
  crm_server_record_clear (touched->record, apply->set->seq);
  crm_server_apply_add_change (apply, touched->record, "", NULL, &made);
  crm_server_apply_mark (apply, touched, TRUE);

  for (guint i = 0; i < op->n_fields && apply->refused == NULL; i++)
    {
      const CrmWireField *sent = &op->fields[i];
      const CrmField *field = kind != NULL ? crm_kind_find_field (kind, sent->name) : NULL;
      g_autofree char *text = NULL;
      CrmWireValue value;

      if (normalize (apply, field, &sent->value, &value, &text))
        write_field (apply, touched, sent->name, &value);
      skip_field (apply, touched);
    }

  return TRUE;
}

/* The same id twice: a record that comes with the program, edited on two devices that had not heard
 * of each other. What an edit was made on is then what the program has. */
static gboolean
apply_new_again (CrmServerApply *apply,
                 CrmServerTouched *touched,
                 const CrmWireOp *op,
                 GError **error)
{
  g_autofree CrmWireField *fields = g_memdup2 (op->fields, op->n_fields * sizeof *op->fields);
  g_autoptr (CrmRecord) builtin = NULL;
  CrmWireOp as_set = *op;
  const int index = crm_builtin_find (op->id);
  guint n = 0;

  if (index >= 0)
    builtin = crm_builtin_new (apply->batch->model, (guint) index);
  for (guint i = 0; i < op->n_fields; i++)
    {
      const char *old = builtin != NULL ? crm_record_peek (builtin, op->fields[i].name) : NULL;

      /* The sender did not touch it. */
      if (builtin != NULL && crm_value_equal (old, op->fields[i].value.text))
        continue;
      fields[n] = op->fields[i];
      fields[n].old = (CrmWireValue) { old != NULL ? CRM_WIRE_TEXT : CRM_WIRE_EMPTY, old };
      fields[n].base = 0;
      n++;
    }
  as_set.fields = fields;
  as_set.n_fields = n;

  return apply_set (apply, touched, &as_set, error);
}

/* Whether the one who deletes has seen all of it: each version up to his own, or written by himself
 * with nothing of others in it. */
static gboolean
is_seen (CrmServerApply *apply, gint64 version, gint64 base, gboolean *seen, GError **error)
{
  CrmServerAuthor author;

  *seen = version == 0 || (base > 0 && version <= base);
  if (*seen)
    return TRUE;
  if (!crm_server_batch_find_author (apply->batch, version, &author, error))
    return FALSE;
  *seen = author == CRM_SERVER_AUTHOR_SELF;

  return TRUE;
}

/* @unseen: (out): a version that he has not seen; 0 when he has seen all */
static gboolean
find_unseen (CrmServerApply *apply,
             const CrmServerRecord *record,
             gint64 base,
             gint64 *unseen,
             GError **error)
{
  gboolean seen;

  *unseen = record->born;
  if (!is_seen (apply, record->born, base, &seen, error))
    return FALSE;
  for (guint i = 0; seen && i < record->fields->len; i++)
    {
      *unseen = ((const CrmServerField *) record->fields->pdata[i])->version;
      if (!is_seen (apply, *unseen, base, &seen, error))
        return FALSE;
    }
  if (seen)
    *unseen = 0;

  return TRUE;
}

static void
remove_record (CrmServerApply *apply, CrmServerTouched *touched)
{
  const CrmWireValue gone = { CRM_WIRE_TEXT, "del" };
  CrmServerRecord *record = touched->record;

  for (guint i = 0; i < record->fields->len; i++)
    {
      const CrmServerField *field = record->fields->pdata[i];
      const CrmWireValue old = { field->type, field->text };

      if (field->type != CRM_WIRE_EMPTY)
        crm_server_apply_add_change (apply, record, field->name, &old, NULL);
    }
  crm_server_apply_add_change (apply, record, "", NULL, &gone);
  record->deleted = TRUE;
  record->row_seq = apply->set->seq;
  crm_server_apply_mark (apply, touched, FALSE);
}

static gboolean
apply_delete (CrmServerApply *apply, CrmServerTouched *touched, const CrmWireOp *op, GError **error)
{
  CrmServerRecord *record = touched->record;
  gboolean counts;
  gint64 unseen;

  if (strcmp (op->kind, CRM_SERVER_CONFLICT_KIND) == 0)
    {
      apply->refused = "forbidden";
      return TRUE;
    }
  if (record == NULL || record->deleted)
    return TRUE;
  if (!find_unseen (apply, record, op->base, &unseen, error))
    return FALSE;
  if (unseen != 0 && !CRM_BUG ("delete-unseen"))
    {
      crm_server_apply_add_clash (apply, "delete", record->kind, record->id, "")->kept_seq = unseen;
      apply->refused = "stale";
      return TRUE;
    }
  if (!crm_server_batch_counts_delete (apply->batch, record, &counts, error))
    return FALSE;
  apply->set->n_deletes += counts;

  crm_server_batch_save (apply->batch, touched);
  remove_record (apply, touched);

  return TRUE;
}

gboolean
crm_server_apply_op (CrmServerApply *apply, const CrmWireOp *op, GError **error)
{
  CrmServerTouched *touched = crm_server_batch_touch (apply->batch, op->id, error);

  if (touched == NULL)
    return FALSE;
  if (touched->record != NULL && strcmp (touched->record->kind, op->kind) != 0)
    {
      apply->refused = "invalid";
      return TRUE;
    }

  switch (op->op)
    {
    case CRM_SET_OP_NEW:
      if (touched->record != NULL && !touched->record->deleted &&
          (touched->was_there || touched->written))
        return apply_new_again (apply, touched, op, error);
      return apply_new (apply, touched, op, error);

    case CRM_SET_OP_DELETE:
      return apply_delete (apply, touched, op, error);

    case CRM_SET_OP_SET:
    default:
      return apply_set (apply, touched, op, error);
    }
}
