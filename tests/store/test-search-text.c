#include "store/query/crm-search-text.h"

#include <string.h>

static CrmRecord *
new_record (const char *kind)
{
  return crm_record_new (crm_model_find_kind (crm_model_get_default (), kind), NULL);
}

/* Whether the text of a record with one value has the word. */
static gboolean
has_word (const char *kind, const char *field, const char *value, const char *word)
{
  g_autoptr (CrmRecord) record = new_record (kind);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  crm_record_set (record, field, value);
  text = crm_search_text_new (record, NULL);
  words = g_strsplit_set (text, " \1\2\3\4\5", -1);

  return g_strv_contains ((const char *const *) words, word);
}

static void
test_split (void)
{
  g_autoptr (GPtrArray) words = crm_search_split ("  Vries, de  Özil-'t ");
  g_autoptr (GPtrArray) none = crm_search_split (" .,-() ");

  g_assert_cmpuint (words->len, ==, 4);
  g_assert_cmpstr (((const CrmSearchWord *) words->pdata[0])->word, ==, "vries");
  g_assert_cmpstr (((const CrmSearchWord *) words->pdata[1])->before, ==, ", ");
  g_assert_cmpstr (((const CrmSearchWord *) words->pdata[2])->word, ==, "ozil");
  g_assert_cmpstr (((const CrmSearchWord *) words->pdata[3])->word, ==, "t");
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_words (void)
{
  g_assert_true (has_word ("organisation", "name", "Bakker B.V.", "bv"));
  g_assert_true (has_word ("organisation", "name", "Bakker B.V.", "b"));
  g_assert_true (has_word ("person", "surname", "O’Neill", "oneill"));
  g_assert_true (has_word ("person", "surname", "O'Neill", "neill"));
  g_assert_true (has_word ("person", "phone", "+31612345678", "31612345678"));
  g_assert_true (has_word ("person", "phone", "+31612345678", "0612345678"));
  g_assert_true (has_word ("person", "phone", "070-6358865 (na 18 u)", "070635886518"));
  g_assert_false (has_word ("person", "phone", "toestel 12", "12toestel"));
  g_assert_true (has_word ("person", "postcode", "SW1A 1AA", "sw1a1aa"));
  /* No weight: not searched. */
  g_assert_false (has_word ("person", "language", "nl", "nl"));
}

static void
test_columns (void)
{
  g_autoptr (CrmRecord) record = new_record ("person");
  g_autofree char *text = NULL;

  crm_record_set (record, "surname_prefix", "van den");
  crm_record_set (record, "surname", "Berg");
  crm_record_set (record, "email", "a@b.example");
  crm_record_set (record, "note", "Fietst");
  text = crm_search_text_new (record, "Bakker");
  g_assert_cmpstr (text, ==, "\1 berg vandenberg\2 van den\3 bakker\4 a b example\5 fietst");
}

/* The column of the main word, as text. */
static char *
dup_main (const char *kind, const char *first, ...)
{
  g_autoptr (CrmRecord) record = new_record (kind);
  g_autofree char *text = NULL;
  const char *end;
  va_list args;

  va_start (args, first);
  for (const char *field = first; field != NULL; field = va_arg (args, const char *))
    crm_record_set (record, field, va_arg (args, const char *));
  va_end (args);
  text = crm_search_text_new (record, NULL);
  end = strchr (text, '\2');

  return g_strndup (text, end - text);
}

static void
assert_main (char *found, const char *expected)
{
  g_autofree char *text = found;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_main_word (void)
{
  static const char partner[] = "partner_surname";

  assert_main (dup_main ("person", "given_name", "Jan", NULL), "");
  assert_main (dup_main ("person", "surname", "Bakker-Vries", NULL), "\1 bakker");
  assert_main (dup_main ("person", "surname", "O'Neill", NULL), "\1 o oneill neill");
  assert_main (dup_main ("person", "surname", "Vries", partner, "Bos", NULL), "\1 vries");
  assert_main (dup_main ("person", "surname", "Vries", partner, "Bos", "name_use", "partner", NULL),
               "\1 bos");
  assert_main (dup_main ("person", "surname", "Vries", "name_use", "partner", NULL), "\1 vries");
  assert_main (dup_main ("organisation", "name", "Bakker Bouw", NULL), "\1 bakker");
  assert_main (dup_main ("organisation", "name", "De Vries Bouw", NULL), "\1 de vries devriesbouw");
  assert_main (dup_main ("organisation", "name", "Van", NULL), "\1 van");
  assert_main (dup_main ("organisation", "name", "&-&", NULL), "\1");
}

static void
test_house (void)
{
  g_autoptr (CrmRecord) record = new_record ("person");
  g_autofree char *text = NULL;

  crm_record_set (record, "street", "Kerkstraat");
  crm_record_set (record, "house_number", "12");
  crm_record_set (record, "house_letter", "A");
  text = crm_search_text_new (record, NULL);
  g_assert_cmpstr (text, ==, "\2\4\5 kerkstraat 12 12a");
}

static void
test_differs (void)
{
  g_autoptr (CrmRecord) old = new_record ("person");
  g_autoptr (CrmRecord) same = NULL;
  g_autoptr (CrmRecord) other = NULL;
  g_autoptr (CrmRecord) partner = NULL;

  crm_record_set (old, "surname", "Vries");
  same = crm_record_copy (old);
  crm_record_set (same, "last_activity", "2026-03-01");
  other = crm_record_copy (old);
  crm_record_set (other, "note", "Fietst");
  partner = crm_record_copy (old);
  crm_record_set (partner, "name_use", "partner");
  g_assert_true (crm_search_text_differs (old, partner));
  g_assert_false (crm_search_text_differs (old, same));
  g_assert_true (crm_search_text_differs (old, other));
  g_assert_true (crm_search_text_differs (NULL, other));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/search-text/split", test_split);
  g_test_add_func ("/store/search-text/words", test_words);
  g_test_add_func ("/store/search-text/columns", test_columns);
  g_test_add_func ("/store/search-text/main-word", test_main_word);
  g_test_add_func ("/store/search-text/house", test_house);
  g_test_add_func ("/store/search-text/differs", test_differs);

  return g_test_run ();
}
