#include "wire/crm-wire-value.h"

#include "crm-wire-fixture.h"

#include <string.h>

typedef struct
{
  const char *json;
  CrmWireType type;
  const char *text;
} Case;

static const Case cases[] = {
  { "null", CRM_WIRE_EMPTY, NULL },
  { "\"\"", CRM_WIRE_EMPTY, NULL },
  { "false", CRM_WIRE_EMPTY, NULL },
  { "[]", CRM_WIRE_EMPTY, NULL },
  { "[\"\"]", CRM_WIRE_EMPTY, NULL },
  { "true", CRM_WIRE_TRUE, "true" },
  { "\"true\"", CRM_WIRE_TEXT, "true" },
  { "\"Jose\\u0301\"", CRM_WIRE_TEXT, "Jose\xcc\x81" },
  { "0", CRM_WIRE_NUMBER, "0" },
  { "-0", CRM_WIRE_NUMBER, "0" },
  { "-0.0", CRM_WIRE_NUMBER, "0" },
  { "1e-999", CRM_WIRE_NUMBER, "0" },
  { "11.90", CRM_WIRE_NUMBER, "11.9" },
  { "1E3", CRM_WIRE_NUMBER, "1000" },
  { "9007199254740992", CRM_WIRE_NUMBER, "9007199254740992" },
  { "9007199254740994", CRM_WIRE_NUMBER, "9007199254740994" },
  { "1e20", CRM_WIRE_NUMBER, "1e+20" },
  { "[\"b\",\"a\",\"b\",\"\"]", CRM_WIRE_MEMBERS, "a;b" },
};

static gboolean
read_text (CrmArena *arena, const char *json, CrmWireValue *value, GError **error)
{
  const CrmJson *node = crm_json_parse (arena, json, strlen (json), error);

  return node != NULL && crm_wire_value_read (node, arena, value, error);
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GString) json = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      const CrmWireValue expected = { cases[i].type, cases[i].text };
      CrmWireValue value;

      g_test_message ("%s", cases[i].json);
      g_assert_true (read_text (arena, cases[i].json, &value, &error));
      g_assert_no_error (error);
      crm_assert_value (&value, &expected);

      crm_wire_value_write (&value, json);
      g_assert_true (read_text (arena, json->str, &value, &error));
      crm_assert_value (&value, &expected);
    }
}

/* What one end would hold as another value than the other. */
static void
test_refused (void)
{
  static const char *const texts[] = { "1e999",
                                       "-1e999",
                                       "9007199254740993",
                                       "-9007199254740993",
                                       "123456789012345678901234567890",
                                       "{}",
                                       "[1]",
                                       "[\"a;b\"]",
                                       "[[\"a\"]]",
                                       "[null]",
                                       "[{\"a\":1}]" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GError) error = NULL;
      CrmWireValue value;

      g_test_message ("%s", texts[i]);
      g_assert_false (read_text (arena, texts[i], &value, &error));
      g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
    }
}

static void
test_for_field (void)
{
  static const struct
  {
    CrmFieldType type;
    const char *value;
    CrmWireType expected;
    const char *json;
  } fields[] = {
    { CRM_FIELD_TEXT, "12", CRM_WIRE_TEXT, "\"12\"" },
    { CRM_FIELD_TEXT, "", CRM_WIRE_EMPTY, "null" },
    { CRM_FIELD_MONEY, "1190.00", CRM_WIRE_TEXT, "\"1190.00\"" },
    { CRM_FIELD_NUMBER, "11.9", CRM_WIRE_NUMBER, "11.9" },
    /* Not as it is formatted: as text both ends hash the same. */
    { CRM_FIELD_NUMBER, "11.90", CRM_WIRE_TEXT, "\"11.90\"" },
    { CRM_FIELD_NUMBER, "veel", CRM_WIRE_TEXT, "\"veel\"" },
    { CRM_FIELD_BOOL, "true", CRM_WIRE_TRUE, "true" },
    { CRM_FIELD_SET, "a;b", CRM_WIRE_MEMBERS, "[\"a\",\"b\"]" },
    { CRM_FIELD_SET, "b;a", CRM_WIRE_TEXT, "\"b;a\"" },
    { CRM_FIELD_SET, NULL, CRM_WIRE_EMPTY, "null" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const CrmField field = { .type = fields[i].type };
      const CrmWireValue value = crm_wire_value_for_field (&field, fields[i].value);
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GString) json = g_string_new (NULL);
      CrmWireValue back;

      g_assert_cmpint (value.type, ==, fields[i].expected);
      crm_wire_value_write (&value, json);
      g_assert_cmpstr (json->str, ==, fields[i].json);
      g_assert_true (read_text (arena, json->str, &back, NULL));
      crm_assert_value (&back, &value);
    }
}

static void
test_named (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (21);

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GString) json = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      CrmNamedValue values[3] = { { "a" }, { "b_2030" }, { "c" } };
      CrmNamedValue *read_values;
      guint expected = 0;
      guint n;

      for (guint i = 0; i < 3; i++)
        values[i].value = crm_make_value (arena, rand);
      crm_named_values_write (values, 3, json);
      read_values = crm_named_values_read (json->str, arena, &n, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < 3; i++)
        {
          if (values[i].value.type == CRM_WIRE_EMPTY)
            continue;
          g_assert_cmpstr (read_values[expected].name, ==, values[i].name);
          crm_assert_value (&read_values[expected++].value, &values[i].value);
        }
      g_assert_cmpuint (n, ==, expected);
    }
}

static void
test_named_refused (void)
{
  g_autoptr (CrmArena) arena = crm_arena_new ();
  guint n;

  g_assert_nonnull (crm_named_values_read ("{}", arena, &n, NULL));
  g_assert_cmpuint (n, ==, 0);
  g_assert_null (crm_named_values_read ("[]", arena, &n, NULL));
  g_assert_null (crm_named_values_read ("{\"a\":{}}", arena, &n, NULL));
  g_assert_null (crm_named_values_read ("{\"a\":1,\"a\":1}", arena, &n, NULL));
  g_assert_null (crm_named_values_read ("", arena, &n, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/value/cases", test_cases);
  g_test_add_func ("/wire/value/refused", test_refused);
  g_test_add_func ("/wire/value/for-field", test_for_field);
  g_test_add_func ("/wire/value/named", test_named);
  g_test_add_func ("/wire/value/named-refused", test_named_refused);

  return g_test_run ();
}
