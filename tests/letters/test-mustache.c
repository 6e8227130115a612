#include "letters/crm-mustache.h"

#include "letters/crm-letter-text.h"

#include <string.h>

/* Data as the cases of the specification have it. A list has items, an object has children. */
typedef struct _Data Data;

struct _Data
{
  const char *name;
  const char *text;
  const Data *children;
  const Data *items;
  guint n_items;
  gboolean list;
};

#define LIST(name_, items_)                                                                        \
  { .name = name_, .items = items_, .n_items = G_N_ELEMENTS (items_), .list = TRUE }

static CrmMustacheValue *
make_value (const Data *data)
{
  CrmMustacheValue *value = crm_mustache_value_new_object (g_strdup (data->text), data->children);

  if (!data->list)
    return value;

  value->items = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_mustache_value_free);
  for (guint i = 0; i < data->n_items; i++)
    g_ptr_array_add (value->items, make_value (&data->items[i]));
  return value;
}

static CrmMustacheValue *
look_up (gconstpointer object, const char *name, gpointer data)
{
  for (const Data *child = object != NULL ? object : data; child->name != NULL; child++)
    if (g_str_equal (child->name, name))
      return make_value (child);

  return NULL;
}

static void
escape_html (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (out, escaped);
}

static const Data abc[] = { { "name", "Bob" }, { "b", "inner" }, { NULL } };
static const Data deep[] = { { "e", "five" }, { NULL } };
static const Data chain[] = { { "b", NULL, deep }, { NULL } };
static const Data one[] = { { "one", "1" }, { NULL } };
static const Data two[] = { { "two", "2" }, { NULL } };
static const Data letters[] = { { "", "a" }, { "", "b" }, { "", "c" } };
static const Data objects[] = { { "", NULL, one }, { "", NULL, two } };
static const Data pair_a[] = { { "", "1" }, { "", "2" } };
static const Data pair_b[] = { { "", "3" } };
static const Data nested[] = { LIST ("", pair_a), LIST ("", pair_b) };

static const Data root[] = {
  { "subject", "world" },
  { "forbidden", "& \" < >" },
  { "number", "85" },
  { "nothing", NULL },
  { "blank", "" },
  { "yes", "true" },
  { "object", "named", abc },
  { "a", NULL, chain },
  { "one", "outer" },
  LIST ("list", letters),
  LIST ("objects", objects),
  LIST ("nested", nested),
  { "empty", NULL, NULL, NULL, 0, TRUE },
  { NULL },
};

