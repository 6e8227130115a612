#include "crm-server-fixture.h"

#include "model/crm-merge.h"
#include "model/crm-value.h"

#include <string.h>

#define P1 "01900000-0000-7000-8000-000000000001"

/*
 * Pitfall 57: what both ends know they know alike. Each case goes through the rule that a laptop
 * has, and through two laptops and the server; and what the server makes of a value is what counts,
 * also when a laptop of another build sent it in another form.
 */
typedef struct
{
  const char *field;
  const char *original; /* values as JSON with ' for "; nullable: empty */
  const char *theirs;
  const char *mine;
  CrmMergeVerdict verdict;
  const char *expected; /* canonical; nullable */
} Case;

static const Case cases[] = {
  { "city", "'Delft'", "'Gouda'", "'Breda'", CRM_MERGE_CONFLICT, "Gouda" },
  { "city", "'Delft'", "'Gouda'", "'Gouda'", CRM_MERGE_SAME, "Gouda" },
  { "city", "'Delft'", "'Gouda'", NULL, CRM_MERGE_CONFLICT, "Gouda" },
  { "city", NULL, "'Gouda'", "'Breda'", CRM_MERGE_CONFLICT, "Gouda" },
  { "surname", "'x'", "'Andr\xc3\xa9'", "'Andre\xcc\x81'", CRM_MERGE_SAME, "Andr\xc3\xa9" },
  { "last_activity",
    "'2026-01-01T08:00:00Z'",
    "'2026-03-01T08:00:00Z'",
    "'2026-02-01T08:00:00Z'",
    CRM_MERGE_MERGED,
    "2026-03-01T08:00:00Z" },
  { "last_activity",
    "'2026-01-01T08:00:00Z'",
    "'2026-02-01T08:00:00Z'",
    "'2026-03-01T08:00:00Z'",
    CRM_MERGE_MERGED,
    "2026-03-01T08:00:00Z" },
  { "tags", "['a','b']", "['a','b','c']", "['b','d']", CRM_MERGE_MERGED, "b;c;d" },
  { "tags", NULL, "['a']", "['b']", CRM_MERGE_MERGED, "a;b" },
  { "note", "'a\\nb\\nc'", "'a\\nb\\nC'", "'A\\nb\\nc'", CRM_MERGE_MERGED, "A\nb\nC" },
  { "note", "'a\\nb\\nc'", "'a\\nB\\nc'", "'a\\nX\\nc'", CRM_MERGE_CONFLICT, "a\nB\nc" },
};

static char *
write_json (const char *value)
{
  GString *json = g_string_new (value);

  g_string_replace (json, "'", "\"", 0);

  return g_string_free_and_steal (json);
}

/* As a laptop keeps it; NULL when empty. */
static char *
to_canonical (const CrmField *field, const char *value)
{
  g_autofree char *json = value != NULL ? write_json (value) : NULL;
  g_autoptr (CrmArena) arena = crm_arena_new ();
  g_autoptr (GError) error = NULL;
  CrmWireValue read;
  char *text;

  if (value == NULL)
    return NULL;
  g_assert_true (crm_wire_value_read (crm_json_parse (arena, json, strlen (json), &error),
                                      arena,
                                      &read,
                                      &error));
  text = crm_value_normalize (field, read.text, &error);
  g_assert_no_error (error);

  return text;
}

static void
check_rule (const Case *one)
{
  const CrmField *field = crm_kind_find_field (crm_model_find_kind (crm_model_get_default (),
                                                                    "person"),
                                               one->field);
  g_autofree char *current = to_canonical (field, one->theirs);
  g_autofree char *old = to_canonical (field, one->original);
  g_autofree char *value = to_canonical (field, one->mine);
  const CrmMergeEdit edit = { .field = field, .current = current, .value = value, .old = old };
  g_autofree char *result = NULL;

  g_assert_cmpint (crm_merge_field (&edit, &result), ==, one->verdict);
  g_assert_cmpstr (result, ==, one->expected);
}

static char *
write_set (const Case *one, const char *value, const char *id)
{
  g_autoptr (GString) ops = g_string_new (NULL);

  g_string_append_printf (ops,
                          "{'kind':'person','id':'%s','op':'set','f':{'%s':{'b':1",
                          id,
                          one->field);
  if (value != NULL)
    g_string_append_printf (ops, ",'v':%s", value);
  if (one->original != NULL)
    g_string_append_printf (ops, ",'o':%s", one->original);
  g_string_append (ops, "}}}");

  return g_strdup (ops->str);
}

static void
check_server (CrmLaptop *theirs, CrmLaptop *mine, const Case *one, guint n)
{
  static const char *const statuses[] = { [CRM_MERGE_APPLY] = "ok",
                                          [CRM_MERGE_SAME] = "ok",
                                          [CRM_MERGE_MERGED] = "merged",
                                          [CRM_MERGE_CONFLICT] = "conflict",
                                          [CRM_MERGE_REFUSED] = "rejected" };
  g_autofree char *id = crm_server_fixture_id (n);
  g_autofree char *made =
      g_strdup_printf ("{'kind':'person','id':'%s','op':'new','f':{'function':{'v':'x'}%s%s%s%s}}",
                       id,
                       one->original != NULL ? ",'" : "",
                       one->original != NULL ? one->field : "",
                       one->original != NULL ? "':{'v':" : "",
                       one->original != NULL ? one->original : "");
  g_autoptr (GString) first = g_string_new (made);
  g_autofree char *their_set = write_set (one, one->theirs, id);
  g_autofree char *my_set = write_set (one, one->mine, id);

  if (one->original != NULL)
    g_string_insert_c (first, (gssize) first->len - 2, '}');
  crm_laptop_assert_push (theirs, "all", first->str, "ok");
  crm_laptop_assert_push (theirs, "all", their_set, "ok");
  crm_laptop_assert_push (mine, "all", my_set, statuses[one->verdict]);
  crm_laptop_assert_field (mine, id, one->field, one->expected);
}

static void
test_both_ends (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u: %s", i, cases[i].field);
      check_rule (&cases[i]);
      check_server (anna, bob, &cases[i], 100 + i);
    }
}

/* A build that does not bring values to their form, or knows a rule that the server has not: what
 * is stored and shown is what the server made of it, and its sender gets it too. */
static void
test_server_counts (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new_in_step (fixture, "anna");
  g_autofree char *text = NULL;
  g_autofree char *city = NULL;
  g_autofree char *tags = NULL;

  crm_laptop_assert_push (anna,
                          "all",
                          "{'kind':'person','id':'" P1 "','op':'new','f':{"
                          "'city':{'v':'Andre\xcc\x81'},'tags':{'v':['b','a','b']}}}",
                          "ok");
  text = crm_laptop_pull (anna, 0);
  city = crm_laptop_get_field (text, P1, "city");
  tags = crm_laptop_get_field (text, P1, "tags");
  g_assert_cmpstr (city, ==, "Andr\xc3\xa9");
  g_assert_cmpstr (tags, ==, "[\"a\",\"b\"]");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/rules/" path,                                                               \
              CrmServerFixture,                                                                    \
              NULL,                                                                                \
              crm_server_fixture_set_up,                                                           \
              func,                                                                                \
              crm_server_fixture_tear_down)
  ADD ("both-ends", test_both_ends);
  ADD ("server-counts", test_server_counts);
#undef ADD

  return g_test_run ();
}
