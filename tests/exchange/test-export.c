#include "exchange/crm-export.h"

#include "crm-exchange-fixture.h"

#include <string.h>

static CrmImportResult *
carry_over (CrmTrade *from, CrmTrade *to, const char *kinds, const CrmExportOptions *options)
{
  g_autoptr (GFile) file = crm_scratch_file (&from->scratch, "export.csv");
  g_autoptr (CrmQuery) query = crm_query_new (kinds);
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  CrmImportResult *result;
  guint64 n = 0;

  g_assert_true (crm_export (from->replica, query, file, options, NULL, NULL, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, crm_trade_count (from, kinds));
  plan = crm_import_plan_new (crm_replica_get_model (to->replica), file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (crm_import_plan_is_own (plan));
  result = crm_import_run (to->replica, plan, CRM_IMPORT_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_rejected, ==, 0);

  return result;
}

static void
assert_same (CrmTrade *a, CrmTrade *b, const char *kinds)
{
  g_autoptr (CrmQuery) query = crm_query_new (kinds);
  g_autoptr (GPtrArray) records = crm_replica_list (a->replica, query, 0, NULL, NULL);
  guint i;

  g_assert_cmpuint (records->len, >, 0);
  g_assert_cmpint (crm_trade_count (b, kinds), ==, records->len);
  for (i = 0; i < records->len; i++)
    {
      g_autoptr (CrmRecord)
          other = crm_replica_find (b->replica, crm_record_get_id (records->pdata[i]));

      g_assert_nonnull (other);
      if (!crm_record_equal (records->pdata[i], other))
        {
          g_autofree char *x = crm_trade_describe (records->pdata[i]);
          g_autofree char *y = crm_trade_describe (other);

          g_error ("“%s” came back as “%s”", x, y);
        }
    }
}

static void
put (CrmTrade *trade, const char *kind, const char *id, ...)
{
  g_autoptr (CrmRecord)
      record = crm_record_new (crm_model_find_kind (crm_replica_get_model (trade->replica), kind),
                               id);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("test");
  const char *field;
  va_list list;

  va_start (list, id);
  while ((field = va_arg (list, const char *)) != NULL)
    crm_record_set (record, field, va_arg (list, const char *));
  va_end (list);
  crm_change_set_put (set, record);
  g_assert_true (crm_replica_apply (trade->replica, set, NULL, NULL));
}

#define ORGANISATION "33333333-3333-4333-8333-333333333333"
#define PERSON       "44444444-4444-4444-8444-444444444444"

/* Values that a clever import would change. */
static void
fill_tricky (CrmTrade *trade)
{
  put (trade,
       "organisation",
       ORGANISATION,
       "name",
       "Bakker; \"Zonen\"",
       "street",
       "Kerkstraat 12 bis",
       "parent",
       NULL,
       NULL);
  put (trade, "organisation", NULL, "name", "Dochter", "parent", ORGANISATION, NULL);
  put (trade,
       "person",
       PERSON,
       "given_name",
       "J.",
       "surname",
       "Vries, de",
       "organisation",
       ORGANISATION,
       "tags",
       "a, b;c",
       NULL);
  put (trade,
       "person",
       NULL,
       "surname",
       "=1+1",
       "note",
       "@x\n-2+3\n'=4",
       "phone",
       "+31612345678",
       "house_number",
       "-1",
       NULL);
  put (trade,
       "person",
       NULL,
       "surname",
       "'=HYPERLINK(\"x\")",
       "email",
       "geen",
       "birthday",
       "eind mei",
       NULL);
  put (trade, "person", NULL, "email", "nobody@x.nl", NULL);
  put (trade, "person", NULL, "organisation", ORGANISATION, NULL);
  put (trade,
       "person",
       NULL,
       "surname",
       "Wees",
       "organisation",
       "55555555-5555-4555-8555-555555555555",
       NULL);
}

static void
fill_tricky_others (CrmTrade *trade)
{
  put (trade,
       "activity",
       NULL,
       "type",
       "call",
       "subject",
       "=cmd",
       "relation",
       PERSON,
       "due",
       "2026-03-01T13:00:00Z",
       NULL);
  put (trade, "tag", NULL, "name", "vip", "explanation", "x; y", NULL);
}

static void
test_round_trip (gconstpointer data)
{
  const CrmExportOptions options = { .separator = GPOINTER_TO_INT (data),
                                     .without_bom = GPOINTER_TO_INT (data) == ',' };
  static const char *const kinds[] = { "organisation", "person", "activity", "tag" };
  CrmTrade a = { 0 };
  CrmTrade b = { 0 };
  CrmTrade c = { 0 };
  gsize i;

  crm_trade_set_up (&a, NULL);
  crm_trade_set_up (&b, NULL);
  crm_trade_set_up (&c, NULL);
  fill_tricky (&a);
  fill_tricky_others (&a);

  for (i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (CrmImportResult) result = carry_over (&a, &b, kinds[i], &options);
      g_autoptr (CrmImportResult) again = carry_over (&a, &b, kinds[i], &options);

      g_assert_cmpuint (result->n_new, ==, crm_trade_count (&a, kinds[i]));
      g_assert_cmpuint (again->n_unchanged, ==, again->n_rows);
      assert_same (&a, &b, kinds[i]);
    }

  {
    g_autoptr (CrmImportResult) result = carry_over (&a, &c, "relation", &options);

    assert_same (&a, &c, "person");
    assert_same (&a, &c, "organisation");
  }

  crm_trade_tear_down (&a, NULL);
  crm_trade_tear_down (&b, NULL);
  crm_trade_tear_down (&c, NULL);
}

static void
test_dirty_round_trip (void)
{
  CrmTrade a = { 0 };
  CrmTrade b = { 0 };
  gsize length;
  g_autofree char *text = crm_trade_make_dirty (31, 1500, &length);
  g_autoptr (GFile) file = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportResult) filled = NULL;
  g_autoptr (CrmImportResult) result = NULL;

  crm_trade_set_up (&a, NULL);
  crm_trade_set_up (&b, NULL);
  file = crm_scratch_write (&a.scratch, "dirty.csv", text, length);
  plan = crm_import_plan_new (crm_replica_get_model (a.replica), file, NULL, NULL, NULL);
  filled = crm_import_run (a.replica, plan, CRM_IMPORT_DEFAULT, NULL, NULL, NULL);
  g_assert_cmpuint (filled->n_new, >, 1000);
  result = carry_over (&a, &b, "relation", NULL);
  assert_same (&a, &b, "relation");

  crm_trade_tear_down (&a, NULL);
  crm_trade_tear_down (&b, NULL);
}

static void
test_text (CrmTrade *trade, gconstpointer unused)
{
  const char *fields[] = { "surname", "organisation", "phone", NULL };
  const CrmExportOptions options = { .fields = fields };
  g_autoptr (GFile) file = crm_scratch_file (&trade->scratch, "out.csv");
  g_autoptr (CrmQuery) query = crm_query_new ("person");
  g_autofree char *text = NULL;

  put (trade, "organisation", ORGANISATION, "name", "Bakker", NULL);
  put (trade,
       "person",
       PERSON,
       "surname",
       "=1+1",
       "organisation",
       ORGANISATION,
       "phone",
       "+31612345678",
       NULL);
  g_assert_true (crm_export (trade->replica, query, file, &options, NULL, NULL, NULL, NULL));
  text = crm_scratch_read (&trade->scratch, "out.csv");
  g_assert_cmpstr (text,
                   ==,
                   "\xEF\xBB\xBFuid;kind;surname;organisation;organisation_uid;phone\r\n" PERSON
                   ";person;\"'=1+1\";Bakker;" ORGANISATION ";+31612345678\r\n");
}

static void
test_chosen (CrmTrade *trade, gconstpointer unused)
{
  const char *fields[] = { "surname", NULL };
  const char *ids[] = { PERSON, "66666666-6666-4666-8666-666666666666", ORGANISATION, NULL };
  const CrmExportOptions options = { .fields = fields, .ids = ids, .without_bom = TRUE };
  g_autoptr (GFile) file = crm_scratch_file (&trade->scratch, "out.csv");
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autofree char *text = NULL;
  guint64 n = 0;

  put (trade, "organisation", ORGANISATION, "name", "Bakker", NULL);
  put (trade, "person", PERSON, "surname", "Jong", NULL);
  put (trade, "person", NULL, "surname", "Anders", NULL);
  g_assert_true (crm_export (trade->replica, query, file, &options, NULL, NULL, &n, NULL));
  g_assert_cmpuint (n, ==, 2);
  text = crm_scratch_read (&trade->scratch, "out.csv");
  g_assert_cmpstr (text,
                   ==,
                   "uid;kind;surname\r\n" PERSON ";person;Jong\r\n" ORGANISATION
                   ";organisation;\r\n");
}

static void
test_fails (CrmTrade *trade, gconstpointer unused)
{
  const char *fields[] = { "shoe_size", NULL };
  const CrmExportOptions options = { .fields = fields };
  g_autoptr (GFile) file = crm_scratch_write (&trade->scratch, "out.csv", "before", -1);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nonexistent/folder/out.csv");
  g_autoptr (GFile) folder = g_file_new_for_path (trade->scratch.dir);
  g_autoptr (CrmQuery) query = crm_query_new ("person");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  put (trade, "person", PERSON, "surname", "Jong", NULL);
  g_assert_false (crm_export (trade->replica, query, file, &options, NULL, NULL, NULL, &error));
  g_assert_error (error, CRM_EXCHANGE_ERROR, CRM_EXCHANGE_ERROR_MAPPING);
  g_clear_error (&error);
  g_assert_false (crm_export (trade->replica, query, nowhere, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  /* The file that was asked for, not the one that becomes it. */
  g_assert_nonnull (strstr (error->message, "/nonexistent/folder/out.csv"));
  g_assert_null (strstr (error->message, ".part"));
  g_clear_error (&error);
  g_assert_false (crm_export (trade->replica, query, folder, NULL, NULL, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, trade->scratch.dir));
  g_assert_null (strstr (error->message, ".part"));
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_false (crm_export (trade->replica, query, file, NULL, NULL, cancellable, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  text = crm_scratch_read (&trade->scratch, "out.csv");
  g_assert_cmpstr (text, ==, "before");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/export/round-trip/semicolon", GINT_TO_POINTER (';'), test_round_trip);
  g_test_add_data_func ("/export/round-trip/comma", GINT_TO_POINTER (','), test_round_trip);
  g_test_add_func ("/export/round-trip/dirty", test_dirty_round_trip);
  g_test_add ("/export/text", CrmTrade, NULL, crm_trade_set_up, test_text, crm_trade_tear_down);
  g_test_add ("/export/chosen", CrmTrade, NULL, crm_trade_set_up, test_chosen, crm_trade_tear_down);
  g_test_add ("/export/fails", CrmTrade, NULL, crm_trade_set_up, test_fails, crm_trade_tear_down);

  return g_test_run ();
}
