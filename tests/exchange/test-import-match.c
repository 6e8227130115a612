#include "crm-exchange-fixture.h"

static void
test_match_order (CrmTrade *trade, gconstpointer unused)
{
  const char *base = "uid;Nummer;Voornaam;Achternaam;E-mail;Plaats\n"
                     "11111111-1111-4111-8111-111111111111;K1;Jan;Jong;jan@x.nl;Ede\n"
                     ";K2;Piet;Smit;piet@x.nl;Ede\n"
                     ";;Kees;Bos;kees@x.nl;Ede\n"
                     ";;Info;Bos;info@x.nl;Ede\n";
  const char
      *next = "uid;Nummer;Voornaam;Achternaam;E-mail;Plaats\n"
              "11111111-1111-4111-8111-111111111111;K2;Jan;Jong;;Arnhem\n" /* id before number */
              ";K2;Piet;Anders;jan@x.nl;Arnhem\n" /* number before e-mail */
              ";K3;Kees;Bos;KEES@x.nl;Arnhem\n"   /* e-mail and surname */
              ";;Kees;Smid;kees@x.nl;Arnhem\n"    /* another surname */
              ";;Info;Bos;info@x.nl;Arnhem\n";    /* nobody's own mailbox */
  g_autoptr (CrmImportResult) first = crm_trade_import (trade, base, NULL, CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) second = crm_trade_import (trade, next, NULL, CRM_IMPORT_DEFAULT);
  g_autoptr (CrmRecord) jan = crm_trade_get (trade, "person", "given_name = \"Jan\"");
  g_autoptr (CrmRecord) piet = crm_trade_get (trade, "person", "number = \"K2\"");
  g_autoptr (CrmRecord) kees = crm_trade_get (trade, "person", "number = \"K3\"");

  crm_trade_assert_counts (first, 4, 0, 0, 0);
  crm_trade_assert_counts (second, 2, 3, 0, 0);
  g_assert_cmpstr (crm_record_get_id (jan), ==, "11111111-1111-4111-8111-111111111111");
  g_assert_cmpstr (crm_record_get (jan, "number"), ==, "K1");
  g_assert_cmpstr (crm_record_get (jan, "city"), ==, "Arnhem");
  g_assert_cmpstr (crm_record_get (jan, "email"), ==, "jan@x.nl");
  g_assert_cmpuint (crm_trade_count_notes (second, CRM_IMPORT_NOTE_NUMBER_KEPT), ==, 1);
  g_assert_cmpstr (crm_record_get (piet, "surname"), ==, "Anders");
  g_assert_cmpstr (crm_record_get (kees, "surname"), ==, "Bos");
  g_assert_cmpstr (crm_record_get (kees, "city"), ==, "Arnhem");
  g_assert_cmpint (crm_trade_count (trade, "person"), ==, 6);
}

static void
test_surname_agrees_folded (CrmTrade *trade, gconstpointer unused)
{
  g_autoptr (CrmImportResult)
      first = crm_trade_import (trade,
                                "Voornaam;Tussenvoegsel;Achternaam;E-mail\nZoë;van;Özil;z@x.nl\n",
                                NULL,
                                CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) second =
      crm_trade_import (trade,
                        "Naam;E-mail;Tel\n\"OZIL, van\";z@x.nl;0612345678\nZoë van Özil;z@x.nl;\n",
                        "person",
                        CRM_IMPORT_DEFAULT);

  crm_trade_assert_counts (first, 1, 0, 0, 0);
  crm_trade_assert_counts (second, 0, 1, 1, 0);
  crm_trade_assert_described (trade,
                              "person",
                              NULL,
                              "given_name=Zoë; surname_prefix=van; surname=Özil; email=z@x.nl; "
                              "phone=+31612345678");
}

static void
test_number_of_another (CrmTrade *trade, gconstpointer unused)
{
  g_autoptr (CrmImportResult)
      first = crm_trade_import (trade,
                                "Nummer;Achternaam;E-mail\nK1;Jong;a@x.nl\n;Smit;b@x.nl\n",
                                NULL,
                                CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) second = crm_trade_import (trade,
                                                         "uid;Nummer;Achternaam;E-mail\n22222222-"
                                                         "2222-4222-8222-222222222222;K1;Bos;\n",
                                                         NULL,
                                                         CRM_IMPORT_DEFAULT);

  /* Matched by number, since the id is nobody's. */
  crm_trade_assert_counts (second, 0, 1, 0, 0);
  g_assert_cmpint (crm_trade_count (trade, "person"), ==, 2);
}

