#include "exchange/crm-import.h"

#include "crm-exchange-fixture.h"

#include <string.h>

#define HEADER                                                                                     \
  "Nummer;Bedrijfsnaam;Aanhef;Voornaam;Tussenvoegsel;Achternaam;Adres;Postcode;Plaats;E-mail;"     \
  "Telefoon;Kenmerken;Fase;Laatste activiteit;Opmerking\n"

static void
test_row (CrmTrade *trade, gconstpointer unused)
{
  g_autoptr (CrmImportResult)
      result = crm_trade_import (trade,
                                 HEADER
                                 "K1;Bakker B.V.;De heer;Jan;;Vries, de;Kerkstraat 12 bis;1234 "
                                 "ab;Ede;Jan@Bakker.nl;06-12345678;vip,klant;aangeboden;31-12-2025;"
                                 "\"a\nb\"\n",
                                 NULL,
                                 CRM_IMPORT_DEFAULT);
  g_autoptr (CrmRecord) bakker = crm_trade_get (trade, "organisation", NULL);
  g_autoptr (CrmRecord) jan = crm_trade_get (trade, "person", NULL);
  static const char *const expected[][2] = {
    { "number", "K1" },          { "form_of_address", "mr" },
    { "given_name", "Jan" },     { "surname_prefix", "de" },
    { "surname", "Vries" },      { "street", "Kerkstraat" },
    { "house_number", "12" },    { "house_addition", "bis" },
    { "postcode", "1234AB" },    { "city", "Ede" },
    { "phone", "+31612345678" }, { "tags", "klant;vip" },
    { "stage", "aangeboden" },   { "last_activity", "2025-12-31" },
    { "note", "a\nb" },
  };
  gsize i;

  crm_trade_assert_counts (result, 1, 0, 0, 0);
  g_assert_cmpuint (result->n_organisations, ==, 1);
  g_assert_nonnull (result->group);
  g_assert_null (result->rejected_file);
  g_assert_cmpuint (result->n_notes, ==, 0);
  for (i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (crm_record_get (jan, expected[i][0]), ==, expected[i][1]);
  g_assert_cmpstr (crm_record_get (jan, "organisation"), ==, crm_record_get_id (bakker));
  /* The address is the person's. */
  crm_trade_assert_described (trade, "organisation", NULL, "name=Bakker B.V.");
}

static void
test_organisation_row (CrmTrade *trade, gconstpointer unused)
{
  g_autoptr (CrmImportResult)
      result = crm_trade_import (trade,
                                 HEADER
                                 "K9;Bakker B.V.;Dhr.;;;;Dorp 3;1234AB;Ede;info@bakker.nl;;;;;\n"
                                 "K10;Bakker BV;;Jan;;Jong;;;;;;;;;\n",
                                 NULL,
                                 CRM_IMPORT_DEFAULT);
  g_autoptr (CrmRecord) bakker = crm_trade_get (trade, "organisation", NULL);
  g_autoptr (CrmRecord) jan = crm_trade_get (trade, "person", NULL);

  crm_trade_assert_counts (result, 2, 0, 0, 0);
  g_assert_cmpuint (result->n_organisations, ==, 0);
  g_assert_cmpstr (crm_record_get (bakker, "number"), ==, "K9");
  g_assert_cmpstr (crm_record_get (bakker, "street"), ==, "Dorp");
  g_assert_cmpstr (crm_record_get (jan, "organisation"), ==, crm_record_get_id (bakker));
}

static void
test_passing_before_own_row (CrmTrade *trade, gconstpointer unused)
{
  const char *text = "Bedrijf;Achternaam;Plaats;Website\nBakker;Jong;Ede;\nBakker;Smit;Ede;bakker."
                     "nl\nBakker;;Ede;\n";
  g_autoptr (CrmImportResult) dry = crm_trade_import (trade, text, NULL, CRM_IMPORT_DRY_RUN);
  g_autoptr (CrmImportResult) first = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) second = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  g_autoptr (CrmRecord) bakker = crm_trade_get (trade, "organisation", NULL);

  crm_trade_assert_counts (dry, 3, 0, 0, 0);
  crm_trade_assert_counts (first, 3, 0, 0, 0);
  crm_trade_assert_counts (second, 0, 0, 3, 0);
  g_assert_cmpstr (crm_record_get (bakker, "website"), ==, "bakker.nl");
  g_assert_cmpstr (crm_record_get (bakker, "city"), ==, "Ede");
}

