#include "exchange/crm-import-index-private.h"

#include "base/crm-id.h"

/* A domain with more persons is a provider of mailboxes. */
#define DOMAIN_MAX 500

static CrmImportEntry *
find_number (CrmImportIndex *self, gboolean organisation, const char *number)
{
  g_autofree char *key = NULL;

  if (number == NULL)
    return NULL;

  key = crm_import_dup_number_key (organisation, number);

  return g_hash_table_lookup (self->by_number, key);
}

static gboolean
differ (const char *a, const char *b)
{
  g_autofree char *folded_a = NULL;
  g_autofree char *folded_b = NULL;

  if (a == NULL || b == NULL)
    return FALSE;

  folded_a = crm_import_squash (a);
  folded_b = crm_import_squash (b);

  return !g_str_equal (folded_a, folded_b);
}

/* Branches of one name in two towns, or with two numbers and two addresses, are two organisations.
 */
static CrmImportEntry *
find_branch (CrmImportIndex *self, const CrmImportDraft *draft)
{
  const CrmImportValues *values = draft->organisation;
  g_autofree char *name = crm_import_squash (crm_import_values_get (values, "name"));
  const char *number = crm_import_values_get (values, "number");
  const char *postcode = crm_import_values_get (values, "postcode");
  const char *city = crm_import_values_get (values, "city");
  GPtrArray *same = *name != '\0' ? g_hash_table_lookup (self->by_name, name) : NULL;
  CrmImportEntry *first = NULL;
  guint i;

  for (i = 0; same != NULL && i < same->len; i++)
    {
      CrmImportEntry *entry = g_ptr_array_index (same, i);

      if (differ (city, entry->city) ||
          (differ (number, entry->number) && differ (postcode, entry->postcode)))
        continue;
      if (postcode != NULL && entry->postcode != NULL && !differ (postcode, entry->postcode))
        return entry;
      if (first == NULL)
        first = entry;
    }

  return first;
}

/* A record that no row of the file has yet, of the same first name if there is one. */
static gboolean
is_better (CrmImportIndex *self,
           CrmImportEntry *entry,
           const CrmImportEntry *best,
           const char *given)
{
  g_autoptr (CrmRecord) record = NULL;

  if (best == NULL || (entry->line == 0) != (best->line == 0))
    return best == NULL || entry->line == 0;
  if (given == NULL || entry->line != 0)
    return FALSE;

  record = crm_replica_find (self->replica, entry->id);
  if (record == NULL || crm_record_get (record, "given_name") == NULL ||
      differ (given, crm_record_get (record, "given_name")))
    return FALSE;
  g_clear_object (&record);
  record = crm_replica_find (self->replica, best->id);

  return record == NULL || crm_record_get (record, "given_name") == NULL ||
         differ (given, crm_record_get (record, "given_name"));
}

/* Twins share a mailbox and a surname. */
static CrmImportEntry *
find_email (CrmImportIndex *self, const CrmImportDraft *draft)
{
  const CrmImportPerson person = crm_import_person_of_values (draft->person, NULL);
  CrmImportEntry *best = NULL;
  guint i;
  guint j;

  for (i = 0; i < 2; i++)
    {
      g_autofree char *key = crm_import_dup_email_key (&person, i == 1);
      GPtrArray *same = key != NULL ? g_hash_table_lookup (self->by_email, key) : NULL;

      for (j = 0; same != NULL && j < same->len; j++)
        if (is_better (self, g_ptr_array_index (same, j), best, person.given))
          best = g_ptr_array_index (same, j);
    }

  return best;
}

static void
add_number_claim (GPtrArray *claims, gboolean organisation, const CrmImportValues *values)
{
  const char *number = crm_import_values_get (values, "number");

  if (number != NULL)
    g_ptr_array_add (claims, crm_import_dup_number_key (organisation, number));
}

/*
 * What the row is known by: its id, its number, its e-mail with the surname. A later row of the
 * file that is known by one of them is the same row again, also when the record did not take it
 * over: a second number, an id that was nobody's.
 */
static GPtrArray *
list_claims (const CrmImportDraft *draft)
{
  const gboolean organisation = !draft->nameless && draft->main == draft->organisation;
  GPtrArray *claims = g_ptr_array_new_with_free_func (g_free);
  guint i;

  if (draft->uid != NULL)
    g_ptr_array_add (claims, g_strconcat ("u", draft->uid, NULL));
  if (!organisation)
    add_number_claim (claims, FALSE, draft->person);
  if (organisation || draft->nameless)
    add_number_claim (claims, TRUE, draft->organisation);
  for (i = 0; i < 2 && !organisation && !draft->nameless; i++)
    {
      const CrmImportPerson person = crm_import_person_of_values (draft->person, NULL);
      g_autofree char *key = crm_import_dup_email_key (&person, i == 1);

      if (key != NULL)
        g_ptr_array_add (claims, g_strconcat ("e", key, NULL));
    }

  return claims;
}

