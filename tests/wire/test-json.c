#include "wire/crm-json.h"

#include "wire/crm-json-writer.h"
#include "wire/crm-wire-limit.h"

#include "crm-wire-fixture.h"

#include <json-glib/json-glib.h>
#include <string.h>

static int
judge (const char *text, gsize size)
{
  g_autoptr (CrmArena) arena = crm_arena_new ();
  g_autoptr (GError) error = NULL;
  const CrmJson *root = crm_json_parse (arena, text, size, &error);

  g_assert_true ((root == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_true (error->domain == CRM_WIRE_ERROR);

  return error != NULL ? error->code : 0;
}

static void
test_taken (void)
{
  static const char *const texts[] = {
    "{}",
    "[]",
    " \t\r\n[ ] \n",
    "null",
    "true",
    "0",
    "-0",
    "-0.0e-0",
    "1e999",
    "9007199254740993",
    "\"\"",
    "\"\\u0001\\ud83d\\ude00\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\x7f\xef\xbf\xbf\"",
    "{\"a\":1,\"b\":{\"a\":1}}",
    "{\"\":0}",
    "[1,[2,[3]]]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_cmpint (judge (texts[i], strlen (texts[i])), ==, 0);
    }
}

static const char *const refused[] = {
  "",
  " ",
  "{",
  "[",
  "[1",
  "[1,",
  "[1,]",
  "[,1]",
  "{\"a\"}",
  "{\"a\":}",
  "{\"a\":1,}",
  "{a:1}",
  "{'a':1}",
  "{1:1}",
  "{\"a\":1 \"b\":2}",
  "[1 2]",
  "{}{}",
  "{} x",
  "nul",
  "nulll",
  "True",
  "NaN",
  "Infinity",
  "-Infinity",
  "+1",
  "01",
  "-01",
  "00",
  "1.",
  ".5",
  "1e",
  "1e+",
  "- 1",
  "0x10",
  "--1",
  "1/* */",
  "// x\n1",
  "\"",
  "\"a",
  "\"\\\"",
  "\"\\x41\"",
  "\"\\u12\"",
  "\"\\u12g4\"",
  "\"\\u0000\"",
  "\"a\\u0000b\"",
  "\"\\ud800\"",
  "\"\\ud800x\"",
  "\"\\ud800\\n\"",
  "\"\\ud800\\ud800\"",
  "\"\\udc00\"",
  "\"\\ude00\\ud83d\"",
  "\"a\nb\"",
  "\"a\tb\"",
  "\"\x01\"",
  "\"\xff\"",
  "\"\xc3\"",
  "\"\xed\xa0\x80\"",
  "\"\xc0\x80\"",
  "\"\xf4\x90\x80\x80\"",
  "\xef\xbb\xbf{}",
  "{\"a\":1,\"a\":1}",
  "{\"a\":1,\"\\u0061\":2}",
  "[{\"b\":1,\"a\":2,\"b\":3}]",
  "<html><body>Log in</body></html>",
  "11111111111111111111111111111111111111111111111111111111111111111",
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("text %u", i);
      g_assert_cmpint (judge (refused[i], strlen (refused[i])), ==, CRM_WIRE_ERROR_INVALID);
    }
  g_assert_cmpint (judge ("\"a\0b\"", 5), ==, CRM_WIRE_ERROR_INVALID);
  g_assert_cmpint (judge ("{}\0", 3), ==, CRM_WIRE_ERROR_INVALID);
}

static char *
nest (guint depth, const char *open, const char *close)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append_c (text, '1');
  for (guint i = 0; i < depth && close != NULL; i++)
    g_string_append (text, close);

  return g_strdup (text->str);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (CRM_WIRE_MAX_DEPTH, "[", "]");
  g_autofree char *deeper = nest (CRM_WIRE_MAX_DEPTH + 1, "[", "]");
  g_autofree char *objects = nest (CRM_WIRE_MAX_DEPTH + 1, "{\"a\":", "}");
  g_autofree char *abyss = nest (100000, "[", NULL);

  g_assert_cmpint (judge (deepest, strlen (deepest)), ==, 0);
  g_assert_cmpint (judge (deeper, strlen (deeper)), ==, CRM_WIRE_ERROR_TOO_BIG);
  g_assert_cmpint (judge (objects, strlen (objects)), ==, CRM_WIRE_ERROR_TOO_BIG);
  g_assert_cmpint (judge (abyss, strlen (abyss)), ==, CRM_WIRE_ERROR_TOO_BIG);
}

