#include "exchange/crm-import-index-private.h"
#include "exchange/crm-import-merge.h"

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

/* Whether the record says all that the row says. */
static gboolean
says_all (CrmImportIndex *self,
          CrmImportEntry *entry,
          CrmImportDraft *draft,
          const CrmImportPlan *plan)
{
  g_autoptr (CrmRecord) stored = entry->record != NULL
                                     ? g_object_ref (entry->record)
                                     : crm_replica_find (self->replica, entry->id);
  g_autoptr (CrmRecord) copy = stored != NULL ? crm_record_copy (stored) : NULL;
  const guint n_notes = draft->notes->len;
  gboolean changes;

  if (copy == NULL)
    return FALSE;
  changes = crm_import_merge (copy, draft->main, draft, plan);
  g_ptr_array_set_size (draft->notes, n_notes);

  return !changes;
}

/*
 * Of @best and the others that may be meant, one that is as the row says, if @best would change: so
 * a row finds the record that it made or changed when the file comes again, whatever other rows
 * made alike in the meantime.
 */
static CrmImportEntry *
prefer_equal (CrmImportIndex *self,
              CrmImportEntry *best,
              GPtrArray *others,
              CrmImportDraft *draft,
              const CrmImportPlan *plan)
{
  guint i;

  if (best == NULL || best->line != 0 || others->len < 2 || says_all (self, best, draft, plan))
    return best;

  for (i = 0; i < others->len; i++)
    {
      CrmImportEntry *entry = g_ptr_array_index (others, i);

      if (entry != best && entry->line == 0 && says_all (self, entry, draft, plan))
        return entry;
    }

  return best;
}

/* Branches of one name in two towns, or with two numbers and two addresses, are two organisations.
 */
