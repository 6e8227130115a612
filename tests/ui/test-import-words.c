#include "crm-ui-test.h"
#include "ui/import/crm-import-words.h"

#include <string.h>

/* Every code has a sentence of its own, with the values in it. */
static void
test_notes (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = 0; code <= CRM_IMPORT_NOTE_COLUMN; code++)
    {
      g_autoptr (CrmImportNote) note = crm_import_note_new (code, 12, "Telefoon", "VALUE", "OTHER");
      g_autofree char *english = crm_import_note_dup_reason (note);
      char *text = crm_import_words_dup_note (note);

      g_assert_nonnull (english);
      g_assert_cmpint (strstr (english, "VALUE") != NULL, ==, strstr (text, "VALUE") != NULL);
      g_assert_cmpint (strstr (english, "OTHER") != NULL, ==, strstr (text, "OTHER") != NULL);
      g_assert_true (g_str_has_suffix (text, "."));
      g_assert_cmpint (crm_import_note_is_refusal (note), ==, g_str_has_prefix (text, "Refused: "));
      g_assert_true (g_hash_table_add (seen, text));
    }
}

static void
test_place (void)
{
  g_autoptr (CrmImportNote)
      value = crm_import_note_new (CRM_IMPORT_NOTE_KEPT_AS_TEXT, 12, "Telefoon", "x", NULL);
  g_autoptr (CrmImportNote)
      row = crm_import_note_new (CRM_IMPORT_NOTE_NAMELESS, 13, NULL, NULL, NULL);
  g_autoptr (CrmImportNote)
      column = crm_import_note_new (CRM_IMPORT_NOTE_COLUMN, 0, "Schoenmaat", NULL, NULL);
  g_autofree char *a = crm_import_words_dup_place (value);
  g_autofree char *b = crm_import_words_dup_place (row);
  g_autofree char *c = crm_import_words_dup_place (column);

  g_assert_cmpstr (a, ==, "Line 12 · Telefoon");
  g_assert_cmpstr (b, ==, "Line 13");
  g_assert_cmpstr (c, ==, "Schoenmaat");
}

static void
test_counts (void)
{
  const CrmImportResult some = { .n_rows = 1237,
                                 .n_new = 1204,
                                 .n_updated = 30,
                                 .n_rejected = 3,
                                 .n_repeated = 1,
                                 .n_possible = 2 };
  const CrmImportResult none = { 0 };
  g_autofree char *counts = crm_import_words_dup_counts (&some);
  g_autofree char *remarks = crm_import_words_dup_remarks (&some);
  g_autofree char *nothing = crm_import_words_dup_counts (&none);

  g_assert_cmpstr (counts, ==, "1204 new · 30 updated · 3 refused");
  g_assert_cmpstr (remarks,
                   ==,
                   "1 row repeats an earlier row of the file. 2 may be relations that are here "
                   "already.");
  g_assert_cmpstr (nothing, ==, "No rows");
  g_assert_null (crm_import_words_dup_remarks (&none));
}

/* What is wrong with a file is said in words of the window, each its own, with the line. */
static void
test_errors (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = 0; code <= CRM_EXCHANGE_ERROR_CUT_OFF; code++)
    {
      g_autoptr (GError) error = g_error_new (CRM_EXCHANGE_ERROR, code, "/a: line 7: RAW");
      char *text = crm_import_words_dup_error (error);

      g_assert_nonnull (text);
      g_assert_null (strstr (text, "RAW"));
      if (code == CRM_EXCHANGE_ERROR_CUT_OFF || code == CRM_EXCHANGE_ERROR_UNREADABLE)
        g_assert_nonnull (strstr (text, "7"));
      g_assert_true (g_hash_table_add (seen, text));
    }
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/import-words/notes", test_notes);
  g_test_add_func ("/ui/import-words/place", test_place);
  g_test_add_func ("/ui/import-words/counts", test_counts);
  g_test_add_func ("/ui/import-words/errors", test_errors);

  return g_test_run ();
}
