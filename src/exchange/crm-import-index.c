#include "exchange/crm-import-index.h"

#include "base/crm-id.h"
#include "base/crm-text.h"

#include <string.h>

/* A domain with more persons is a provider of mailboxes. */
#define DOMAIN_MAX 500

struct _CrmImportIndex
{
  GPtrArray *entries;
  GHashTable *by_id;     /* id */
  GHashTable *by_number; /* "p" or "o" and the folded number */
  GHashTable *by_email;  /* e-mail, newline, squashed surname */
  GHashTable *by_name;   /* squashed name of an organisation to GPtrArray */
  GHashTable
      *by_likeness;    /* hash of what looks alike: a false hit of 64 bits is only a wrong hint */
  GHashTable *domains; /* domain of e-mail addresses to how many persons have one there */
  GStringChunk *keys;
  GCancellable *cancellable;
};

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

/* FNV-1a of 64 bits over parts that a zero ends. */
static guint64
hash_part (guint64 hash, const char *text)
{
  if (hash == 0)
    hash = G_GUINT64_CONSTANT (14695981039346656037);
  for (; text != NULL && *text != '\0'; text++)
    hash = (hash ^ (guchar) *text) * G_GUINT64_CONSTANT (1099511628211);

  return (hash ^ 1) * G_GUINT64_CONSTANT (1099511628211);
}

/* Most names are plain letters; folding these needs no tables. */
static char *
squash (const char *text)
{
  g_autoptr (GString) plain = NULL;

  if (text == NULL)
    return g_strdup ("");

  plain = g_string_sized_new (32);
  for (const char *at = text; *at != '\0'; at++)
    {
      if ((guchar) *at >= 0x80)
        return crm_text_squash (text);
      if (g_ascii_isalnum (*at))
        g_string_append_c (plain, g_ascii_tolower (*at));
    }

  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* The parts of a person that keys are made of, from a record or a row. */
typedef struct
{
  const char *email;
  const char *prefix;
  const char *surname;
  const char *given;
  const char *initials;
  const char *postcode;
  const char *house_number;
  const char *employer;
} Person;

static Person
person_of_values (const CrmImportValues *values, const char *employer)
{
  Person person = {
    .email = crm_import_values_get (values, "email"),
    .prefix = crm_import_values_get (values, "surname_prefix"),
    .surname = crm_import_values_get (values, "surname"),
    .given = crm_import_values_get (values, "given_name"),
    .initials = crm_import_values_get (values, "initials"),
    .postcode = crm_import_values_get (values, "postcode"),
    .house_number = crm_import_values_get (values, "house_number"),
    .employer = employer,
  };

  return person;
}

static Person
person_of_record (CrmRecord *record)
{
  Person person = {
    .email = crm_record_get (record, "email"),
    .prefix = crm_record_get (record, "surname_prefix"),
    .surname = crm_record_get (record, "surname"),
    .given = crm_record_get (record, "given_name"),
    .initials = crm_record_get (record, "initials"),
    .postcode = crm_record_get (record, "postcode"),
    .house_number = crm_record_get (record, "house_number"),
    .employer = crm_record_get (record, "organisation"),
  };

  return person;
}

/* NULL when the e-mail does not tell people apart. @whole: with the prefix in the surname, as some
 * programs keep it. */
static char *
dup_email_key (const Person *person, gboolean whole)
{
  g_autofree char *email = NULL;
  g_autofree char *surname = NULL;
  g_autofree char *joined = NULL;

  if (person->email == NULL || !crm_email_is_personal (person->email))
    return NULL;
  if (whole && person->prefix == NULL)
    return NULL;

  joined = whole && person->surname != NULL ? g_strconcat (person->prefix, person->surname, NULL)
                                            : NULL;
  surname = squash (joined != NULL ? joined : person->surname);
  /* Who has no surname at all is told by the first name. */
  if (*surname == '\0')
    {
      g_free (surname);
      g_free (joined);
      joined = squash (person->given);
      surname = g_strconcat ("~", joined, NULL);
    }
  email = g_utf8_strdown (person->email, -1);

  return g_strconcat (email, "\n", surname, NULL);
}

static char *
dup_number_key (gboolean organisation, const char *number)
{
  g_autofree char *folded = crm_text_fold (number);

  return g_strconcat (organisation ? "o" : "p", folded, NULL);
}

static guint
count_domain (CrmImportIndex *self, const char *domain)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->domains, domain));
}

