#include "exchange/crm-import-plan.h"

#include "crm-exchange-fixture.h"

#include <string.h>

static CrmImportPlan *
make_plan (CrmScratch *scratch,
           const char *text,
           const char *kind,
           const char *const *maps,
           GError **error)
{
  g_autoptr (GFile) file = NULL;
  CrmImportOptions options = { .kind = kind, .maps = maps };

  if (scratch->dir == NULL)
    crm_scratch_init (scratch);
  file = crm_scratch_write (scratch, "plan.csv", text, -1);

  return crm_import_plan_new (crm_model_get_default (), file, &options, NULL, error);
}

/* "field,-,uid,full_name" in the order of the columns. */
static char *
describe (const CrmImportPlan *plan)
{
  g_autoptr (GString) text = g_string_new (crm_import_plan_get_kind (plan));
  guint i;

  for (i = 0; i < crm_import_plan_get_n_columns (plan); i++)
    {
      const CrmImportTarget *target = &crm_import_plan_get_column (plan, i)->target;
      static const char *const roles[] = { "-", "uid",       "kind",   "full_name",
                                           "",  "employer.", "uid of " };

      g_string_append_printf (text,
                              " %s%s",
                              roles[target->role],
                              target->field != NULL ? target->field : "");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct
{
  const char *path;
  const char *text;
  const char *expected;
} Case;

static const Case cases[] = {
  { "old-crm",
    "Relatiecode;Bedrijfsnaam;Aanhef;Voornaam;Tussenvoegsel;Achternaam;Adres;Postcode;Plaats;E-"
    "mailadres;Telefoon;Kenmerken;Laatste activiteit;Opmerking\n1;;;;;;;;;;;;;\n",
    "relation number organisation form_of_address given_name surname_prefix surname street "
    "postcode city email phone tags last_activity note" },
  { "english",
    "uid,first_name,infix,last_name,organisation,street,house_number,postcode,city,email,phone,"
    "tags,stage,last_activity\n,a,,b,,,,,,,,,,\n",
    "relation uid given_name surname_prefix surname organisation street house_number postcode city "
    "email phone tags stage last_activity" },
  { "companies",
    "Naam;KvK-nummer;Website;Tel.\nBakker B.V.;12345678;x.nl;0318\n",
    "relation organisation chamber_number website phone" },
  { "people", "Naam,E-mail\nJan de Vries,jan@x.nl\n", "relation full_name email" },
  { "mostly-companies",
    "Naam;Plaats\nBakker B.V.;Ede\nSmit N.V.;Ede\nJan;Ede\n",
    "relation organisation city" },
  { "contact",
    "Bedrijf;Contactpersoon;Mailadres\nBakker;Jan;j@x.nl\n",
    "relation organisation full_name email" },
  { "name-and-contact", "Naam;Contactpersoon\nBakker;Jan\n", "relation organisation full_name" },
  { "surname",
    "Voorletters;Naam;Straat;Nr.\nJ.;Vries;Dorp;1\n",
    "relation initials surname street house_number" },
  { "numbers", "Nr;Voornaam;Achternaam\n1;Jan;Jong\n", "relation number given_name surname" },
  { "activities",
    "Type;Onderwerp;Notitie;Relatie;Datum;Gereed\nTelefoon;x;y;Jan;1-3-2026;\n",
    "activity type subject note relation due done" },
  { "tags", "Kenmerk;Uitleg;Eigenaar\nvip;x;y\n", "tag name explanation owner" },
  { "without-header",
    "Jan;jan@x.nl;1234 AB\nPiet;piet@x.nl;2345 CD\n",
    "relation - email postcode" },
  { "unknown-columns",
    "Voornaam;Achternaam;Schoenmaat\nJan;Jong;44\n",
    "relation given_name surname -" },
  { "columns-without-name",
    "Voornaam;Achternaam;;;\nJan;Jong;x;;\nPiet;Bos\n",
    "relation given_name surname -" },
  { "own-without-ids",
    "kind;number;surname;street\nperson;1;Vries, de;Plein 1945\n",
    "relation kind number surname street" },
  { "own-activities", "kind;type;subject\nactivity;call;x\n", "activity kind type subject" },
  { "case-and-signs",
    "VOORNAAM;achter_naam;E-MAIL ADRES:;Telefoon (vast)\nJan;Jong;j@x.nl;1\n",
    "relation given_name surname email phone" },
};

static void
test_map (gconstpointer data)
{
  const Case *c = data;
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportPlan) plan = make_plan (&scratch, c->text, NULL, NULL, &error);
  g_autofree char *described = NULL;

  g_assert_no_error (error);
  described = describe (plan);
  g_assert_cmpstr (described, ==, c->expected);
}

static void
test_kind (void)
{
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportPlan)
      organisations = make_plan (&scratch, "Naam;Plaats\nJan;Ede\n", "organisation", NULL, &error);
  g_autoptr (CrmImportPlan)
      persons = make_plan (&scratch, "Naam;Plaats\nBakker B.V.;Ede\n", "person", NULL, &error);
  g_autofree char *a = describe (organisations);
  g_autofree char *b = describe (persons);

  g_assert_cmpstr (a, ==, "organisation name city");
  g_assert_cmpstr (b, ==, "person full_name city");
  g_assert_null (make_plan (&scratch, "Naam\nJan\n", "parrot", NULL, &error));
  g_assert_error (error, CRM_EXCHANGE_ERROR, CRM_EXCHANGE_ERROR_MAPPING);
  g_assert_nonnull (strstr (error->message, "parrot"));
}

