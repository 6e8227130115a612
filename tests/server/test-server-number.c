#include "crm-server-fixture.h"

#define P1 "01900000-0000-7000-8000-000000000001"
#define P2 "01900000-0000-7000-8000-000000000002"
#define P3 "01900000-0000-7000-8000-000000000003"

#define NEW(kind, id, fields) "{'kind':'" kind "','id':'" id "','op':'new','f':{" fields "}}"

static void
assert_number (CrmServerFixture *fixture, const char *id, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmServerRecord)
      record = fixture->store->ops->get_record (fixture->store, id, FALSE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
  g_assert_cmpstr (crm_server_record_get (record, "number"), ==, expected);
}

/* Persons and organisations count on together, over numbers that people gave. */
static void
test_allot (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");

  crm_laptop_assert_push (anna, "all", NEW ("person", P1, "'surname':{'v':'Bakker'}"), "ok");
  crm_laptop_assert_push (anna,
                          "all",
                          NEW ("organisation", P2, "'name':{'v':'Bakker'},'number':{'v':'7'}"),
                          "ok");
  crm_laptop_assert_push (anna, "all", NEW ("person", P3, "'surname':{'v':'Jansen'}"), "ok");
  assert_number (fixture, P1, "1");
  assert_number (fixture, P2, "7");
  assert_number (fixture, P3, "8");
}

/* The later of two equal numbers waits in a conflict and its field stays blank. */
static void
test_twice (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new_in_step (fixture, "bob");
  g_autofree char *text = NULL;
  g_autofree char *late = NULL;
  g_autofree char *type = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const char *id;

  crm_laptop_assert_push (anna, "all", NEW ("person", P1, "'number':{'v':'K-1'}"), "ok");
  crm_laptop_assert_push (bob, "all", NEW ("organisation", P2, "'number':{'v':'K-1'}"), "conflict");
  assert_number (fixture, P1, "K-1");
  assert_number (fixture, P2, NULL);

  text = crm_laptop_pull (bob, 0);
  lines = crm_laptop_find (text, "conf", NULL);
  g_assert_cmpuint (lines->len, ==, 1);
  id = json_object_get_string_member (json_node_get_object (lines->pdata[0]), "id");
  type = crm_laptop_get_field (text, id, "type");
  late = crm_laptop_get_field (text, id, "late");
  g_assert_cmpstr (type, ==, "number");
  g_assert_cmpstr (late, ==, "K-1");

  /* Free again once its holder is gone, also in the same set. */
  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'person','id':'" P1
                          "','op':'del','b':9}," NEW ("person", P3, "'number':{'v':'K-1'}"),
                          "ok");
  assert_number (fixture, P3, "K-1");
}

/* Pitfall 12: two who made the same person offline are told so; two of one's own making are not. */
static void
test_doubles (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new_in_step (fixture, "bob");
  g_autofree char *text = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *record = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const char *id;

  crm_laptop_assert_push (anna,
                          "all",
                          NEW ("person", P1, "'surname':{'v':'Bakker'},'email':{'v':'j@x.nl'}"),
                          "ok");
  crm_laptop_assert_push (bob,
                          "all",
                          NEW ("person", P2, "'surname':{'v':'BAKKER'},'email':{'v':'J@x.nl'}"),
                          "conflict");
  text = crm_laptop_pull (bob, 0);
  lines = crm_laptop_find (text, "conf", NULL);
  g_assert_cmpuint (lines->len, ==, 1);
  id = json_object_get_string_member (json_node_get_object (lines->pdata[0]), "id");
  kept = crm_laptop_get_field (text, id, "kept");
  record = crm_laptop_get_field (text, id, "record");
  g_assert_cmpstr (kept, ==, P1);
  g_assert_cmpstr (record, ==, P2);

  /* Bob has seen both by now, so a third is of his own choice. */
  crm_laptop_assert_push (bob,
                          "all",
                          NEW ("person", P3, "'surname':{'v':'Bakker'},'email':{'v':'j@x.nl'}"),
                          "ok");
}

