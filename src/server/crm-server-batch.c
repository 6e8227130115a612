#include "server/crm-server-batch-private.h"

#include "base/crm-clock.h"
#include "model/crm-builtin.h"
#include "server/crm-server-chain.h"

#include <string.h>

#define SCOPE_EVERYONE 1

static void
free_touched (gpointer data)
{
  CrmServerTouched *touched = data;

  crm_server_record_free (touched->record);
  crm_server_record_free (touched->before);
  g_free (touched);
}

static gint64
measure_skew (const char *now)
{
  gint64 theirs;

  return crm_clock_parse (now, &theirs) ? (theirs - crm_clock_now ()) / 1000 : 0;
}

CrmServerBatch *
crm_server_batch_new (CrmServerCall *call, CrmServerReplica *replica, const CrmPushRequest *request)
{
  CrmServerBatch *self = g_new0 (CrmServerBatch, 1);

  self->store = call->store;
  self->model = call->machine->model;
  self->user = call->user;
  self->replica = replica;
  self->now = crm_clock_format (crm_clock_now ());
  self->skew_ms = measure_skew (request->now);
  self->seen = replica->cursor_seq;
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_touched);
  self->saved = g_ptr_array_new ();
  self->authors = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->claims = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->deletes = g_hash_table_new (g_str_hash, g_str_equal);
  self->sets = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_server_set_free);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_server_change_free);
  self->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_server_conflict_free);

  return self;
}

void
crm_server_batch_free (CrmServerBatch *self)
{
  if (self == NULL)
    return;

  g_free (self->now);
  g_ptr_array_unref (self->saved);
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->authors);
  g_hash_table_unref (self->claims);
  g_hash_table_unref (self->deletes);
  g_ptr_array_unref (self->sets);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->conflicts);
  g_free (self);
}

/* A record that comes with the program is there before anybody has sent it. */
static CrmServerRecord *
make_builtin (CrmServerBatch *self, int index)
{
  g_autoptr (CrmRecord) builtin = crm_builtin_new (self->model, (guint) index);
  const CrmKind *kind = crm_record_get_kind (builtin);
  CrmServerRecord *record = crm_server_record_new (crm_kind_get_name (kind),
                                                   crm_record_get_id (builtin));

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      const CrmWireValue value = crm_wire_value_for_field (field, crm_record_get_at (builtin, i));

      if (value.type != CRM_WIRE_EMPTY)
        crm_server_record_set (record, field->name, &value, 0);
    }

  return record;
}

CrmServerTouched *
crm_server_batch_touch (CrmServerBatch *self, const char *id, GError **error)
{
  CrmServerTouched *touched = g_hash_table_lookup (self->records, id);
  g_autoptr (GError) local_error = NULL;
  CrmServerRecord *record;

  if (touched != NULL)
    return touched;

  record = self->store->ops->get_record (self->store, id, TRUE, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  touched = g_new0 (CrmServerTouched, 1);
  touched->record = record;
  touched->was_there = record != NULL;
  g_hash_table_insert (self->records, g_strdup (id), touched);
  if (record == NULL && crm_builtin_find (id) >= 0)
    touched->record = make_builtin (self, crm_builtin_find (id));

  return touched;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

gboolean
crm_server_batch_counts_delete (CrmServerBatch *self,
                                const CrmServerRecord *record,
                                gboolean *counts,
                                GError **error)
{
  CrmServerAuthor made, changed;

  if (!crm_server_batch_find_author (self, record->born, &made, error) ||
      !crm_server_batch_find_author (self, record->row_seq, &changed, error))
    return FALSE;
  *counts = made == CRM_SERVER_AUTHOR_OTHER || changed == CRM_SERVER_AUTHOR_OTHER;

  return TRUE;
}

static gboolean
count_deletes (CrmServerBatch *self, const CrmWireSet *set, GError **error)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->deletes, set->group));

  for (guint i = 0; i < set->n_ops; i++)
    {
      const CrmServerTouched *touched = g_hash_table_lookup (self->records, set->ops[i].id);
      gboolean counts = FALSE;

      if (set->ops[i].op != CRM_SET_OP_DELETE || touched->record == NULL ||
          touched->record->deleted)
        continue;
      if (!crm_server_batch_counts_delete (self, touched->record, &counts, error))
        return FALSE;
      n += counts;
    }
  if (n > 0)
    g_hash_table_insert (self->deletes, (gpointer) set->group, GUINT_TO_POINTER (n));

  return TRUE;
}

