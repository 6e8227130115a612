#include "crm-server-fixture.h"

#include "model/crm-builtin.h"

#include <string.h>

/* Records that come with the program: nobody sends them until somebody edits one. */

#define OP(op, fields) "{'kind':'template','id':'%s','op':'" op "','f':{" fields "}}"

static char *
push (CrmLaptop *laptop, const char *format, const char *id)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", -1);
  g_autofree char *ops = g_strjoinv (id, parts);

  return crm_laptop_push (laptop, "all", ops);
}

static CrmRecord *
get_plain (void)
{
  return crm_builtin_new (crm_model_get_default (), 0);
}

/* The first edit of one, with all its fields or only what was changed: the others get it whole. */
static void
assert_first (CrmServerFixture *fixture, const char *ops)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new_in_step (fixture, "bob");
  g_autoptr (CrmRecord) plain = get_plain ();
  const char *id = crm_record_get_id (plain);
  g_autofree char *result = push (anna, ops, id);
  g_autofree char *text = NULL;
  g_autofree char *body = NULL;
  g_autofree char *name = NULL;

  g_assert_cmpstr (result, ==, "ok");
  text = crm_laptop_pull (bob, 0);
  name = crm_laptop_get_field (text, id, "name");
  g_assert_cmpstr (name, ==, "Ours");
  body = crm_laptop_get_field (text, id, "body");
  g_assert_cmpstr (body, ==, crm_record_get (plain, "body"));
}

static void
test_set (CrmServerFixture *fixture, gconstpointer unused)
{
  assert_first (fixture, OP ("set", "'name':{'v':'Ours'}"));
}

static void
test_new (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) plain = get_plain ();
  g_autoptr (GString) body = g_string_new (crm_record_get (plain, "body"));
  g_autofree char *ops = NULL;

  g_string_replace (body, "\\", "\\\\", 0);
  g_string_replace (body, "\n", "\\n", 0);
  g_assert_null (strpbrk (body->str, "'\"%"));
  ops = g_strdup_printf ("{'kind':'template','id':'%%s','op':'new','f':{'name':{'v':'Ours'},"
                         "'body':{'v':'%s'}}}",
                         body->str);
  assert_first (fixture, ops);
}

/* Two edit the same one offline: other fields are merged, the same one is a conflict that tells
 * what the program had. */
static void
test_twice (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autoptr (CrmRecord) plain = get_plain ();
  const char *id = crm_record_get_id (plain);
  g_autofree char *one = push (anna, OP ("set", "'name':{'v':'Ours'}"), id);
  g_autofree char *other = push (bob, OP ("new", "'subject':{'v':'Hello'}"), id);
  g_autofree char *same = push (bob, OP ("new", "'name':{'v':'Mine'}"), id);

  g_assert_cmpstr (one, ==, "ok");
  g_assert_cmpstr (other, ==, "ok");
  g_assert_cmpstr (same, ==, "conflict");
  crm_laptop_assert_field (anna, id, "name", "Ours");
  crm_laptop_assert_field (anna, id, "subject", "Hello");
  g_assert_cmpint (crm_server_fixture_count (fixture,
                                             "SELECT count(*) FROM record WHERE kind = 'conflict'"
                                             " AND json_extract (fields, '$.late') = 'Mine'"
                                             " AND json_extract (fields, '$.kept') = 'Ours'"
                                             " AND json_extract (fields, '$.original') <> ''"),
                   ==,
                   1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/builtin/" path,                                                             \
              CrmServerFixture,                                                                    \
              NULL,                                                                                \
              crm_server_fixture_set_up,                                                           \
              func,                                                                                \
              crm_server_fixture_tear_down)
  ADD ("set", test_set);
  ADD ("new", test_new);
  ADD ("twice", test_twice);
#undef ADD

  return g_test_run ();
}