/* Once one of the two is gone there is nothing left to decide about it. */
static void
test_gone (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *start = crm_laptop_pull (bob, 0);

  crm_laptop_assert_push (anna,
                          "all",
                          NEW ("person",
                               P1,
                               "'surname':{'v':'Bakker'},'email':{'v':'j@x.nl'},'number':{'v':'K1'"
                               "}"),
                          "ok");
  crm_laptop_assert_push (bob,
                          "all",
                          NEW ("person",
                               P2,
                               "'surname':{'v':'Bakker'},'email':{'v':'j@x.nl'},'number':{'v':'K1'"
                               "}"),
                          "conflict");
  g_assert_cmpint (crm_server_fixture_count (fixture, "SELECT count(*) FROM conflict WHERE open"),
                   ==,
                   2);
  crm_laptop_assert_push (bob, "all", "{'kind':'person','id':'" P2 "','op':'del','b':2}", "ok");
  g_assert_cmpint (crm_server_fixture_count (fixture, "SELECT count(*) FROM conflict WHERE open"),
                   ==,
                   0);
  g_assert_cmpint (crm_server_fixture_count (fixture,
                                             "SELECT count(*) FROM record WHERE kind = 'conflict'"
                                             " AND fields LIKE '%resolved%'"),
                   ==,
                   2);
}

/* What a laptop has seen is known after the server was killed, too. */
static void
test_doubles_reopened (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new_in_step (fixture, "bob");
  g_autofree char *text = NULL;

  crm_laptop_assert_push (anna,
                          "all",
                          NEW ("person", P1, "'surname':{'v':'Bakker'},'email':{'v':'j@x.nl'}"),
                          "ok");
  text = crm_laptop_pull (bob, 0);
  crm_server_fixture_reopen (fixture);
  crm_laptop_assert_push (bob,
                          "all",
                          NEW ("person", P2, "'surname':{'v':'Bakker'},'email':{'v':'j@x.nl'}"),
                          "ok");
}

/* Two that change places in one set, and in two sets of one push. */
static void
test_swap (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");

  crm_laptop_assert_push (anna,
                          "all",
                          NEW ("person", P1, "'number':{'v':'A'}") "," NEW ("person",
                                                                            P2,
                                                                            "'number':{'v':'B'}"),
                          "ok");
  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'person','id':'" P1
                          "','op':'set','f':{'number':{'v':'B','b':1,'o':'A'}}},"
                          "{'kind':'person','id':'" P2
                          "','op':'set','f':{'number':{'v':'A','b':1,'o':'B'}}}",
                          "ok");
  assert_number (fixture, P1, "B");
  assert_number (fixture, P2, "A");
  g_assert_cmpint (crm_server_fixture_count (fixture,
                                             "SELECT count(*) FROM unique_value WHERE"
                                             " (value = 'B' AND id = '" P1
                                             "') OR (value = 'A' AND id = '" P2 "')"),
                   ==,
                   2);
}

/* The conflict tells who has the number and why. */
static void
test_holder (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *result = NULL;

  result = crm_laptop_push_why (anna,
                                "all",
                                NULL,
                                "first client",
                                NEW ("person", P1, "'number':{'v':'1'}"));
  g_assert_cmpstr (result, ==, "ok");
  crm_laptop_assert_push (bob, "all", NEW ("organisation", P2, "'number':{'v':'1'}"), "conflict");
  g_assert_cmpint (crm_server_fixture_count (fixture,
                                             "SELECT count(*) FROM record WHERE kind = 'conflict'"
                                             " AND json_extract (fields, '$.kept_user') = 'anna'"
                                             " AND json_extract (fields, '$.kept_why') = 'first "
                                             "client'"
                                             " AND json_extract (fields, '$.late_user') = 'bob'"
                                             " AND json_extract (fields, '$.kept') IS NULL"),
                   ==,
                   1);
}