void
crm_import_index_claim (CrmImportIndex *self, const CrmImportDraft *draft, CrmImportEntry *entry)
{
  g_autoptr (GPtrArray) claims = NULL;
  guint i;

  g_return_if_fail (self != NULL && draft != NULL && entry != NULL);

  claims = list_claims (draft);
  for (i = 0; i < claims->len; i++)
    {
      const char *claim = g_ptr_array_index (claims, i);

      if (!g_hash_table_contains (self->claimed, claim))
        g_hash_table_insert (self->claimed, g_string_chunk_insert (self->keys, claim), entry);
    }
}

/* By what an earlier row of the file said. @kind: 'u' id, 'n' number, 'e' e-mail */
static CrmImportEntry *
find_claimed (CrmImportIndex *self, const GPtrArray *claims, char kind)
{
  CrmImportEntry *entry = NULL;
  guint i;

  for (i = 0; entry == NULL && i < claims->len; i++)
    {
      const char *claim = g_ptr_array_index (claims, i);

      if (kind == (*claim == 'p' || *claim == 'o' ? 'n' : *claim))
        entry = g_hash_table_lookup (self->claimed, claim);
    }

  return entry;
}

/* By its id or its number, which no other record has. */
static CrmImportEntry *
find_known (CrmImportIndex *self, const CrmImportDraft *draft, const GPtrArray *claims)
{
  CrmImportEntry *entry = crm_import_index_find (self, draft->uid);

  if (entry == NULL && (entry = find_claimed (self, claims, 'u')) != NULL)
    return entry;
  if (entry == NULL && draft->main != draft->organisation)
    entry = find_number (self, FALSE, crm_import_values_get (draft->person, "number"));
  if (entry == NULL && (draft->nameless || draft->main == draft->organisation))
    entry = find_number (self, TRUE, crm_import_values_get (draft->organisation, "number"));

  return entry != NULL ? entry : find_claimed (self, claims, 'n');
}

/* By what several records may have. */
static CrmImportEntry *
find_alike (CrmImportIndex *self, const CrmImportDraft *draft, const GPtrArray *claims)
{
  g_autofree char *made = NULL;
  CrmImportEntry *entry = find_claimed (self, claims, 'e');

  if (entry == NULL)
    entry = draft->main == draft->person ? find_email (self, draft) : find_branch (self, draft);
  if (entry == NULL && draft->uid == NULL && (made = crm_import_draft_dup_made_id (draft)) != NULL)
    entry = crm_import_index_find (self, made);

  return entry;
}

CrmImportEntry *
crm_import_index_match (CrmImportIndex *self, const CrmImportDraft *draft)
{
  g_autoptr (GPtrArray) claims = NULL;
  CrmImportEntry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  claims = list_claims (draft);
  entry = find_known (self, draft, claims);
  if (draft->nameless)
    return entry;
  if (entry == NULL)
    entry = find_alike (self, draft, claims);

  /* An id of the other kind is no match. */
  return entry != NULL && entry->organisation == (draft->main == draft->organisation) ? entry
                                                                                      : NULL;
}

/* Who works at one of several branches stays there. */
static CrmImportEntry *
choose_branch (const GPtrArray *same, const char *current)
{
  guint i;

  for (i = 0; current != NULL && i < same->len; i++)
    {
      CrmImportEntry *entry = g_ptr_array_index (same, i);

      if (g_str_equal (entry->id, current))
        return entry;
    }

  return g_ptr_array_index (same, 0);
}

CrmImportEntry *
crm_import_index_find_organisation (CrmImportIndex *self,
                                    const CrmImportDraft *draft,
                                    const char *current)
{
  CrmImportEntry *entry;
  g_autofree char *name = NULL;
  const GPtrArray *same;

  g_return_val_if_fail (self != NULL && draft != NULL, NULL);

  entry = crm_import_index_find (self, draft->employer_uid);
  if (entry != NULL && entry->organisation)
    return entry;
  /* Another id is another organisation, whatever its name. */
  if (draft->employer == NULL || draft->employer_uid != NULL)
    return NULL;

  if (draft->main == draft->person)
    entry = find_number (self, TRUE, crm_import_values_get (draft->organisation, "number"));
  /* Nobody is called by an id, but lists of ours show links so. */
  if (entry == NULL && crm_id_is_valid (draft->employer))
    entry = crm_import_index_find (self, draft->employer);
  if (entry != NULL && entry->organisation)
    return entry;

  name = crm_import_squash (draft->employer);
  same = *name != '\0' ? g_hash_table_lookup (self->by_name, name) : NULL;

  return same != NULL ? choose_branch (same, current) : find_number (self, TRUE, draft->employer);
}

static guint
count_domain (CrmImportIndex *self, const CrmImportPerson *person)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->domains, crm_import_get_domain (person)));
}

CrmImportEntry *
crm_import_index_find_possible (CrmImportIndex *self,
                                const CrmImportDraft *draft,
                                const char *employer)
{
  CrmImportPerson person;
  guint64 hashes[3];
  CrmImportEntry *entry = NULL;
  guint i;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  if (draft->main == NULL || draft->main != draft->person)
    return NULL;

  person = crm_import_person_of_values (draft->person, employer);
  crm_import_hash_likeness (&person, hashes);
  /* No company's domain, but a provider's: there a name says little. */
  if (crm_import_get_domain (&person) != NULL && count_domain (self, &person) > DOMAIN_MAX)
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
