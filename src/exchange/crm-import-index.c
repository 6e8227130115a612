#include "exchange/crm-import-index-private.h"

#include "base/crm-id.h"

#include <string.h>

static void
entry_free (gpointer data)
{
  CrmImportEntry *entry = data;

  g_clear_object (&entry->record);
  g_free (entry->id);
  g_free (entry->number);
  g_free (entry->postcode);
  g_free (entry->city);
  g_free (entry);
}

/* In the order in which they were made, which the next import of the file finds again. */
static void
add_candidate (CrmImportIndex *self, GHashTable *table, const char *key, CrmImportEntry *entry)
{
  GPtrArray *same = g_hash_table_lookup (table, key);
  guint at;

  if (same == NULL)
    {
      same = g_ptr_array_sized_new (1);
      g_hash_table_insert (table, g_string_chunk_insert (self->keys, key), same);
    }
  for (at = same->len; at > 0; at--)
    {
      const CrmImportEntry *before = g_ptr_array_index (same, at - 1);

      if (before == entry)
        return;
      if (before->order < entry->order)
        break;
    }
  g_ptr_array_insert (same, at, entry);
}

static guint
count_domain (CrmImportIndex *self, const char *domain)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->domains, domain));
}

static void
add_person (CrmImportIndex *self, CrmImportEntry *entry, CrmRecord *record)
{
  CrmImportPerson person = crm_import_person_of_record (record);
  guint64 hashes[3];
  guint i;

  for (i = 0; i < 2; i++)
    {
      g_autofree char *key = crm_import_dup_email_key (&person, i == 1);

      if (key != NULL)
        add_candidate (self, self->by_email, key, entry);
    }

  if (crm_import_get_domain (&person) != NULL)
    g_hash_table_insert (self->domains,
                         g_string_chunk_insert_const (self->keys, crm_import_get_domain (&person)),
                         GUINT_TO_POINTER (count_domain (self, crm_import_get_domain (&person)) +
                                           1));
  crm_import_hash_likeness (&person, hashes);
  for (i = 0; i < G_N_ELEMENTS (hashes); i++)
    if (hashes[i] != 0 && !g_hash_table_contains (self->by_likeness, &hashes[i]))
      g_hash_table_insert (self->by_likeness, g_memdup2 (&hashes[i], sizeof hashes[i]), entry);
}

static void
add_organisation (CrmImportIndex *self, CrmImportEntry *entry, CrmRecord *record)
{
  g_autofree char *name = crm_import_squash (crm_record_get (record, "name"));

  g_set_str (&entry->postcode, crm_record_get (record, "postcode"));
  g_set_str (&entry->city, crm_record_get (record, "city"));

  add_candidate (self, self->by_name, name, entry);
}

CrmImportEntry *
crm_import_index_add (CrmImportIndex *self, CrmRecord *record)
{
  CrmImportEntry *entry;
  const char *number;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (CRM_IS_RECORD (record), NULL);

  entry = g_hash_table_lookup (self->by_id, crm_record_get_id (record));
  if (entry == NULL)
    {
      entry = g_new0 (CrmImportEntry, 1);
      entry->id = g_strdup (crm_record_get_id (record));
      entry->organisation = g_str_equal (crm_kind_get_name (crm_record_get_kind (record)),
                                         "organisation");
      entry->order = self->entries->len;
      g_ptr_array_add (self->entries, entry);
      g_hash_table_insert (self->by_id, entry->id, entry);
    }

  number = crm_record_get (record, "number");
  g_set_str (&entry->number, number);
  if (number != NULL)
    {
      g_autofree char *key = crm_import_dup_number_key (entry->organisation, number);

      if (!g_hash_table_contains (self->by_number, key))
        g_hash_table_insert (self->by_number, g_string_chunk_insert (self->keys, key), entry);
    }

  if (entry->organisation)
    add_organisation (self, entry, record);
  else
    add_person (self, entry, record);

  return entry;
}

static gboolean
add_cb (CrmRecord *record, gpointer user_data)
{
  CrmImportIndex *self = user_data;

  crm_import_index_add (self, record);
  crm_replica_yield (self->replica);

  return !g_cancellable_is_cancelled (self->cancellable);
}

CrmImportIndex *
crm_import_index_new (CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  static const char *const kinds[] = { "person", "organisation" };
  g_autoptr (CrmImportIndex) self = NULL;
  gsize i;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);

  self = g_new0 (CrmImportIndex, 1);
  self->replica = g_object_ref (replica);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_number = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_email = g_hash_table_new_full (g_str_hash,
                                          g_str_equal,
                                          NULL,
                                          (GDestroyNotify) g_ptr_array_unref);
  self->by_name = g_hash_table_new_full (g_str_hash,
                                         g_str_equal,
                                         NULL,
                                         (GDestroyNotify) g_ptr_array_unref);
  self->by_likeness = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->domains = g_hash_table_new (g_str_hash, g_str_equal);
  self->claimed = g_hash_table_new (g_str_hash, g_str_equal);
  self->keys = g_string_chunk_new (64 * 1024);

  self->cancellable = cancellable;
  /* One kind at a time comes in the order in which its records were made. */
  for (i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (CrmQuery) query = crm_query_new (kinds[i]);

      if (!crm_replica_each (replica, query, 0, add_cb, self, cancellable, error) ||
          g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }
  self->cancellable = NULL;

  return g_steal_pointer (&self);
}

void
crm_import_index_free (CrmImportIndex *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_number);
  g_hash_table_unref (self->by_email);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->by_likeness);
  g_hash_table_unref (self->domains);
  g_hash_table_unref (self->claimed);
  g_ptr_array_unref (self->entries);
  g_object_unref (self->replica);
  g_string_chunk_free (self->keys);
  g_free (self);
}

CrmImportEntry *
crm_import_index_find (CrmImportIndex *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

gboolean
crm_import_index_has_other_kind (CrmImportIndex *self, const char *uid, gboolean organisation)
{
  const CrmImportEntry *entry;
  g_autoptr (CrmRecord) other = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (uid == NULL)
    return FALSE;
  entry = g_hash_table_lookup (self->by_id, uid);
  if (entry != NULL)
    return entry->organisation != organisation;

  /* Activities, tags and templates are no entries. */
  other = crm_replica_find (self->replica, uid);

  return other != NULL && !crm_kind_is_relation (crm_record_get_kind (other));
}

char *
crm_import_draft_dup_made_id (const CrmImportDraft *draft)
{
  const CrmImportValues *values = draft->main;
  g_autoptr (GChecksum) checksum = NULL;
  g_autofree char *name = NULL;
  guint i;

  if (values == NULL || crm_import_values_get (values, "number") != NULL)
    return NULL;
  if (draft->main == draft->person)
    {
      CrmImportPerson person = crm_import_person_of_values (draft->person, NULL);
      g_autofree char *key = crm_import_dup_email_key (&person, FALSE);

      if (key != NULL)
        return NULL;
    }

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  for (i = 0; i < crm_kind_get_n_fields (values->kind); i++)
    if (values->values[i] != NULL)
      {
        const char *field = crm_kind_get_field (values->kind, i)->name;

        g_checksum_update (checksum, (const guchar *) field, strlen (field) + 1);
        g_checksum_update (checksum,
                           (const guchar *) values->values[i],
                           strlen (values->values[i]) + 1);
      }
  if (draft->employer != NULL)
    g_checksum_update (checksum, (const guchar *) draft->employer, -1);
  name = g_strconcat ("import:",
                      crm_kind_get_name (values->kind),
                      ":",
                      g_checksum_get_string (checksum),
                      NULL);

  return crm_id_new_for_name (name);
}
