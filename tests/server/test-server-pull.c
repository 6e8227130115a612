#include "crm-server-fixture.h"

#include "db/crm-db.h"
#include "model/crm-id-sum.h"
#include "server/crm-server-admin.h"
#include "server/crm-server-cursor.h"
#include "wire/crm-wire-limit.h"

#include <glib/gstdio.h>
#include <string.h>

#define P1 "01900000-0000-7000-8000-000000000001"

static void
add_person (CrmLaptop *laptop, guint number, const char *city)
{
  g_autofree char *id = crm_server_fixture_id (number);
  g_autofree char *ops =
      g_strdup_printf ("{'kind':'person','id':'%s','op':'new','f':{'city':{'v':'%s'}}}", id, city);

  crm_laptop_assert_push (laptop, "all", ops, "ok");
}

static void
set_city (CrmLaptop *laptop, guint number, const char *field, const char *value, gint64 base)
{
  g_autofree char *id = crm_server_fixture_id (number);
  g_autofree char *ops = g_strdup_printf ("{'kind':'person','id':'%s','op':'set','f':{'%s':{'v':'%"
                                          "s','b':%" G_GINT64_FORMAT "}}}",
                                          id,
                                          field,
                                          value,
                                          base);

  crm_laptop_assert_push (laptop, "all", ops, "ok");
}

static JsonObject *
find_row (GPtrArray *rows)
{
  g_assert_cmpuint (rows->len, ==, 1);

  return json_node_get_object (rows->pdata[0]);
}

/* Pitfall 4: pages of one row say what one page of a thousand says. */
static void
test_pages (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new_in_step (fixture, "bob");
  g_autoptr (CrmLaptop) other = crm_laptop_new (fixture, "bob");
  g_autofree char *other_start = crm_laptop_pull (other, 0);
  g_autofree char *small = NULL;
  g_autofree char *large = NULL;
  g_autoptr (GPtrArray) small_rows = NULL;
  g_autoptr (GPtrArray) large_rows = NULL;

  for (guint i = 0; i < 10; i++)
    add_person (anna, i, "Delft");
  small = crm_laptop_pull (bob, 1);
  large = crm_laptop_pull (other, 1000);
  small_rows = crm_laptop_find (small, "row", NULL);
  large_rows = crm_laptop_find (large, "row", NULL);
  g_assert_cmpuint (small_rows->len, ==, 10);
  g_assert_cmpuint (large_rows->len, ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *one = json_to_string (small_rows->pdata[i], FALSE);
      g_autofree char *two = json_to_string (large_rows->pdata[i], FALSE);

      g_assert_cmpstr (one, ==, two);
    }
  g_assert_cmpstr (bob->cursor, ==, other->cursor);
}

/* One page by hand, so that something can happen before the next. */
static char *
pull_page (CrmLaptop *laptop, guint max, gboolean *more)
{
  g_autofree char *body = g_strdup_printf ("{\"proto\":1,\"schema\":1,\"cur\":\"%s\",\"max\":%u}",
                                           laptop->cursor,
                                           max);
  char *page = NULL;
  g_autoptr (GPtrArray) ends = NULL;
  JsonObject *end;

  crm_server_fixture_call (laptop->fixture, "POST", "/v1/pull", laptop->token, body, &page);
  ends = crm_laptop_find (page, "end", NULL);
  end = find_row (ends);
  g_set_str (&laptop->cursor, json_object_get_string_member (end, "cur"));
  *more = json_object_get_boolean_member_with_default (end, "more", FALSE);

  return page;
}

/* A row that moved up while pages were read brings all that changed since the last whole state. */
static void
test_moved_up (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *start = NULL;
  g_autofree char *first = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *city = NULL;
  g_autofree char *phone = NULL;
  g_autofree char *id = crm_server_fixture_id (1);
  gboolean more;

  add_person (anna, 1, "Delft");
  add_person (anna, 2, "Delft");
  start = crm_laptop_pull (bob, 0);
  set_city (anna, 1, "city", "Gouda", 1);
  set_city (anna, 2, "city", "Gouda", 2);
  set_city (anna, 1, "phone", "+31612345678", 1);
  first = pull_page (bob, 1, &more);
  g_assert_true (more);
  g_assert_null (strstr (first, id));

  rest = pull_page (bob, 10, &more);
  g_assert_false (more);
  city = crm_laptop_get_field (rest, id, "city");
  phone = crm_laptop_get_field (rest, id, "phone");
  g_assert_cmpstr (city, ==, "Gouda");
  g_assert_cmpstr (phone, ==, "+31612345678");
}