/* A few bytes each, but more nodes than any message of ours has. */
static void
test_many (void)
{
  const gsize size = 2 * 2100000;
  g_autofree char *text = g_malloc (size);

  for (gsize i = 0; i < size; i += 2)
    memcpy (text + i, "1,", 2);
  text[0] = '[';
  text[1] = '1';
  text[2] = ',';
  text[3] = '1';
  text[size - 1] = ']';
  g_assert_cmpint (judge (text, size), ==, CRM_WIRE_ERROR_TOO_BIG);
}

/* An object whose names all collide in the hashes that are usual takes no longer than another. */
static void
test_many_names (void)
{
  g_autoptr (GString) text = g_string_new ("{");

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "%s\"%u\":0", i > 0 ? "," : "", i);
  g_string_append (text, "}");
  g_assert_cmpint (judge (text->str, text->len), ==, 0);

  g_string_truncate (text, text->len - 1);
  g_string_append (text, ",\"500\":0}");
  g_assert_cmpint (judge (text->str, text->len), ==, CRM_WIRE_ERROR_INVALID);
}

static void
test_members (void)
{
  static const char text[] =
      "{\"text\":\"x\",\"empty\":\"\",\"null\":null,\"int\":9007199254740992,"
      "\"large\":9007199254740993,\"huge\":99999999999999999999,"
      "\"minus\":-1,\"half\":0.5,\"exp\":1e3,\"yes\":true,\"one\":1,"
      "\"list\":[1],\"object\":{},\"id\":\"018f0000-0000-7000-8000-000000000001\","
      "\"ID\":\"018F0000-0000-7000-8000-000000000001\"}";
  static const char *const no_ints[] = { "text", "large", "huge", "minus", "half", "exp", "list" };
  g_autoptr (CrmArena) arena = crm_arena_new ();
  const CrmJson *root = crm_json_parse (arena, text, strlen (text), NULL);
  const CrmJson *child;
  const char *found;
  gint64 number;
  gboolean value;

  g_assert_nonnull (root);
  g_assert_true (crm_json_get_string (root, "text", &found, NULL));
  g_assert_cmpstr (found, ==, "x");
  g_assert_true (crm_json_get_string (root, "missing", &found, NULL));
  g_assert_null (found);
  g_assert_true (crm_json_get_string (root, "null", &found, NULL));
  g_assert_null (found);
  g_assert_false (crm_json_get_string (root, "int", &found, NULL));
  g_assert_false (crm_json_need_string (root, "empty", &found, NULL));
  g_assert_false (crm_json_need_string (root, "missing", &found, NULL));

  g_assert_true (crm_json_get_int (root, "int", &number, NULL));
  g_assert_cmpint (number, ==, CRM_WIRE_MAX_INT);
  g_assert_true (crm_json_get_int (root, "missing", &number, NULL));
  g_assert_cmpint (number, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (no_ints); i++)
    g_assert_false (crm_json_get_int (root, no_ints[i], &number, NULL));

  g_assert_true (crm_json_get_bool (root, "yes", &value, NULL) && value);
  g_assert_true (crm_json_get_bool (root, "one", &value, NULL) && value);
  g_assert_true (crm_json_get_bool (root, "missing", &value, NULL) && !value);
  g_assert_false (crm_json_get_bool (root, "text", &value, NULL));

  g_assert_true (crm_json_get_array (root, "list", &child, NULL));
  g_assert_cmpuint (child->n_children, ==, 1);
  g_assert_false (crm_json_get_array (root, "object", &child, NULL));
  g_assert_null (child);
  g_assert_true (crm_json_get_object (root, "object", &child, NULL));
  g_assert_false (crm_json_get_object (root, "list", &child, NULL));

  g_assert_true (crm_json_need_id (root, "id", &found, NULL));
  g_assert_false (crm_json_need_id (root, "ID", &found, NULL));
  g_assert_null (crm_json_get (NULL, "x"));
  g_assert_null (crm_json_get (crm_json_get (root, "list"), "x"));
}

