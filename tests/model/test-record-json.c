#include "model/crm-record-json.h"

#include <string.h>

#define ID "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"

static CrmModel *
make_model (void)
{
  static const CrmField fields[] = {
    { 900, "amount", "Amount", CRM_FIELD_MONEY, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL },
    { 901, "size", "Size", CRM_FIELD_NUMBER, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL },
    { 902, "vip", "VIP", CRM_FIELD_BOOL, CRM_SECTION_STATUS, CRM_GROUP_COMMERCIAL },
  };
  CrmModel *model = crm_model_ref (crm_model_get_default ());

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      CrmModel *more = crm_model_new_with_field (model, "person", &fields[i]);

      crm_model_unref (model);
      model = more;
    }

  return model;
}

static void
test_line (void)
{
  static const char text[] = "{\"id\":\"" ID "\",\"kind\":\"person\",\"surname\":\"Öz "
                             "\\\"x\\\"\",\"birthday\":\"1980-03-05\",\"tags\":[\"a\",\"b\"],"
                             "\"amount\":\"1190.00\",\"size\":12,\"vip\":true}";
  g_autoptr (CrmModel) model = make_model ();
  g_autoptr (CrmRecord) record = crm_record_new (crm_model_find_kind (model, "person"), ID);
  g_autoptr (CrmRecord) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  crm_record_set (record, "vip", "true");
  crm_record_set (record, "size", "12");
  crm_record_set (record, "amount", "1190.00");
  crm_record_set (record, "tags", "a;b");
  crm_record_set (record, "birthday", "1980-03-05");
  crm_record_set (record, "surname", "Öz \"x\"");
  line = crm_record_to_json_line (record);
  g_assert_cmpstr (line, ==, text);

  read = crm_record_from_json_line (line, model, &error);
  g_assert_no_error (error);
  g_assert_true (crm_record_equal (record, read));
}

/* Whatever the text: the line is JSON for other programs too, and reads as the record. */
static void
test_any_text (void)
{
  static const char *const texts[] = { "\"",        "\\",   "a\nb\tc", "\x7f", "é😀",
                                       "</script>", "11.9", "-0.05",   "{}" };
  g_autoptr (CrmModel) model = make_model ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (CrmRecord) record = crm_record_new (crm_model_find_kind (model, "person"), ID);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *line = NULL;

      crm_record_set (record, "note", texts[i]);
      crm_record_set (record, "tags", texts[i]);
      crm_record_set (record, "size", texts[i]);
      line = crm_record_to_json_line (record);
      node = json_from_string (line, NULL);
      g_assert_nonnull (node);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "note"),
                       ==,
                       texts[i]);
      g_assert_null (strchr (line, '\n'));
    }
}

/* A number is written as it was. */
static void
test_number (void)
{
  g_autoptr (CrmModel) model = make_model ();
  g_autoptr (CrmRecord) record = crm_record_new (crm_model_find_kind (model, "person"), ID);
  g_autoptr (CrmRecord) read = NULL;
  g_autofree char *line = NULL;

  crm_record_set (record, "size", "11.9");
  line = crm_record_to_json_line (record);
  g_assert_true (g_str_has_suffix (line, ",\"size\":11.9}"));
  read = crm_record_from_json_line (line, model, NULL);
  g_assert_true (crm_record_equal (record, read));
}

static void
test_input (void)
{
  static const char text[] =
      "{\"kind\":\"person\",\"surname\":\"Vries\",\"phone\":\"06-12345678\",\"number\":12,"
      "\"note\":null,\"tags\":[],\"size\":1.5,\"vip\":false,\"country\":\"België\"}";
  g_autoptr (CrmModel) model = make_model ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_record_from_json_line (text, model, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (crm_record_get (record, "phone"), ==, "+31612345678");
  g_assert_cmpstr (crm_record_get (record, "number"), ==, "12");
  g_assert_cmpstr (crm_record_get (record, "size"), ==, "1.5");
  g_assert_cmpstr (crm_record_get (record, "country"), ==, "BE");
  g_assert_null (crm_record_get (record, "note"));
  g_assert_null (crm_record_get (record, "tags"));
  g_assert_null (crm_record_get (record, "vip"));
}

static void
test_bad (void)
{
  static const char *const bad[] = {
    "",
    "[]",
    "x",
    "{",
    "{}",
    "{\"kind\":\"person\",",
    "{\"kind\":\"horse\"}",
    "{\"kind\":1}",
    "{\"kind\":\"person\",\"id\":\"x\"}",
    "{\"kind\":\"person\",\"id\":null}",
    "{\"kind\":\"person\",\"horse\":\"x\"}",
    "{\"kind\":\"person\",\"surname\":{}}",
    "{\"kind\":\"person\",\"tags\":[1]}",
    "{\"kind\":\"person\",\"tags\":[[\"a\"]]}",
    "{\"kind\":\"person\",\"birthday\":\"31-2-2000\"}",
    "{\"kind\":\"person\",\"surname\":\"\xff\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      if (crm_record_from_json_line (bad[i], crm_model_get_default (), &error) != NULL)
        g_error ("“%s” was taken for a record", bad[i]);
      g_assert_nonnull (error);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/record-json/line", test_line);
  g_test_add_func ("/model/record-json/any-text", test_any_text);
  g_test_add_func ("/model/record-json/number", test_number);
  g_test_add_func ("/model/record-json/input", test_input);
  g_test_add_func ("/model/record-json/bad", test_bad);

  return g_test_run ();
}
