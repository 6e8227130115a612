#include "model/crm-expr.h"

#include <string.h>

static void
test_round_trip (gconstpointer data)
{
  const char *const *texts = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmExpr) expr = crm_expr_parse (texts[0], &error);
  g_autoptr (CrmExpr) again = NULL;
  g_autoptr (CrmExpr) copy = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = crm_expr_to_string (expr);
  g_assert_cmpstr (text, ==, texts[1]);

  again = crm_expr_parse (text, &error);
  g_assert_no_error (error);
  g_assert_true (crm_expr_equal (expr, again));
  copy = crm_expr_copy (expr);
  g_assert_true (crm_expr_equal (expr, copy));
}

/* What is written, and how it comes back. */
static const char *const round_trips[][2] = {
  { "city=\"Ede\"", "city = \"Ede\"" },
  { "  city  =  \"Ede\"  ", "city = \"Ede\"" },
  { "CITY != \"\"", "city != \"\"" },
  { "organisation.city ~ \"dam\"", "organisation.city ~ \"dam\"" },
  { "note ~ \"say \\\"hi\\\" \\\\ back\"", "note ~ \"say \\\"hi\\\" \\\\ back\"" },
  { "note ~ \"a \\n b\"", "note ~ \"a \\\\n b\"" },
  { "last_activity < today-30", "last_activity < today-30" },
  { "last_activity >= today", "last_activity >= today+0" },
  { "last_activity >= TODAY + 7", "last_activity >= today+7" },
  { "birthday = 2024-02-29", "birthday = 2024-02-29" },
  { "number > -12.5", "number > -12.5" },
  { "done = true", "done = true" },
  { "not city = \"x\"", "not city = \"x\"" },
  { "not not city = \"x\"", "not not city = \"x\"" },
  { "a=1 and b=2 or c=3", "a = 1 and b = 2 or c = 3" },
  { "a=1 and (b=2 or c=3)", "a = 1 and (b = 2 or c = 3)" },
  { "a=1 or b=2 and c=3", "a = 1 or b = 2 and c = 3" },
  { "(a=1 or b=2) and c=3", "(a = 1 or b = 2) and c = 3" },
  { "not (a=1 and b=2)", "not (a = 1 and b = 2)" },
  { "not (a=1)", "not a = 1" },
  { "((((a=1))))", "a = 1" },
  { "a=1 or (b=2 or c=3)", "a = 1 or (b = 2 or c = 3)" },
  { "a=1 and (b=2 and c=3)", "a = 1 and (b = 2 and c = 3)" },
  { "a=1 AND b=2 Or NOT c=3", "a = 1 and b = 2 or not c = 3" },
  { "orders>=1 and andere=2 and notitie=3", "orders >= 1 and andere = 2 and notitie = 3" },
  { "city = \"’s-Hertogenbosch\"", "city = \"’s-Hertogenbosch\"" },
};

typedef struct
{
  const char *text;
  const char *part;
} Bad;

static const Bad bads[] = {
  { "", "column 1: expected the name" },
  { "   ", "column 4: expected the name" },
  { "city", "column 5: expected one of" },
  { "city =", "column 7: expected a value" },
  { "city = Ede", "column 8: expected a value: \"text\" in quotes" },
  { "city = \"Ede", "column 12: expected a \" that ends" },
  { "city = \"Ede\\", "expected a \" that ends" },
  { "é = 1", "column 1: expected the name" },
  { "city = \"é\" x", "column 12: expected “and”" },
  { "city == \"x\"", "column 7: expected a value" },
  { "1city = 1", "column 1: expected the name" },
  { "city. = 1", "column 6: expected the name" },
  { "(city = 1", "column 10: expected “)”" },
  { "city = 1)", "column 9: expected “and”" },
  { "city = 1 and", "column 13: expected the name" },
  { "and", "expected one of" },
  { "birthday = 2023-02-29", "column 12: expected a number or a date that exists" },
  { "n = 1.", "expected a number" },
  { "n = 1.2.3", "expected a number" },
  { "n = -", "expected a number" },
  { "n = 1-2", "expected a number" },
  { "d = today-", "expected a number of days" },
  { "d = today-9999999", "expected a number of days" },
  { "d = tomorrow", "expected a value" },
  { "not", "expected the name" },
  { "city = \"\xff\"", "not UTF-8" },
};

static void
test_bad (gconstpointer data)
{
  const Bad *bad = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_expr_parse (bad->text, &error));
  g_assert_error (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_EXPRESSION);
  if (strstr (error->message, bad->part) == NULL)
    g_error ("“%s” lacks “%s”", error->message, bad->part);
}

static char *
repeat (const char *before, const char *text, const char *between, guint n)
{
  GString *all = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? between : "", text);

  return g_string_free_and_steal (all);
}

static void
test_deep (void)
{
  g_autofree char *brackets = repeat ("", "(", "", 1000000);
  g_autofree char *nots = repeat ("", "not ", "", 250000);
  g_autofree char *many = repeat ("", "a = 1", " or ", 100000);
  g_autofree char *enough = repeat ("", "a = 1", " or ", 1000);
  g_autoptr (CrmExpr) expr = NULL;

  for (guint i = 0; i < 3; i++)
    {
      const char *const texts[] = { brackets, nots, many };
      g_autoptr (GError) error = NULL;

      g_assert_null (crm_expr_parse (texts[i], &error));
      g_assert_error (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_EXPRESSION);
    }
  expr = crm_expr_parse (enough, NULL);
  g_assert_nonnull (expr);
}

static void
test_check (void)
{
  static const char *const good[] = {
    "city = \"Ede\"",        "name = \"x\" or surname = \"y\"", "organisation.name ~ \"x\"",
    "relation.city = \"x\"", "parent.parent = \"x\"",
  };
  static const char *const bad[] = { "town = \"Ede\"",
                                     "city.name = \"x\"",
                                     "organisation.surname = \"x\"",
                                     "not (city = \"Ede\" and x = 1)" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (CrmExpr) expr = crm_expr_parse (good[i], NULL);

      g_assert_true (crm_expr_check (expr, crm_model_get_default (), NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (CrmExpr) expr = crm_expr_parse (bad[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (crm_expr_check (expr, crm_model_get_default (), &error));
      g_assert_error (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_UNKNOWN);
    }
}

static void
test_build (void)
{
  CrmExpr *a = crm_expr_new_term ("city", CRM_OP_EQ, CRM_EXPR_TEXT, "Ede");
  CrmExpr *b = crm_expr_new_term ("last_activity", CRM_OP_LT, CRM_EXPR_TODAY, "-30");
  g_autoptr (CrmExpr) both = crm_expr_new_and (crm_expr_new_and (NULL, a), b);
  g_autofree char *text = crm_expr_to_string (both);

  g_assert_cmpstr (text, ==, "city = \"Ede\" and last_activity < today-30");
  g_assert_null (crm_expr_new_and (NULL, NULL));
  g_assert_false (crm_expr_equal (both, both->left));
  g_assert_true (crm_expr_equal (NULL, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (round_trips); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/expr/round-trip/%u", i);

      g_test_add_data_func (path, round_trips[i], test_round_trip);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bads); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/expr/bad/%u", i);

      g_test_add_data_func (path, &bads[i], test_bad);
    }
  g_test_add_func ("/model/expr/deep", test_deep);
  g_test_add_func ("/model/expr/check", test_check);
  g_test_add_func ("/model/expr/build", test_build);

  return g_test_run ();
}