static void
test_id_of_another_kind (CrmTrade *trade, gconstpointer unused)
{
  g_autoptr (CrmImportResult)
      first = crm_trade_import (trade,
                                "uid;Achternaam\n11111111-1111-4111-8111-111111111111;Jong\n",
                                NULL,
                                CRM_IMPORT_DEFAULT);
  const char *text = "uid;kind;name;surname;organisation;organisation_uid\n"
                     "11111111-1111-4111-8111-111111111111;organisation;Bakker;;;\n"
                     "33333333-3333-4333-8333-333333333333;person;;Bos;;\n"
                     ";person;;Smit;Firma;11111111-1111-4111-8111-111111111111\n";
  g_autoptr (CrmImportResult)
      tag = crm_trade_import (trade,
                              "uid;name\n33333333-3333-4333-8333-333333333333;klant\n",
                              "tag",
                              CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) second = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) third = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult)
      fourth = crm_trade_import (trade,
                                 "uid;name\n11111111-1111-4111-8111-111111111111;vip\n",
                                 "tag",
                                 CRM_IMPORT_DEFAULT);

  crm_trade_assert_counts (second, 1, 0, 0, 2);
  g_assert_cmpuint (crm_trade_count_notes (second, CRM_IMPORT_NOTE_OTHER_KIND), ==, 2);
  g_assert_cmpuint (crm_trade_count_notes (second, CRM_IMPORT_NOTE_UID_TAKEN), ==, 1);
  crm_trade_assert_counts (third, 0, 0, 1, 2);
  crm_trade_assert_counts (fourth, 0, 0, 0, 1);
  g_assert_cmpint (crm_trade_count (trade, "person"), ==, 2);
  g_assert_cmpint (crm_trade_count (trade, "organisation"), ==, 1);
}

/* Of twins each row finds its own, and the next import chooses as the first one did. */
static void
test_twins (CrmTrade *trade, gconstpointer unused)
{
  g_autoptr (CrmImportResult)
      base = crm_trade_import (trade,
                               "Nummer;Voornaam;Achternaam;E-mail\n"
                               "K1;Jan;Jong;jan@x.nl\nK2;Piet;Jong;piet@x.nl\n",
                               NULL,
                               CRM_IMPORT_DEFAULT);
  const char *text = "Nummer;Voornaam;Achternaam;E-mail;Plaats\n"
                     ";Piet;Jong;jong@x.nl;Ede\n" /* after K1 and K2 share the mailbox */
                     "K9;Piet;Jong;JONG@x.nl;Urk\n"
                     "K9;Kees;Bos;kees@x.nl;Urk\n";
  g_autoptr (CrmImportResult) shared = NULL;
  g_autoptr (CrmImportResult) first = NULL;
  g_autoptr (CrmImportResult) second = NULL;
  g_autoptr (CrmRecord) piet = NULL;

  shared = crm_trade_import (trade,
                             "Nummer;E-mail\nK1;jong@x.nl\nK2;jong@x.nl\n",
                             NULL,
                             CRM_IMPORT_DEFAULT);
  crm_trade_assert_counts (shared, 0, 2, 0, 0);
  first = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  crm_trade_assert_counts (first, 0, 1, 2, 0);
  piet = crm_trade_get (trade, "person", "city = \"Ede\"");
  g_assert_cmpstr (crm_record_get (piet, "number"), ==, "K2");
  second = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  crm_trade_assert_counts (second, 0, 0, 3, 0);
  g_assert_null (second->group);
}

/* What rows say of each other, and in which order, makes no difference the next time. */
static void
test_again (CrmTrade *trade, gconstpointer unused)
{
  static const char *const files[] = {
    /* A number that comes before who has it. */
    "Nummer;Achternaam;Telefoon\nK1;;0612345678\nK1;Jong;\n",
    /* The employer of one row is called otherwise by the next. */
    "Nummer;Bedrijf;Achternaam\nK2;Bakker;\n",
    "Nummer;Bedrijf;Achternaam\n;Bakker;Bos\nK2;Smid;\n",
    /* A mailbox that two share, and a number that only one of them has. */
    "Nummer;Voornaam;Achternaam;E-mail\nK3;Jan;Vos;a@x.nl\nK4;Piet;Vos;b@x.nl\n",
    "Nummer;Achternaam;E-mail\nK3;Vos;c@x.nl\nK4;;c@x.nl\n;Vos;c@x.nl\n",
    "Nummer;Voornaam;Achternaam;E-mail;Plaats\n;;Vos;c@x.nl;Ede\nK3;Jan;Vos;c@x.nl;Urk\n",
    /* A number that goes to another than the first who gives it. */
    "uid;Nummer;Achternaam;E-mail\n33333333-3333-4333-8333-333333333333;;Smit;\n;K5;Mol;d@x.nl\n",
    "uid;Nummer;Achternaam;E-mail\n;K9;Mol;d@x.nl\n33333333-3333-4333-8333-333333333333;K9;Smit;\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (CrmImportResult)
          first = crm_trade_import (trade, files[i], NULL, CRM_IMPORT_DEFAULT);
      g_autoptr (CrmImportResult)
          again = crm_trade_import (trade, files[i], NULL, CRM_IMPORT_DEFAULT);

      g_assert_nonnull (first->group);
      crm_trade_assert_counts (again, 0, 0, first->n_rows, 0);
      g_assert_null (again->group);
    }
}

