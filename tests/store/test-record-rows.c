#include "store/query/crm-record-rows-private.h"

/* Rows are compared by object, so any object will do: the n-th of @all for each letter of @text. */
static GPtrArray *
take (GPtrArray *all, const char *text)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (; *text != '\0'; text++)
    g_ptr_array_add (rows, g_object_ref (all->pdata[*text - 'a']));

  return rows;
}

static GPtrArray *
make_all (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 26; i++)
    g_ptr_array_add (all, crm_list_row_new ());

  return all;
}

/* "position-removed+added" for each run; each must lead to @after when done in this order. */
static char *
compare (GPtrArray *all, const char *before, const char *after)
{
  g_autoptr (GPtrArray) old = take (all, before);
  g_autoptr (GPtrArray) rows = take (all, after);
  g_autoptr (GArray) runs = crm_record_rows_compare (old, rows);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const CrmRecordRun *run = &g_array_index (runs, CrmRecordRun, i);

      g_string_append_printf (text,
                              "%s%u-%u+%u",
                              i > 0 ? " " : "",
                              run->position,
                              run->n_removed,
                              run->n_added);
      if (run->n_removed > 0)
        g_ptr_array_remove_range (old, run->position, run->n_removed);
      for (guint k = 0; k < run->n_added; k++)
        g_ptr_array_insert (old,
                            (int) (run->position + k),
                            g_object_ref (rows->pdata[run->position + k]));
    }

  g_assert_cmpuint (old->len, ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    g_assert_true (old->pdata[i] == rows->pdata[i]);

  return g_string_free_and_steal (text);
}

static void
test_compare (void)
{
  static const char *const cases[][3] = {
    { "", "", "" },
    { "abc", "abc", "" },
    { "", "abc", "0-0+3" },
    { "abc", "", "0-3+0" },
    { "abcdef", "axbcydef", "1-0+1 4-0+1" },
    { "abcdef", "abef", "2-2+0" },
    /* One that moves far leaves the others alone, up or down. */
    { "abcdef", "bcdefa", "0-1+0 5-0+1" },
    { "abcdef", "fabcde", "0-0+1 6-1+0" },
    { "abc", "xyz", "0-3+3" },
  };
  g_autoptr (GPtrArray) all = make_all ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *runs = compare (all, cases[i][0], cases[i][1]);

      g_assert_cmpstr (runs, ==, cases[i][2]);
    }
}

/* Rows too many for one run each: from the first to the last as one. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) runs = NULL;
  const CrmRecordRun *run;

  for (guint i = 0; i < 300; i++)
    {
      g_ptr_array_add (old, crm_list_row_new ());
      if (i % 2 == 0)
        g_ptr_array_add (rows, g_object_ref (old->pdata[i]));
    }
  runs = crm_record_rows_compare (old, rows);
  g_assert_cmpuint (runs->len, ==, 1);
  run = &g_array_index (runs, CrmRecordRun, 0);
  g_assert_cmpuint (run->position, ==, 1);
  g_assert_cmpuint (run->n_removed, ==, 299);
  g_assert_cmpuint (run->n_added, ==, 149);
}

static void
shuffle (GRand *rand, char *letters)
{
  for (gint32 i = 25; i > 0; i--)
    {
      const gint32 k = g_rand_int_range (rand, 0, i + 1);
      const char letter = letters[i];

      letters[i] = letters[k];
      letters[k] = letter;
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) all = make_all ();
  char before[] = "abcdefghijklmnopqrstuvwxyz";
  char after[] = "abcdefghijklmnopqrstuvwxyz";

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *a = g_strndup (before, (gsize) g_rand_int_range (rand, 0, 27));
      g_autofree char *b = g_strndup (after, (gsize) g_rand_int_range (rand, 0, 27));

      g_free (compare (all, a, b));
      shuffle (rand, i % 2 == 0 ? before : after);
    }
}

/* The first went behind the others: none of them may be cut off the old ones. */
static void
test_cut (void)
{
  static const struct
  {
    const char *before, *after;
    guint n_old, n_new;
  } cases[] = {
    { "abcde", "bcdefga", 5, 7 }, { "abcde", "abxyz", 2, 2 }, { "abc", "xyz", 3, 3 },
    { "abcde", "cxa", 3, 3 },     { "", "abc", 0, 3 },
  };
  g_autoptr (GPtrArray) all = make_all ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) old = take (all, cases[i].before);
      g_autoptr (GPtrArray) rows = take (all, cases[i].after);

      crm_record_rows_cut (old, rows);
      g_assert_cmpuint (old->len, ==, cases[i].n_old);
      g_assert_cmpuint (rows->len, ==, cases[i].n_new);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/record-rows/compare", test_compare);
  g_test_add_func ("/store/record-rows/cut", test_cut);
  g_test_add_func ("/store/record-rows/many", test_many);
  g_test_add_func ("/store/record-rows/random", test_random);

  return g_test_run ();
}
