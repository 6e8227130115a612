#include "crm-server-fixture.h"

#include "server/sqlite/crm-sqlite-store-private.h"

#include <string.h>

#define P1 "01900000-0000-7000-8000-000000000001"
#define P2 "01900000-0000-7000-8000-000000000002"
#define P3 "01900000-0000-7000-8000-000000000003"

/* The description is held against what the server really says: each member that an answer has is
 * described with its type, and each that is required is there. */

static JsonObject *
resolve (JsonObject *root, JsonObject *schema)
{
  const char *ref = json_object_get_string_member_with_default (schema, "$ref", NULL);
  g_auto (GStrv) parts = NULL;
  JsonObject *at = root;

  if (ref == NULL)
    return schema;
  parts = g_strsplit (ref, "/", -1);
  for (guint i = 1; parts[i] != NULL; i++)
    at = json_object_get_object_member (at, parts[i]);

  return at;
}

static void check (JsonObject *root, JsonObject *schema, JsonNode *value, const char *where);

static void
check_object (JsonObject *root, JsonObject *schema, JsonObject *value, const char *where)
{
  JsonObject *properties = json_object_has_member (schema, "properties")
                               ? json_object_get_object_member (schema, "properties")
                               : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (properties == NULL)
    return;
  json_object_iter_init (&iter, value);
  while (json_object_iter_next (&iter, &name, &member))
    {
      if (!json_object_has_member (properties, name))
        g_error ("%s: “%s” is not described", where, name);
      check (root, json_object_get_object_member (properties, name), member, name);
    }
  if (json_object_has_member (schema, "required"))
    {
      JsonArray *required = json_object_get_array_member (schema, "required");

      for (guint i = 0; i < json_array_get_length (required); i++)
        if (!json_object_has_member (value, json_array_get_string_element (required, i)))
          g_error ("%s: “%s” is missing", where, json_array_get_string_element (required, i));
    }
}

/* Which of several it is. */
static JsonObject *
discriminate (JsonObject *root, JsonObject *schema, JsonNode *value, const char *where)
{
  JsonObject *discriminator;
  JsonObject *mapping;
  const char *name;
  g_autoptr (JsonObject) reference = json_object_new ();

  if (!json_object_has_member (schema, "discriminator"))
    return schema;
  discriminator = json_object_get_object_member (schema, "discriminator");
  mapping = json_object_get_object_member (discriminator, "mapping");
  name = json_object_get_string_member (json_node_get_object (value),
                                        json_object_get_string_member (discriminator,
                                                                       "propertyName"));
  if (!json_object_has_member (mapping, name))
    g_error ("%s: “%s” is not described", where, name);
  json_object_set_string_member (reference, "$ref", json_object_get_string_member (mapping, name));

  return resolve (root, reference);
}

static void
check_choice (JsonObject *schema, JsonNode *value, const char *where)
{
  JsonArray *choices;

  g_assert_true (json_node_get_value_type (value) == G_TYPE_STRING);
  if (!json_object_has_member (schema, "enum"))
    return;
  choices = json_object_get_array_member (schema, "enum");
  for (guint i = 0; i < json_array_get_length (choices); i++)
    if (strcmp (json_array_get_string_element (choices, i), json_node_get_string (value)) == 0)
      return;
  g_error ("%s: “%s” is not described", where, json_node_get_string (value));
}

static void
check (JsonObject *root, JsonObject *schema, JsonNode *value, const char *where)
{
  const char *type;

  schema = discriminate (root, resolve (root, schema), value, where);
  type = json_object_get_string_member_with_default (schema, "type", "");
  if (strcmp (type, "object") == 0)
    {
      g_assert_true (JSON_NODE_HOLDS_OBJECT (value));
      check_object (root, schema, json_node_get_object (value), where);
    }
  else if (strcmp (type, "array") == 0)
    {
      JsonArray *array = json_node_get_array (value);

      g_assert_nonnull (array);
      if (!json_object_has_member (schema, "items"))
        return;
      for (guint i = 0; i < json_array_get_length (array); i++)
        check (root,
               json_object_get_object_member (schema, "items"),
               json_array_get_element (array, i),
               where);
    }
  else if (strcmp (type, "string") == 0)
    check_choice (schema, value, where);
  else if (strcmp (type, "integer") == 0)
    g_assert_true (json_node_get_value_type (value) == G_TYPE_INT64);
  else if (strcmp (type, "boolean") == 0)
    g_assert_true (json_node_get_value_type (value) == G_TYPE_BOOLEAN);
}