/* What is imported stays what it is, also when people change all that it was known by. */
static void
test_changed_since (CrmTrade *trade, gconstpointer unused)
{
  const char *text = "Achternaam;E-mail;Bedrijf\nJong;a@x.nl;Bakker\n";
  g_autoptr (CrmImportResult) first = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) again = NULL;
  static const char *const changes[][3] = { { "person", "email", "b@x.nl" },
                                            { "person", "surname", "Bos" },
                                            { "organisation", "name", "Smid" } };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (CrmRecord) record = crm_trade_get (trade, changes[i][0], NULL);
      g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");

      crm_change_set_set (set,
                          crm_record_get_kind (record),
                          crm_record_get_id (record),
                          changes[i][1],
                          changes[i][2]);
      g_assert_true (crm_replica_apply (trade->replica, set, NULL, NULL));
    }

  again = crm_trade_import (trade, text, NULL, CRM_IMPORT_DEFAULT);
  crm_trade_assert_counts (again, 0, 1, 0, 0);
  g_assert_cmpint (crm_trade_count (trade, "relation"), ==, 2);
  crm_trade_assert_described (trade, "organisation", NULL, "name=Smid");
}

/* An organisation that a row changed is filled further by who works there. */
static void
test_changed_and_filled (CrmTrade *trade, gconstpointer unused)
{
  g_autoptr (CrmImportResult)
      base = crm_trade_import (trade, "Bedrijf;Telefoon\nBakker;\n", NULL, CRM_IMPORT_DEFAULT);
  g_autoptr (CrmImportResult) result = crm_trade_import (trade,
                                                         "Bedrijf;Achternaam;Plaats;Website\n"
                                                         "Bakker;;Ede;\nBakker;Bos;;x.nl\n",
                                                         NULL,
                                                         CRM_IMPORT_DEFAULT);

  crm_trade_assert_described (trade, "organisation", NULL, "name=Bakker; website=x.nl; city=Ede");
}

/* Whatever is in the file: a trial says what will happen, again changes nothing, one undo takes it
 * all back, and after that it goes as the first time. */
static void
test_property (CrmTrade *trade, gconstpointer unused)
{
  guint seed;

  for (seed = 100; seed < 103; seed++)
    {
      gsize length;
      g_autofree char *text = crm_trade_make_dirty (seed, 1200, &length);
      g_autoptr (GFile) file = crm_scratch_write (&trade->scratch, "dirty.csv", text, length);
      g_autoptr (CrmImportPlan) plan = crm_import_plan_new (crm_replica_get_model (trade->replica),
                                                            file,
                                                            NULL,
                                                            NULL,
                                                            NULL);
      g_autoptr (CrmImportResult) dry = NULL;
      gint64 before = crm_trade_count (trade, "relation");
      guint round;

      g_assert_cmpint (crm_import_plan_get_format (plan)->encoding, ==, CRM_ENCODING_WINDOWS_1252);
      dry = crm_import_run (trade->replica, plan, CRM_IMPORT_DRY_RUN, NULL, NULL, NULL);
      g_assert_cmpint (crm_trade_count (trade, "relation"), ==, before);

      for (round = 0; round < 2; round++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (CrmImportResult)
              first = crm_import_run (trade->replica, plan, CRM_IMPORT_DEFAULT, NULL, NULL, &error);
          g_autoptr (CrmImportResult) again = NULL;
          g_autoptr (CrmUndoResult) undone = NULL;

          g_assert_no_error (error);
          crm_trade_assert_counts (first,
                                   dry->n_new,
                                   dry->n_updated,
                                   dry->n_unchanged,
                                   dry->n_rejected);
          g_assert_cmpuint (first->n_notes, ==, dry->n_notes);
          g_assert_cmpuint (first->n_organisations, ==, dry->n_organisations);
          g_assert_cmpint (crm_trade_count (trade, "relation"),
                           ==,
                           before + first->n_new + first->n_organisations);

          again = crm_import_run (trade->replica, plan, CRM_IMPORT_DEFAULT, NULL, NULL, &error);
          g_assert_no_error (error);
          crm_trade_assert_counts (again, 0, 0, 1200, 0);
          g_assert_null (again->group);

          /* The last one stays: the next file meets its numbers and its mailboxes. */
          if (round == 1)
            break;
          undone = crm_replica_undo (trade->replica, first->group, NULL, NULL, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (undone->kept->len, ==, 0);
          g_assert_cmpint (crm_trade_count (trade, "relation"), ==, before);
        }
    }
}

#define ADD(path, func)                                                                            \
  g_test_add ("/import-match/" path, CrmTrade, NULL, crm_trade_set_up, func, crm_trade_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("match-order", test_match_order);
  ADD ("surname-agrees-folded", test_surname_agrees_folded);
  ADD ("number-of-another", test_number_of_another);
  ADD ("id-of-another-kind", test_id_of_another_kind);
  ADD ("twins", test_twins);
  ADD ("again", test_again);
  ADD ("changed-since", test_changed_since);
  ADD ("changed-and-filled", test_changed_and_filled);
  ADD ("property", test_property);

  return g_test_run ();
}
