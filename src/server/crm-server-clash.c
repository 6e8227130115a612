#include "server/crm-server-batch-private.h"

#include "base/crm-bug.h"
#include "base/crm-id.h"

void
crm_server_clash_free (CrmServerClash *self)
{
  g_free (self->kind);
  g_free (self->record);
  g_free (self->field);
  g_free (self->kept);
  g_free (self->late);
  g_free (self->original);
  g_free (self->last);
  g_free (self);
}

CrmServerClash *
crm_server_apply_add_clash (CrmServerApply *apply,
                            const char *type,
                            const char *kind,
                            const char *record,
                            const char *field)
{
  CrmServerClash *clash = g_new0 (CrmServerClash, 1);

  clash->type = type;
  clash->kind = g_strdup (kind);
  clash->record = g_strdup (record);
  clash->field = g_strdup (field);
  g_ptr_array_add (apply->clashes, clash);

  return clash;
}

static void
put_text (CrmServerApply *apply, CrmServerRecord *record, const char *field, const char *text)
{
  const CrmWireValue old = crm_server_record_get_value (record, field);
  const CrmWireValue value = { text != NULL && *text != '\0' ? CRM_WIRE_TEXT : CRM_WIRE_EMPTY,
                               text != NULL && *text != '\0' ? text : NULL };

  if (crm_wire_value_equal (&old, &value))
    return;
  crm_server_apply_add_change (apply, record, field, &old, &value);
  crm_server_record_set (record, field, &value, apply->set->seq);
}