static JsonObject *
get_path (JsonObject *root, const char *path, const char *method)
{
  JsonObject *paths = json_object_get_object_member (root, "paths");

  g_assert_true (json_object_has_member (paths, path));

  return json_object_get_object_member (json_object_get_object_member (paths, path), method);
}

static void
check_answer (JsonObject *root,
              const char *path,
              const char *method,
              guint status,
              const char *content_type,
              const char *text)
{
  JsonObject *responses = json_object_get_object_member (get_path (root, path, method),
                                                         "responses");
  g_autofree char *code = g_strdup_printf ("%u", status);
  g_autoptr (JsonNode) value = NULL;
  JsonObject *content;

  if (!json_object_has_member (responses, code))
    g_error ("%s %s: the answer %s is not described", method, path, code);
  content = json_object_get_object_member (json_object_get_object_member (responses, code),
                                           "content");
  g_assert_true (json_object_has_member (content, content_type));
  value = json_from_string (text, NULL);
  g_assert_nonnull (value);
  check (root,
         json_object_get_object_member (json_object_get_object_member (content, content_type),
                                        "schema"),
         value,
         path);
}

static void
ask (CrmServerFixture *fixture,
     JsonObject *root,
     const char *described,
     const char *method,
     const char *address,
     const char *token,
     const char *body,
     guint expected)
{
  g_autofree char *reply = NULL;
  g_autofree char *lower = g_ascii_strdown (method, -1);
  const guint status = crm_server_fixture_call (fixture, method, address, token, body, &reply);
  const gboolean lines = status == 200 && (g_str_has_prefix (described, "/v1/pull") ||
                                           g_str_has_prefix (described, "/v1/boot"));

  g_assert_cmpuint (status, ==, expected);
  if (lines)
    {
      g_auto (GStrv) each = g_strsplit (g_strchomp (reply), "\n", -1);

      for (guint i = 0; each[i] != NULL; i++)
        check_answer (root, described, lower, status, "application/x-ndjson", each[i]);
      return;
    }
  check_answer (root, described, lower, status, "application/json", reply);
}

/* Every line that a page can have but a lost scope. */
static void
ask_lines (CrmServerFixture *fixture, JsonObject *root, CrmLaptop *anna)
{
  g_autoptr (CrmLaptop) bob = crm_laptop_new_in_step (fixture, "bob");
  g_autofree char *body = NULL;

  anna->n = MAX (anna->n, 1);
  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'person','id':'" P2 "','op':'new','f':{'city':{'v':'Delft'}}},"
                          "{'kind':'person','id':'" P3 "','op':'new','f':{'city':{'v':'Delft'}}}",
                          "ok");
  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'person','id':'" P2
                          "','op':'set','f':{'city':{'v':'Gouda','b':2}}},"
                          "{'kind':'person','id':'" P3 "','op':'del','b':9}",
                          "ok");
  crm_laptop_assert_push (bob,
                          "all",
                          "{'kind':'person','id':'" P2
                          "','op':'set','f':{'city':{'v':'Breda','b':2,'o':'Delft'}}}",
                          "conflict");
  body = g_strdup_printf ("{\"proto\":1,\"schema\":1,\"cur\":\"%s\"}", bob->cursor);
  ask (fixture, root, "/v1/pull", "POST", "/v1/pull", bob->token, body, 200);
}

/* What each address says to what is wrong. */
static void
ask_wrong (CrmServerFixture *fixture, JsonObject *root, CrmLaptop *anna)
{
  g_autofree char *deep = g_strnfill (1000, '[');
  static const char stale[] = "{\"proto\":1,\"schema\":1,\"cur\":\"x\"}";
  static const char proto[] = "{\"proto\":9,\"schema\":1}";

  ask (fixture, root, "/v1/device", "POST", "/v1/device", NULL, deep, 413);
  ask (fixture, root, "/v1/device", "DELETE", "/v1/device", "none", NULL, 401);
  ask (fixture, root, "/v1/push", "POST", "/v1/push", anna->token, "{", 400);
  ask (fixture, root, "/v1/push", "POST", "/v1/push", anna->token, deep, 413);
  ask (fixture, root, "/v1/pull", "POST", "/v1/pull", NULL, stale, 401);
  ask (fixture, root, "/v1/pull", "POST", "/v1/pull", anna->token, stale, 400);
  ask (fixture, root, "/v1/pull", "POST", "/v1/pull", anna->token, proto, 400);
  ask (fixture, root, "/v1/pull", "POST", "/v1/pull", anna->token, deep, 413);
  ask (fixture, root, "/v1/boot", "GET", "/v1/boot", anna->token, NULL, 400);
  ask (fixture, root, "/v1/boot", "GET", "/v1/boot?sc=1&after=x", anna->token, NULL, 400);
  ask (fixture, root, "/v1/boot", "GET", "/v1/boot?sc=1", "none", NULL, 401);
  ask (fixture,
       root,
       "/v1/history/{id}",
       "GET",
       "/v1/history/" P1 "?before=x",
       anna->token,
       NULL,
       400);
  ask (fixture, root, "/v1/history/{id}", "GET", "/v1/history/" P1, NULL, NULL, 401);
}