static void
test_branches (CrmTrade *trade, gconstpointer unused)
{
  const char *text = "Nr;Bedrijf;Postcode;Plaats\n1;Rabobank;1011AB;Amsterdam\n2;Rabobank;6711AB;"
                     "Ede\n3;Rabobank;6711AB;Ede\n";
  g_autoptr (CrmImportResult) first = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) second = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);

  crm_trade_assert_counts (first, 2, 0, 1, 0);
  g_assert_cmpuint (crm_trade_count_notes (first, CRM_IMPORT_NOTE_REPEATED), ==, 1);
  crm_trade_assert_counts (second, 0, 0, 3, 0);
}

static void
test_merge_rules (CrmTrade *trade, gconstpointer unused)
{
  g_autoptr (CrmImportResult)
      first = crm_trade_import (trade,
                                HEADER
                                "K1;;;Jan;de;Vries;Kerkstraat 12 "
                                "bis;1234AB;Leiden;jan@x.nl;0612345678;vip;lead;31-12-2025;oud\n",
                                NULL,
                                CRM_IMPORT_DEFAULT);
  /* Empty cells, another spelling of the same house, shouting, an earlier date, a number that is
   * none. */
  g_autoptr (CrmImportResult)
      second = crm_trade_import (trade,
                                 HEADER
                                 "K1;;;;;;Kerkstraat 12 BIS;;LEIDEN;;geen;klant;;1-1-2025;nieuw\n",
                                 NULL,
                                 CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) third = NULL;
  g_autoptr (CrmImportResult) fourth = NULL;

  crm_trade_assert_counts (second, 0, 1, 0, 0);
  g_assert_cmpuint (crm_trade_count_notes (second, CRM_IMPORT_NOTE_NOT_TAKEN_OVER), ==, 1);
  crm_trade_assert_described (trade,
                              "person",
                              NULL,
                              "number=K1; given_name=Jan; surname_prefix=de; surname=Vries; "
                              "email=jan@x.nl; "
                              "phone=+31612345678; street=Kerkstraat; house_number=12; "
                              "house_addition=bis; postcode=1234AB; city=Leiden; stage=lead; "
                              "tags=klant;vip; "
                              "note=oud\n\nnieuw; last_activity=2025-12-31");

  /* A new address does not keep the addition of the old one, a new surname not its prefix. */
  third = crm_trade_import (trade,
                            HEADER "K1;;;;;Bakker;Dorpsweg 3;;;;;;;;\n",
                            NULL,
                            CRM_IMPORT_DEFAULT);
  crm_trade_assert_counts (third, 0, 1, 0, 0);
  crm_trade_assert_described (trade,
                              "person",
                              NULL,
                              "number=K1; given_name=Jan; surname=Bakker; email=jan@x.nl; "
                              "phone=+31612345678; street=Dorpsweg; house_number=3; "
                              "postcode=1234AB; "
                              "city=Leiden; stage=lead; tags=klant;vip; note=oud\n\nnieuw; "
                              "last_activity=2025-12-31");
  fourth = crm_trade_import (trade,
                             HEADER "K1;;;;;Bakker;Dorpsweg 3;;;;;;;;\n",
                             NULL,
                             CRM_IMPORT_DEFAULT);
  crm_trade_assert_counts (fourth, 0, 0, 1, 0);
  g_assert_null (fourth->group);
}

static void
test_kept_as_text (CrmTrade *trade, gconstpointer unused)
{
  g_autoptr (CrmImportResult) result =
      crm_trade_import (trade,
                        "Achternaam;Telefoon;Geboortedatum;Aanhef\nJong;geen;eind mei;Baron\n",
                        NULL,
                        CRM_IMPORT_DEFAULT);
  const CrmImportNote *note;
  g_autofree char *text = NULL;

  crm_trade_assert_counts (result, 1, 0, 0, 0);
  g_assert_cmpuint (crm_trade_count_notes (result, CRM_IMPORT_NOTE_KEPT_AS_TEXT), ==, 3);
  crm_trade_assert_described (trade,
                              "person",
                              NULL,
                              "surname=Jong; form_of_address=Baron; phone=geen; birthday=eind mei");
  note = result->notes->pdata[1];
  text = crm_import_note_to_string (note);
  g_assert_cmpstr (text,
                   ==,
                   "line 2, Telefoon: “geen” is not what this field expects; kept as text");
}

