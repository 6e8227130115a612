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
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *start = crm_laptop_pull (bob, 0);
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
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *start = crm_laptop_pull (bob, 0);
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
#undef ADD

  return g_test_run ();
}