static const char *
get_domain (const Person *person)
{
  const char *at = person->email != NULL ? strrchr (person->email, '@') : NULL;

  return at != NULL ? at + 1 : NULL;
}

/* Up to three hashes; 0 where the person lacks what it is made of. */
static void
hash_likeness (const Person *person, guint64 hashes[3])
{
  g_autofree char *surname = squash (person->surname);
  g_autofree char *given = squash (person->given);
  g_autofree char *initials = squash (person->initials);
  const char *domain = get_domain (person);
  g_autofree char *postcode = squash (person->postcode);
  char first[2] = { *given != '\0' ? *given : *initials, '\0' };
  char house[16] = "";

  memset (hashes, 0, 3 * sizeof *hashes);
  if (*surname == '\0' || *first == '\0')
    return;

  if (domain != NULL && *given != '\0')
    hashes[0] = hash_part (hash_part (hash_part (hash_part (0, "d"), domain), given), surname);
  if (person->employer != NULL)
    hashes[1] = hash_part (hash_part (hash_part (hash_part (0, "e"), person->employer), first),
                           surname);
  if (*postcode != '\0' && person->house_number != NULL)
    {
      g_strlcpy (house,
                 person->house_number,
                 MIN (sizeof house, strspn (person->house_number, "0123456789") + 1));
      hashes[2] = hash_part (hash_part (hash_part (hash_part (0, "a"), postcode), house), first);
    }
}

static void
add_person (CrmImportIndex *self, CrmImportEntry *entry, CrmRecord *record)
{
  Person person = person_of_record (record);
  guint64 hashes[3];
  guint i;

  for (i = 0; i < 2; i++)
    {
      g_autofree char *key = dup_email_key (&person, i == 1);

      /* The first of two records of one key stays. */
      if (key != NULL && !g_hash_table_contains (self->by_email, key))
        g_hash_table_insert (self->by_email, g_string_chunk_insert (self->keys, key), entry);
    }

  if (get_domain (&person) != NULL)
    g_hash_table_insert (self->domains,
                         g_string_chunk_insert_const (self->keys, get_domain (&person)),
                         GUINT_TO_POINTER (count_domain (self, get_domain (&person)) + 1));
  hash_likeness (&person, hashes);
  for (i = 0; i < G_N_ELEMENTS (hashes); i++)
    if (hashes[i] != 0 && !g_hash_table_contains (self->by_likeness, &hashes[i]))
      g_hash_table_insert (self->by_likeness, g_memdup2 (&hashes[i], sizeof hashes[i]), entry);
}

static void
add_organisation (CrmImportIndex *self, CrmImportEntry *entry, CrmRecord *record)
{
  g_autofree char *name = squash (crm_record_get (record, "name"));
  GPtrArray *same = g_hash_table_lookup (self->by_name, name);

  g_set_str (&entry->number, crm_record_get (record, "number"));
  g_set_str (&entry->postcode, crm_record_get (record, "postcode"));
  g_set_str (&entry->city, crm_record_get (record, "city"));

  if (same == NULL)
    {
      same = g_ptr_array_sized_new (1);
      g_hash_table_insert (self->by_name, g_string_chunk_insert (self->keys, name), same);
    }
  if (!g_ptr_array_find (same, entry, NULL))
    g_ptr_array_add (same, entry);
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
      g_ptr_array_add (self->entries, entry);
      g_hash_table_insert (self->by_id, entry->id, entry);
    }

  number = crm_record_get (record, "number");
  if (number != NULL)
    {
      g_autofree char *key = dup_number_key (entry->organisation, number);

      if (!g_hash_table_contains (self->by_number, key))
        g_hash_table_insert (self->by_number, g_string_chunk_insert (self->keys, key), entry);
    }

  if (entry->organisation)
    add_organisation (self, entry, record);
  else
    add_person (self, entry, record);

  return entry;
}

