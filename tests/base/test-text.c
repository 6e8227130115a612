#include "base/crm-text.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *result;
} Case;

static const Case folds[] = {
  { NULL, "" },
  { "", "" },
  { "   ", "" },
  { "De Vries", "de vries" },
  { "  de\t\tVries \n", "de vries" },
  { "Özil", "ozil" },
  { "O\xcc\x88zil", "ozil" },
  { "Straße", "strasse" },
  { "STRAẞE", "strasse" },
  { "Øst", "ost" },
  { "Łódź", "lodz" },
  { "Æsir", "aesir" },
  { "Þór", "thor" },
  { "œuvre", "oeuvre" },
  { "Đurić", "duric" },
  { "IĲssel", "iijssel" },
  { "İstanbul", "istanbul" },
  { "Kızıl", "kizil" },
  { "’t Hart", "'t hart" },
  { "`t Hart", "'t hart" },
  { "´t Hart", "'t hart" },
  { "Bos – de Wit", "bos - de wit" },
  { "a\xc2\xa0\xe2\x80\x89"
    "b",
    "a b" },
  { "ﬁrma", "firma" },
  { "\xef\xbb\xbfNaam", "naam" },
  { "so\xc2\xad"
    "ft",
    "soft" },
  { "zero\xe2\x80\x8bwidth", "zerowidth" },
  { "\xe2\x80\xaetxt", "txt" },
  { "ΑΘΉΝΑΣ", "αθηνασ" },
  { "αθήνας", "αθηνασ" },
  { "МОСКВА", "москва" },
  { "bad\xff"
    "byte",
    "bad\xef\xbf\xbd"
    "byte" },
  { "cut\xc3", "cut\xef\xbf\xbd" },
  { "a\x01"
    "b\x7f",
    "ab" },
  { "😀 ok", "😀 ok" },
};

static const Case squashes[] = {
  { NULL, "" },
  { "de Vries", "devries" },
  { "Vries, de", "vriesde" },
  { "’t Hart-Özil", "thartozil" },
  { "jan.de-vries@bedrijf.nl", "jandevriesbedrijfnl" },
  { "+31 (0)6 12", "310612" },
  { "...", "" },
  { "東京 タワー", "東京タワー" },
};

static const Case cleans[] = {
  { NULL, NULL },
  { "", NULL },
  { " \t\r\n ", NULL },
  { "\xe2\x80\x8b\xef\xbb\xbf", NULL },
  { "  Jan  de  Vries ", "Jan  de  Vries" },
  { "\xc2\xa0Jan\xc2\xa0", "Jan" },
  { "O\xcc\x88zil", "Özil" },
  { "a\r\nb\rc\nd", "a\nb\nc\nd" },
  { "a\x01\x02"
    "b",
    "ab" },
  { "\xe2\x80\xad+31 6\xe2\x80\xac", "+31 6" },
  { "\xe2\x80\x8eJan\xe2\x80\x8f", "Jan" },
  { "bad\xff", "bad\xef\xbf\xbd" },
  { "👩‍👧", "👩‍👧" },
};

static void
check (const Case *cases, gsize n, char *(*func) (const char *) )
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *result = func (cases[i].text);

      g_assert_cmpstr (result, ==, cases[i].result);
    }
}

static void
test_fold (void)
{
  check (folds, G_N_ELEMENTS (folds), crm_text_fold);
}

static void
test_squash (void)
{
  check (squashes, G_N_ELEMENTS (squashes), crm_text_squash);
}