static void
test_rejected (CrmTrade *trade, gconstpointer unused)
{
  const char *text = "Voornaam;Achternaam;Plaats\nJan;Jong;Ede\n;;Ede\nPiet;Smit;Ede;meer;\nKees;"
                     "Bos;Ede;;\nKlaas;Vaak\n";
  g_autoptr (CrmImportResult) dry = crm_trade_import (trade, text, NULL, CRM_IMPORT_DRY_RUN);
  g_autoptr (CrmImportResult) result = NULL;
  g_autofree char *rejected = NULL;

  crm_trade_assert_counts (dry, 3, 0, 0, 2);
  g_assert_null (dry->rejected_file);
  g_assert_false (crm_scratch_exists (&trade->scratch, "import.csv.rejected.csv"));

  result = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  crm_trade_assert_counts (result, 3, 0, 0, 2);
  g_assert_cmpuint (crm_trade_count_notes (result, CRM_IMPORT_NOTE_SHORT_ROW), ==, 1);
  rejected = crm_scratch_read (&trade->scratch, "import.csv.rejected.csv");
  g_assert_cmpstr (rejected,
                   ==,
                   "\xEF\xBB\xBFline;reason;Voornaam;Achternaam;Plaats\r\n"
                   "3;the row names neither a person nor an organisation;;;Ede\r\n"
                   "4;the row has 5 cells, 3 were expected;Piet;Smit;Ede;meer;\r\n");
  g_assert_true (g_str_has_suffix (result->rejected_file, "import.csv.rejected.csv"));
}

static void
test_rejected_file_fails (CrmTrade *trade, gconstpointer unused)
{
  /* A folder stands where the file must come: nothing may be imported. */
  g_autoptr (GFile) folder = crm_scratch_file (&trade->scratch, "import.csv.rejected.csv");
  g_autoptr (GFile) file = crm_scratch_write (&trade->scratch,
                                              "import.csv",
                                              "Achternaam;Plaats\nJong;Ede\n;Ede\n",
                                              -1);
  g_autoptr (CrmImportPlan)
      plan = crm_import_plan_new (crm_replica_get_model (trade->replica), file, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_make_directory (folder, NULL, NULL));
  g_assert_null (crm_import_run (trade->replica, plan, CRM_IMPORT_DEFAULT, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (crm_trade_count (trade, "relation"), ==, 0);
}

static void
test_repeated (CrmTrade *trade, gconstpointer unused)
{
  const char *text = "Nummer;Voornaam;Achternaam;E-mail;Plaats\n"
                     "K1;Jan;Jong;jan@x.nl;Ede\n"
                     "K2;Jan;Jong;jan@x.nl;Arnhem\n"
                     ";Jan;Jong;;Ede\n"
                     ";Jan;Jong;;Ede\n"
                     ";Jan;Jong;;Arnhem\n";
  g_autoptr (CrmImportResult) first = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) second = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);

  crm_trade_assert_counts (first, 3, 0, 2, 0);
  g_assert_cmpuint (first->n_repeated, ==, 2);
  crm_trade_assert_counts (second, 0, 0, 5, 0);
  g_assert_cmpint (crm_trade_count (trade, "person"), ==, 3);
}

static void
test_possible (CrmTrade *trade, gconstpointer unused)
{
  g_autoptr (CrmImportResult)
      first = crm_trade_import (trade,
                                "Voornaam;Achternaam;E-mail\nJan;Jong;jan@bakker.nl\n",
                                NULL,
                                CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) second = crm_trade_import (trade,
                                                         "Voornaam;Achternaam;E-mail\nJan;Jong;jan."
                                                         "jong@bakker.nl\nJan;Jong;jan@anders.nl\n",
                                                         NULL,
                                                         CRM_IMPORT_DEFAULT);
  g_autoptr (CrmRecord) jan = crm_trade_get (trade, "person", "email = \"jan@bakker.nl\"");
  const CrmImportNote *note = second->notes->pdata[0];

  crm_trade_assert_counts (second, 2, 0, 0, 0);
  g_assert_cmpuint (second->n_possible, ==, 1);
  g_assert_cmpint (note->code, ==, CRM_IMPORT_NOTE_POSSIBLE);
  g_assert_cmpuint (note->line, ==, 2);
  g_assert_cmpstr (note->value, ==, "Jan Jong");
  g_assert_cmpstr (note->id, ==, crm_record_get_id (jan));
}

