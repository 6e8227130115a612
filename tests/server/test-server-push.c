#include "crm-server-fixture.h"

#include <string.h>

#define P1 "01900000-0000-7000-8000-000000000001"
#define P2 "01900000-0000-7000-8000-000000000002"
#define P3 "01900000-0000-7000-8000-000000000003"

#define NEW(id, fields) "{'kind':'person','id':'" id "','op':'new','f':{" fields "}}"
#define SET(id, fields) "{'kind':'person','id':'" id "','op':'set','f':{" fields "}}"

/* Pitfall 7: what was sent again because the reply was lost is there once. */
static void
test_again (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autofree char *body = crm_laptop_write_push (anna,
                                                 1,
                                                 NULL,
                                                 "all",
                                                 "",
                                                 NEW (P1, "'surname':{'v':'Bakker'}"));
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_cmpuint (crm_server_fixture_call (fixture,
                                             "POST",
                                             "/v1/push",
                                             anna->token,
                                             body,
                                             &first),
                    ==,
                    200);
  crm_server_fixture_reopen (fixture);
  g_assert_cmpuint (crm_server_fixture_call (fixture,
                                             "POST",
                                             "/v1/push",
                                             anna->token,
                                             body,
                                             &second),
                    ==,
                    200);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (crm_server_fixture_count (fixture, "SELECT count(*) FROM change_set"), ==, 1);
}

/* Pitfall 52: another set under a number that is taken. */
static void
test_fork (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autofree char *other = NULL;
  g_autofree char *ahead = NULL;
  g_autofree char *prev = NULL;
  g_autofree char *reply = NULL;
  g_autofree char *code = NULL;

  crm_laptop_assert_push (anna, "all", NEW (P1, "'surname':{'v':'Bakker'}"), "ok");
  other = crm_laptop_write_push (anna, 1, NULL, "all", "", NEW (P2, "'surname':{'v':'Jansen'}"));
  g_assert_cmpuint (crm_server_fixture_call (fixture,
                                             "POST",
                                             "/v1/push",
                                             anna->token,
                                             other,
                                             &reply),
                    ==,
                    409);
  code = crm_server_fixture_get_code (reply);
  g_assert_cmpstr (code, ==, "fork");

  /* The right number, on another history. */
  prev = crm_laptop_write_push (anna,
                                2,
                                NULL,
                                "all",
                                ",'prev':'"
                                "0000000000000000000000000000000000000000000000000000000000000000'",
                                NEW (P2, "'surname':{'v':'Jansen'}"));
  g_assert_cmpuint (crm_server_fixture_call (fixture, "POST", "/v1/push", anna->token, prev, NULL),
                    ==,
                    409);

  ahead = crm_laptop_write_push (anna, 3, NULL, "all", "", NEW (P2, "'surname':{'v':'Jansen'}"));
  g_free (reply);
  g_free (code);
  g_assert_cmpuint (crm_server_fixture_call (fixture,
                                             "POST",
                                             "/v1/push",
                                             anna->token,
                                             ahead,
                                             &reply),
                    ==,
                    409);
  code = crm_server_fixture_get_code (reply);
  g_assert_cmpstr (code, ==, "gap");
  g_assert_cmpint (crm_server_fixture_count (fixture, "SELECT count(*) FROM record"), ==, 1);
}

/* A copy of a replica took a new id and sends a set that its twin had sent already. */
static void
test_twin (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) one = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) copy = crm_laptop_new (fixture, "anna");
  g_autofree char *first = crm_laptop_write_push (one,
                                                  1,
                                                  P3,
                                                  "all",
                                                  "",
                                                  NEW (P1, "'surname':{'v':'Bakker'}"));
  g_autofree char *second = crm_laptop_write_push (copy,
                                                   1,
                                                   P3,
                                                   "all",
                                                   "",
                                                   NEW (P1, "'surname':{'v':'Bakker'}"));
  g_autofree char *reply = NULL;

  g_assert_cmpuint (crm_server_fixture_call (fixture, "POST", "/v1/push", one->token, first, NULL),
                    ==,
                    200);
  crm_laptop_assert_push (one, "all", "", "fork");
  one->n = 1;
  crm_laptop_assert_push (one, "all", SET (P1, "'surname':{'v':'Later','b':1,'o':'Bakker'}"), "ok");

  g_assert_cmpuint (crm_server_fixture_call (fixture,
                                             "POST",
                                             "/v1/push",
                                             copy->token,
                                             second,
                                             &reply),
                    ==,
                    200);
  g_assert_nonnull (strstr (reply, "\"ok\""));
  crm_laptop_assert_field (one, P1, "surname", "Later");
}

