#include "model/crm-merge.h"

#include <string.h>

typedef struct
{
  const char *old;
  const char *mine;
  const char *theirs;
  const char *merged; /* "!" for a conflict */
} Case;

static const Case cases[] = {
  { "a\nb\nc", "a\nb\nc", "a\nX\nc", "a\nX\nc" },
  { "a\nb\nc", "a\nX\nc", "a\nb\nc", "a\nX\nc" },
  { "a\nb\nc", "a\nX\nc", "a\nX\nc", "a\nX\nc" },
  { "a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC" },
  { "a\nb\nc", "a\nc", "a\nb\nc\nd", "a\nc\nd" },
  { "a\nb\nc", "x\na\nb\nc", "a\nb\nc\ny", "x\na\nb\nc\ny" },
  { "a\nb\nc", "a\nX\nc", "a\nY\nc", "!" },
  { "a\nb\nc", "a\nc", "a\nY\nc", "!" },
  /* Lines beside each other: who knows whether they belong together. */
  { "a\nb\nc\nd", "a\nB\nc\nd", "a\nb\nC\nd", "!" },
  { "a\nb", "a\nb\nx", "a\nb\ny", "!" },
  { NULL, "x", "y", "!" },
  { NULL, "x", NULL, "x" },
  { "a\nb", NULL, "a\nb", NULL },
  { "a\nb", NULL, NULL, NULL },
  { "a\nb", NULL, "a\nc", "!" },
  { "a\nb\n", "a\nb\n", "a\nb\nc\n", "a\nb\nc\n" },
  { "a\n\n\nb", "a\n\n\nB", "A\n\n\nb", "A\n\n\nB" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      const gboolean conflict = g_strcmp0 (c->merged, "!") == 0;
      char untouched[] = "";
      char *merged = untouched;

      g_test_message ("case %u", i);
      g_assert_cmpint (crm_text_merge (c->old, c->mine, c->theirs, &merged), ==, !conflict);
      if (conflict)
        g_assert_true (merged == untouched);
      else
        g_assert_cmpstr (merged, ==, c->merged);
      if (!conflict)
        g_free (merged);
    }
}

static char *
make_text (GRand *rand, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%c", i > 0 ? "\n" : "", g_rand_int_range (rand, 'a', 'e'));

  return g_strdup (text->str);
}

/* With random texts: who changed nothing gets the other's text, and sides may be swapped. */
static void
test_laws (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint n_merged = 0;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *old = make_text (rand, (guint) g_rand_int_range (rand, 0, 8));
      g_autofree char *a = make_text (rand, (guint) g_rand_int_range (rand, 0, 8));
      g_autofree char *b = make_text (rand, (guint) g_rand_int_range (rand, 0, 8));
      g_autofree char *alone = NULL;
      g_autofree char *ab = NULL;
      g_autofree char *ba = NULL;
      gboolean merged;

      g_assert_true (crm_text_merge (old, a, old, &alone));
      g_assert_cmpstr (alone != NULL ? alone : "", ==, a);
      merged = crm_text_merge (old, a, b, &ab);
      g_assert_cmpint (merged, ==, crm_text_merge (old, b, a, &ba));
      g_assert_cmpstr (ab, ==, ba);
      n_merged += merged;
    }
  g_assert_cmpuint (n_merged, >, 100);
}

/* Memory and time are bounded: a text of too many lines is a conflict. */
static void
test_large (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autofree char *old = make_text (rand, 1500);
  g_autofree char *mine = g_strconcat ("first\n", old, NULL);
  g_autofree char *theirs = g_strconcat (old, "\nlast", NULL);
  g_autofree char *expected = g_strconcat ("first\n", old, "\nlast", NULL);
  g_autofree char *huge = make_text (rand, 100000);
  g_autofree char *merged = NULL;
  g_autofree char *none = NULL;

  g_assert_true (crm_text_merge (old, mine, theirs, &merged));
  g_assert_cmpstr (merged, ==, expected);
  g_assert_false (crm_text_merge (old, huge, theirs, &none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/text-merge/cases", test_cases);
  g_test_add_func ("/model/text-merge/laws", test_laws);
  g_test_add_func ("/model/text-merge/large", test_large);

  return g_test_run ();
}
