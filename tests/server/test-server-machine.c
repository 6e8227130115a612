#include "crm-server-fixture.h"

#include "wire/crm-wire-limit.h"

#include <string.h>

#define P1 "01900000-0000-7000-8000-000000000001"

/* What is wrong with a request before anything is done for it, and how much one record may be. */

static void
assert_method (CrmServerFixture *fixture,
               const char *method,
               const char *path,
               guint status,
               const char *allow)
{
  const CrmServerRequest request = { .method = method, .path = path, .address = "" };
  g_auto (CrmServerResponse) response = { 0 };

  crm_server_machine_handle (fixture->machine, &request, &response);
  g_test_message ("%s %s", method, path);
  g_assert_cmpuint (response.status, ==, status);
  g_assert_cmpstr (response.allow, ==, allow);
}

static void
test_methods (CrmServerFixture *fixture, gconstpointer unused)
{
  assert_method (fixture, "GET", "/v1/hello", 200, NULL);
  assert_method (fixture, "HEAD", "/v1/hello", 200, NULL);
  assert_method (fixture, "POST", "/v1/hello", 405, "GET");
  assert_method (fixture, "PUT", "/v1/device", 405, "POST, DELETE");
  assert_method (fixture, "OPTIONS", "/v1/push", 405, "POST");
  assert_method (fixture, "POST", "/v1/history/" P1, 405, "GET");
  assert_method (fixture, "POST", "/v1/push/", 404, NULL);
  assert_method (fixture, "GET", "/v1", 404, NULL);
  /* Without a token. */
  assert_method (fixture, "POST", "/v1/pull", 401, NULL);
  assert_method (fixture, "DELETE", "/v1/device", 401, NULL);
  assert_method (fixture, "GET", "/v1/boot", 401, NULL);
  assert_method (fixture, "GET", "/v1/history/" P1, 401, NULL);
}

/* In the place of a value that every version has to read past, because a later one may send it. */
static const struct
{
  const char *value;
  const char *code; /* "" when it is taken */
} unknowns[] = {
  { "{\"a\":[1,{\"b\":null}]}", "" },
  { "-0", "" },
  { "18446744073709551616", "" },
  { "\"\\ud83d\\ude00\"", "" },
  { "1e999", "" },
  { "\"\\u0000\"", "invalid" },
  { "\"\\ud800\"", "invalid" },
  { "\"\\udc00\\ud800\"", "invalid" },
  { "\"\xff\"", "invalid" },
  { "\"\xed\xa0\x80\"", "invalid" },
  { "\"\xc0\x80\"", "invalid" },
  { "\"\x01\"", "invalid" },
  { "\"\n\"", "invalid" },
  { "{\"a\":1,\"a\":2}", "invalid" },
  { "NaN", "invalid" },
  { "01", "invalid" },
  { "'x'", "invalid" },
  { "1,}", "invalid" },
  { "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "too_big" },
};

static void
assert_taken (CrmLaptop *laptop, const char *path, const char *before, guint unknown)
{
  g_autofree char *body = g_strdup_printf ("%s\"zzz\":%s}", before, unknowns[unknown].value);
  g_autofree char *reply = NULL;
  g_autofree char *code = NULL;
  const guint status = crm_server_fixture_call (laptop->fixture,
                                                "POST",
                                                path,
                                                laptop->token,
                                                body,
                                                &reply);

  g_test_message ("%s: case %u", path, unknown);
  if (unknowns[unknown].code[0] == '\0')
    {
      g_assert_cmpuint (status, ==, 200);
      return;
    }
  code = crm_server_fixture_get_code (reply);
  g_assert_cmpstr (code, ==, unknowns[unknown].code);
}

/* Pitfalls 29 and 30: the same verdict for every message. */
static void
test_unknown (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autofree char *push = g_strdup_printf ("{\"proto\":1,\"schema\":1,\"replica\":\"%s\",",
                                           anna->replica);

  for (guint i = 0; i < G_N_ELEMENTS (unknowns); i++)
    {
      assert_taken (anna, "/v1/push", push, i);
      assert_taken (anna, "/v1/pull", "{\"proto\":1,\"schema\":1,", i);
    }
}

/* What a field of a later version holds stays as it is through an edit of another. */
static void
test_later_field (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new_in_step (fixture, "bob");
  g_autofree char *page = NULL;
  g_autofree char *shoe = NULL;
  g_autofree char *many = NULL;

  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'person','id':'" P1 "','op':'new','f':{'city':{'v':'Delft'},"
                          "'shoe':{'v':44.5},'many':{'v':['b','a']}}}",
                          "ok");
  crm_laptop_assert_push (bob,
                          "all",
                          "{'kind':'person','id':'" P1
                          "','op':'set','f':{'city':{'v':'Gouda','b':1,'o':'Delft'}}}",
                          "ok");
  page = crm_laptop_pull (bob, 0);
  shoe = crm_laptop_get_field (page, P1, "shoe");
  many = crm_laptop_get_field (page, P1, "many");
  g_assert_cmpstr (shoe, ==, "44.5");
  g_assert_cmpstr (many, ==, "[\"a\",\"b\"]");
}

/* A record that no message could hold is not made, in one set or in several. */
static void
test_large (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autofree char *text = g_strnfill (1000000, 'x');

  crm_laptop_assert_push (anna, "all", "{'kind':'tag','id':'" P1 "','op':'new'}", "ok");
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *ops = g_strdup_printf ("{'kind':'tag','id':'" P1
                                              "','op':'set','f':{'later_%u':{'v':'%s','b':9}}}",
                                              i,
                                              text);

      crm_laptop_assert_push (anna, "each", ops, i < 3 ? "ok" : "rejected too_big");
    }
  crm_laptop_assert_field (anna, P1, "later_2", text);
  crm_laptop_assert_field (anna, P1, "later_3", NULL);
}

static void
test_many_fields (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (GString) fields = g_string_new ("{'kind':'tag','id':'" P1 "','op':'new','f':{");
  g_autofree char *full = NULL;

  for (guint i = 0; i < CRM_SERVER_RECORD_FIELDS; i++)
    g_string_append_printf (fields, "%s'later_%u':{'v':'x'}", i > 0 ? "," : "", i);
  full = g_strconcat (fields->str, "}}", NULL);
  g_string_append (fields, ",'one_more':{'v':'x'}}}");
  crm_laptop_assert_push (anna, "all", fields->str, "rejected too_big");
  crm_laptop_assert_push (anna, "all", full, "ok");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/machine/" path,                                                             \
              CrmServerFixture,                                                                    \
              NULL,                                                                                \
              crm_server_fixture_set_up,                                                           \
              func,                                                                                \
              crm_server_fixture_tear_down)
  ADD ("methods", test_methods);
  ADD ("unknown", test_unknown);
  ADD ("later-field", test_later_field);
  ADD ("large", test_large);
  ADD ("many-fields", test_many_fields);
#undef ADD

  return g_test_run ();
}
