#include "crm-server-fixture.h"

#define P1 "01900000-0000-7000-8000-000000000001"
#define P2 "01900000-0000-7000-8000-000000000002"
#define P3 "01900000-0000-7000-8000-000000000003"

#define NEW(id, fields)  "{'kind':'person','id':'" id "','op':'new','f':{" fields "}}"
#define SET(id, fields)  "{'kind':'person','id':'" id "','op':'set','f':{" fields "}}"
#define DELETE(id, base) "{'kind':'person','id':'" id "','op':'del','b':" base "}"

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
  crm_laptop_assert_field (home, P1, "phone", "+31612345678");
  crm_laptop_assert_field (home, P1, "city", "Gouda");

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

/* Bob keeps his own city, made on the version @base of anna's, and says that it is settled. */
static char *
write_resolve (const char *conflict, int base)
{
  return g_strdup_printf (SET (P1, "'city':{'v':'Breda','b':%d,'o':'Gouda'}") ","
                                                                              "{'kind':'conflict','"
                                                                              "id':'%s','op':'set',"
                                                                              "'f':{'state':{'v':'"
                                                                              "resolved','b':3,'o':"
                                                                              "'open'}}}",
                          base,
                          conflict);
}

static void
test_resolve (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new_in_step (fixture, "bob");
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

  ops = write_resolve (id, 3);
  crm_laptop_assert_push (bob, "all", ops, "ok");
  crm_laptop_assert_field (bob, P1, "city", "Breda");
  g_assert_cmpint (crm_server_fixture_count (fixture, "SELECT count(*) FROM conflict WHERE open"),
                   ==,
                   0);
}