/* Different fields of one person, edited by two who had not heard of each other. */
static void
test_fields (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");

  crm_laptop_assert_push (anna, "all", NEW (P1, "'surname':{'v':'Bakker'}"), "ok");
  crm_laptop_assert_push (anna, "all", SET (P1, "'city':{'v':'Delft','b':1}"), "ok");
  crm_laptop_assert_push (bob, "all", SET (P1, "'phone':{'v':'+31612345678','b':1}"), "ok");
  crm_laptop_assert_field (anna, P1, "city", "Delft");
  crm_laptop_assert_field (anna, P1, "phone", "+31612345678");
}

/* Pitfall 15: what is refused does not stop what follows, and is listed with its reason. */
static void
test_refused (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new_in_step (fixture, "anna");
  g_autofree char *city = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  JsonObject *result;

  crm_laptop_assert_push (anna, "all", NEW (P1, "'city':{'v':'Delft'}"), "ok");
  crm_laptop_assert_push (anna, "all", SET (P1, "'phone':{'v':'+31612345678','b':'n1'}"), "ok");
  crm_laptop_assert_push (anna,
                          "all",
                          SET (P1,
                               "'city':{'v':'Gouda','b':'n1'}") "," SET (P2,
                                                                         "'city':{'v':'Gouda'}"),
                          "rejected not_found");
  crm_laptop_assert_push (anna, "all", SET (P1, "'note':{'v':'x','b':'n1'}"), "ok");
  crm_laptop_assert_field (anna, P1, "city", "Delft");
  crm_laptop_assert_field (anna, P1, "note", "x");

  text = crm_laptop_pull (anna, 0);
  results = crm_laptop_find (text, "res", NULL);
  g_assert_cmpuint (results->len, ==, 1);
  result = json_node_get_object (results->pdata[0]);
  g_assert_cmpint (json_object_get_int_member (result, "n"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (result, "code"), ==, "not_found");
  g_assert_cmpint (anna->acked, ==, 4);

  /* What the refused set was about comes whole, so that its author steps back. */
  crm_laptop_assert_push (anna,
                          "all",
                          SET (P1, "'city':{'v':'Gouda','b':1}") "," SET (P2,
                                                                          "'city':{'v':'Gouda'}"),
                          "rejected not_found");
  g_free (text);
  text = crm_laptop_pull (anna, 0);
  rows = crm_laptop_find (text, "row", P1);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (rows->pdata[0]), "full"),
                   ==,
                   1);
  city = crm_laptop_get_field (text, P1, "city");
  g_assert_cmpstr (city, ==, "Delft");
}

/* Field by field, an op that may not be done is no reason against the others. */
static void
test_each (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");

  crm_laptop_assert_push (anna, "all", NEW (P1, "'city':{'v':'Delft'}"), "ok");
  crm_laptop_assert_push (anna,
                          "each",
                          SET (P1, "'city':{'v':'Gouda','b':1}") "," SET (P2,
                                                                          "'city':{'v':'Gouda'}"),
                          "conflict not_found");
  crm_laptop_assert_field (anna, P1, "city", "Gouda");
}

/* Operations @op on 300 tags from number @first on. */
static char *
write_tags (guint first, const char *op)
{
  g_autoptr (GString) ops = g_string_new (NULL);

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (ops,
                            "%s{'kind':'tag','id':'01900000-0000-7000-8000-%012x','op':%s}",
                            i > 0 ? "," : "",
                            first + i,
                            op);

  return g_strdup (ops->str);
}