gboolean
crm_server_batch_load (CrmServerBatch *self, const CrmPushRequest *request, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < request->n_sets; i++)
    for (guint j = 0; j < request->sets[i].n_ops; j++)
      g_ptr_array_add (ids, (gpointer) request->sets[i].ops[j].id);
  g_ptr_array_sort (ids, compare_ids);

  for (guint i = 0; i < ids->len; i++)
    if (crm_server_batch_touch (self, ids->pdata[i], error) == NULL)
      return FALSE;
  for (guint i = 0; i < request->n_sets; i++)
    if (request->sets[i].group != NULL && !count_deletes (self, &request->sets[i], error))
      return FALSE;

  return TRUE;
}

void
crm_server_batch_save (CrmServerBatch *self, CrmServerTouched *touched)
{
  if (touched->saved)
    return;

  touched->saved = TRUE;
  g_ptr_array_add (self->saved, touched);
  touched->was_written = touched->written;
  touched->before = touched->record != NULL ? crm_server_record_copy (touched->record) : NULL;
}

void
crm_server_batch_settle_set (CrmServerBatch *self, gboolean keep)
{
  for (guint i = 0; i < self->saved->len; i++)
    {
      CrmServerTouched *touched = self->saved->pdata[i];

      if (!keep)
        {
          crm_server_record_free (touched->record);
          touched->record = g_steal_pointer (&touched->before);
          touched->written = touched->was_written;
        }
      touched->saved = FALSE;
      g_clear_pointer (&touched->before, crm_server_record_free);
    }
  g_ptr_array_set_size (self->saved, 0);
}

static CrmServerAuthor
name_author (CrmServerBatch *self, const CrmServerSet *set)
{
  if (set == NULL || strcmp (set->replica, self->replica->id) != 0)
    return CRM_SERVER_AUTHOR_OTHER;

  /* The status of the set that is applied is not known yet. */
  return set->status == NULL || crm_server_set_get_status (set) == CRM_SET_STATUS_OK
             ? CRM_SERVER_AUTHOR_SELF
             : CRM_SERVER_AUTHOR_MERGED;
}

gboolean
crm_server_batch_find_author (CrmServerBatch *self,
                              gint64 version,
                              CrmServerAuthor *author,
                              GError **error)
{
  g_autoptr (CrmServerSet) set = NULL;
  g_autoptr (GError) local_error = NULL;
  gpointer known;

  if (version >= CRM_SERVER_PROVISIONAL)
    {
      *author = name_author (self, self->sets->pdata[version - CRM_SERVER_PROVISIONAL]);
      return TRUE;
    }
  if (g_hash_table_lookup_extended (self->authors, &version, NULL, &known))
    {
      *author = (CrmServerAuthor) GPOINTER_TO_INT (known);
      return TRUE;
    }

  set = self->store->ops->get_set (self->store, version, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *author = name_author (self, set);
  g_hash_table_insert (self->authors,
                       g_memdup2 (&version, sizeof version),
                       GINT_TO_POINTER (*author));

  return TRUE;
}

/* Its record says so, also when this push has settled it. */
static gboolean
is_open (CrmServerBatch *self, const CrmServerConflict *conflict)
{
  const CrmServerTouched *touched = g_hash_table_lookup (self->records, conflict->id);

  return touched == NULL ||
         (touched->record != NULL && !touched->record->deleted &&
          g_strcmp0 (crm_server_record_get (touched->record, "state"), "open") == 0);
}

GPtrArray *
crm_server_batch_list_conflicts (CrmServerBatch *self, const char *record, GError **error)
{
  g_autoptr (GPtrArray) stored = self->store->ops->list_conflicts (self->store, record, error);
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *open = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_server_conflict_free);
  GPtrArray *lists[] = { stored, self->conflicts };

  if (stored == NULL)
    {
      g_ptr_array_unref (open);
      return NULL;
    }

  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    for (guint i = 0; i < lists[l]->len; i++)
      {
        const CrmServerConflict *conflict = lists[l]->pdata[i];

        if (strcmp (conflict->record, record) == 0 && is_open (self, conflict) &&
            g_hash_table_add (named, conflict->id))
          g_ptr_array_add (open, crm_server_conflict_copy (conflict));
      }

  return open;
}