void
crm_import_index_forget (CrmImportIndex *self, CrmRecord *old)
{
  CrmImportEntry *entry;
  Person person;
  guint i;

  g_return_if_fail (self != NULL);
  g_return_if_fail (CRM_IS_RECORD (old));

  entry = g_hash_table_lookup (self->by_id, crm_record_get_id (old));
  if (entry == NULL || entry->organisation)
    return;

  person = person_of_record (old);
  for (i = 0; i < 2; i++)
    {
      g_autofree char *key = dup_email_key (&person, i == 1);

      if (key != NULL && g_hash_table_lookup (self->by_email, key) == entry)
        g_hash_table_remove (self->by_email, key);
    }
}

static gboolean
add_cb (CrmRecord *record, gpointer user_data)
{
  CrmImportIndex *self = user_data;

  crm_import_index_add (self, record);

  return !g_cancellable_is_cancelled (self->cancellable);
}

CrmImportIndex *
crm_import_index_new (CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmImportIndex) self = NULL;
  g_autoptr (CrmQuery) query = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);

  self = g_new0 (CrmImportIndex, 1);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_number = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_email = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name = g_hash_table_new_full (g_str_hash,
                                         g_str_equal,
                                         NULL,
                                         (GDestroyNotify) g_ptr_array_unref);
  self->by_likeness = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->domains = g_hash_table_new (g_str_hash, g_str_equal);
  self->keys = g_string_chunk_new (64 * 1024);

  self->cancellable = cancellable;
  query = crm_query_new ("person|organisation");
  if (!crm_replica_each (replica, query, 0, add_cb, self, cancellable, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
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
  g_ptr_array_unref (self->entries);
  g_string_chunk_free (self->keys);
  g_free (self);
}

gboolean
crm_import_index_has_other_kind (CrmImportIndex *self, const char *uid, gboolean organisation)
{
  const CrmImportEntry *entry;

  g_return_val_if_fail (self != NULL, FALSE);

  entry = uid != NULL ? g_hash_table_lookup (self->by_id, uid) : NULL;

  return entry != NULL && entry->organisation != organisation;
}

static CrmImportEntry *
find_number (CrmImportIndex *self, gboolean organisation, const char *number)
{
  g_autofree char *key = NULL;

  if (number == NULL)
    return NULL;

  key = dup_number_key (organisation, number);

  return g_hash_table_lookup (self->by_number, key);
}

static gboolean
differ (const char *a, const char *b)
{
  g_autofree char *folded_a = NULL;
  g_autofree char *folded_b = NULL;

  if (a == NULL || b == NULL)
    return FALSE;

  folded_a = squash (a);
  folded_b = squash (b);

  return !g_str_equal (folded_a, folded_b);
}

/* Branches of one name in two towns, or with two numbers and two addresses, are two organisations.
 */
static CrmImportEntry *
find_branch (CrmImportIndex *self, const CrmImportValues *values)
{
  g_autofree char *name = squash (crm_import_values_get (values, "name"));
  const char *number = crm_import_values_get (values, "number");
  const char *postcode = crm_import_values_get (values, "postcode");
  const char *city = crm_import_values_get (values, "city");
  GPtrArray *same = *name != '\0' ? g_hash_table_lookup (self->by_name, name) : NULL;
  CrmImportEntry *best = NULL;
  guint i;

  for (i = 0; same != NULL && i < same->len; i++)
    {
      CrmImportEntry *entry = g_ptr_array_index (same, i);

      if (differ (city, entry->city) ||
          (differ (number, entry->number) && differ (postcode, entry->postcode)))
        continue;
      if (postcode != NULL && entry->postcode != NULL && !differ (postcode, entry->postcode))
        return entry;
      if (best == NULL)
        best = entry;
    }

  return best;
}

static CrmImportEntry *
match_person (CrmImportIndex *self, const CrmImportDraft *draft)
{
  Person person = person_of_values (draft->person, NULL);
  CrmImportEntry *entry = find_number (self,
                                       FALSE,
                                       crm_import_values_get (draft->person, "number"));
  guint i;

  for (i = 0; entry == NULL && i < 2; i++)
    {
      g_autofree char *key = dup_email_key (&person, i == 1);

      if (key != NULL)
        entry = g_hash_table_lookup (self->by_email, key);
    }

  return entry;
}

CrmImportEntry *
crm_import_index_match (CrmImportIndex *self, const CrmImportDraft *draft)
{
  CrmImportEntry *entry = NULL;
  g_autofree char *made = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  if (draft->uid != NULL)
    entry = g_hash_table_lookup (self->by_id, draft->uid);
  if (entry == NULL && draft->nameless)
    {
      entry = find_number (self, FALSE, crm_import_values_get (draft->person, "number"));
      if (entry == NULL)
        entry = find_number (self, TRUE, crm_import_values_get (draft->organisation, "number"));
      return entry;
    }
  if (entry == NULL && draft->main == draft->person)
    entry = match_person (self, draft);
  else if (entry == NULL)
    {
      entry = find_number (self, TRUE, crm_import_values_get (draft->organisation, "number"));
      if (entry == NULL)
        entry = find_branch (self, draft->organisation);
    }
  if (entry == NULL && draft->uid == NULL && (made = crm_import_draft_dup_made_id (draft)) != NULL)
    entry = g_hash_table_lookup (self->by_id, made);

  /* An id of the other kind is no match. */
  return entry != NULL && entry->organisation == (draft->main == draft->organisation) ? entry
                                                                                      : NULL;
}

CrmImportEntry *
crm_import_index_find_organisation (CrmImportIndex *self, const char *uid, const char *name)
{
  CrmImportEntry *entry = uid != NULL ? g_hash_table_lookup (self->by_id, uid) : NULL;
  g_autofree char *squashed = NULL;
  GPtrArray *same;

  g_return_val_if_fail (self != NULL, NULL);

  if (entry != NULL && entry->organisation)
    return entry;
  /* Another id is another organisation, whatever its name. */
  if (name == NULL || uid != NULL)
    return NULL;

  squashed = squash (name);
  same = *squashed != '\0' ? g_hash_table_lookup (self->by_name, squashed) : NULL;

  return same != NULL ? g_ptr_array_index (same, 0) : find_number (self, TRUE, name);
}

CrmImportEntry *
crm_import_index_find_possible (CrmImportIndex *self,
                                const CrmImportDraft *draft,
                                const char *employer)
{
  Person person;
  guint64 hashes[3];
  CrmImportEntry *entry = NULL;
  guint i;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  if (draft->main == NULL || draft->main != draft->person)
    return NULL;

  person = person_of_values (draft->person, employer);
  hash_likeness (&person, hashes);
  /* No company's domain, but a provider's: there a name says little. */
  if (get_domain (&person) != NULL && count_domain (self, get_domain (&person)) > DOMAIN_MAX)
    hashes[0] = 0;
  for (i = 0; entry == NULL && i < G_N_ELEMENTS (hashes); i++)
    if (hashes[i] != 0)
      entry = g_hash_table_lookup (self->by_likeness, &hashes[i]);

  return entry;
}

gboolean
crm_import_index_has_number (CrmImportIndex *self,
                             gboolean organisation,
                             const char *number,
                             const char *except)
{
  CrmImportEntry *entry;

  g_return_val_if_fail (self != NULL, FALSE);

  entry = find_number (self, organisation, number);

  return entry != NULL && g_strcmp0 (entry->id, except) != 0;
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
      Person person = person_of_values (draft->person, NULL);
      g_autofree char *key = dup_email_key (&person, FALSE);

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