/* A push of two sets of one group, 300 deletes each; @confirm: behind the group. */
static void
assert_delete_tags (CrmLaptop *laptop, const char *confirm, const char *expected)
{
  g_autofree char *first = write_tags (1000, "'del','b':9");
  g_autofree char *second = write_tags (1300, "'del','b':9");
  g_autofree char *extra = g_strconcat (",'group':'" P3 "'", confirm, NULL);
  g_autofree char *one = crm_laptop_write_push (laptop, laptop->n + 1, NULL, "all", extra, first);
  g_autofree char *two = crm_laptop_write_push (laptop, laptop->n + 2, NULL, "all", extra, second);
  g_autoptr (GString) body = g_string_new (one);
  g_autofree char *reply = NULL;

  /* The second set goes behind the first. */
  g_string_truncate (body, body->len - 2);
  g_string_append_c (body, ',');
  g_string_append (body, strstr (two, "\"sets\":[") + strlen ("\"sets\":["));
  g_assert_cmpuint (crm_server_fixture_call (laptop->fixture,
                                             "POST",
                                             "/v1/push",
                                             laptop->token,
                                             body->str,
                                             &reply),
                    ==,
                    200);
  g_assert_nonnull (strstr (reply, expected));
  laptop->n += 2;
}

/* Pitfall 51: more deletes in one action than can be meant, of what others made: none of them,
 * unless a person has said yes to it. */
static void
test_mass_delete (CrmServerFixture *fixture, gconstpointer unused)
{
  static const char live[] = "SELECT count(*) FROM record WHERE NOT deleted";
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *first = write_tags (1000, "'new','f':{'name':{'v':'t'}}");
  g_autofree char *second = write_tags (1300, "'new','f':{'name':{'v':'t'}}");
  g_autofree char *start = NULL;

  crm_laptop_assert_push (anna, "all", first, "ok");
  crm_laptop_assert_push (anna, "all", second, "ok");
  start = crm_laptop_pull (bob, 0);

  assert_delete_tags (bob, "", "\"mass_delete\"");
  g_assert_cmpint (crm_server_fixture_count (fixture, live), ==, 600);
  assert_delete_tags (bob, ",'confirm':false", "\"mass_delete\"");
  g_assert_cmpint (crm_server_fixture_count (fixture, live), ==, 600);
  assert_delete_tags (bob, ",'confirm':true", "\"ok\"");
  g_assert_cmpint (crm_server_fixture_count (fixture, live), ==, 0);
}

/* What was made here and seen by nobody else goes unasked, and in pushes apart the count goes on.
 */
static void
test_many_deletes (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *first = write_tags (1000, "'new','f':{'name':{'v':'t'}}");
  g_autofree char *second = write_tags (1300, "'new','f':{'name':{'v':'t'}}");
  char *gone[] = { write_tags (1000, "'del','b':9"), write_tags (1300, "'del','b':9") };

  crm_laptop_assert_push (anna, "all", first, "ok");
  crm_laptop_assert_push (anna, "all", second, "ok");
  assert_delete_tags (anna, "", "\"ok\"");
  crm_laptop_assert_push (anna, "all", first, "ok");
  crm_laptop_assert_push (anna, "all", second, "ok");

  for (guint half = 0; half < 2; half++)
    {
      g_autofree char *result = crm_laptop_push_why (bob, "all", P3, NULL, gone[half]);

      g_assert_cmpstr (result, ==, half == 0 ? "ok" : "rejected mass_delete");
      g_free (gone[half]);
    }
}

/* Somebody shut out between his last pull and his push. */
static void
test_shut_out (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *token = g_strdup (bob->token);

  /* A token is good for its own replica only. */
  g_set_str (&bob->token, anna->token);
  crm_laptop_assert_push (bob, "all", NEW (P1, "'city':{'v':'Delft'}"), "forbidden");
  g_set_str (&bob->token, "no token");
  crm_laptop_assert_push (bob, "all", NEW (P1, "'city':{'v':'Delft'}"), "unauthorized");
  g_set_str (&bob->token, token);
  g_set_str (&fixture->epoch, P1);
  crm_laptop_assert_push (bob, "all", NEW (P1, "'city':{'v':'Delft'}"), "epoch");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/push/" path,                                                                \
              CrmServerFixture,                                                                    \
              NULL,                                                                                \
              crm_server_fixture_set_up,                                                           \
              func,                                                                                \
              crm_server_fixture_tear_down)
  ADD ("again", test_again);
  ADD ("fork", test_fork);
  ADD ("twin", test_twin);
  ADD ("fields", test_fields);
  ADD ("refused", test_refused);
  ADD ("each", test_each);
  ADD ("mass-delete", test_mass_delete);
  ADD ("many-deletes", test_many_deletes);
  ADD ("shut-out", test_shut_out);
#undef ADD

  return g_test_run ();
}