/* Pitfall 6: one's own change comes back once, with the proof that the server has it. */
static void
test_echo (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new_in_step (fixture, "anna");
  g_autofree char *text = NULL;
  g_autofree char *empty = NULL;
  g_autoptr (GPtrArray) ends = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  JsonObject *ack;
  guint8 digest[CRM_SET_DIGEST_SIZE];

  add_person (anna, 1, "Delft");
  text = crm_laptop_pull (anna, 0);
  ends = crm_laptop_find (text, "end", NULL);
  ack = json_object_get_object_member (find_row (ends), "ack");
  g_assert_cmpint (json_object_get_int_member (ack, "n"), ==, 1);
  g_assert_true (crm_set_digest_from_hex (json_object_get_string_member (ack, "h"), digest));
  sets = crm_laptop_find (text, "set", NULL);
  g_assert_cmpint (json_object_get_int_member (find_row (sets), "n"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (find_row (sets), "user"), ==, "anna");

  empty = crm_laptop_pull (anna, 0);
  rows = crm_laptop_find (empty, "row", NULL);
  g_assert_cmpuint (rows->len, ==, 0);
  /* Nothing changed: one request of less than a kilobyte. */
  g_assert_cmpuint (strlen (empty), <, 1024);
}

/* Pitfall 53: whole where the reader may not have it, else what changed. */
static void
test_partial (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new_in_step (fixture, "anna");
  g_autofree char *made = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *city = NULL;
  g_autofree char *body = NULL;
  g_autofree char *booting = NULL;
  g_autofree char *before = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) partial = NULL;
  g_autoptr (GPtrArray) whole = NULL;

  add_person (anna, 1, "Delft");
  made = crm_laptop_pull (anna, 0);
  rows = crm_laptop_find (made, "row", P1);
  g_assert_cmpint (json_object_get_int_member (find_row (rows), "full"), ==, 1);

  before = g_strdup (anna->cursor);
  set_city (anna, 1, "phone", "+31612345678", 1);
  changed = crm_laptop_pull (anna, 0);
  partial = crm_laptop_find (changed, "row", P1);
  g_assert_false (json_object_has_member (find_row (partial), "full"));
  g_assert_null (crm_laptop_get_field (changed, P1, "city"));

  /* While the scope is loaded the row may not be there yet, so it comes whole. */
  body = g_strdup_printf ("{\"proto\":1,\"schema\":1,\"cur\":\"%s\",\"booting\":[1]}", before);
  crm_server_fixture_call (fixture, "POST", "/v1/pull", anna->token, body, &booting);
  whole = crm_laptop_find (booting, "row", P1);
  g_assert_cmpint (json_object_get_int_member (find_row (whole), "full"), ==, 1);
  city = crm_laptop_get_field (booting, P1, "city");
  g_assert_cmpstr (city, ==, "Delft");
  /* And nothing is settled yet. */
  g_assert_null (strstr (booting, "\"ack\""));
}

/* Pitfall 35: what goes is said; the counts of a scope tell what should be there. */
static void
test_gone (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new_in_step (fixture, "anna");
  g_autofree char *id = crm_server_fixture_id (2);
  g_autofree char *sum = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GPtrArray) ends = NULL;
  CrmIdSum ids = { { 0 } };
  JsonArray *check;

  add_person (anna, 1, "Delft");
  add_person (anna, 2, "Delft");
  crm_laptop_assert_push (anna, "all", "{'kind':'person','id':'" P1 "','op':'del','b':1}", "ok");
  text = crm_laptop_pull (anna, 0);
  gone = crm_laptop_find (text, "gone", P1);
  g_assert_cmpuint (gone->len, ==, 1);

  crm_id_sum_add (&ids, id);
  sum = crm_id_sum_to_hex (&ids);
  ends = crm_laptop_find (text, "end", NULL);
  check = json_array_get_array_element (json_object_get_array_member (find_row (ends), "chk"), 0);
  g_assert_cmpint (json_array_get_int_element (check, 0), ==, 1);
  g_assert_cmpint (json_array_get_int_element (check, 1), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (check, 2), ==, sum);
}