static void
test_without_names (CrmTrade *trade, gconstpointer unused)
{
  /* A number says whose row it is, though the row names nobody. */
  g_autoptr (CrmImportResult)
      first = crm_trade_import (trade,
                                "Nummer;Achternaam;Bedrijf\nK1;Jong;\nO1;;Bakker\n",
                                NULL,
                                CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult)
      second = crm_trade_import (trade,
                                 "Nummer;Telefoon\nK1;0612345678\nO1;0201234567\nK7;0612345678\n",
                                 NULL,
                                 CRM_IMPORT_DEFAULT);
  g_autoptr (CrmRecord) bakker = crm_trade_get (trade, "organisation", NULL);

  crm_trade_assert_counts (second, 0, 2, 0, 1);
  g_assert_cmpstr (crm_record_get (bakker, "phone"), ==, "+31201234567");
}

static void
test_nothing_named (CrmTrade *trade, gconstpointer unused)
{
  g_autoptr (GFile)
      file = crm_scratch_write (&trade->scratch, "x.csv", "Telefoon;Plaats\n0612345678;Ede\n", -1);
  g_autoptr (CrmImportPlan)
      plan = crm_import_plan_new (crm_replica_get_model (trade->replica), file, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_import_run (trade->replica, plan, CRM_IMPORT_DEFAULT, NULL, NULL, &error));
  g_assert_error (error, CRM_EXCHANGE_ERROR, CRM_EXCHANGE_ERROR_MAPPING);
  g_assert_nonnull (strstr (error->message, "--map surname=COLUMN"));
}

static void
test_activities (CrmTrade *trade, gconstpointer unused)
{
  const char *text = "Type;Onderwerp;Relatie;Datum;Gereed\n"
                     "Telefoon;Gebeld;Jan Jong;1-3-2026 14:00;\n"
                     "Bezoek;Langs;K2;02-03-2026;03-03-2026\n"
                     ";Zomaar;Niemand;;\n";
  g_autoptr (CrmImportResult)
      people = crm_trade_import (trade,
                                 "Nummer;Voornaam;Achternaam\nK1;Jan;Jong\nK2;Piet;Smit\n",
                                 NULL,
                                 CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) first = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) second = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  g_autoptr (CrmRecord) jan = crm_trade_get (trade, "person", "number = \"K1\"");
  g_autoptr (CrmRecord) call = crm_trade_get (trade, "activity", "type = \"call\"");
  g_autoptr (CrmRecord) note = crm_trade_get (trade, "activity", "type = \"note\"");

  crm_trade_assert_counts (first, 3, 0, 0, 0);
  crm_trade_assert_counts (second, 0, 0, 3, 0);
  g_assert_cmpuint (crm_trade_count_notes (first, CRM_IMPORT_NOTE_LINK_UNKNOWN), ==, 1);
  g_assert_cmpstr (crm_record_get (call, "relation"), ==, crm_record_get_id (jan));
  g_assert_cmpstr (crm_record_get (call, "due"), ==, "2026-03-01T13:00:00Z");
  g_assert_null (crm_record_get (note, "relation"));
}

static void
test_tags (CrmTrade *trade, gconstpointer unused)
{
  g_autoptr (CrmImportResult)
      first = crm_trade_import (trade,
                                "kenmerk;uitleg;beheerder\nvip;belangrijk;Jan\n",
                                "tag",
                                CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult)
      second = crm_trade_import (trade,
                                 "kenmerk;uitleg;beheerder\nVIP;belangrijk;Piet\n;leeg;Jan\n",
                                 "tag",
                                 CRM_IMPORT_DEFAULT);

  crm_trade_assert_counts (first, 1, 0, 0, 0);
  crm_trade_assert_counts (second, 0, 1, 0, 1);
  crm_trade_assert_described (trade, "tag", NULL, "name=vip; explanation=belangrijk; owner=Piet");
}

/* Values without a name above them are told of and can be mapped; no row is refused for them. */
static void
test_columns_without_name (CrmTrade *trade, gconstpointer unused)
{
  const char *text = "Voornaam;Achternaam;;;\nJan;Jong;0612345678;;\nPiet;Bos\nKees;Mol;;;\n";
  g_autoptr (CrmImportResult) result = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  const CrmImportNote *note;

  crm_trade_assert_counts (result, 3, 0, 0, 0);
  g_assert_cmpuint (result->n_notes, ==, 1);
  note = result->notes->pdata[0];
  g_assert_cmpint (note->code, ==, CRM_IMPORT_NOTE_COLUMN);
  g_assert_cmpstr (note->column, ==, "3");
}

