#include "crm-server-fixture.h"

#include <string.h>

#define P1 "01900000-0000-7000-8000-000000000001"
#define P2 "01900000-0000-7000-8000-000000000002"
#define P3 "01900000-0000-7000-8000-000000000003"

#define NEW(id, fields)  "{'kind':'person','id':'" id "','op':'new','f':{" fields "}}"
#define SET(id, fields)  "{'kind':'person','id':'" id "','op':'set','f':{" fields "}}"
#define DELETE(id, base) "{'kind':'person','id':'" id "','op':'del','b':" base "}"

static void
assert_field (CrmLaptop *laptop, const char *id, const char *field, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmServerRecord)
      record = laptop->fixture->store->ops->get_record (laptop->fixture->store, id, FALSE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
  g_assert_cmpstr (crm_server_record_get (record, field), ==, expected);
}

/* The only open conflict; its fields by crm_laptop_get_field(). */
static char *
find_conflict (const char *text)
{
  g_autoptr (GPtrArray) lines = crm_laptop_find (text, "conf", NULL);

  g_assert_cmpuint (lines->len, ==, 1);

  return g_strdup (json_object_get_string_member (json_node_get_object (lines->pdata[0]), "id"));
}

static void
assert_text (const char *text, const char *id, const char *field, const char *expected)
{
  g_autofree char *value = crm_laptop_get_field (text, id, field);

  g_assert_cmpstr (value, ==, expected);
}

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
  assert_field (one, P1, "surname", "Later");
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
  assert_field (anna, P1, "city", "Delft");
  assert_field (anna, P1, "phone", "+31612345678");
}

/* Pitfall 41: the same field, also of one user on two devices: nothing is lost in silence. */
static void
test_conflict (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) home = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) work = crm_laptop_new (fixture, "anna");
  g_autofree char *start = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autofree char *id = NULL;
  g_autofree char *same = NULL;
  g_autofree char *result = NULL;

  crm_laptop_assert_push (home, "all", NEW (P1, "'city':{'v':'Delft'}"), "ok");
  start = crm_laptop_pull (work, 0);
  result = crm_laptop_push_why (home,
                                "all",
                                NULL,
                                "moved",
                                SET (P1, "'city':{'v':'Gouda','b':1,'o':'Delft'}"));
  g_assert_cmpstr (result, ==, "ok");
  g_free (result);
  result = crm_laptop_push_why (work,
                                "all",
                                NULL,
                                "phoned",
                                SET (P1,
                                     "'city':{'v':'Breda','b':1,'o':'Delft'},'phone':{'v':'+"
                                     "31612345678','b':1}"));
  g_assert_cmpstr (result, ==, "conflict");
  /* What did not clash is in. */
  assert_field (home, P1, "phone", "+31612345678");
  assert_field (home, P1, "city", "Gouda");

  text = crm_laptop_pull (work, 0);
  id = find_conflict (text);
  assert_text (text, id, "type", "field");
  assert_text (text, id, "record", P1);
  assert_text (text, id, "field", "city");
  assert_text (text, id, "kept", "Gouda");
  assert_text (text, id, "kept_why", "moved");
  assert_text (text, id, "kept_user", "anna");
  assert_text (text, id, "late", "Breda");
  assert_text (text, id, "late_why", "phoned");
  assert_text (text, id, "original", "Delft");
  assert_text (text, id, "state", "open");

  /* A later own edit of the field brings the same conflict up to date. */
  crm_laptop_assert_push (work,
                          "all",
                          SET (P1, "'city':{'v':'Tilburg','b':'n1','o':'Breda'}"),
                          "conflict");
  again = crm_laptop_pull (work, 0);
  same = find_conflict (again);
  g_assert_cmpstr (same, ==, id);
  assert_text (again, id, "late", "Tilburg");
  g_assert_cmpint (crm_server_fixture_count (fixture,
                                             "SELECT count(*) FROM record WHERE kind = 'conflict'"),
                   ==,
                   1);
}

static void
test_resolve (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *start = crm_laptop_pull (bob, 0);
  g_autofree char *text = NULL;
  g_autofree char *id = NULL;
  g_autofree char *ops = NULL;
  g_autofree char *forged = NULL;

  crm_laptop_assert_push (anna, "all", NEW (P1, "'city':{'v':'Delft'}"), "ok");
  crm_laptop_assert_push (anna, "all", SET (P1, "'city':{'v':'Gouda','b':1}"), "ok");
  crm_laptop_assert_push (bob,
                          "all",
                          SET (P1, "'city':{'v':'Breda','b':1,'o':'Delft'}"),
                          "conflict");
  text = crm_laptop_pull (bob, 0);
  id = find_conflict (text);

  /* What the conflict says is the server's. */
  forged =
      g_strdup_printf ("{'kind':'conflict','id':'%s','op':'set','f':{'kept':{'v':'lie','b':3}}}",
                       id);
  crm_laptop_assert_push (bob, "all", forged, "rejected forbidden");

  ops = g_strdup_printf (SET (P1,
                              "'city':{'v':'Breda','b':3,'o':'Gouda'}") ",{'kind':'conflict','id':'"
                                                                        "%s','op':'set','f':{'"
                                                                        "state':{'v':'resolved','b'"
                                                                        ":3,'o':'open'}}}",
                         id);
  crm_laptop_assert_push (bob, "all", ops, "ok");
  assert_field (bob, P1, "city", "Breda");
  g_assert_cmpint (crm_server_fixture_count (fixture, "SELECT count(*) FROM conflict WHERE open"),
                   ==,
                   0);
}

