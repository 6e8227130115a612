#include "store/sync/crm-conflict-private.h"

#include "model/crm-record-json.h"
#include "store/log/crm-past-record-private.h"
#include "store/sync/crm-sync-store.h"

static void
free_value (gpointer data)
{
  CrmConflictValue *value = data;

  g_free (value->record);
  g_free (value->title);
  g_free (value->field);
  g_free (value->old_value);
  g_free (value->new_value);
  g_free (value);
}

void
crm_conflict_free (CrmConflict *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->group);
  g_free (self->at);
  g_free (self->record);
  g_free (self->title);
  g_clear_object (&self->last);
  g_free (self->field);
  g_free (self->mine);
  g_free (self->theirs);
  g_free (self->original);
  g_free (self->mine_author);
  g_free (self->theirs_author);
  g_free (self->mine_why);
  g_free (self->theirs_why);
  g_free (self->other);
  g_free (self->other_title);
  g_free (self->code);
  g_free (self->action);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

GPtrArray *
crm_conflict_new_values (void)
{
  return g_ptr_array_new_with_free_func (free_value);
}

gboolean
crm_conflict_find_record (CrmReplica *replica,
                          const CrmKind *kind,
                          const char *id,
                          CrmRecord **record,
                          char **title,
                          GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (CrmRecord) last = NULL;

  *record = crm_replica_get (replica, id, &local_error);
  if (*record != NULL)
    {
      *title = crm_record_dup_title (*record);
      return TRUE;
    }
  if (g_error_matches (local_error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND))
    g_clear_error (&local_error);
  if (local_error == NULL && kind != NULL)
    last = crm_past_record_load (replica, kind, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  *title = last != NULL ? crm_record_dup_title (last) : NULL;

  return TRUE;
}

static CrmConflictType
get_type (const char *name)
{
  static const struct
  {
    const char *name;
    CrmConflictType type;
  } types[] = {
    { "field", CRM_CONFLICT_FIELD },
    { "delete", CRM_CONFLICT_DELETE },
    { "number", CRM_CONFLICT_NUMBER },
    { "double", CRM_CONFLICT_DOUBLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i].name, name) == 0)
      return types[i].type;

  return 0;
}

static gboolean
can_decide (const CrmConflict *self)
{
  if (self->type == 0 || self->kind == NULL || self->record == NULL)
    return FALSE;
  if (self->type == CRM_CONFLICT_FIELD || self->type == CRM_CONFLICT_NUMBER)
    return self->field != NULL && crm_kind_find_field (self->kind, self->field) != NULL;

  return self->field == NULL || crm_kind_find_field (self->kind, self->field) != NULL;
}

/* Whose is whose: design, "Conflicts". */
static void
take_sides (CrmConflict *self, CrmRecord *record, const char *viewer)
{
  const char *kept_user = crm_record_get (record, "kept_user");
  const char *late_user = crm_record_get (record, "late_user");
  const gboolean own_kept = g_strcmp0 (kept_user, viewer) == 0;
  const gboolean own_late = g_strcmp0 (late_user, viewer) == 0;
  const char *const names[] = { "late", "late_user", "late_why", "kept", "kept_user", "kept_why" };
  char **const places[] = { &self->mine,   &self->mine_author,   &self->mine_why,
                            &self->theirs, &self->theirs_author, &self->theirs_why };

  self->mine_is_late = own_late || !own_kept;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_set_str (places[self->mine_is_late ? i : (i + 3) % 6], crm_record_get (record, names[i]));
}

/* What the server had of a record that is gone, when it says so. */
static CrmRecord *
read_last (const CrmConflict *self, CrmRecord *conflict)
{
  const char *values = crm_record_get (conflict, "record_values");
  g_autoptr (CrmRecord) last = crm_record_new (self->kind, self->record);

  return values != NULL && crm_record_take_json (last, values) ? g_steal_pointer (&last) : NULL;
}

static gboolean
find_other (CrmConflict *self, CrmReplica *replica, CrmRecord *record, GError **error)
{
  const char *kept = crm_record_get (record, "kept");
  g_autoptr (CrmRecord) other = NULL;

  if (self->type != CRM_CONFLICT_DOUBLE || kept == NULL)
    return TRUE;

  self->other = g_strdup (kept);

  return crm_conflict_find_record (replica, self->kind, kept, &other, &self->other_title, error);
}

CrmConflict *
crm_conflict_new (CrmReplica *replica, CrmRecord *record, const char *viewer, GError **error)
{
  g_autoptr (CrmConflict) self = g_new0 (CrmConflict, 1);
  g_autoptr (CrmRecord) about = NULL;
  const char *group = crm_record_get (record, "action_group");
  const char *kind = crm_record_get (record, "record_kind");
  const char *at = crm_record_get (record, "at");

  self->type = get_type (crm_record_get (record, "type"));
  self->id = g_strdup (crm_record_get_id (record));
  self->group = g_strdup (group != NULL ? group : self->id);
  self->at = g_strdup (at != NULL ? at : "");
  self->open = g_strcmp0 (crm_record_get (record, "state"), "resolved") != 0;
  self->kind = kind != NULL ? crm_model_find_kind (replica->model, kind) : NULL;
  self->record = g_strdup (crm_record_get (record, "record"));
  self->field = g_strdup (crm_record_get (record, "field"));
  self->original = g_strdup (crm_record_get (record, "original"));
  self->n_records = 1;
  self->can_decide = can_decide (self);
  take_sides (self, record, viewer);

  if (self->record != NULL &&
      !crm_conflict_find_record (replica, self->kind, self->record, &about, &self->title, error))
    return NULL;
  self->gone = about == NULL;
  self->last = self->gone && self->can_decide ? read_last (self, record) : NULL;
  if (self->title == NULL && self->last != NULL)
    self->title = crm_record_dup_title (self->last);

  return find_other (self, replica, record, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- By its id ---- */

static CrmConflict *
find (CrmReplica *self, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (CrmRecord) record = crm_replica_get (self, id, &local_error);
  g_autofree char *viewer = crm_replica_dup_user (self);

  if (record != NULL &&
      g_str_equal (crm_kind_get_name (crm_record_get_kind (record)), CRM_CONFLICT_KIND))
    return crm_conflict_new (self, record, viewer, error);
  if (record != NULL || g_error_matches (local_error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND))
    return crm_refusal_find (self, id, error);

  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

CrmConflict *
crm_replica_find_conflict (CrmReplica *self, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  CrmConflict *item;

  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  item = find (self, id, &local_error);
  if (item != NULL)
    return item;

  if (local_error == NULL)
    g_set_error (&local_error,
                 CRM_STORE_ERROR,
                 CRM_STORE_ERROR_NOT_FOUND,
                 "No conflict “%s”; list them first",
                 id);
  crm_store_error_translate (&local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}