/* The behaviours that the public specification asks for, in cases of our own. */
static const struct
{
  const char *template;
  const char *expected;
} cases[] = {
  /* interpolation */
  { "no tags\nhere", "no tags\nhere" },
  { "Hello, {{subject}}!", "Hello, world!" },
  { "{{forbidden}}", "&amp; &quot; &lt; &gt;" },
  { "{{{forbidden}}}", "& \" < >" },
  { "{{&forbidden}}", "& \" < >" },
  { "{{& forbidden }}", "& \" < >" },
  { "{{number}} {{{number}}} {{&number}}", "85 85 85" },
  { "({{nothing}}) ({{{nothing}}}) ({{cannot}})", "() () ()" },
  { "\"{{object.name}}\" == \"{{#object}}{{name}}{{/object}}\"", "\"Bob\" == \"Bob\"" },
  { "{{a.b.e}}", "five" },
  { "{{a.b.x}}{{a.x.e}}{{x.b.e}}", "" },
  { "{{#object}}{{b.e}}{{/object}}", "" },
  { "{{#object}}{{a.b.e}}{{/object}}", "five" },
  { "| {{subject}} |{{{subject}}}| ", "| world |world| " },
  { "  {{subject}}\n", "  world\n" },
  { "|{{ subject }}|{{{ subject }}}|{{\tsubject\t}}|", "|world|world|world|" },
  { "{{#list}}{{.}}{{/list}}", "abc" },
  /* sections */
  { "{{#yes}}shown{{/yes}}", "shown" },
  { "{{#nothing}}not{{/nothing}}{{#blank}}not{{/blank}}{{#cannot}}not{{/cannot}}", "" },
  { "{{#object}}Hi {{name}}.{{/object}}", "Hi Bob." },
  { "{{#object}}{{subject}}{{/object}}", "world" },
  { "{{#objects}}{{one}}{{two}},{{/objects}}", "1,outer2," },
  { "{{#empty}}x{{/empty}}", "" },
  { "{{#nested}}({{#.}}{{.}}{{/.}}){{/nested}}", "(12)(3)" },
  { "{{#yes}}a{{/yes}} b {{#yes}}c{{/yes}}", "a b c" },
  { "{{#yes}}A {{#yes}}B {{#yes}}C{{/yes}} D{{/yes}} E{{/yes}}", "A B C D E" },
  { "{{#yes}}A {{#nothing}}B{{/nothing}} E{{/yes}}", "A  E" },
  { "{{#a.b.e}}here{{/a.b.e}}{{#a.b.x}}not{{/a.b.x}}", "here" },
  { "| {{# yes }}={{/ yes }} |", "| = |" },
  /* inverted */
  { "{{^yes}}not{{/yes}}{{^nothing}}shown{{/nothing}}", "shown" },
  { "{{^object}}not{{/object}}{{^list}}not{{/list}}{{^empty}}shown{{/empty}}", "shown" },
  { "{{^blank}}a{{/blank}}{{^cannot}}b{{/cannot}}{{^a.b.x}}c{{/a.b.x}}", "abc" },
  { "{{^nothing}}A {{^nothing}}B{{/nothing}} C{{/nothing}}", "A B C" },
  /* comments */
  { "12345{{! gone }}67890", "1234567890" },
  { "12345{{!\n  gone\n}}67890\n", "1234567890\n" },
  { "Begin.\n{{! gone }}\nEnd.\n", "Begin.\nEnd.\n" },
  { "Begin.\n  {{! gone }}\nEnd.\n", "Begin.\nEnd.\n" },
  { "|\r\n{{! gone }}\r\n|", "|\r\n|" },
  { "  {{! alone }}\n!", "!" },
  { "!\n  {{! alone }}", "!\n" },
  { "Begin.\n{{!\ngone\n}}\nEnd.\n", "Begin.\nEnd.\n" },
  { "  12 {{! 34 }}\n", "  12 \n" },
  { "12345 {{! gone }} 67890", "12345  67890" },
  /* standing alone */
  { "| This\n{{#yes}}\n|\n{{/yes}}\n| Line", "| This\n|\n| Line" },
  { "| This\n  {{#yes}}\n|\n  {{/yes}}\n| Line", "| This\n|\n| Line" },
  { "| This\n{{^nothing}}\n|\n{{/nothing}}\n| Line", "| This\n|\n| Line" },
  { "|\r\n{{#yes}}\r\n{{/yes}}\r\n|", "|\r\n|" },
  { "  {{#yes}}\n#{{/yes}}\n/", "#\n/" },
  { "#{{#yes}}\n/\n  {{/yes}}", "#\n/\n" },
  { " | {{#yes}}\t|\t{{/yes}} | \n", " | \t|\t | \n" },
  { " {{#yes}}YES{{/yes}}\n {{#yes}}GOOD{{/yes}}\n", " YES\n GOOD\n" },
  { " | {{#yes}} {{! gone }}\n {{/yes}} | \n", " |  \n  | \n" },
  { "{{#nothing}}\nx\n{{/nothing}}", "" },
};

static void
test_cases (void)
{
  CrmMustacheSource source = { .lookup = look_up, .escape = escape_html, .data = (gpointer) root };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmMustache) mustache = crm_mustache_parse (cases[i].template, &error);
      g_autofree char *result = NULL;

      g_assert_no_error (error);
      result = crm_mustache_render (mustache, &source, &error);
      g_assert_no_error (error);
      g_test_message ("%s", cases[i].template);
      g_assert_cmpstr (result, ==, cases[i].expected);
    }
}

static void
test_errors (void)
{
  static const struct
  {
    const char *template;
    const char *place;
  } wrong[] = {
    { "a\nb {{#x}} c", "Line 2, column 3" }, { "a {{name", "Line 1, column 3" },
    { "é {{{name}}", "Line 1, column 3" },   { "{{#a}}\n{{#b}}{{/a}}{{/b}}", "Line 2, column 7" },
    { "{{/a}}", "Line 1, column 1" },        { "{{}}", "Line 1, column 1" },
    { "{{ }}", "Line 1, column 1" },         { "{{#}}{{/}}", "Line 1, column 1" },
    { "{{>part}}", "Line 1, column 1" },     { "{{=<% %>=}}", "Line 1, column 1" },
    { "{{a {{b}}", "Line 1, column 1" },     { "\xff{{a}}", "UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (crm_mustache_parse (wrong[i].template, &error));
      g_assert_error (error, CRM_LETTERS_ERROR, CRM_LETTERS_ERROR_TEMPLATE);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, wrong[i].place));
    }
}

