#include "store/demo/crm-demo-maker-private.h"

#include "base/crm-clock.h"
#include "base/crm-id.h"
#include "base/crm-text.h"
#include "store/crm-replica-private.h"

#include <string.h>

/* Any number will do, as long as it stays the same. */
#define SEED 20260301
/* Organisations that get new people at a time. */
#define OPEN_ORGANISATIONS 40

CrmDemoMaker *
crm_demo_maker_new (CrmReplica *replica)
{
  CrmDemoMaker *self = g_new0 (CrmDemoMaker, 1);

  self->model = crm_model_ref (crm_replica_get_model (replica));
  self->rand = g_rand_new_with_seed (SEED);
  self->user = crm_replica_dup_user (replica);
  self->now = crm_clock_now ();
  self->organisations = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
crm_demo_maker_free (CrmDemoMaker *self)
{
  crm_model_unref (self->model);
  g_rand_free (self->rand);
  g_free (self->user);
  g_ptr_array_unref (self->organisations);
  g_free (self);
}

guint
crm_demo_maker_roll (CrmDemoMaker *self, guint n)
{
  return (guint) g_rand_int_range (self->rand, 0, (gint32) n);
}

const char *
crm_demo_maker_pick (CrmDemoMaker *self, const char *const *list)
{
  return list[crm_demo_maker_roll (self, g_strv_length ((char **) list))];
}

/* One in @n. */
static gboolean
happens (CrmDemoMaker *self, guint n)
{
  return crm_demo_maker_roll (self, n) == 0;
}

CrmRecord *
crm_demo_maker_new_record (CrmDemoMaker *self, const char *kind, guint number)
{
  g_autofree char *name = g_strdup_printf ("demo %s %u", kind, number);
  g_autofree char *id = crm_id_new_for_name (name);

  return crm_record_new (crm_model_find_kind (self->model, kind), id);
}

G_GNUC_PRINTF (3, 4)
static void
set_printf (CrmRecord *record, const char *field, const char *format, ...)
{
  g_autofree char *value = NULL;
  va_list args;

  va_start (args, format);
  value = g_strdup_vprintf (format, args);
  va_end (args);
  crm_record_set (record, field, value);
}

CrmRecord *
crm_demo_maker_new_tag (CrmDemoMaker *self, guint index)
{
  CrmRecord *record = crm_demo_maker_new_record (self, "tag", index);

  crm_record_set (record, "name", crm_demo_tags[index].name);
  crm_record_set (record, "explanation", crm_demo_tags[index].explanation);
  crm_record_set (record, "owner", crm_demo_owners[index % 4]);

  return record;
}

/* A street of a town has one postcode, always the same; SA, SD and SS are not given out. */
static void
set_postcode (CrmRecord *record, const char *field, const CrmDemoTown *town, const char *street)
{
  const guint hash = g_str_hash (street) * 31 + town->first;
  g_autofree char *text = g_strdup_printf ("%u%c%c",
                                           town->first + hash % (town->last - town->first + 1),
                                           'A' + hash / 64 % 18,
                                           'B' + hash / 2048 % 20);

  crm_record_set (record, field, text);
}

static const CrmDemoTown *
set_address (CrmDemoMaker *self, CrmRecord *record)
{
  const CrmDemoTown *town = &crm_demo_towns[crm_demo_maker_roll (self, crm_demo_n_towns)];
  const char *street = crm_demo_maker_pick (self, crm_demo_streets);

  crm_record_set (record, "street", street);
  set_printf (record, "house_number", "%u", 1 + crm_demo_maker_roll (self, 240));
  if (happens (self, 9))
    set_printf (record, "house_letter", "%c", 'a' + crm_demo_maker_roll (self, 5));
  else if (happens (self, 14))
    crm_record_set (record, "house_addition", happens (self, 2) ? "bis" : "II");
  set_postcode (record, "postcode", town, street);
  crm_record_set (record, "city", town->name);
  crm_record_set (record, "country", "NL");

  return town;
}

static void
set_postal_address (CrmDemoMaker *self, CrmRecord *record, const CrmDemoTown *town)
{
  set_printf (record, "postal_po_box", "%u", 10 + crm_demo_maker_roll (self, 9000));
  set_postcode (record, "postal_postcode", town, "Postbus");
  crm_record_set (record, "postal_city", town->name);
  crm_record_set (record, "postal_country", "NL");
}

/* "+31" and nine digits. */
static void
set_phone (CrmDemoMaker *self, CrmRecord *record, const char *field, const char *area)
{
  GString *phone = g_string_new ("+31");

  g_string_append (phone, area);
  while (phone->len < 12)
    g_string_append_c (phone, '1' + crm_demo_maker_roll (self, 9));
  crm_record_set (record, field, phone->str);
  g_string_free (phone, TRUE);
}

static void
set_tags (CrmDemoMaker *self, CrmRecord *record)
{
  GString *tags = g_string_new (NULL);

  /* In the order of the list, which is that of their bytes. */
  for (guint i = 0; i < crm_demo_n_tags; i++)
    if (happens (self, 7))
      g_string_append_printf (tags, tags->len > 0 ? ";%s" : "%s", crm_demo_tags[i].name);
  crm_record_set (record, "tags", tags->str);
  g_string_free (tags, TRUE);
}

static void
set_status (CrmDemoMaker *self, CrmRecord *record)
{
  static const char *const stages[] = { "lead",     "prospect", "contacted", "negotiation",
                                        "customer", "customer", "customer",  "former",
                                        "supplier", "lost",     NULL };
  static const char *const sources[] = { "referral", "website", "fair", "campaign", "other", NULL };
  static const char *const teams[] = { "Noord", "Oost", "Zuid", "West", NULL };

  crm_record_set (record, "stage", crm_demo_maker_pick (self, stages));
  crm_record_set (record, "source", crm_demo_maker_pick (self, sources));
  crm_record_set (record,
                  "owner",
                  happens (self, 4) ? self->user : crm_demo_maker_pick (self, crm_demo_owners));
  crm_record_set (record, "team", crm_demo_maker_pick (self, teams));
  set_tags (self, record);
  if (happens (self, 4))
    crm_record_set (record, "note", crm_demo_maker_pick (self, crm_demo_notes));
}

static char *
dup_company_name (CrmDemoMaker *self, const CrmDemoTown *town)
{
  const CrmDemoSurname
      *surname = &crm_demo_surnames[crm_demo_maker_roll (self, crm_demo_n_surnames)];
  const char *form = crm_demo_maker_pick (self, crm_demo_forms);
  const char *pattern = crm_demo_maker_pick (self, crm_demo_companies);
  g_auto (GStrv) parts = g_strsplit (pattern, "%s", 2);
  g_autofree char *owner = NULL;
  g_autofree char *prefix = NULL;

  if (happens (self, 5))
    owner = g_strdup (town->name);
  else if (surname->prefix != NULL)
    {
      prefix = g_strdup (surname->prefix);
      prefix[0] = parts[0][0] == '\0' ? g_ascii_toupper (prefix[0]) : prefix[0];
      owner = g_strdup_printf ("%s %s", prefix, surname->surname);
    }
  else
    owner = g_strdup (surname->surname);

  return g_strdup_printf ("%s%s%s%s%s",
                          parts[0],
                          owner,
                          parts[1],
                          form[0] != '\0' ? " " : "",
                          form);
}

/* A name as a part of an address on the web: letters and digits. */
static char *
dup_slug (const char *text)
{
  g_autofree char *squashed = crm_text_squash (text);
  GString *slug = g_string_new (NULL);

  for (const char *p = squashed; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (slug, *p);

  return g_string_free_and_steal (slug);
}

CrmRecord *
crm_demo_maker_new_organisation (CrmDemoMaker *self, guint number)
{
  static const char *const types[] = { "customer", "customer", "prospect",
                                       "supplier", "partner",  NULL };
  CrmRecord *record = crm_demo_maker_new_record (self, "organisation", number);
  const CrmDemoTown *town = set_address (self, record);
  g_autofree char *name = dup_company_name (self, town);
  g_autofree char *slug = dup_slug (name);

  set_printf (record, "number", "D%06u", number + 1);
  crm_record_set (record, "name", name);
  set_printf (record, "chamber_number", "%08u", 10000000 + crm_demo_maker_roll (self, 80000000));
  crm_record_set (record, "relation_type", crm_demo_maker_pick (self, types));
  set_printf (record, "website", "https://www.%s%u.example", slug, number + 1);
  set_printf (record, "email", "info@%s%u.example", slug, number + 1);
  set_phone (self, record, "phone", town->area);
  if (happens (self, 3))
    set_postal_address (self, record, town);
  set_status (self, record);

  if (self->organisations->len == OPEN_ORGANISATIONS)
    g_ptr_array_remove_index (self->organisations, 0);
  g_ptr_array_add (self->organisations, g_object_ref (record));

  return record;
}

static void
set_partner (CrmDemoMaker *self, CrmRecord *record)
{
  static const char *const uses[] = { "partner", "partner_own", "own_partner", "own", NULL };
  const CrmDemoSurname
      *partner = &crm_demo_surnames[crm_demo_maker_roll (self, crm_demo_n_surnames)];

  crm_record_set (record, "partner_prefix", partner->prefix);
  crm_record_set (record, "partner_surname", partner->surname);
  crm_record_set (record, "name_use", crm_demo_maker_pick (self, uses));
}

static void
set_name (CrmDemoMaker *self, CrmRecord *record)
{
  const CrmDemoGivenName
      *given = &crm_demo_given_names[crm_demo_maker_roll (self, crm_demo_n_given_names)];
  const CrmDemoSurname
      *surname = &crm_demo_surnames[crm_demo_maker_roll (self, crm_demo_n_surnames)];
  g_autofree char *initials = crm_name_dup_initials (given->name);

  crm_record_set (record, "given_name", given->name);
  if (happens (self, 3))
    set_printf (record, "initials", "%s%c.", initials, 'A' + crm_demo_maker_roll (self, 20));
  else
    crm_record_set (record, "initials", initials);
  crm_record_set (record, "surname_prefix", surname->prefix);
  crm_record_set (record, "surname", surname->surname);
  crm_record_set (record, "form_of_address", happens (self, 20) ? "unknown" : given->form);
  crm_record_set (record, "tone", happens (self, 4) ? "informal" : "formal");
  if (happens (self, 15))
    crm_record_set (record, "title", crm_demo_maker_pick (self, crm_demo_titles));
  if (happens (self, 9))
    set_partner (self, record);
}

/* At the organisation's address, with a desk of its own. */
static void
set_work (CrmDemoMaker *self, CrmRecord *record, CrmRecord *organisation)
{
  const char *domain = strchr (crm_record_get (organisation, "email"), '@');
  g_autofree char *given = dup_slug (crm_record_get (record, "given_name"));
  g_autofree char *surname = dup_slug (crm_record_get (record, "surname"));

  crm_record_set (record, "organisation", crm_record_get_id (organisation));
  crm_record_set (record, "function", crm_demo_maker_pick (self, crm_demo_functions));
  if (happens (self, 2))
    crm_record_set (record, "department", crm_demo_maker_pick (self, crm_demo_departments));
  set_printf (record, "email", "%s.%s%s", given, surname, domain);
  crm_record_set (record, "phone", crm_record_get (organisation, "phone"));
}

static void
set_home (CrmDemoMaker *self, CrmRecord *record, guint number)
{
  g_autofree char *given = dup_slug (crm_record_get (record, "given_name"));
  g_autofree char *surname = dup_slug (crm_record_get (record, "surname"));
  const CrmDemoTown *town = set_address (self, record);

  set_printf (record, "email", "%s.%s%u@voorbeeld.example", given, surname, number + 1);
  if (happens (self, 2))
    set_phone (self, record, "phone", town->area);
  if (happens (self, 2))
    set_printf (record,
                "birthday",
                "%u-%02u-%02u",
                1945 + crm_demo_maker_roll (self, 60),
                1 + crm_demo_maker_roll (self, 12),
                1 + crm_demo_maker_roll (self, 28));
}

CrmRecord *
crm_demo_maker_new_person (CrmDemoMaker *self, guint number)
{
  CrmRecord *record = crm_demo_maker_new_record (self, "person", number);
  guint n = self->organisations->len;

  set_printf (record, "number", "D%06u", number + 1);
  set_name (self, record);
  crm_record_set (record, "language", "nl");
  if (n > 0 && !happens (self, 3))
    set_work (self, record, self->organisations->pdata[crm_demo_maker_roll (self, n)]);
  else
    set_home (self, record, number);
  if (!happens (self, 3))
    set_phone (self, record, "mobile", "6");
  set_status (self, record);

  return record;
}
