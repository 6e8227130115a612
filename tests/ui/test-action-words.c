#include "ui/widgets/crm-action-words.h"

static void
test_every_action_has_words (void)
{
  g_assert_cmpstr (crm_action_words_get ("import"), ==, "Import");
  g_assert_cmpstr (crm_action_words_get ("person.edit"), ==, "Edit");
  g_assert_cmpstr (crm_action_words_get ("organisation.new"), ==, "Creation");
  g_assert_cmpstr (crm_action_words_get ("activity.new"), ==, "Logging an activity");
  g_assert_cmpstr (crm_action_words_get ("from-a-later-version"), ==, "Change");
}

static void
test_undone_names_what (void)
{
  CrmUndoResult one = { .action = (char *) "person.edit",
                        .title = (char *) "Jan de Vries",
                        .n_records = 1 };
  CrmUndoResult many = { .action = (char *) "import", .n_records = 12 };
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autofree char *text = crm_action_words_dup_undone (&one, FALSE);

  g_assert_cmpstr (text, ==, "Undone: Edit: Jan de Vries");

  g_free (text);
  text = crm_action_words_dup_undone (&many, TRUE);
  g_assert_cmpstr (text, ==, "Done again: Import (12 records)");

  g_ptr_array_add (kept, NULL);
  many.kept = kept;
  g_free (text);
  text = crm_action_words_dup_undone (&many, FALSE);
  g_assert_cmpstr (text,
                   ==,
                   "Undone: Import (12 records). 1 record changed since and was left as it is");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/action-words/words", test_every_action_has_words);
  g_test_add_func ("/ui/action-words/undone", test_undone_names_what);

  return g_test_run ();
}