static void
test_by_hand (void)
{
  const char *maps[] = { "surname=Kolom A", "email=2", "city=", "organisation.website=web", NULL };
  const char *no_column[] = { "surname=Kolom Z", NULL };
  const char *no_field[] = { "shoe_size=Kolom A", NULL };
  const char *text = "Kolom A;kolom b;Plaats;Web\nJong;j@x.nl;Ede;x.nl\n";
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportPlan) plan = make_plan (&scratch, text, NULL, maps, &error);
  g_autofree char *described = NULL;

  g_assert_no_error (error);
  described = describe (plan);
  g_assert_cmpstr (described, ==, "relation surname email - employer.website");

  g_assert_null (make_plan (&scratch, text, NULL, no_column, &error));
  g_assert_error (error, CRM_EXCHANGE_ERROR, CRM_EXCHANGE_ERROR_MAPPING);
  g_assert_nonnull (strstr (error->message, "it has: Kolom A, kolom b"));
  g_clear_error (&error);
  g_assert_null (make_plan (&scratch, text, NULL, no_field, &error));
  g_assert_error (error, CRM_EXCHANGE_ERROR, CRM_EXCHANGE_ERROR_MAPPING);
}

static void
test_dates (void)
{
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportPlan) plan = make_plan (&scratch,
                                              "Naam;a;b;c;d\n"
                                              "J;01-02-2026;01/02/2026;2026-02-01;1-2-26\n"
                                              "J;13-02-2026;01/13/2026;2026-12-01;3-4-26\n"
                                              "J;03-02-2026;03/02/2026;2026-02-01;x\n",
                                              NULL,
                                              NULL,
                                              &error);
  static const CrmDateOrder orders[] = {
    CRM_DATE_DMY, CRM_DATE_DMY, CRM_DATE_MDY, CRM_DATE_YMD, CRM_DATE_DMY
  };
  guint i;

  g_assert_no_error (error);
  for (i = 0; i < 5; i++)
    {
      g_assert_cmpint (crm_import_plan_get_column (plan, i)->date_order, ==, orders[i]);
      g_assert_cmpint (crm_import_plan_get_column (plan, i)->has_dates, ==, i > 0);
    }
  g_assert_cmpuint (crm_import_plan_get_n_rows (plan), ==, 3);
  g_assert_cmpstr (g_ptr_array_index (crm_import_plan_get_column (plan, 1)->samples, 1),
                   ==,
                   "13-02-2026");
}