/* Who is no suspect: each against the person or organisation that anna made. */
static void
test_no_doubles (CrmServerFixture *fixture, gconstpointer unused)
{
  static const char *const mine =
      NEW ("person",
           P1,
           "'surname':{'v':'Bakker'},'email':{'v':'info@x.nl'}") "," NEW ("person",
                                                                          P2,
                                                                          "'surname':{'v':'-'},'"
                                                                          "email':{'v':'p.visser@x."
                                                                          "nl'}") "," NEW ("organis"
                                                                                           "ation",
                                                                                           P3,
                                                                                           "'name':"
                                                                                           "{'v':'!"
                                                                                           "'},'"
                                                                                           "postcod"
                                                                                           "e':{'v'"
                                                                                           ":'2611 "
                                                                                           "AA'}");
  static const char *const others[] = {
    /* A mailbox of many, with the same surname. */
    "'kind':'person','op':'new','f':{'surname':{'v':'Bakker'},'email':{'v':'info@x.nl'}}",
    /* Nothing but signs is no name. */
    "'kind':'person','op':'new','f':{'surname':{'v':'?'},'email':{'v':'p.visser@x.nl'}}",
    "'kind':'organisation','op':'new','f':{'name':{'v':'?'},'postcode':{'v':'2611 AA'}}",
    /* A household. */
    "'kind':'person','op':'new','f':{'surname':{'v':'Smit'},'email':{'v':'p.visser@x.nl'}}",
    "'kind':'person','op':'new','f':{'surname':{'v':'Bakker'}}",
    "'kind':'organisation','op':'new','f':{'postcode':{'v':'2611 AA'}}",
  };
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");

  crm_laptop_assert_push (anna, "all", mine, "ok");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *id = crm_server_fixture_id (100 + i);
      g_autofree char *op = g_strdup_printf ("{'id':'%s',%s}", id, others[i]);

      g_test_message ("%s", op);
      crm_laptop_assert_push (bob, "all", op, "ok");
    }
}

/* Who is, however it is written. */
static void
test_all_doubles (CrmServerFixture *fixture, gconstpointer unused)
{
  static const char *const mine =
      NEW ("person", P1, "'surname':{'v':'Andr\xc3\xa9'},'email':{'v':'a@x.nl'}") "," NEW (
          "organisation",
          P2,
          "'name':{'v':'De Vries B.V.'},'postcode':{'v':'2611 AA'}") "," NEW ("organisat"
                                                                              "ion",
                                                                              P3,
                                                                              "'chamber_number':{'"
                                                                              "v':'12345678'}");
  static const char *const others[] = {
    "'kind':'person','op':'new','f':{'surname':{'v':'ANDRE\xcc\x81'},'email':{'v':'A@X.nl'}}",
    "'kind':'organisation','op':'new','f':{'name':{'v':'de vries bv'},'postcode':{'v':'2611aa'}}",
    "'kind':'organisation','op':'new','f':{'chamber_number':{'v':'12345678'}}",
  };
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");

  crm_laptop_assert_push (anna, "all", mine, "ok");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *id = crm_server_fixture_id (100 + i);
      g_autofree char *op = g_strdup_printf ("{'id':'%s',%s}", id, others[i]);

      g_test_message ("%s", op);
      crm_laptop_assert_push (bob, "all", op, "conflict");
    }
  g_assert_cmpint (crm_server_fixture_count (fixture, "SELECT count(*) FROM conflict WHERE open"),
                   ==,
                   3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/number/" path,                                                              \
              CrmServerFixture,                                                                    \
              NULL,                                                                                \
              crm_server_fixture_set_up,                                                           \
              func,                                                                                \
              crm_server_fixture_tear_down)
  ADD ("allot", test_allot);
  ADD ("twice", test_twice);
  ADD ("doubles", test_doubles);
  ADD ("gone", test_gone);
  ADD ("doubles-reopened", test_doubles_reopened);
  ADD ("swap", test_swap);
  ADD ("holder", test_holder);
  ADD ("no-doubles", test_no_doubles);
  ADD ("all-doubles", test_all_doubles);
#undef ADD

  return g_test_run ();
}