/* Nothing is taken apart that was exported in one piece. */
static void
test_own_without_ids (CrmTrade *trade, gconstpointer unused)
{
  const char *text = "kind;number;given_name;surname;street;city;tags\n"
                     "person;K1;J.;Vries, de;Plein 1945;1234 AB Ede;\"a, b;c\"\n";
  g_autoptr (CrmImportResult) result = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);

  crm_trade_assert_counts (result, 1, 0, 0, 0);
  crm_trade_assert_described (trade,
                              "person",
                              NULL,
                              "number=K1; given_name=J.; surname=Vries, de; street=Plein 1945; "
                              "city=1234 AB Ede; tags=a, b;c");
}

/* Of two at once neither would know the records of the other. */
static void
test_two_at_once (CrmTrade *trade, gconstpointer unused)
{
  const char *text = "Nummer;Achternaam\nK1;Jong\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmAction) other = crm_action_begin_alone (trade->replica, "import", NULL, &error);
  g_autoptr (GFile) file = crm_scratch_write (&trade->scratch, "two.csv", text, -1);
  g_autoptr (CrmImportPlan)
      plan = crm_import_plan_new (crm_replica_get_model (trade->replica), file, NULL, NULL, NULL);
  g_autoptr (CrmImportResult) dry = NULL;
  g_autoptr (CrmImportResult) result = NULL;

  g_assert_no_error (error);
  g_assert_null (crm_import_run (trade->replica, plan, CRM_IMPORT_DEFAULT, NULL, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_BUSY);
  g_clear_error (&error);
  dry = crm_import_run (trade->replica, plan, CRM_IMPORT_DRY_RUN, NULL, NULL, &error);
  g_assert_no_error (error);

  g_clear_pointer (&other, crm_action_free);
  result = crm_import_run (trade->replica, plan, CRM_IMPORT_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  crm_trade_assert_counts (result, 1, 0, 0, 0);
}

static gboolean
cancel_cb (CrmProgress *progress, GParamSpec *pspec, GCancellable *cancellable)
{
  if (crm_progress_get_done (progress) > 0)
    g_cancellable_cancel (cancellable);

  return FALSE;
}

static gpointer
cancel_on_thread (gpointer data)
{
  CrmProgress *progress = ((gpointer *) data)[0];

  while (crm_progress_get_done (progress) < 1500)
    g_usleep (200);
  g_cancellable_cancel (((gpointer *) data)[1]);

  return NULL;
}

static void
test_cancel (CrmTrade *trade, gconstpointer unused)
{
  gsize length;
  g_autofree char *text = crm_trade_make_dirty (7, 4000, &length);
  g_autoptr (GFile) file = crm_scratch_write (&trade->scratch, "big.csv", text, length);
  g_autoptr (CrmImportPlan)
      plan = crm_import_plan_new (crm_replica_get_model (trade->replica), file, NULL, NULL, NULL);
  g_autoptr (CrmProgress) progress = crm_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gpointer data[] = { progress, cancellable };
  GThread *thread = g_thread_new ("cancel", cancel_on_thread, data);
  g_autoptr (GError) error = NULL;

  g_signal_connect (progress, "notify::done", G_CALLBACK (cancel_cb), cancellable);
  g_assert_null (crm_import_run (trade->replica,
                                 plan,
                                 CRM_IMPORT_DEFAULT,
                                 progress,
                                 cancellable,
                                 &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (crm_trade_count (trade, "relation"), ==, 0);
  g_assert_false (crm_scratch_exists (&trade->scratch, "big.csv.rejected.csv"));
}

#define ADD(path, func)                                                                            \
  g_test_add ("/import/" path, CrmTrade, NULL, crm_trade_set_up, func, crm_trade_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("row", test_row);
  ADD ("organisation-row", test_organisation_row);
  ADD ("passing-before-own-row", test_passing_before_own_row);
  ADD ("branches", test_branches);
  ADD ("merge-rules", test_merge_rules);
  ADD ("kept-as-text", test_kept_as_text);
  ADD ("rejected", test_rejected);
  ADD ("rejected-file-fails", test_rejected_file_fails);
  ADD ("repeated", test_repeated);
  ADD ("possible", test_possible);
  ADD ("without-names", test_without_names);
  ADD ("nothing-named", test_nothing_named);
  ADD ("activities", test_activities);
  ADD ("tags", test_tags);
  ADD ("columns-without-name", test_columns_without_name);
  ADD ("own-without-ids", test_own_without_ids);
  ADD ("two-at-once", test_two_at_once);
  ADD ("cancel", test_cancel);

  return g_test_run ();
}
