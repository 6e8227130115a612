#include "model/crm-value.h"

#include "model/crm-money.h"

#include <math.h>

typedef struct
{
  CrmFieldType type;
  const char *value;
  const char *expected; /* "!" for an error */
} Case;

static const Case cases[] = {
  { CRM_FIELD_TEXT, NULL, NULL },
  { CRM_FIELD_TEXT, "", NULL },
  { CRM_FIELD_TEXT, "Jose\xcc\x81", "Jos\xc3\xa9" },
  { CRM_FIELD_TEXT, "\xff\xfe", "!" },
  { CRM_FIELD_TEXT, " as it is ", " as it is " },
  { CRM_FIELD_MONEY, "1190.00", "1190.00" },
  { CRM_FIELD_MONEY, "1190", "1190.00" },
  { CRM_FIELD_MONEY, "-1190.5", "-1190.50" },
  { CRM_FIELD_MONEY, "-0.00", "0.00" },
  { CRM_FIELD_MONEY, "1190.005", "!" },
  { CRM_FIELD_MONEY, "1.190,00", "!" },
  { CRM_FIELD_MONEY, "veel", "!" },
  { CRM_FIELD_MONEY, "99999999999999999999", "!" },
  { CRM_FIELD_NUMBER, "11.90", "11.9" },
  { CRM_FIELD_NUMBER, "-0", "0" },
  { CRM_FIELD_NUMBER, "1e3", "1000" },
  { CRM_FIELD_NUMBER, "1e999", "!" },
  { CRM_FIELD_NUMBER, "nan", "!" },
  { CRM_FIELD_NUMBER, "0x10", "!" },
  { CRM_FIELD_NUMBER, "1-1", "!" },
  { CRM_FIELD_BOOL, "true", "true" },
  { CRM_FIELD_BOOL, "ja", "!" },
  { CRM_FIELD_DATE, "2024-12-31", "2024-12-31" },
  { CRM_FIELD_DATE, "ooit", "ooit" },
  { CRM_FIELD_TIME, "2026-03-01T09:00:00+01:00", "2026-03-01T08:00:00Z" },
  { CRM_FIELD_TIME, "straks", "straks" },
  { CRM_FIELD_SET, "b;a;;b", "a;b" },
  { CRM_FIELD_SET, ";", NULL },
  { CRM_FIELD_LINK,
    "018f0000-0000-7000-8000-000000000001",
    "018f0000-0000-7000-8000-000000000001" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CrmField field = { .name = "x", .type = cases[i].type };
      g_autoptr (GError) error = NULL;
      g_autofree char *value = crm_value_normalize (&field, cases[i].value, &error);
      g_autofree char *again = NULL;

      g_test_message ("case %u", i);
      if (g_strcmp0 (cases[i].expected, "!") == 0)
        {
          g_assert_error (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_VALUE);
          g_assert_null (value);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (value, ==, cases[i].expected);

      /* Twice is once. */
      again = crm_value_normalize (&field, value, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (again, ==, value);
    }
}

/* A field of a newer program. */
static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = crm_value_normalize (NULL, "Jose\xcc\x81", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, "Jos\xc3\xa9");
}

static void
test_number_format (void)
{
  static const struct
  {
    double number;
    const char *text;
  } numbers[] = {
    { 0, "0" },
    { -0.0, "0" },
    { 1190, "1190" },
    { 11.9, "11.9" },
    { 0.1, "0.1" },
    { 1e20, "1e+20" },
    { 1e-7, "1e-07" },
    { -2.5, "-2.5" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 9007199254740992.0, "9007199254740992" },
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpstr (crm_number_format (numbers[i].number, buffer), ==, numbers[i].text);

  for (guint i = 0; i < 10000; i++)
    {
      const double number = g_rand_double_range (rand, -1, 1) *
                            pow (10, g_rand_int_range (rand, -300, 300));

      crm_number_format (number, buffer);
      g_assert_true (!(g_ascii_strtod (buffer, NULL) < number) &&
                     !(g_ascii_strtod (buffer, NULL) > number));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/value-normalize/cases", test_cases);
  g_test_add_func ("/model/value-normalize/unknown", test_unknown);
  g_test_add_func ("/model/value-normalize/number-format", test_number_format);

  return g_test_run ();
}
