#include "crm-server-fixture.h"

#include <string.h>

#define P1 "01900000-0000-7000-8000-000000000001"
#define P2 "01900000-0000-7000-8000-000000000002"

#define NEW(id, fields) "{'kind':'person','id':'" id "','op':'new','f':{" fields "}}"
#define SET(id, fields) "{'kind':'person','id':'" id "','op':'set','f':{" fields "}}"

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
      g_test_message ("%u: %u %s", i, status, reply);
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
  crm_laptop_assert_field (anna, P1, "surname", "Andr\xc3\xa9");
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
  crm_laptop_assert_field (anna, P1, "tags", "b;c;d");
  /* Bob's next edit, on what he holds, takes nothing of Anna's away. */
  crm_laptop_assert_push (bob,
                          "all",
                          SET (P1, "'tags':{'v':['b','d','e'],'b':'n1','o':['b','d']}"),
                          "merged");
  crm_laptop_assert_field (anna, P1, "tags", "b;c;d;e");
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
  crm_laptop_assert_field (anna, P1, "shoe_size", "44");
}

/* Pitfall 40: a date is a date in every zone. */
static void
test_date (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");

  crm_laptop_assert_push (anna, "all", NEW (P1, "'birthday':{'v':'1975-04-12'}"), "ok");
  crm_laptop_assert_field (anna, P1, "birthday", "1975-04-12");
  crm_laptop_assert_push (anna,
                          "all",
                          SET (P1, "'birthday':{'v':['1975-04-12'],'b':1}"),
                          "rejected invalid");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/op/" path,                                                                  \
              CrmServerFixture,                                                                    \
              NULL,                                                                                \
              crm_server_fixture_set_up,                                                           \
              func,                                                                                \
              crm_server_fixture_tear_down)
  ADD ("huge", test_huge);
  ADD ("hostile", test_hostile);
  ADD ("normal-form", test_normal_form);
  ADD ("tags", test_tags);
  ADD ("unknown-field", test_unknown_field);
  ADD ("date", test_date);
#undef ADD

  return g_test_run ();
}