static void
test_case (void)
{
  g_autofree char *upper = crm_text_dup_upper ("'s-hertogenbosch ijs Weiß éñ ῃ 12");
  g_autofree char *lower = crm_text_dup_lower ("'S-HERTOGENBOSCH IJS WEISS ÉÑ 12");
  g_autofree char *nothing = crm_text_dup_upper ("");

  g_assert_cmpstr (upper, ==, "'S-HERTOGENBOSCH IJS WEISS ÉÑ ΗΙ 12");
  g_assert_cmpstr (lower, ==, "'s-hertogenbosch ijs weiss éñ 12");
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_clean (void)
{
  check (cleans, G_N_ELEMENTS (cleans), crm_text_clean);
}

/* Over all of Unicode: folding again, and folding another normal form, changes nothing. */
static void
test_properties (void)
{
  for (gunichar c = 1; c <= 0x10ffff; c++)
    {
      char text[16] = "x";
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;
      g_autofree char *decomposed = NULL;
      g_autofree char *other = NULL;

      if (!g_unichar_validate (c))
        continue;
      text[1 + g_unichar_to_utf8 (c, text + 1)] = '\0';
      once = crm_text_fold (text);
      twice = crm_text_fold (once);
      if (strcmp (once, twice) != 0)
        g_error ("U+%04X folds to “%s”, then to “%s”", c, once, twice);

      decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
      other = crm_text_fold (decomposed);
      if (strcmp (once, other) != 0)
        g_error ("U+%04X folds to “%s”, decomposed to “%s”", c, once, other);
    }
}

static void
test_random_bytes (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      char bytes[24];
      g_autofree char *folded = NULL;
      g_autofree char *again = NULL;
      g_autofree char *squashed = NULL;
      g_autofree char *clean = NULL;
      g_autofree char *clean_again = NULL;

      for (guint j = 0; j < sizeof bytes - 1; j++)
        bytes[j] = (char) g_test_rand_int_range (1, 256);
      bytes[sizeof bytes - 1] = '\0';
      folded = crm_text_fold (bytes);
      again = crm_text_fold (folded);
      squashed = crm_text_squash (bytes);
      clean = crm_text_clean (bytes);
      clean_again = crm_text_clean (clean);
      g_assert_true (g_utf8_validate (folded, -1, NULL));
      g_assert_true (g_utf8_validate (squashed, -1, NULL));
      g_assert_cmpstr (folded, ==, again);
      g_assert_cmpstr (clean, ==, clean_again);
    }
}

static void
test_large (void)
{
  g_autofree char *text = g_strnfill (1 << 20, 'A');
  g_autofree char *accents = NULL;
  g_autofree char *folded = crm_text_fold (text);
  g_autofree char *folded_accents = NULL;
  GString *string = g_string_new (NULL);

  g_assert_cmpuint (strlen (folded), ==, 1 << 20);
  g_assert_cmpint (folded[12345], ==, 'a');
  for (guint i = 0; i < 1 << 19; i++)
    g_string_append (string, "É");
  accents = g_string_free_and_steal (string);
  folded_accents = crm_text_fold (accents);
  g_assert_cmpuint (strlen (folded_accents), ==, 1 << 19);
}

static void
test_is_empty (void)
{
  g_assert_true (crm_text_is_empty (NULL));
  g_assert_true (crm_text_is_empty (""));
  g_assert_false (crm_text_is_empty (" "));
}

static void
test_append_json (void)
{
  g_autoptr (GString) json = g_string_new (NULL);

  crm_text_append_json (json, "a\"b\\c\n\t\x01é\x7f");
  crm_text_append_json (json, "");
  crm_text_append_json (json, NULL);
  g_assert_cmpstr (json->str, ==, "\"a\\\"b\\\\c\\n\\u0009\\u0001é\x7f\"\"\"null");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/text/fold", test_fold);
  g_test_add_func ("/base/text/squash", test_squash);
  g_test_add_func ("/base/text/case", test_case);
  g_test_add_func ("/base/text/clean", test_clean);
  g_test_add_func ("/base/text/properties", test_properties);
  g_test_add_func ("/base/text/random-bytes", test_random_bytes);
  g_test_add_func ("/base/text/large", test_large);
  g_test_add_func ("/base/text/is-empty", test_is_empty);

  g_test_add_func ("/base/text/append-json", test_append_json);

  return g_test_run ();
}
