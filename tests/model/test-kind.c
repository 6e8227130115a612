#include "base/crm-text.h"
#include "model/crm-kind.h"

#include <string.h>

/* Scripts and other programs rely on these names. */
static const struct
{
  const char *kind;
  const char *fields;
} promised[] = {
  { "person",
    "number initials given_name call_name surname_prefix surname partner_prefix partner_surname "
    "name_use "
    "form_of_address tone title title_after organisation function department email phone mobile "
    "language birthday" },
  { "organisation",
    "number name parent branch chamber_number vat_number website email phone relation_type" },
  { "activity", "type subject note relation opportunity due done owner" },
  { "template", "name type language subject body file format" },
  { "tag", "name explanation owner" },
  { "conflict",
    "type record record_kind field kept kept_user kept_why late late_user late_why "
    "original action_group state at" },
};

static const char both[] = "street house_number house_letter house_addition postcode city country "
                           "postal_street postal_house_number "
                           "postal_po_box postal_postcode postal_city postal_country stage source "
                           "tags note owner team last_activity "
                           "last_verified";

static void
assert_fields (const CrmKind *kind, const char *names)
{
  g_auto (GStrv) list = g_strsplit (names, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (crm_kind_find_field (kind, list[i]) == NULL)
      g_error ("%s lacks %s", crm_kind_get_name (kind), list[i]);
}

static void
test_promised (void)
{
  CrmModel *model = crm_model_get_default ();

  for (guint i = 0; i < G_N_ELEMENTS (promised); i++)
    {
      const CrmKind *kind = crm_model_find_kind (model, promised[i].kind);

      assert_fields (kind, promised[i].fields);
      if (i < 2)
        assert_fields (kind, both);
      g_assert_cmpint (crm_kind_is_relation (kind), ==, i < 2);
      g_assert_cmpint (crm_kind_is_system (kind), ==, g_str_equal (promised[i].kind, "conflict"));
    }
}

/* What every description must hold. */
static void
test_sound (void)
{
  CrmModel *model = crm_model_get_default ();

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (model, i);
      g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

      g_assert_true (crm_model_find_kind (model, crm_kind_get_name (kind)) == kind);
      g_assert_true (crm_model_find_kind_by_number (model, crm_kind_get_number (kind)) == kind);
      for (guint j = 0; j < crm_kind_get_n_fields (kind); j++)
        {
          const CrmField *field = crm_kind_get_field (kind, j);

          g_assert_true (g_hash_table_add (numbers, GUINT_TO_POINTER (field->number)));
          g_assert_cmpint (crm_kind_find_index (kind, field->name), ==, (int) j);
          /* Only what people bring along has names in their files. */
          g_assert_cmpint (field->letter_name == NULL, ==, crm_kind_is_system (kind));
          g_assert_cmpint (field->aliases == NULL, ==, crm_kind_is_system (kind));
          g_assert_false (crm_kind_is_system (kind) && field->weight > 0);
          g_assert_cmpint (field->type == CRM_FIELD_CHOICE, ==, field->choices != NULL);
          g_assert_cmpint (field->type == CRM_FIELD_LINK, ==, field->target != NULL);
          g_assert_cmpint (field->type == CRM_FIELD_SET, ==, field->policy == CRM_POLICY_SET_UNION);
          g_assert_true (field->check == CRM_CHECK_NONE || field->type == CRM_FIELD_TEXT);
        }
    }
}

/* No header may mean two fields of one kind equally well, and aliases are stored folded. */
static void
test_headers_are_clear (void)
{
  CrmModel *model = crm_model_get_default ();

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (model, i);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint j = 0; j < crm_kind_get_n_fields (kind); j++)
        {
          const CrmField *field = crm_kind_get_field (kind, j);
          g_auto (GStrv)
              aliases = g_strsplit (field->aliases != NULL ? field->aliases : "", "|", -1);

          g_assert_true (crm_kind_find_header (kind, field->name) == field);
          if (field->letter_name != NULL &&
              crm_kind_find_header (kind, field->letter_name) != field)
            g_error ("%s: “%s” does not find %s",
                     crm_kind_get_name (kind),
                     field->letter_name,
                     field->name);
          for (guint k = 0; aliases[k] != NULL; k++)
            {
              g_autofree char *folded = crm_text_fold (aliases[k]);

              g_assert_cmpstr (aliases[k], ==, folded);
              if (!g_hash_table_add (seen, g_strdup (aliases[k])))
                g_error ("%s: “%s” means two fields", crm_kind_get_name (kind), aliases[k]);
            }
        }
    }
}