static CrmImportEntry *
find_branch (CrmImportIndex *self, CrmImportDraft *draft, const CrmImportPlan *plan)
{
  const CrmImportValues *values = draft->organisation;
  g_autofree char *name = crm_import_squash (crm_import_values_get (values, "name"));
  const char *number = crm_import_values_get (values, "number");
  const char *postcode = crm_import_values_get (values, "postcode");
  const char *city = crm_import_values_get (values, "city");
  GPtrArray *same = *name != '\0' ? g_hash_table_lookup (self->by_name, name) : NULL;
  g_autoptr (GPtrArray) fitting = g_ptr_array_new ();
  CrmImportEntry *best = NULL;
  guint i;

  for (i = 0; same != NULL && i < same->len; i++)
    {
      CrmImportEntry *entry = g_ptr_array_index (same, i);

      if (differ (city, entry->city) ||
          (differ (number, entry->number) && differ (postcode, entry->postcode)))
        continue;
      g_ptr_array_add (fitting, entry);
      if (best == NULL && postcode != NULL && entry->postcode != NULL &&
          !differ (postcode, entry->postcode))
        best = entry;
    }
  if (best == NULL && fitting->len > 0)
    best = g_ptr_array_index (fitting, 0);

  return prefer_equal (self, best, fitting, draft, plan);
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
find_email (CrmImportIndex *self, CrmImportDraft *draft, const CrmImportPlan *plan)
{
  const CrmImportPerson person = crm_import_person_of_values (draft->person, NULL);
  g_autoptr (GPtrArray) twins = g_ptr_array_new ();
  CrmImportEntry *best = NULL;
  guint i;
  guint j;

  for (i = 0; i < 2; i++)
    {
      g_autofree char *key = crm_import_dup_email_key (&person, i == 1);
      GPtrArray *same = key != NULL ? g_hash_table_lookup (self->by_email, key) : NULL;

      for (j = 0; same != NULL && j < same->len; j++)
        if (!g_ptr_array_find (twins, g_ptr_array_index (same, j), NULL))
          g_ptr_array_add (twins, g_ptr_array_index (same, j));
    }
  for (i = 0; i < twins->len; i++)
    if (is_better (self, g_ptr_array_index (twins, i), best, person.given))
      best = g_ptr_array_index (twins, i);

  return prefer_equal (self, best, twins, draft, plan);
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
 * over (a second number, an id that was nobody's): else it would be found under it the next time.
 */
static void
list_claims (const CrmImportDraft *draft, GPtrArray *claims)
{
  const gboolean organisation = !draft->nameless && draft->main == draft->organisation;
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
}

void
crm_import_index_claim (CrmImportIndex *self, CrmImportEntry *entry)
{
  guint i;

  g_return_if_fail (self != NULL && entry != NULL);

  for (i = 0; i < self->claims->len; i++)
    {
      const char *claim = g_ptr_array_index (self->claims, i);

      if (!g_hash_table_contains (self->claimed, claim))
        g_hash_table_insert (self->claimed, g_string_chunk_insert (self->keys, claim), entry);
    }
}

/* By what an earlier row of the file said. @kind: 'u' id, 'n' number, 'e' e-mail */
static CrmImportEntry *
find_claimed (CrmImportIndex *self, char kind)
{
  CrmImportEntry *entry = NULL;
  guint i;

  for (i = 0; entry == NULL && i < self->claims->len; i++)
    {
      const char *claim = g_ptr_array_index (self->claims, i);

      if (kind == (*claim == 'p' || *claim == 'o' ? 'n' : *claim))
        entry = g_hash_table_lookup (self->claimed, claim);
    }

  return entry;
}

/* By its id or its number, which no other record has. */
static CrmImportEntry *
find_known (CrmImportIndex *self, const CrmImportDraft *draft)
{
  CrmImportEntry *entry = NULL;

  if (draft->uid != NULL)
    entry = g_hash_table_lookup (self->by_id, draft->uid);
  if (entry == NULL && draft->uid != NULL && (entry = find_claimed (self, 'u')) != NULL)
    return entry;
  if (entry == NULL && draft->main != draft->organisation)
    entry = find_number (self, FALSE, crm_import_values_get (draft->person, "number"));
  if (entry == NULL && (draft->nameless || draft->main == draft->organisation))
    entry = find_number (self, TRUE, crm_import_values_get (draft->organisation, "number"));

  return entry != NULL ? entry : find_claimed (self, 'n');
}

/* By what several records may have. */
static CrmImportEntry *
find_alike (CrmImportIndex *self, CrmImportDraft *draft, const CrmImportPlan *plan)
{
  g_autofree char *made = NULL;
  CrmImportEntry *entry = find_claimed (self, 'e');

  if (entry == NULL)
    entry = draft->main == draft->person ? find_email (self, draft, plan)
                                         : find_branch (self, draft, plan);
  if (entry == NULL && draft->uid == NULL && (made = crm_import_draft_dup_made_id (draft)) != NULL)
    entry = g_hash_table_lookup (self->by_id, made);

  return entry;
}

CrmImportEntry *
crm_import_index_match (CrmImportIndex *self, CrmImportDraft *draft, const CrmImportPlan *plan)
{
  CrmImportEntry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (draft != NULL, NULL);

  g_ptr_array_set_size (self->claims, 0);
  list_claims (draft, self->claims);
  entry = find_known (self, draft);
  if (draft->nameless)
    return entry;
  if (entry == NULL)
    entry = find_alike (self, draft, plan);

  /* An id of the other kind is no match. */
  return entry != NULL && entry->organisation == (draft->main == draft->organisation) ? entry
                                                                                      : NULL;
}

CrmImportEntry *
crm_import_index_find_organisation (CrmImportIndex *self,
                                    const char *uid,
                                    const char *name,
                                    const char *current)
{
  CrmImportEntry *entry = uid != NULL ? g_hash_table_lookup (self->by_id, uid) : NULL;
  g_autofree char *squashed = NULL;
  GPtrArray *same;
  guint i;

  g_return_val_if_fail (self != NULL, NULL);

  if (entry != NULL && entry->organisation)
    return entry;
  /* Another id is another organisation, whatever its name. */
  if (name == NULL || uid != NULL)
    return NULL;

  squashed = crm_import_squash (name);
  same = *squashed != '\0' ? g_hash_table_lookup (self->by_name, squashed) : NULL;
  if (same == NULL || same->len == 0)
    return find_number (self, TRUE, name);

  /* Who works at one of several branches stays there. */
  for (i = 0; current != NULL && i < same->len; i++)
    {
      entry = g_ptr_array_index (same, i);
      if (g_str_equal (entry->id, current))
        return entry;
    }

  return g_ptr_array_index (same, 0);
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