/* Pitfall 11: one deletes, the other edits; in every order a conflict is there or both are in. */
static void
test_delete_edit (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new_in_step (fixture, "bob");
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
  crm_laptop_assert_field (anna, P1, "city", "Gouda");
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
  /* For devices that never had the record. */
  g_assert_cmpint (crm_server_fixture_count (fixture,
                                             "SELECT count(*) FROM record WHERE kind = 'conflict'"
                                             " AND json_extract (json_extract (fields,"
                                             " '$.record_values'), '$.city') = 'Delft'"),
                   ==,
                   2);
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

/* One person, and bob's late city: the id of the conflict. Anna has sent two sets. */
static char *
make_conflict (CrmLaptop *anna, CrmLaptop *bob)
{
  g_autofree char *start = crm_laptop_pull (bob, 0);
  g_autofree char *text = NULL;

  crm_laptop_assert_push (anna, "all", NEW (P1, "'city':{'v':'Delft'}"), "ok");
  crm_laptop_assert_push (anna, "all", SET (P1, "'city':{'v':'Gouda','b':1}"), "ok");
  crm_laptop_assert_push (bob,
                          "all",
                          SET (P1, "'city':{'v':'Breda','b':1,'o':'Delft'}"),
                          "conflict");
  text = crm_laptop_pull (bob, 0);

  return find_conflict (text);
}

/* What is typed after a conflict was settled on the same laptop, and comes late again, is another
 * one: the settled one does not swallow it. */
static void
test_settled (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *id = make_conflict (anna, bob);
  g_autofree char *ops = NULL;

  crm_laptop_assert_push (anna, "all", SET (P1, "'city':{'v':'Hoorn','b':2}"), "ok");
  /* Bob settles the one he knows, on a city that is not there any more. */
  ops = write_resolve (id, 2);
  crm_laptop_assert_push (bob, "all", ops, "conflict");
  crm_laptop_assert_field (bob, id, "state", "resolved");
  crm_laptop_assert_field (bob, id, "late", "Breda");
  g_assert_cmpint (crm_server_fixture_count (fixture,
                                             "SELECT count(*) FROM record WHERE kind = 'conflict'"
                                             " AND json_extract (fields, '$.state') = 'open'"
                                             " AND json_extract (fields, '$.late') = 'Breda'"
                                             " AND json_extract (fields, '$.kept') = 'Hoorn'"),
                   ==,
                   1);
  g_assert_cmpint (crm_server_fixture_count (fixture, "SELECT count(*) FROM conflict WHERE open"),
                   ==,
                   1);
}

/* Whoever may not forge a conflict may not throw it away either. */
static void
test_no_delete (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *id = make_conflict (anna, bob);
  g_autofree char *ops = g_strdup_printf ("{'kind':'conflict','id':'%s','op':'del','b':99}", id);

  crm_laptop_assert_push (bob, "all", ops, "rejected forbidden");
  crm_laptop_assert_push (bob, "each", ops, "conflict forbidden");
  crm_laptop_assert_field (bob, id, "state", "open");
  crm_laptop_assert_push (bob,
                          "all",
                          "{'kind':'conflict','id':'" P3 "','op':'new','f':{'late':{'v':'x'}}}",
                          "rejected forbidden");
}

/* An open conflict says what stands in the field now; when that is the late value, or its author
 * has changed his mind, there is nothing left to decide. */
static void
test_keep_up (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *id = make_conflict (anna, bob);
  g_autofree char *result = NULL;

  result = crm_laptop_push_why (anna,
                                "all",
                                NULL,
                                "called",
                                SET (P1, "'city':{'v':'Hoorn','b':2}"));
  g_assert_cmpstr (result, ==, "ok");
  crm_laptop_assert_field (anna, id, "kept", "Hoorn");
  crm_laptop_assert_field (anna, id, "kept_user", "anna");
  crm_laptop_assert_field (anna, id, "kept_why", "called");
  crm_laptop_assert_field (anna, id, "late", "Breda");
  crm_laptop_assert_field (anna, id, "state", "open");

  crm_laptop_assert_push (anna, "all", SET (P1, "'city':{'v':'Breda','b':4}"), "ok");
  crm_laptop_assert_field (anna, id, "state", "resolved");
  g_assert_cmpint (crm_server_fixture_count (fixture, "SELECT count(*) FROM conflict WHERE open"),
                   ==,
                   0);
}

static void
test_change_mind (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *id = make_conflict (anna, bob);

  /* Another field is no matter. */
  crm_laptop_assert_push (bob, "all", SET (P1, "'phone':{'v':'+31612345678','b':3}"), "ok");
  crm_laptop_assert_field (bob, id, "state", "open");
  crm_laptop_assert_push (bob, "all", SET (P1, "'city':{'v':'Tilburg','b':3,'o':'Gouda'}"), "ok");
  crm_laptop_assert_field (bob, id, "state", "resolved");
  crm_laptop_assert_field (bob, id, "kept", "Tilburg");
}

/* A record that one has edited oneself, beside an edit of another that one has not seen, is not
 * one's own to delete. */
static void
test_delete_beside (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");

  crm_laptop_assert_push (anna, "all", NEW (P1, "'note':{'v':'a\\nb\\nc'}"), "ok");
  crm_laptop_assert_push (bob, "all", SET (P1, "'city':{'v':'Gouda','b':1}"), "ok");
  crm_laptop_assert_push (anna, "all", SET (P1, "'phone':{'v':'+31612345678','b':'n1'}"), "ok");
  crm_laptop_assert_push (anna, "all", DELETE (P1, "'n2'"), "rejected stale");
  crm_laptop_assert_field (bob, P1, "city", "Gouda");
  crm_laptop_assert_push (anna, "each", DELETE (P1, "'n2'"), "conflict stale");

  /* What was merged is not what its sender has. */
  crm_laptop_assert_push (bob,
                          "all",
                          SET (P1, "'note':{'v':'a\\nb\\nC','b':1,'o':'a\\nb\\nc'}"),
                          "ok");
  crm_laptop_assert_push (anna,
                          "all",
                          SET (P1, "'note':{'v':'A\\nb\\nc','b':2,'o':'a\\nb\\nc'}"),
                          "merged");
  crm_laptop_assert_push (anna, "all", DELETE (P1, "6"), "rejected stale");
  crm_laptop_assert_push (anna, "all", DELETE (P1, "99"), "ok");
}

/* Field by field: what may not be does not stop the others, and is sent again as it is. */
static void
test_field_by_field (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");

  crm_laptop_assert_push (anna,
                          "each",
                          NEW (P1,
                               "'city':{'v':'Delft'},'birthday':{'v':['x']},"
                               "'surname':{'v':'Bakker'}"),
                          "conflict invalid");
  crm_laptop_assert_field (anna, P1, "surname", "Bakker");
  crm_laptop_assert_field (anna, P1, "birthday", NULL);
  crm_laptop_assert_push (anna,
                          "each",
                          SET (P1, "'birthday':{'v':['x'],'b':1},'city':{'v':'Gouda','b':1}"),
                          "conflict invalid");
  crm_laptop_assert_field (anna, P1, "city", "Gouda");
  crm_laptop_assert_push (anna,
                          "all",
                          SET (P1, "'birthday':{'v':['x'],'b':1},'city':{'v':'Hoorn','b':1}"),
                          "rejected invalid");
  crm_laptop_assert_field (anna, P1, "city", "Gouda");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/clash/" path,                                                               \
              CrmServerFixture,                                                                    \
              NULL,                                                                                \
              crm_server_fixture_set_up,                                                           \
              func,                                                                                \
              crm_server_fixture_tear_down)
  ADD ("conflict", test_conflict);
  ADD ("resolve", test_resolve);
  ADD ("delete-edit", test_delete_edit);
  ADD ("settled", test_settled);
  ADD ("no-delete", test_no_delete);
  ADD ("keep-up", test_keep_up);
  ADD ("change-mind", test_change_mind);
  ADD ("delete-beside", test_delete_beside);
  ADD ("field-by-field", test_field_by_field);
#undef ADD

  return g_test_run ();
}