static void
test_wait (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new_in_step (fixture, "anna");
  g_autofree char *body = g_strdup_printf ("{\"proto\":1,\"schema\":1,\"cur\":\"%s\"}",
                                           anna->cursor);

  g_assert_cmpuint (crm_server_fixture_call (fixture,
                                             "POST",
                                             "/v1/pull?wait=50",
                                             anna->token,
                                             body,
                                             NULL),
                    ==,
                    0);
  g_assert_cmpuint (crm_server_fixture_call (fixture, "POST", "/v1/pull", anna->token, body, NULL),
                    ==,
                    200);
  add_person (anna, 1, "Delft");
  g_assert_cmpuint (crm_server_fixture_call (fixture,
                                             "POST",
                                             "/v1/pull?wait=50",
                                             anna->token,
                                             body,
                                             NULL),
                    ==,
                    200);
}

/* Pitfalls 22, 23: a database that was put back, also when it has grown past the cursor since. */
static void
test_restored (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new_in_step (fixture, "anna");
  g_autoptr (CrmLaptop) other = crm_laptop_new (fixture, "anna");
  g_autofree char *backup = g_build_filename (fixture->dir, "backup.db", NULL);
  g_autofree char *text = NULL;
  g_autofree char *reply = NULL;
  g_autofree char *code = NULL;
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;

  add_person (anna, 1, "Delft");
  g_assert_true (fixture->store->ops->back_up (fixture->store, backup, &error));
  g_assert_no_error (error);
  add_person (anna, 2, "Delft");
  text = crm_laptop_pull (anna, 0);

  g_clear_pointer (&fixture->machine, crm_server_machine_free);
  g_clear_pointer (&fixture->store, crm_server_store_free);
  g_assert_cmpint (g_rename (backup, fixture->path), ==, 0);
  fixture->store = crm_server_store_open (fixture->path, FALSE, &error);
  g_assert_no_error (error);
  fixture->machine = crm_server_machine_new (fixture->store, crm_model_get_default ());

  body = g_strdup_printf ("{\"proto\":1,\"schema\":1,\"cur\":\"%s\"}", anna->cursor);
  g_assert_cmpuint (crm_server_fixture_call (fixture,
                                             "POST",
                                             "/v1/pull",
                                             anna->token,
                                             body,
                                             &reply),
                    ==,
                    410);
  code = crm_server_fixture_get_code (reply);
  g_assert_cmpstr (code, ==, "epoch");
  /* Grown past it. */
  add_person (other, 3, "Delft");
  add_person (other, 4, "Delft");
  g_assert_cmpuint (crm_server_fixture_call (fixture, "POST", "/v1/pull", anna->token, body, NULL),
                    ==,
                    410);
}

static void
test_wrong (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");

  g_assert_cmpuint (crm_server_fixture_call (fixture, "POST", "/v1/pull", anna->token, "", NULL),
                    ==,
                    400);
  g_assert_cmpuint (crm_server_fixture_call (fixture,
                                             "POST",
                                             "/v1/pull",
                                             anna->token,
                                             "{\"proto\":1,\"schema\":1,\"cur\":\"bm9uc2Vuc2U\"}",
                                             NULL),
                    ==,
                    400);
  g_assert_cmpuint (crm_server_fixture_call (fixture, "GET", "/v1/pull", anna->token, NULL, NULL),
                    ==,
                    405);
}