/* Pitfall 11: one deletes, the other edits; in every order a conflict is there or both are in. */
static void
test_delete_edit (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *start = crm_laptop_pull (bob, 0);
  g_autofree char *text = NULL;
  g_autofree char *id = NULL;

  crm_laptop_assert_push (anna,
                          "all",
                          NEW (P1, "'city':{'v':'Delft'}") "," NEW (
                              P2, "'city':{'v':'Delft'}") "," NEW (P3, "'city':{'v':'Delft'}"),
                          "ok");
  /* Edited, then deleted by one who had not seen it. */
  crm_laptop_assert_push (anna, "all", SET (P1, "'city':{'v':'Gouda','b':1}"), "ok");
  crm_laptop_assert_push (bob, "all", DELETE (P1, "1"), "rejected stale");
  assert_field (anna, P1, "city", "Gouda");
  text = crm_laptop_pull (bob, 0);
  id = find_conflict (text);
  assert_text (text, id, "type", "delete");
  assert_text (text, id, "late_user", "bob");
  assert_text (text, id, "kept_user", "anna");

  /* Deleted, then edited by one who had not seen it. */
  crm_laptop_assert_push (anna, "all", DELETE (P2, "1"), "ok");
  crm_laptop_assert_push (bob,
                          "all",
                          SET (P2, "'city':{'v':'Breda','b':1,'o':'Delft'}"),
                          "rejected deleted");
  crm_laptop_assert_push (bob, "each", SET (P2, "'phone':{'v':'+31612345678','b':1}"), "conflict");
  g_assert_cmpint (crm_server_fixture_count (fixture,
                                             "SELECT count(*) FROM conflict WHERE record = '" P2
                                             "' AND open"),
                   ==,
                   2);

  /* Deleted with the edit seen, and deleted twice. */
  crm_laptop_assert_push (anna, "all", SET (P3, "'city':{'v':'Gouda','b':1}"), "ok");
  text = (g_free (text), crm_laptop_pull (bob, 0));
  crm_laptop_assert_push (bob, "all", DELETE (P3, "99"), "ok");
  crm_laptop_assert_push (anna, "all", DELETE (P3, "1"), "ok");
}

/* Pitfall 15: what is refused does not stop what follows, and is listed with its reason. */
static void
test_refused (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autofree char *start = crm_laptop_pull (anna, 0);
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
  assert_field (anna, P1, "city", "Delft");
  assert_field (anna, P1, "note", "x");

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
  assert_text (text, P1, "city", "Delft");
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
  assert_field (anna, P1, "city", "Gouda");
}

/* Pitfall 28: a field that is too big refuses its set only. */
static void
test_huge (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autofree char *note = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *ops = g_strdup_printf (NEW (P1, "'note':{'v':'%s'}"), note);

  crm_laptop_assert_push (anna, "all", ops, "rejected too_big");
  crm_laptop_assert_push (anna, "all", NEW (P2, "'note':{'v':'x'}"), "ok");
}

/* Pitfalls 29, 30: the same verdict for each, and nothing of it is stored. */
static void
test_hostile (CrmServerFixture *fixture, gconstpointer unused)
{
  static const char *const values[] = {
    "9007199254740993", "1e999", "'a\\u0000b'", "'\\ud800'", "'\xff'", "{}", "[[1]]", "01", "'x"
  };
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autofree char *deep = g_strnfill (100000, '[');

  for (guint i = 0; i <= G_N_ELEMENTS (values); i++)
    {
      const char *value = i < G_N_ELEMENTS (values) ? values[i] : deep;
      g_autofree char *ops = g_strdup_printf (NEW (P1, "'note':{'v':%s}"), value);
      g_autofree char *body = crm_laptop_write_push (anna, anna->n + 1, NULL, "all", "", ops);
      g_autofree char *reply = NULL;
      const guint status = crm_server_fixture_call (fixture,
                                                    "POST",
                                                    "/v1/push",
                                                    anna->token,
                                                    body,
                                                    &reply);

      /* Either the whole request, or the set by its number. */
      g_test_message ("%.40s: %u %s", value, status, reply);
      g_assert_nonnull (strstr (reply, i < G_N_ELEMENTS (values) ? "\"invalid\"" : "\"too_big\""));
      if (status == 200)
        anna->n++;
    }
  g_assert_cmpint (crm_server_fixture_count (fixture, "SELECT count(*) FROM record"), ==, 0);
}

