#include "server/crm-server-record.h"

#include "wire/crm-wire-error.h"

#define ID "01900000-0000-7000-8000-000000000001"

static void
test_columns (void)
{
  g_autoptr (CrmServerRecord) record = crm_server_record_new ("person", ID);
  g_autoptr (CrmServerRecord) read = crm_server_record_new ("person", ID);
  const CrmWireValue name = { CRM_WIRE_TEXT, "Bakker" };
  const CrmWireValue city = { CRM_WIRE_TEXT, "Delft" };
  const CrmWireValue tags = { CRM_WIRE_MEMBERS, "a;b" };
  const CrmWireValue none = { CRM_WIRE_EMPTY, NULL };
  g_autofree char *fields = NULL;
  g_autofree char *versions = NULL;
  g_autoptr (GError) error = NULL;

  crm_server_record_clear (record, 7);
  crm_server_record_set (record, "surname", &name, 7);
  crm_server_record_set (record, "city", &city, 7);
  g_assert_null (crm_server_record_dup_versions (record));
  crm_server_record_set (record, "tags", &tags, 9);
  crm_server_record_set (record, "city", &none, 12);
  fields = crm_server_record_dup_fields (record);
  versions = crm_server_record_dup_versions (record);
  g_assert_cmpstr (fields, ==, "{\"surname\":\"Bakker\",\"tags\":[\"a\",\"b\"]}");
  g_assert_cmpint (record->row_seq, ==, 12);

  read->born = 7;
  g_assert_true (crm_server_record_parse (read, fields, versions, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (crm_server_record_get (read, "surname"), ==, "Bakker");
  g_assert_cmpstr (crm_server_record_get (read, "tags"), ==, "a;b");
  g_assert_null (crm_server_record_get (read, "city"));
  g_assert_cmpint (crm_server_record_get_version (read, "surname"), ==, 7);
  g_assert_cmpint (crm_server_record_get_version (read, "tags"), ==, 9);
  /* When it became empty is known too. */
  g_assert_cmpint (crm_server_record_get_version (read, "city"), ==, 12);
  g_assert_cmpint (crm_server_record_get_version (read, "phone"), ==, 7);
}

static void
test_settle (void)
{
  g_autoptr (CrmServerRecord) record = crm_server_record_new ("person", ID);
  g_autoptr (CrmServerRecord) copy = NULL;
  const CrmWireValue name = { CRM_WIRE_TEXT, "Bakker" };

  crm_server_record_clear (record, 7);
  crm_server_record_set (record, "surname", &name, CRM_SERVER_PROVISIONAL + 2);
  copy = crm_server_record_copy (record);
  crm_server_record_settle (record, 100);
  g_assert_cmpint (record->born, ==, 7);
  g_assert_cmpint (record->row_seq, ==, 102);
  g_assert_cmpint (crm_server_record_get_version (record, "surname"), ==, 102);
  g_assert_cmpint (copy->row_seq, ==, CRM_SERVER_PROVISIONAL + 2);
}

static void
test_broken (void)
{
  static const char *const columns[][2] = {
    { "", NULL }, { "[]", NULL }, { "{\"a\":{}}", NULL }, { "{}", "{\"a\":\"x\"}" }, { "{}", "{" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (CrmServerRecord) record = crm_server_record_new ("person", ID);
      g_autoptr (GError) error = NULL;

      g_assert_false (crm_server_record_parse (record, columns[i][0], columns[i][1], &error));
      g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/record/columns", test_columns);
  g_test_add_func ("/server/record/settle", test_settle);
  g_test_add_func ("/server/record/broken", test_broken);

  return g_test_run ();
}