/* Headers of real exports: of Dutch CRM programs, of Excel lists, of Outlook in both languages. */
static const char *const headers[][3] = {
  { "person", "Relatiecode", "number" },
  { "person", "Bedrijfsnaam", "organisation" },
  { "person", "Aanhef", "form_of_address" },
  { "person", "Voornaam", "given_name" },
  { "person", "VOORNAAM", "given_name" },
  { "person", "First Name", "given_name" },
  { "person", "first_name", "given_name" },
  { "person", "infix", "surname_prefix" },
  { "person", "Tussenvoegsel", "surname_prefix" },
  { "person", "tussenv.", "surname_prefix" },
  { "person", "Middle Name", "surname_prefix" },
  { "person", "Achternaam", "surname" },
  { "person", "last_name", "surname" },
  { "person", "Last Name", "surname" },
  { "person", "Achternaam:", "surname" },
  { "person", "Achternaam *", "surname" },
  { "person", "Roepnaam", "call_name" },
  { "person", "Voorletters", "initials" },
  { "person", "Adres", "street" },
  { "person", "Straat + huisnummer", "street" },
  { "person", "Business Street", "street" },
  { "person", "Werkadres, straat", "street" },
  { "person", "Huisnr.", "house_number" },
  { "person", "Postcode", "postcode" },
  { "person", "Business Postal Code", "postcode" },
  { "person", "Plaats", "city" },
  { "person", "Woonplaats", "city" },
  { "person", "Business City", "city" },
  { "person", "Land", "country" },
  { "person", "Business Country/Region", "country" },
  { "person", "E-mailadres", "email" },
  { "person", "E-mail Address", "email" },
  { "person", "E-mail 1 - Value", "email" },
  { "person", "Telefoon", "phone" },
  { "person", "Telefoon zakelijk", "phone" },
  { "person", "Business Phone", "phone" },
  { "person", "Telefoon op werk", "phone" },
  { "person", "Mobiel", "mobile" },
  { "person", "Mobile Phone", "mobile" },
  { "person", "Mobiele telefoon", "mobile" },
  { "person", "Functie", "function" },
  { "person", "Job Title", "function" },
  { "person", "Afdeling", "department" },
  { "person", "Company", "organisation" },
  { "person", "Geboortedatum", "birthday" },
  { "person", "Birthday", "birthday" },
  { "person", "Kenmerken", "tags" },
  { "person", "Categories", "tags" },
  { "person", "Laatste activiteit", "last_activity" },
  { "person", "last_activity", "last_activity" },
  { "person", "Opmerking", "note" },
  { "person", "Notes", "note" },
  { "person", "Fase", "stage" },
  { "person", "Status", "stage" },
  { "person", "Postbus", "postal_po_box" },
  { "person", "Title", "title" },
  { "organisation", "Bedrijfsnaam", "name" },
  { "organisation", "Organisatie", "name" },
  { "organisation", "Naam", "name" },
  { "organisation", "Company", "name" },
  { "organisation", "KvK-nummer", "chamber_number" },
  { "organisation", "KvK", "chamber_number" },
  { "organisation", "BTW-nummer", "vat_number" },
  { "organisation", "Btw nr", "vat_number" },
  { "organisation", "Website", "website" },
  { "organisation", "Vestiging", "branch" },
  { "organisation", "Relatietype", "relation_type" },
  { "organisation", "Type", "relation_type" },
  { "activity", "Onderwerp", "subject" },
  { "activity", "Soort", "type" },
  { "activity", "Datum", "due" },
  { "activity", "Relatie", "relation" },
  { "person", "Schoenmaat", NULL },
  { "person", "", NULL },
  { "person", " : ", NULL },
  { "person", NULL, NULL },
};

