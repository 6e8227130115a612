#include "letters/crm-letter-text.h"

#include <string.h>

#define SEPARATOR "\xe2\x80\xa8"

static const CrmLetterBlock *
get_block (GPtrArray *blocks, guint index)
{
  g_assert_cmpuint (index, <, blocks->len);

  return g_ptr_array_index (blocks, index);
}

static void
assert_block (GPtrArray *blocks, guint index, CrmLetterBlockType type, const char *text)
{
  g_assert_cmpint (get_block (blocks, index)->type, ==, type);
  g_assert_cmpstr (get_block (blocks, index)->text, ==, text);
}

static void
test_blocks (void)
{
  g_autoptr (GPtrArray)
      blocks = crm_letter_text_parse ("# Title\n\nOne\ntwo  \nthree\\\nfour\n\n---\n\n"
                                      "```\na  b\n  c\n```\n\n<!-- signature -->\n\n<!-- page "
                                      "-->\n\n> Quoted\n");

  g_assert_cmpuint (blocks->len, ==, 7);
  assert_block (blocks, 0, CRM_LETTER_HEADING, "Title");
  g_assert_cmpuint (get_block (blocks, 0)->level, ==, 1);
  assert_block (blocks, 1, CRM_LETTER_PARAGRAPH, "One two" SEPARATOR "three" SEPARATOR "four");
  assert_block (blocks, 2, CRM_LETTER_RULE, NULL);
  assert_block (blocks, 3, CRM_LETTER_CODE, "a  b" SEPARATOR "  c");
  assert_block (blocks, 4, CRM_LETTER_SIGNATURE, NULL);
  assert_block (blocks, 5, CRM_LETTER_PAGE_BREAK, NULL);
  assert_block (blocks, 6, CRM_LETTER_ITEM, "Quoted");
  g_assert_cmpuint (get_block (blocks, 6)->indent, ==, 1);
}

static void
test_lists (void)
{
  g_autoptr (GPtrArray) blocks =
      crm_letter_text_parse ("- a\n- b\n  - c\n- d\n\ntext\n\n3. x\n4. y\n\n   more\n\n5. z\n");

  g_assert_cmpuint (blocks->len, ==, 9);
  g_assert_cmpstr (get_block (blocks, 0)->marker, ==, "•");
  g_assert_false (get_block (blocks, 0)->tight);
  g_assert_true (get_block (blocks, 1)->tight);
  g_assert_cmpuint (get_block (blocks, 2)->indent, ==, 2);
  g_assert_true (get_block (blocks, 3)->tight);
  g_assert_cmpuint (get_block (blocks, 4)->indent, ==, 0);
  g_assert_false (get_block (blocks, 4)->tight);
  g_assert_cmpstr (get_block (blocks, 5)->marker, ==, "3.");
  g_assert_cmpstr (get_block (blocks, 6)->marker, ==, "4.");
  g_assert_null (get_block (blocks, 7)->marker);
  g_assert_cmpstr (get_block (blocks, 7)->text, ==, "more");
  g_assert_cmpstr (get_block (blocks, 8)->marker, ==, "5.");
}

static void
test_inline (void)
{
  g_autoptr (GPtrArray) blocks = crm_letter_text_parse ("A **bold *both*** x `code` <b>y</b> "
                                                        "[site](https://a.nl/x) <https://b.nl> "
                                                        "[m](mailto:a@b.nl) ![picture](p.png)");
  const CrmLetterBlock *block = get_block (blocks, 0);
  g_autofree char *attributes = NULL;

  g_assert_cmpstr (block->text,
                   ==,
                   "A bold both x code <b>y</b> site (a.nl/x) https://b.nl m (a@b.nl) picture");
  attributes = pango_attr_list_to_string (block->attributes);
  g_assert_nonnull (strstr (attributes, "2 11 weight bold"));
  g_assert_nonnull (strstr (attributes, "7 11 style italic"));
  g_assert_nonnull (strstr (attributes, "family"));
}

static void
test_plain_has_no_attributes (void)
{
  g_autoptr (GPtrArray) blocks = crm_letter_text_parse ("plain ****\n");

  g_assert_null (get_block (blocks, 0)->attributes);
}

/* A value from a record shows as it is, whatever is in it. */
static void
test_escape (void)
{
  static const char *const values[] = {
    "plain",
    "*star* _under_",
    "# heading",
    "- item",
    "1. number",
    "<b>&amp;</b>",
    "[a](b) ![c](d)",
    "`code` ~~~",
    "a\\b\\",
    "> quote",
    "+ plus",
    "=== ---",
    "| table |",
    "{{name}}",
    "O'Brien \"x\"",
    "1067 GZ  EDE",
    "\xc3\x89\xc3\xa9n & 2",
    "<!-- signature -->",
    "http://x.nl",
    "&copy; &#65;",
    "a) b",
    "![x]",
    "***",
    "\\",
    "a@b.nl",
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (GPtrArray) blocks = NULL;

      crm_letter_text_escape (out, values[i]);
      blocks = crm_letter_text_parse (out->str);
      g_assert_cmpuint (blocks->len, ==, 1);
      assert_block (blocks, 0, CRM_LETTER_PARAGRAPH, values[i]);
      g_assert_null (get_block (blocks, 0)->attributes);
    }
}

static void
test_escape_lines (void)
{
  g_autoptr (GString) out = g_string_new ("x ");
  g_autoptr (GPtrArray) blocks = NULL;

  crm_letter_text_escape (out, "one  \r\n    two\n\n\tthree\n\n");
  blocks = crm_letter_text_parse (out->str);
  g_assert_cmpuint (blocks->len, ==, 1);
  assert_block (blocks,
                0,
                CRM_LETTER_PARAGRAPH,
                "x one" SEPARATOR "two" SEPARATOR SEPARATOR "three");
}

static void
test_hostile (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) blocks = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, i % 3 == 0 ? "> " : i % 3 == 1 ? "- " : "1. ");
  g_string_append (text, "deep\n\n");
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "**_[");
  g_string_append (text, "\xff\xfe");

  blocks = crm_letter_text_parse (text->str);
  g_assert_cmpuint (blocks->len, >=, 2);
  for (guint i = 0; i < blocks->len; i++)
    {
      const CrmLetterBlock *block = get_block (blocks, i);

      g_assert_cmpuint (block->indent, <=, CRM_LETTER_MAX_INDENT);
      g_assert_true (block->text == NULL || g_utf8_validate (block->text, -1, NULL));
    }
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) none = crm_letter_text_parse (NULL);
  g_autoptr (GPtrArray) empty = crm_letter_text_parse ("");

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (empty->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/letters/letter-text/blocks", test_blocks);
  g_test_add_func ("/letters/letter-text/lists", test_lists);
  g_test_add_func ("/letters/letter-text/inline", test_inline);
  g_test_add_func ("/letters/letter-text/plain", test_plain_has_no_attributes);
  g_test_add_func ("/letters/letter-text/escape", test_escape);
  g_test_add_func ("/letters/letter-text/escape-lines", test_escape_lines);
  g_test_add_func ("/letters/letter-text/hostile", test_hostile);
  g_test_add_func ("/letters/letter-text/nothing", test_nothing);

  return g_test_run ();
}