static void
test_names (void)
{
  g_autofree char *longest = g_strnfill (64, 'a');
  g_autofree char *longer = g_strnfill (65, 'a');

  g_assert_true (crm_json_is_name ("surname_prefix"));
  g_assert_true (crm_json_is_name ("a1"));
  g_assert_true (crm_json_is_name (longest));
  g_assert_false (crm_json_is_name (longer));
  g_assert_false (crm_json_is_name (""));
  g_assert_false (crm_json_is_name (NULL));
  g_assert_false (crm_json_is_name ("1a"));
  g_assert_false (crm_json_is_name ("_a"));
  g_assert_false (crm_json_is_name ("A"));
  g_assert_false (crm_json_is_name ("a b"));
  g_assert_false (crm_json_is_name ("a\"; DROP"));
}

/* Any text comes back as it was written. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GString) json = g_string_new (NULL);
      const char *text = crm_make_text (arena, rand);
      const CrmJson *root;
      const char *found;

      /* That name is taken. */
      if (strcmp (text, "a") == 0)
        continue;
      crm_json_open (json, NULL, '{');
      crm_json_put_string (json, "a", text);
      crm_json_put_string (json, text, "b");
      crm_json_close (json, '}');
      root = crm_json_parse (arena, json->str, json->len, NULL);
      g_assert_nonnull (root);
      g_assert_true (crm_json_get_string (root, "a", &found, NULL));
      g_assert_cmpstr (found, ==, text);
    }
}

static gboolean
same (const CrmJson *ours, JsonNode *theirs)
{
  guint i = 0;

  if (ours->type == CRM_JSON_STRING)
    return JSON_NODE_HOLDS_VALUE (theirs) &&
           g_strcmp0 (ours->text, json_node_get_string (theirs)) == 0;
  if (ours->type == CRM_JSON_ARRAY)
    {
      JsonArray *array = json_node_get_array (theirs);

      if (json_array_get_length (array) != ours->n_children)
        return FALSE;
      for (const CrmJson *child = ours->child; child != NULL; child = child->next)
        if (!same (child, json_array_get_element (array, i++)))
          return FALSE;
    }
  if (ours->type == CRM_JSON_OBJECT)
    for (const CrmJson *child = ours->child; child != NULL; child = child->next)
      if (!same (child, json_object_get_member (json_node_get_object (theirs), child->name)))
        return FALSE;

  return TRUE;
}

/* What we take, another reader takes too and understands alike. */
static void
test_as_others (void)
{
  static const char text[] =
      "{\"a\":[1,-2.5e3,\"x\\u00e9\\n\",true,null,{\"b\":{}}],\"c\":\"\\\"\"}";
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  guint n_taken = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autofree char *changed = g_strdup (text);
      const gsize size = strlen (text);
      const CrmJson *root;

      for (guint n = (guint) g_rand_int_range (rand, 0, 3); n > 0; n--)
        changed[g_rand_int_range (rand, 0, (gint32) size)] =
            text[g_rand_int_range (rand, 0, (gint32) size)];
      root = crm_json_parse (arena, changed, size, NULL);
      if (root == NULL)
        continue;
      n_taken++;
      g_assert_true (json_parser_load_from_data (parser, changed, (gssize) size, NULL));
      g_assert_true (same (root, json_parser_get_root (parser)));
    }
  g_assert_cmpuint (n_taken, >, 5000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/json/taken", test_taken);
  g_test_add_func ("/wire/json/refused", test_refused);
  g_test_add_func ("/wire/json/depth", test_depth);
  g_test_add_func ("/wire/json/many", test_many);
  g_test_add_func ("/wire/json/many-names", test_many_names);
  g_test_add_func ("/wire/json/members", test_members);
  g_test_add_func ("/wire/json/names", test_names);
  g_test_add_func ("/wire/json/round-trip", test_round_trip);
  g_test_add_func ("/wire/json/as-others", test_as_others);

  return g_test_run ();
}