/* All that there is may be seen, also what only the program makes. */
/* The sets that rows name count too: many that say much why do not make a page without end. */
static void
test_reasons (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new_in_step (fixture, "bob");
  g_autofree char *why = g_strnfill (CRM_WIRE_MAX_WHY, 'w');
  g_autofree char *body = NULL;
  g_autofree char *page = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) others = NULL;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *id = crm_server_fixture_id (i);
      g_autofree char *ops = g_strdup_printf ("{'kind':'tag','id':'%s','op':'new'}", id);

      g_free (crm_laptop_push_why (anna, "all", NULL, why, ops));
    }
  body = g_strdup_printf ("{\"proto\":1,\"schema\":1,\"cur\":\"%s\"}", bob->cursor);
  g_assert_cmpuint (crm_server_fixture_call (fixture, "POST", "/v1/pull", bob->token, body, &page),
                    ==,
                    200);
  g_assert_cmpuint (strlen (page), <, 2 * CRM_WIRE_MAX_PAGE);
  rows = crm_laptop_find (page, "row", NULL);
  g_assert_cmpuint (rows->len, <, 300);
  rest = crm_laptop_pull (bob, 0);
  others = crm_laptop_find (rest, "row", NULL);
  g_assert_cmpuint (others->len, ==, 300);
}

static void
test_masks (CrmServerFixture *fixture, gconstpointer unused)
{
  CrmModel *model = crm_model_get_default ();
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autofree char *text = crm_laptop_pull (anna, 0);
  g_autoptr (GPtrArray) scopes = crm_laptop_find (text, "scope", NULL);
  JsonObject *mask;

  g_assert_cmpuint (scopes->len, ==, 1);
  mask = json_object_get_object_member (json_node_get_object (scopes->pdata[0]), "mask");
  g_assert_true (json_object_has_member (mask, "conflict"));
  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    g_assert_cmpint (json_object_get_int_member (mask,
                                                 crm_kind_get_name (crm_model_get_kind (model, i))),
                     ==,
                     0xffff);
}

/* Who does not load scopes by segments pulls from nothing on, in the words of the protocol alone.
 */
static void
test_from_nothing (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *first = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *body = NULL;
  g_autofree char *city = NULL;
  g_autoptr (GPtrArray) scopes = NULL;
  g_autoptr (GPtrArray) ends = NULL;
  const char *cursor;

  add_person (anna, 1, "Delft");
  add_person (anna, 2, "Gouda");
  set_city (anna, 1, "city", "Ede", 1);

  crm_server_fixture_call (fixture, "POST", "/v1/pull", bob->token, "{\"max\":1}", &first);
  scopes = crm_laptop_find (first, "scope", NULL);
  ends = crm_laptop_find (first, "end", NULL);
  g_assert_cmpuint (scopes->len, ==, 1);
  g_assert_true (json_object_get_boolean_member (find_row (ends), "more"));
  g_assert_nonnull (strstr (first, "Gouda"));

  cursor = json_object_get_string_member (find_row (ends), "cur");
  body = g_strdup_printf ("{\"cur\":\"%s\",\"max\":2000,\"booting\":[]}", cursor);
  crm_server_fixture_call (fixture, "POST", "/v1/pull", bob->token, body, &rest);
  city = crm_laptop_get_field (rest, P1, "city");
  g_assert_cmpstr (city, ==, "Ede");
  g_assert_nonnull (strstr (rest, "\"more\":false"));
  g_assert_null (strstr (rest, "Gouda"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/pull/" path,                                                                \
              CrmServerFixture,                                                                    \
              NULL,                                                                                \
              crm_server_fixture_set_up,                                                           \
              func,                                                                                \
              crm_server_fixture_tear_down)
  ADD ("pages", test_pages);
  ADD ("moved-up", test_moved_up);
  ADD ("echo", test_echo);
  ADD ("partial", test_partial);
  ADD ("gone", test_gone);
  ADD ("wait", test_wait);
  ADD ("restored", test_restored);
  ADD ("wrong", test_wrong);
  ADD ("reasons", test_reasons);
  ADD ("masks", test_masks);
  ADD ("from-nothing", test_from_nothing);
#undef ADD

  return g_test_run ();
}