/* Pitfall 31: one name in two Unicode forms is no disagreement. */
static void
test_normal_form (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");

  crm_laptop_assert_push (anna, "all", NEW (P1, "'city':{'v':'Delft'}"), "ok");
  crm_laptop_assert_push (anna, "all", SET (P1, "'surname':{'v':'Andr\xc3\xa9','b':1}"), "ok");
  crm_laptop_assert_push (bob, "all", SET (P1, "'surname':{'v':'Andre\xcc\x81','b':1}"), "ok");
  assert_field (anna, P1, "surname", "Andr\xc3\xa9");
}

static void
test_tags (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");

  crm_laptop_assert_push (anna, "all", NEW (P1, "'tags':{'v':['a','b']}"), "ok");
  crm_laptop_assert_push (anna,
                          "all",
                          SET (P1, "'tags':{'v':['a','b','c'],'b':1,'o':['a','b']}"),
                          "ok");
  crm_laptop_assert_push (bob,
                          "all",
                          SET (P1, "'tags':{'v':['b','d'],'b':1,'o':['a','b']}"),
                          "merged");
  assert_field (anna, P1, "tags", "b;c;d");
  /* Bob's next edit, on what he holds, takes nothing of Anna's away. */
  crm_laptop_assert_push (bob,
                          "all",
                          SET (P1, "'tags':{'v':['b','d','e'],'b':'n1','o':['b','d']}"),
                          "merged");
  assert_field (anna, P1, "tags", "b;c;d;e");
}

/* Pitfall 45: a field of a newer program stays, whoever edits beside it. */
static void
test_unknown_field (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");

  crm_laptop_assert_push (anna,
                          "all",
                          NEW (P1, "'surname':{'v':'Bakker'},'shoe_size':{'v':44}"),
                          "ok");
  crm_laptop_assert_push (anna, "all", SET (P1, "'surname':{'v':'Jansen','b':1}"), "ok");
  crm_server_fixture_reopen (fixture);
  assert_field (anna, P1, "shoe_size", "44");
}

/* Pitfall 40: a date is a date in every zone. */
static void
test_date (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");

  crm_laptop_assert_push (anna, "all", NEW (P1, "'birthday':{'v':'1975-04-12'}"), "ok");
  assert_field (anna, P1, "birthday", "1975-04-12");
  crm_laptop_assert_push (anna,
                          "all",
                          SET (P1, "'birthday':{'v':['1975-04-12'],'b':1}"),
                          "rejected invalid");
}

/* Pitfall 51: more deletes in one action than can be meant, of what others made. */
static void
test_mass_delete (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *start = NULL;
  g_autofree char *result = NULL;

  for (guint half = 0; half < 2; half++)
    {
      g_autoptr (GString) ops = g_string_new (NULL);

      for (guint i = 0; i < 300; i++)
        {
          g_autofree char *id = crm_server_fixture_id (1000 + half * 300 + i);

          g_string_append_printf (ops,
                                  "%s{'kind':'tag','id':'%s','op':'new','f':{'name':{'v':'t%u'}}}",
                                  i > 0 ? "," : "",
                                  id,
                                  i);
        }
      crm_laptop_assert_push (anna, "all", ops->str, "ok");
    }
  start = crm_laptop_pull (bob, 0);

  for (guint half = 0; half < 2; half++)
    {
      g_autoptr (GString) ops = g_string_new (NULL);

      for (guint i = 0; i < 300; i++)
        {
          g_autofree char *id = crm_server_fixture_id (1000 + half * 300 + i);

          g_string_append_printf (ops,
                                  "%s{'kind':'tag','id':'%s','op':'del','b':9}",
                                  i > 0 ? "," : "",
                                  id);
        }
      g_free (result);
      result = crm_laptop_push_why (bob, "all", P3, NULL, ops->str);
      g_assert_cmpstr (result, ==, half == 0 ? "ok" : "rejected mass_delete");
    }
  g_assert_cmpint (crm_server_fixture_count (fixture,
                                             "SELECT count(*) FROM record WHERE NOT deleted"),
                   ==,
                   300);
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
  ADD ("conflict", test_conflict);
  ADD ("resolve", test_resolve);
  ADD ("delete-edit", test_delete_edit);
  ADD ("refused", test_refused);
  ADD ("each", test_each);
  ADD ("huge", test_huge);
  ADD ("hostile", test_hostile);
  ADD ("normal-form", test_normal_form);
  ADD ("tags", test_tags);
  ADD ("unknown-field", test_unknown_field);
  ADD ("date", test_date);
  ADD ("mass-delete", test_mass_delete);
  ADD ("shut-out", test_shut_out);
#undef ADD

  return g_test_run ();
}