static gboolean
write_sets (CrmServerBatch *self, CrmServerHead *head, GError **error)
{
  const gint64 first = head->seq + 1;

  for (guint i = 0; i < self->sets->len; i++)
    {
      CrmServerSet *set = self->sets->pdata[i];

      set->seq = first + i;
      crm_server_chain_add (head->h, set->seq, set->digest);
      memcpy (set->h, head->h, sizeof set->h);
      if (!self->store->ops->add_set (self->store, set, error))
        return FALSE;
    }
  for (guint i = 0; i < self->changes->len; i++)
    {
      CrmServerChange *change = self->changes->pdata[i];

      change->seq = crm_server_seq_settle (change->seq, first);
      if (!self->store->ops->add_change (self->store, change, error))
        return FALSE;
    }
  for (guint i = 0; i < self->conflicts->len; i++)
    if (!self->store->ops->put_conflict (self->store, self->conflicts->pdata[i], error))
      return FALSE;

  return self->store->ops->set_hash (self->store, head->h, error);
}

/* All that records of the batch had is freed before any takes a number: two may have changed
 * places.
 * @take: the second round */
static gboolean
write_numbers (CrmServerBatch *self, gboolean take, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CrmServerTouched *touched = value;
      const CrmServerRecord *record = touched->record;
      const char *number;
      const char *family;

      if (!touched->written || (!take && !touched->was_there) ||
          (!record->deleted &&
           crm_server_record_get_version (record, "number") < CRM_SERVER_PROVISIONAL))
        continue;
      family = crm_server_number_get_family (crm_model_find_kind (self->model, record->kind));
      number = take && !record->deleted ? crm_server_record_get (record, "number") : NULL;
      if (family == NULL || (take && number == NULL))
        continue;
      if (!self->store->ops->put_unique (self->store, family, "number", record->id, number, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_record (CrmServerBatch *self, CrmServerTouched *touched, gint64 first, GError **error)
{
  CrmServerRecord *record = touched->record;
  const CrmKind *kind = crm_model_find_kind (self->model, record->kind);

  crm_server_record_settle (record, first);
  if (touched->written)
    {
      if (!self->store->ops->put_record (self->store, record, error))
        return FALSE;
      if (kind != NULL && crm_kind_is_relation (kind))
        {
          g_autoptr (GPtrArray) keys = crm_server_alike_list_keys (record);

          if (!self->store->ops->put_keys (self->store, record->id, keys, error))
            return FALSE;
        }
    }

  return self->store->ops->put_entry (self->store,
                                      SCOPE_EVERYONE,
                                      record,
                                      crm_server_seq_settle (touched->seq, first),
                                      touched->joined,
                                      error);
}

static gboolean
write_records (CrmServerBatch *self, gint64 first, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  if (!write_numbers (self, FALSE, error) || !write_numbers (self, TRUE, error))
    return FALSE;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      CrmServerTouched *touched = value;

      if (touched->seq == 0 || touched->record == NULL)
        continue;
      /* Refused about a record that is in no database. */
      if (!touched->was_there && !touched->written)
        continue;
      if (!write_record (self, touched, first, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_server_batch_write (CrmServerBatch *self, gint64 *seq, GError **error)
{
  CrmServerHead head = { 0 };
  gint64 first;

  if (!self->store->ops->take_seqs (self->store, self->sets->len, &head, error))
    return FALSE;
  first = head.seq + 1;
  *seq = head.seq + self->sets->len;

  return write_sets (self, &head, error) && write_records (self, first, error) &&
         self->store->ops->put_replica (self->store, self->replica, error);
}
