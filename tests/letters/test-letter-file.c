#include "letters/crm-letter-file.h"

#include <string.h>

static char *
name_of (GHashTable *taken, const char *title)
{
  CrmModel *model = crm_model_get_default ();
  g_autoptr (CrmRecord) record = crm_record_new (crm_model_find_kind (model, "organisation"), NULL);

  crm_record_set (record, "name", title);
  return crm_letter_file_dup_name (record, taken);
}

static void
test_names (void)
{
  static const struct
  {
    const char *title;
    const char *name;
  } cases[] = {
    { "Bakker Techniek B.V.", "Bakker Techniek B.V.pdf" },
    { "../../etc/passwd", "etc passwd.pdf" },
    { "a/b\\c:d*e?f\"g<h>i|j", "a b c d e f g h i j.pdf" },
    { ".hidden", "hidden.pdf" },
    { "Özdemir & Łukasz", "Özdemir Łukasz.pdf" },
    { "///", "_.pdf" },
    { "CON", "CON_.pdf" },
    { "lpt1", "lpt1_.pdf" },
    { "tab\tand\nline", "tab and line.pdf" },
    { "-rf", "-rf.pdf" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_autofree char *name = name_of (taken, cases[i].title);

      g_assert_cmpstr (name, ==, cases[i].name);
    }
}

static void
test_unique (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *first = name_of (taken, "Bakker");
  g_autofree char *second = name_of (taken, "BAKKER");
  g_autofree char *third = name_of (taken, "Bäkker");

  g_assert_cmpstr (first, ==, "Bakker.pdf");
  g_assert_cmpstr (second, ==, "BAKKER (2).pdf");
  g_assert_cmpstr (third, ==, "Bäkker (3).pdf");
}

/* Never longer than a file system takes, never cut inside a letter. */
static void
test_long (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) title = g_string_new (NULL);
  g_autofree char *name = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append (title, "漢é");
  name = name_of (taken, title->str);
  g_assert_cmpuint (strlen (name), <=, 104);
  g_assert_true (g_utf8_validate (name, -1, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/letters/letter-file/names", test_names);
  g_test_add_func ("/letters/letter-file/unique", test_unique);
  g_test_add_func ("/letters/letter-file/long", test_long);

  return g_test_run ();
}
