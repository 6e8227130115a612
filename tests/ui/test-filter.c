#include "ui/relations/crm-filter.h"

static const CrmField *
find_field (const char *name)
{
  g_autoptr (GPtrArray) fields = crm_filter_list_fields (crm_model_get_default ());

  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);

      if (g_str_equal (field->name, name))
        return field;
    }
  g_error ("no field %s", name);
}

static void
add (CrmFilter *filter,
     const char *field,
     CrmFilterOp op,
     const char *value,
     guint amount,
     CrmFilterUnit unit)
{
  CrmFilterTerm term = { find_field (field), op, (char *) value, amount, unit };

  crm_filter_add (filter, &term);
}

static void
assert_filter (CrmFilter *filter, const char *expected_expr, const char *expected_words)
{
  g_autoptr (CrmExpr) expr = crm_filter_to_expr (filter);
  g_autoptr (CrmExpr) expected = expected_expr != NULL ? crm_expr_parse (expected_expr, NULL)
                                                       : NULL;
  g_autofree char *text = expr != NULL ? crm_expr_to_string (expr) : NULL;
  g_autofree char *expected_text = expected != NULL ? crm_expr_to_string (expected) : NULL;
  g_autofree char *words = crm_filter_dup_words (filter);

  g_assert_cmpstr (text, ==, expected_text);
  g_assert_cmpstr (words, ==, expected_words);
}

static void
test_sentence (void)
{
  g_autoptr (CrmFilter) filter = crm_filter_new ();

  assert_filter (filter, NULL, NULL);
  add (filter, "city", CRM_FILTER_IS, "Ede", 0, CRM_FILTER_DAYS);
  assert_filter (filter, "city = \"Ede\"", "Town is Ede");
  add (filter, "last_activity", CRM_FILTER_LONGER_AGO, NULL, 6, CRM_FILTER_MONTHS);
  assert_filter (filter,
                 "city = \"Ede\" and (last_activity < today-183 or last_activity = \"\")",
                 "Town is Ede and no activity for 6 months");
}

static void
test_unfinished_terms_filter_nothing (void)
{
  g_autoptr (CrmFilter) filter = crm_filter_new ();

  add (filter, "city", CRM_FILTER_CONTAINS, NULL, 0, CRM_FILTER_DAYS);
  add (filter, "stage", CRM_FILTER_IS, "", 0, CRM_FILTER_DAYS);
  add (filter, "last_activity", CRM_FILTER_WITHIN, NULL, 0, CRM_FILTER_DAYS);
  assert_filter (filter, NULL, NULL);
}

static void
test_values_are_quoted (void)
{
  g_autoptr (CrmFilter) filter = crm_filter_new ();

  add (filter, "city", CRM_FILTER_IS, "'s-\"Bosch\" \\ or true", 0, CRM_FILTER_DAYS);
  assert_filter (filter,
                 "city = \"'s-\\\"Bosch\\\" \\\\ or true\"",
                 "Town is 's-\"Bosch\" \\ or true");
}

static void
test_kinds_of_fields (void)
{
  g_autoptr (CrmFilter) filter = crm_filter_new ();

  add (filter, "organisation", CRM_FILTER_CONTAINS, "bakker", 0, CRM_FILTER_DAYS);
  add (filter, "stage", CRM_FILTER_IS_NOT, "customer", 0, CRM_FILTER_DAYS);
  add (filter, "birthday", CRM_FILTER_BEFORE, "1980-01-01", 0, CRM_FILTER_DAYS);
  add (filter, "email", CRM_FILTER_EMPTY, NULL, 0, CRM_FILTER_DAYS);
  add (filter, "last_activity", CRM_FILTER_WITHIN, NULL, 1, CRM_FILTER_WEEKS);
  assert_filter (filter,
                 "organisation.name ~ \"bakker\" and not stage = \"customer\""
                 " and birthday < 1980-01-01 and email = \"\" and last_activity >= today-7",
                 "Organisation contains bakker and Stage is not Customer and Birthday is before "
                 "01-01-1980 and E-mail is empty and activity in the last 1 week");
}

/* Whatever people click together is an expression, for every field and operator. */
static void
test_every_field_and_operator_parses (void)
{
  g_autoptr (GPtrArray) fields = crm_filter_list_fields (crm_model_get_default ());

  g_assert_cmpuint (fields->len, >, 30);
  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);
      const CrmFilterOp *ops = crm_filter_list_ops (field);
      const char *value = field->type == CRM_FIELD_DATE || field->type == CRM_FIELD_TIME
                              ? "2026-03-01"
                          : field->type == CRM_FIELD_NUMBER || field->type == CRM_FIELD_MONEY ? "12"
                                                                                              : "x";

      for (guint j = 0; ops[j] != CRM_FILTER_N_OPS; j++)
        {
          g_autoptr (CrmFilter) filter = crm_filter_new ();
          CrmFilterTerm term = { field, ops[j], (char *) value, 2, CRM_FILTER_WEEKS };
          g_autoptr (CrmExpr) expr = NULL;
          g_autofree char *words = NULL;
          g_autoptr (GError) error = NULL;

          crm_filter_add (filter, &term);
          expr = crm_filter_to_expr (filter);
          words = crm_filter_dup_words (filter);
          g_assert_nonnull (expr);
          g_assert_nonnull (words);
          crm_expr_check (expr, crm_model_get_default (), &error);
          g_assert_no_error (error);
          g_assert_nonnull (crm_filter_op_get_label (field, ops[j]));
        }
    }
}

static void
test_copy_is_deep (void)
{
  g_autoptr (CrmFilter) filter = crm_filter_new ();
  g_autoptr (CrmFilter) copy = NULL;

  add (filter, "city", CRM_FILTER_IS, "Ede", 0, CRM_FILTER_DAYS);
  copy = crm_filter_copy (filter);
  g_clear_pointer (&filter, crm_filter_free);
  g_assert_cmpuint (crm_filter_get_n_terms (copy), ==, 1);
  g_assert_cmpstr (crm_filter_get_term (copy, 0)->value, ==, "Ede");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/filter/sentence", test_sentence);
  g_test_add_func ("/ui/filter/unfinished", test_unfinished_terms_filter_nothing);
  g_test_add_func ("/ui/filter/quoted", test_values_are_quoted);
  g_test_add_func ("/ui/filter/kinds", test_kinds_of_fields);
  g_test_add_func ("/ui/filter/every", test_every_field_and_operator_parses);
  g_test_add_func ("/ui/filter/copy", test_copy_is_deep);

  return g_test_run ();
}