static void
test_cut_off (void)
{
  const char *rows = "voornaam;achternaam;plaats\nJan;Jong;Ede\nPiet;Smit;Ede\n";
  g_auto (CrmScratch) scratch = { NULL };
  g_autofree char *cut = g_strconcat (rows, "Kees;Bak", NULL);
  g_autofree char *whole = g_strconcat (rows, "Kees;Bak;Ede", NULL);
  g_autofree char *ended = g_strconcat (rows, "Kees;Bak\n", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportPlan) a = NULL;
  g_autoptr (CrmImportPlan) b = NULL;

  g_assert_null (make_plan (&scratch, cut, NULL, NULL, &error));
  g_assert_error (error, CRM_EXCHANGE_ERROR, CRM_EXCHANGE_ERROR_CUT_OFF);
  g_assert_cmpuint (crm_exchange_error_get_line (error), ==, 4);
  g_assert_nonnull (strstr (error->message,
                            "plan.csv: line 4: the file ends in the middle of a row, after 2 of 3 "
                            "cells"));
  g_clear_error (&error);

  a = make_plan (&scratch, whole, NULL, NULL, &error);
  g_assert_no_error (error);
  b = make_plan (&scratch, ended, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (crm_import_plan_get_n_rows (b), ==, 3);
}

static void
test_header_only (void)
{
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportPlan)
      plan = make_plan (&scratch, "voornaam;achternaam\n", NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (crm_import_plan_get_n_rows (plan), ==, 0);
  g_assert_null (make_plan (&scratch, "\n\n \n", NULL, NULL, &error));
  g_assert_error (error, CRM_EXCHANGE_ERROR, CRM_EXCHANGE_ERROR_EMPTY);
  g_assert_cmpuint (crm_exchange_error_get_line (error), ==, 0);
}

static void
test_targets (void)
{
  g_auto (CrmScratch) scratch = { NULL };
  g_autoptr (CrmImportPlan)
      plan = make_plan (&scratch, "a;Plaats\nb;Ede\nc;Ede\n", NULL, NULL, NULL);
  g_autoptr (CrmImportPlan) copy = NULL;
  g_autoptr (GArray) targets = crm_import_plan_list_targets (plan);
  CrmImportTarget city = { CRM_TARGET_FIELD, "city" };
  guint i, j;

  g_assert_cmpuint (targets->len, >, 70);
  for (i = 0; i < targets->len; i++)
    for (j = i + 1; j < targets->len; j++)
      g_assert_false (crm_import_target_equal (&g_array_index (targets, CrmImportTarget, i),
                                               &g_array_index (targets, CrmImportTarget, j)));

  copy = crm_import_plan_copy (plan);
  crm_import_plan_set_target (plan, 0, &city);
  g_assert_cmpint (crm_import_plan_find (plan, CRM_TARGET_FIELD, "city"), ==, 0);
  g_assert_cmpint (crm_import_plan_get_column (plan, 1)->target.role, ==, CRM_TARGET_NONE);
  g_assert_cmpint (crm_import_plan_find (copy, CRM_TARGET_FIELD, "city"), ==, 1);
}

int
main (int argc, char **argv)
{
  gsize i;

  g_test_init (&argc, &argv, NULL);

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/import-plan/map/", cases[i].path, NULL);

      g_test_add_data_func (path, &cases[i], test_map);
    }
  g_test_add_func ("/import-plan/kind", test_kind);
  g_test_add_func ("/import-plan/by-hand", test_by_hand);
  g_test_add_func ("/import-plan/dates", test_dates);
  g_test_add_func ("/import-plan/cut-off", test_cut_off);
  g_test_add_func ("/import-plan/header-only", test_header_only);
  g_test_add_func ("/import-plan/targets", test_targets);

  return g_test_run ();
}