static void
test_headers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      const CrmKind *kind = crm_model_find_kind (crm_model_get_default (), headers[i][0]);
      const CrmField *field = crm_kind_find_header (kind, headers[i][1]);

      if (g_strcmp0 (field != NULL ? field->name : NULL, headers[i][2]) != 0)
        g_error ("%s: “%s” means %s, not %s",
                 headers[i][0],
                 headers[i][1],
                 field != NULL ? field->name : "nothing",
                 headers[i][2] != NULL ? headers[i][2] : "nothing");
    }
}

/* A field is one line: it is found by name, number and header, and older models are left alone. */
static void
test_new_field (void)
{
  const CrmField shoe = { 900,
                          "shoe_size",
                          "Shoe size",
                          CRM_FIELD_NUMBER,
                          CRM_SECTION_NAME,
                          CRM_GROUP_PRIVATE,
                          .aliases = "schoenmaat",
                          .letter_name = "schoenmaat" };
  CrmModel *base = crm_model_get_default ();
  g_autoptr (CrmModel) model = crm_model_new_with_field (base, "person", &shoe);
  const CrmKind *old = crm_model_find_kind (base, "person");
  const CrmKind *kind = crm_model_find_kind (model, "person");

  g_assert_cmpuint (crm_kind_get_n_fields (kind), ==, crm_kind_get_n_fields (old) + 1);
  g_assert_null (crm_kind_find_field (old, "shoe_size"));
  g_assert_cmpuint (crm_kind_find_field (kind, "shoe_size")->number, ==, 900);
  g_assert_cmpstr (crm_kind_find_header (kind, "Schoenmaat")->name, ==, "shoe_size");
  g_assert_cmpuint (crm_kind_get_n_fields (crm_model_find_kind (model, "tag")),
                    ==,
                    crm_kind_get_n_fields (crm_model_find_kind (base, "tag")));
}

static void
test_unknown (void)
{
  CrmModel *model = crm_model_get_default ();
  const CrmKind *kind = crm_model_find_kind (model, "person");

  g_assert_null (crm_model_find_kind (model, "horse"));
  g_assert_null (crm_model_find_kind (model, NULL));
  g_assert_null (crm_model_find_kind_by_number (model, 0));
  g_assert_null (crm_kind_find_field (kind, "horse"));
  g_assert_null (crm_kind_find_field (kind, NULL));
  g_assert_cmpint (crm_kind_find_index (kind, "horse"), ==, -1);
}

static void
test_fields (void)
{
  const CrmKind *activity = crm_model_find_kind (crm_model_get_default (), "activity");
  const CrmField *relation = crm_kind_find_field (activity, "relation");
  const CrmField *type = crm_kind_find_field (activity, "type");

  g_assert_true (crm_field_targets (relation, "person"));
  g_assert_true (crm_field_targets (relation, "organisation"));
  g_assert_false (crm_field_targets (relation, "organ"));
  g_assert_false (crm_field_targets (relation, "tag"));
  g_assert_false (crm_field_targets (type, "person"));
  g_assert_true (crm_field_has_flag (type, CRM_FIELD_REQUIRED));
  g_assert_false (crm_field_has_flag (type, CRM_FIELD_OPEN));
  g_assert_cmpstr (crm_field_get_choice_label (type, "call"), ==, "Call");
  g_assert_cmpstr (crm_field_get_choice_label (type, "dance"), ==, "dance");
  g_assert_null (crm_field_get_choice_label (type, NULL));
  g_assert_cmpstr (crm_field_get_label (relation), ==, "Relation");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/kind/promised", test_promised);
  g_test_add_func ("/model/kind/sound", test_sound);
  g_test_add_func ("/model/kind/headers-are-clear", test_headers_are_clear);
  g_test_add_func ("/model/kind/headers", test_headers);
  g_test_add_func ("/model/kind/new-field", test_new_field);
  g_test_add_func ("/model/kind/unknown", test_unknown);
  g_test_add_func ("/model/kind/fields", test_fields);

  return g_test_run ();
}