/* A disk without room: the database may have no page more than it has. */
static void
ask_full (CrmServerFixture *fixture, JsonObject *root)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autofree char *note = g_strnfill (500000, 'x');
  g_autofree char *ops = g_strdup_printf ("{'kind':'person','id':'" P1
                                          "','op':'new','f':{'note':{'v':'%s'}}}",
                                          note);
  g_autofree char *push = crm_laptop_write_push (anna, 1, NULL, "all", "", ops);
  CrmDb *db = crm_sqlite_store_get_db (fixture->store);
  g_autoptr (GError) error = NULL;

  crm_db_exec (db, "PRAGMA max_page_count = 1", &error);
  g_assert_no_error (error);
  ask (fixture, root, "/v1/push", "POST", "/v1/push", anna->token, push, 507);
  crm_db_exec (db, "PRAGMA max_page_count = 1073741823", &error);
  g_assert_no_error (error);
  ask (fixture, root, "/v1/push", "POST", "/v1/push", anna->token, push, 200);
}

static void
test_answers (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autofree char *text = NULL;
  g_autofree char *push = NULL;
  g_autofree char *late = NULL;
  g_autofree char *login = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *root;

  g_assert_cmpuint (crm_server_fixture_call (fixture, "GET", "/v1/openapi.json", NULL, NULL, &text),
                    ==,
                    200);
  node = json_from_string (text, NULL);
  root = json_node_get_object (node);
  g_assert_true (g_str_has_prefix (json_object_get_string_member (root, "openapi"), "3."));

  ask_full (fixture, root);
  ask (fixture, root, "/v1/hello", "GET", "/v1/hello", NULL, NULL, 200);
  login = g_strdup_printf ("{\"user\":\"bob\",\"password\":\"" CRM_SERVER_TEST_PASSWORD
                           "\",\"replica\":\"" P1 "\"}");
  ask (fixture, root, "/v1/device", "POST", "/v1/device", NULL, login, 200);
  ask (fixture, root, "/v1/device", "POST", "/v1/device", NULL, "{}", 400);
  push = crm_laptop_write_push (anna,
                                1,
                                NULL,
                                "all",
                                "",
                                "{'kind':'person','id':'" P1
                                "','op':'new','f':{'surname':{'v':'Bakker'}}}");
  late = crm_laptop_write_push (anna, 9, NULL, "all", "", "");
  ask (fixture, root, "/v1/push", "POST", "/v1/push", anna->token, push, 200);
  ask (fixture, root, "/v1/push", "POST", "/v1/push", anna->token, late, 409);
  ask (fixture, root, "/v1/push", "POST", "/v1/push", NULL, push, 401);
  ask (fixture,
       root,
       "/v1/pull",
       "POST",
       "/v1/pull",
       anna->token,
       "{\"proto\":1,\"schema\":1}",
       200);
  ask (fixture, root, "/v1/boot", "GET", "/v1/boot?sc=1", anna->token, NULL, 200);
  ask (fixture, root, "/v1/boot", "GET", "/v1/boot?sc=9", anna->token, NULL, 404);
  ask_lines (fixture, root, anna);
  ask_wrong (fixture, root, anna);
  ask (fixture, root, "/v1/history/{id}", "GET", "/v1/history/" P1, anna->token, NULL, 200);
  ask (fixture, root, "/v1/history/{id}", "GET", "/v1/history/x", anna->token, NULL, 404);
  ask (fixture, root, "/v1/device", "DELETE", "/v1/device", anna->token, NULL, 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/server/openapi/answers",
              CrmServerFixture,
              NULL,
              crm_server_fixture_set_up,
              test_answers,
              crm_server_fixture_tear_down);

  return g_test_run ();
}