static void
test_names (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmMustache)
      mustache = crm_mustache_parse ("a {{x}}\né {{#y}}{{{z.q}}}{{/y}}{{! c }}{{^x}}{{/x}}",
                                     &error);
  GPtrArray *names;
  const CrmMustacheName *name;

  g_assert_no_error (error);
  names = crm_mustache_get_names (mustache);
  g_assert_cmpuint (names->len, ==, 4);

  name = g_ptr_array_index (names, 0);
  g_assert_cmpstr (name->name, ==, "x");
  g_assert_cmpuint (name->line, ==, 1);
  g_assert_cmpuint (name->column, ==, 3);
  g_assert_false (name->section);

  name = g_ptr_array_index (names, 1);
  g_assert_cmpstr (name->name, ==, "y");
  g_assert_cmpuint (name->line, ==, 2);
  g_assert_cmpuint (name->column, ==, 3);
  g_assert_true (name->section);

  name = g_ptr_array_index (names, 2);
  g_assert_cmpstr (name->name, ==, "z.q");
}

static void
count_empty (const char *name, gpointer data)
{
  (*(guint *) data)++;
}

static CrmMustacheValue *
find_nothing (gconstpointer object, const char *name, gpointer data)
{
  return NULL;
}

static void
test_empty (void)
{
  guint n_empty = 0;
  CrmMustacheSource source = { .lookup = find_nothing, .empty = count_empty, .data = &n_empty };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmMustache)
      mustache = crm_mustache_parse ("{{a}}{{#b}}{{c}}{{/b}}{{^d}}{{e}}{{/d}}", &error);
  g_autofree char *result = NULL;

  g_assert_no_error (error);
  result = crm_mustache_render (mustache, &source, &error);
  g_assert_cmpstr (result, ==, "");
  /* Not the one in the section that was left out. */
  g_assert_cmpuint (n_empty, ==, 2);
}

static void
test_limits (void)
{
  CrmMustacheSource source = { .lookup = look_up, .data = (gpointer) root };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmMustache) mustache = NULL;

  for (guint i = 0; i < CRM_MUSTACHE_MAX_DEPTH + 1; i++)
    g_string_append (text, "{{#list}}");
  for (guint i = 0; i < CRM_MUSTACHE_MAX_DEPTH + 1; i++)
    g_string_append (text, "{{/list}}");
  g_assert_null (crm_mustache_parse (text->str, &error));
  g_assert_error (error, CRM_LETTERS_ERROR, CRM_LETTERS_ERROR_TEMPLATE);
  g_clear_error (&error);

  /* Three to the power of 64 turns that write nothing. */
  g_string_erase (text, 0, strlen ("{{#list}}"));
  g_string_truncate (text, text->len - strlen ("{{/list}}"));
  mustache = crm_mustache_parse (text->str, &error);
  g_assert_no_error (error);
  g_assert_null (crm_mustache_render (mustache, &source, &error));
  g_assert_error (error, CRM_LETTERS_ERROR, CRM_LETTERS_ERROR_TEMPLATE);
}

/* Whatever comes: an error or a result, never a crash or a long wait. */
static void
test_noise (void)
{
  static const char *const pieces[] = { "{{",     "}}",     "{{{",   "}}}",  "#",    "/", "^", "!",
                                        "a",      ".",      "\n",    " ",    "é",    "{", "}", "&",
                                        "{{#a}}", "{{/a}}", "{{.}}", "\r\n", "list", "\t" };
  CrmMustacheSource source = { .lookup = look_up,
                               .escape = crm_letter_text_escape,
                               .data = (gpointer) root };
  guint n_rendered = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmMustache) mustache = NULL;
      guint n = (guint) g_test_rand_int_range (0, 30);

      for (guint j = 0; j < n; j++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      mustache = crm_mustache_parse (text->str, &error);
      g_assert_true ((mustache == NULL) == (error != NULL));
      if (mustache != NULL)
        {
          g_autofree char *result = crm_mustache_render (mustache, &source, &error);

          g_assert_true ((result == NULL) == (error != NULL));
          n_rendered++;
        }
    }
  g_assert_cmpuint (n_rendered, >, 1000);
}

static void
test_huge (void)
{
  CrmMustacheSource source = { .lookup = look_up, .data = (gpointer) root };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmMustache) mustache = NULL;
  g_autofree char *result = NULL;
  gint64 start = g_get_monotonic_time ();
  /* Sanitizers make each reallocation a copy. */
  guint n = g_getenv ("CRM_SANITIZED") != NULL ? 10000 : 100000;

  for (guint i = 0; i < n; i++)
    g_string_append (text, "{{subject}}\n");
  mustache = crm_mustache_parse (text->str, &error);
  g_assert_no_error (error);
  result = crm_mustache_render (mustache, &source, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (result), ==, 6 * n);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/letters/mustache/cases", test_cases);
  g_test_add_func ("/letters/mustache/errors", test_errors);
  g_test_add_func ("/letters/mustache/names", test_names);
  g_test_add_func ("/letters/mustache/empty", test_empty);
  g_test_add_func ("/letters/mustache/limits", test_limits);
  g_test_add_func ("/letters/mustache/noise", test_noise);
  g_test_add_func ("/letters/mustache/huge", test_huge);

  return g_test_run ();
}