/* Who wrote what is kept, and why. A set of this push has no row yet. */
static gboolean
put_kept (CrmServerApply *apply,
          CrmServerRecord *record,
          const CrmServerClash *clash,
          GError **error)
{
  CrmServerBatch *batch = apply->batch;
  g_autoptr (CrmServerSet) stored = NULL;
  g_autoptr (GError) local_error = NULL;
  const CrmServerSet *set = NULL;

  put_text (apply, record, "kept", clash->kept);
  if (clash->kept_seq >= CRM_SERVER_PROVISIONAL)
    set = batch->sets->pdata[clash->kept_seq - CRM_SERVER_PROVISIONAL];
  else if (clash->kept_seq > 0)
    set = stored = batch->store->ops->get_set (batch->store, clash->kept_seq, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  put_text (apply, record, "kept_user", set != NULL ? set->user_name : NULL);
  put_text (apply, record, "kept_why", set != NULL ? set->why : NULL);

  return TRUE;
}

static gboolean
fill (CrmServerApply *apply,
      CrmServerRecord *record,
      const CrmServerClash *clash,
      gboolean is_new,
      GError **error)
{
  if (is_new)
    {
      put_text (apply, record, "record", clash->record);
      put_text (apply, record, "record_kind", clash->kind);
      put_text (apply, record, "field", clash->field);
      put_text (apply, record, "original", clash->original);
      put_text (apply, record, "state", "open");
      put_text (apply, record, "at", apply->batch->now);
    }
  put_text (apply, record, "type", clash->type);
  put_text (apply, record, "record_values", clash->last);
  put_text (apply, record, "late", clash->late);
  put_text (apply, record, "late_user", apply->batch->user->name);
  put_text (apply, record, "late_why", apply->wire->why);
  put_text (apply,
            record,
            "action_group",
            apply->wire->group != NULL ? apply->wire->group : apply->wire->id);

  return put_kept (apply, record, clash, error);
}

/* Whether the late value that an open conflict holds is this replica's own, or the same one.
 * Another device of the same user did not see what was typed on this one. */
static gboolean
find_mine (CrmServerApply *apply,
           const CrmServerConflict *conflict,
           const CrmServerClash *clash,
           gboolean *mine,
           GError **error)
{
  const CrmServerTouched *touched = crm_server_batch_touch (apply->batch, conflict->id, error);
  CrmServerAuthor author;

  if (touched == NULL)
    return FALSE;
  *mine = touched->record == NULL ||
          g_strcmp0 (crm_server_record_get (touched->record, "late"), clash->late) == 0;
  if (*mine)
    return TRUE;
  if (!crm_server_batch_find_author (apply->batch,
                                     crm_server_record_get_version (touched->record, "late"),
                                     &author,
                                     error))
    return FALSE;
  *mine = author != CRM_SERVER_AUTHOR_OTHER || CRM_BUG ("user-is-causality");

  return TRUE;
}

/* One's own open conflict about the same field; the other of two doubles does not matter. */
static gboolean
find_open (CrmServerApply *apply, const CrmServerClash *clash, char **id, GError **error)
{
  g_autoptr (GPtrArray) open = NULL;

  if (g_str_equal (clash->type, "double"))
    return TRUE;
  if (!(open = crm_server_batch_list_conflicts (apply->batch, clash->record, error)))
    return FALSE;

  for (guint i = 0; i < open->len; i++)
    {
      const CrmServerConflict *conflict = open->pdata[i];
      gboolean mine;

      if (!g_str_equal (conflict->field, clash->field) ||
          !g_str_equal (conflict->user, apply->batch->user->id))
        continue;
      if (!find_mine (apply, conflict, clash, &mine, error))
        return FALSE;
      if (mine)
        g_set_str (id, conflict->id);
    }

  return TRUE;
}

static void
remember (CrmServerApply *apply, const CrmServerClash *clash, const char *id)
{
  CrmServerConflict *conflict = g_new0 (CrmServerConflict, 1);
  CrmServerSet *set = apply->set;
  char *joined = set->conflicts != NULL ? g_strconcat (set->conflicts, " ", id, NULL)
                                        : g_strdup (id);

  conflict->id = g_strdup (id);
  conflict->kind = g_strdup (clash->kind);
  conflict->record = g_strdup (clash->record);
  conflict->field = g_strdup (clash->field);
  conflict->user = g_strdup (apply->batch->user->id);
  conflict->open = TRUE;
  g_ptr_array_add (apply->batch->conflicts, conflict);

  g_free (set->conflicts);
  set->conflicts = joined;
}

static gboolean
store_clash (CrmServerApply *apply, const CrmServerClash *clash, GError **error)
{
  const CrmWireValue made = { CRM_WIRE_TEXT, "new" };
  g_autofree char *id = NULL;
  CrmServerTouched *touched;
  gboolean is_new;

  if (!find_open (apply, clash, &id, error))
    return FALSE;
  if (id == NULL)
    id = crm_id_new ();
  touched = crm_server_batch_touch (apply->batch, id, error);
  if (touched == NULL)
    return FALSE;

  is_new = touched->record == NULL;
  if (is_new)
    {
      touched->record = crm_server_record_new (CRM_SERVER_CONFLICT_KIND, id);
      crm_server_record_clear (touched->record, apply->set->seq);
      crm_server_apply_add_change (apply, touched->record, "", NULL, &made);
    }
  crm_server_apply_mark (apply, touched, is_new);
  remember (apply, clash, id);

  return fill (apply, touched->record, clash, is_new, error);
}

gboolean
crm_server_apply_store_clashes (CrmServerApply *apply, GError **error)
{
  for (guint i = 0; i < apply->clashes->len && !CRM_BUG ("conflict-unrecorded"); i++)
    if (!store_clash (apply, apply->clashes->pdata[i], error))
      return FALSE;

  return TRUE;
}

static void
settle (CrmServerApply *apply, const CrmServerConflict *conflict, CrmServerRecord *record)
{
  CrmServerConflict *settled = crm_server_conflict_copy (conflict);

  put_text (apply, record, "state", "resolved");
  settled->open = FALSE;
  g_ptr_array_add (apply->batch->conflicts, settled);
}

/* Nobody needs to decide any more which number a record has that is gone, or whether it is there
 * twice. */
static gboolean
let_go (CrmServerApply *apply, const CrmServerConflict *conflict, GError **error)
{
  CrmServerTouched *touched = crm_server_batch_touch (apply->batch, conflict->id, error);
  const char *type;

  if (touched == NULL)
    return FALSE;
  type = touched->record != NULL ? crm_server_record_get (touched->record, "type") : NULL;
  if (g_strcmp0 (type, "number") != 0 && g_strcmp0 (type, "double") != 0)
    return TRUE;

  crm_server_batch_save (apply->batch, touched);
  crm_server_apply_mark (apply, touched, FALSE);
  settle (apply, conflict, touched->record);

  return TRUE;
}

/* The field of an open conflict was written by one who saw what stood there. Whoever meant the late
 * value, or wrote it now, has nothing left to decide. */
static gboolean
keep_up (CrmServerApply *apply,
         const CrmServerConflict *conflict,
         const CrmServerRecord *about,
         GError **error)
{
  CrmServerTouched *touched = crm_server_batch_touch (apply->batch, conflict->id, error);
  const char *kept = crm_server_record_get (about, conflict->field);
  const CrmServerClash clash = { .kept = (char *) kept, .kept_seq = apply->set->seq };

  if (touched == NULL)
    return FALSE;
  if (touched->record == NULL)
    return TRUE;

  crm_server_batch_save (apply->batch, touched);
  crm_server_apply_mark (apply, touched, FALSE);
  if (!put_kept (apply, touched->record, &clash, error))
    return FALSE;
  if (!g_str_equal (conflict->user, apply->batch->user->id) &&
      g_strcmp0 (crm_server_record_get (touched->record, "late"), kept) != 0)
    return TRUE;

  settle (apply, conflict, touched->record);

  return TRUE;
}

/* @fields: (element-type utf8): of the record, written by the set */
static gboolean
keep_up_record (CrmServerApply *apply, const char *id, GHashTable *fields, GError **error)
{
  const CrmServerTouched *touched = crm_server_batch_touch (apply->batch, id, error);
  g_autoptr (GPtrArray) open = NULL;

  if (touched == NULL)
    return FALSE;
  if (touched->record == NULL || touched->record->born == apply->set->seq)
    return TRUE;
  if (!(open = crm_server_batch_list_conflicts (apply->batch, id, error)))
    return FALSE;

  for (guint i = 0; touched->record->deleted && i < open->len; i++)
    if (!let_go (apply, open->pdata[i], error))
      return FALSE;
  for (guint i = 0; !touched->record->deleted && i < open->len; i++)
    if (g_hash_table_contains (fields, ((CrmServerConflict *) open->pdata[i])->field) &&
        !keep_up (apply, open->pdata[i], touched->record, error))
      return FALSE;

  return TRUE;
}

gboolean
crm_server_apply_keep_up (CrmServerApply *apply, GError **error)
{
  const guint n_changes = apply->batch->changes->len;
  g_autoptr (GHashTable) fields = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = apply->n_changes_before; i < n_changes; i++)
    {
      const CrmServerChange *change = apply->batch->changes->pdata[i];
      const CrmServerChange *next = i + 1 < n_changes ? apply->batch->changes->pdata[i + 1] : NULL;

      g_hash_table_add (fields, change->field);
      if (next != NULL && g_str_equal (next->id, change->id))
        continue;
      if (!g_str_equal (change->kind, CRM_SERVER_CONFLICT_KIND) &&
          !keep_up_record (apply, change->id, fields, error))
        return FALSE;
      g_hash_table_remove_all (fields);
    }

  return TRUE;
}
