#include "model/crm-street-line.h"

#include "crm-cases.h"

#include <string.h>

static void
test_table (void)
{
  g_autoptr (GPtrArray) rows = crm_cases_load ("street-line.csv", 7);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = rows->pdata[i];
      g_auto (CrmStreetLine) line = { NULL };
      g_autofree char *text = NULL;

      crm_street_line_parse (row[0], &line);
      crm_cases_assert (row, "street", line.street, crm_cases_get (row[1]));
      crm_cases_assert (row, "number", line.house_number, crm_cases_get (row[2]));
      crm_cases_assert (row, "letter", line.house_letter, crm_cases_get (row[3]));
      crm_cases_assert (row, "addition", line.house_addition, crm_cases_get (row[4]));
      crm_cases_assert (row, "PO box", line.po_box, crm_cases_get (row[5]));
      text = crm_street_line_format (&line);
      crm_cases_assert (row, "line", text, crm_cases_get (row[6][0] != '\0' ? row[6] : row[0]));
    }
}

static void
assert_same (const char *text, const CrmStreetLine *a, const CrmStreetLine *b, const char *shown)
{
  if (g_strcmp0 (a->street, b->street) != 0 || g_strcmp0 (a->house_number, b->house_number) != 0 ||
      g_strcmp0 (a->house_letter, b->house_letter) != 0 ||
      g_strcmp0 (a->house_addition, b->house_addition) != 0 ||
      g_strcmp0 (a->po_box, b->po_box) != 0)
    g_error ("“%s” is written “%s”, which reads differently: %s|%s|%s|%s and %s|%s|%s|%s",
             text,
             shown,
             a->street,
             a->house_number,
             a->house_letter,
             a->house_addition,
             b->street,
             b->house_number,
             b->house_letter,
             b->house_addition);
}

/* What is written of a line reads as the line. */
static void
test_properties (void)
{
  static const char *const parts[] = {
    "Kerkstraat", "1e",  "12",  "1944", "-",     "/",  " ",  " ",      " ", "a",
    "B",          "bis", "III", "bus",  "nr.",   ",",  "hs", "2",      "9", "t/m",
    "3 hoog",     "'t",  "A12", "é",    "Plein", "en", "b",  "Postbus"
  };

  for (guint i = 0; i < 200000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_auto (CrmStreetLine) line = { NULL };
      g_auto (CrmStreetLine) again = { NULL };
      g_autofree char *shown = NULL;

      for (int n = g_test_rand_int_range (1, 9); n > 0; n--)
        g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
      crm_street_line_parse (text->str, &line);
      shown = crm_street_line_format (&line);
      crm_street_line_parse (shown, &again);
      assert_same (text->str, &line, &again, shown);
    }
}

static void
test_hostile (void)
{
  g_autofree char *large = g_strnfill (1 << 20, '1');
  g_auto (CrmStreetLine) a = { NULL };
  g_auto (CrmStreetLine) b = { NULL };
  g_auto (CrmStreetLine) none = { NULL };

  crm_street_line_parse (large, &a);
  g_assert_cmpstr (a.street, ==, large);
  crm_street_line_parse ("Kerk\xff 12\xc3", &b);
  g_assert_true (g_utf8_validate (b.street, -1, NULL));
  crm_street_line_parse (NULL, &none);
  g_assert_null (none.street);
  g_assert_null (crm_street_line_format (&none));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/street-line/table", test_table);
  g_test_add_func ("/model/street-line/properties", test_properties);
  g_test_add_func ("/model/street-line/hostile", test_hostile);

  return g_test_run ();
}
