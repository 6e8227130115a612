#include "crm-server-fixture.h"

#include "server/crm-server-segments.h"
#include "wire/crm-inflate.h"
#include "wire/crm-segment.h"

#include <glib/gstdio.h>
#include <string.h>

#define P1 "01900000-0000-7000-8000-000000000001"
#define P2 "01900000-0000-7000-8000-000000000002"

#define NEW(id, city) "{'kind':'person','id':'" id "','op':'new','f':{'city':{'v':'" city "'}}}"
#define SET(id, city)                                                                              \
  "{'kind':'person','id':'" id "','op':'set','f':{'city':{'v':'" city "','b':99}}}"

static void
set_up (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autofree char *dir = NULL;
  g_autoptr (GError) error = NULL;

  crm_server_fixture_set_up (fixture, unused);
  dir = g_build_filename (fixture->dir, "segments", NULL);
  g_assert_true (crm_server_machine_set_cache (fixture->machine, dir, &error));
  g_assert_no_error (error);
}

static guint
count_files (CrmServerFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "segments", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
tear_down (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autofree char *dir = g_build_filename (fixture->dir, "segments", NULL);

  g_clear_pointer (&fixture->machine, crm_server_machine_free);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  g_rmdir (dir);
  crm_server_fixture_tear_down (fixture, unused);
}

/* The only segment, unpacked. */
static char *
boot (CrmLaptop *laptop)
{
  g_auto (CrmServerResponse) response = { 0 };
  g_autoptr (GHashTable) query = g_hash_table_new (g_str_hash, g_str_equal);
  const CrmServerRequest request = {
    .method = "GET", .path = "/v1/boot", .query = query, .token = laptop->token, .address = ""
  };
  g_autoptr (GBytes) plain = NULL;
  gsize size;
  const char *text;

  g_hash_table_insert (query, (gpointer) "sc", (gpointer) "1");
  crm_server_machine_handle (laptop->fixture->machine, &request, &response);
  g_assert_cmpuint (response.status, ==, 200);
  g_assert_true (response.packed);
  plain = crm_wire_gunzip (response.body, NULL);
  g_assert_nonnull (plain);
  text = g_bytes_get_data (plain, &size);

  return g_strndup (text, size);
}

/* One who boots after another gets what was made for him, and the delta brings what came since. */
static void
test_shared (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *start = NULL;
  g_autofree char *delta = NULL;
  g_autoptr (GPtrArray) heads = NULL;

  crm_laptop_assert_push (anna, "all", NEW (P1, "Delft"), "ok");
  start = crm_laptop_pull (anna, 0);
  first = boot (anna);
  g_assert_nonnull (strstr (first, "Delft"));
  g_assert_cmpuint (count_files (fixture), ==, 1);

  crm_laptop_assert_push (anna, "all", SET (P1, "Gouda"), "ok");
  crm_laptop_assert_push (anna, "all", NEW (P2, "Breda"), "ok");
  g_free (start);
  start = crm_laptop_pull (bob, 0);
  second = boot (bob);
  g_assert_cmpstr (second, ==, first);
  /* He must not take it for an old one. */
  heads = crm_laptop_find (start, "hdr", NULL);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (heads->pdata[0]), "seq"),
                   ==,
                   1);
  delta = crm_laptop_pull (bob, 0);
  g_assert_nonnull (strstr (delta, "Gouda"));
  g_assert_nonnull (strstr (delta, "Breda"));
}

/* Pitfall 54: what has left a scope is in no segment that is handed out after it. */
static void
test_gone (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  crm_laptop_assert_push (anna, "all", NEW (P1, "Canary") "," NEW (P2, "Breda"), "ok");
  first = boot (anna);
  g_assert_nonnull (strstr (first, "Canary"));
  crm_laptop_assert_push (anna, "all", "{'kind':'person','id':'" P1 "','op':'del','b':1}", "ok");
  second = boot (bob);
  g_assert_null (strstr (second, "Canary"));
  g_assert_nonnull (strstr (second, "Breda"));
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* One who began to boot before a new generation finds nothing missing. */
static void
test_generations (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  g_autofree char *start = NULL;
  g_autofree char *segment = NULL;
  g_autofree char *delta = NULL;

  crm_laptop_assert_push (anna, "all", NEW (P1, "Delft"), "ok");
  start = crm_laptop_pull (bob, 0);
  crm_laptop_assert_push (anna, "all", SET (P1, "Gouda"), "ok");
  crm_laptop_assert_push (anna, "all", NEW (P2, "Breda"), "ok");
  crm_laptop_assert_push (anna, "all", "{'kind':'person','id':'" P2 "','op':'del','b':9}", "ok");
  segment = boot (bob);
  g_assert_nonnull (strstr (segment, "Gouda"));
  delta = crm_laptop_pull (bob, 0);
  g_assert_nonnull (strstr (delta, "\"gone\""));
}

/* A user who was added since gets his scopes once. */
static void
test_new_user (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) eve = NULL;
  g_autofree char *first = NULL;
  g_autofree char *start = NULL;
  g_autofree char *segment = NULL;
  g_autofree char *delta = NULL;
  g_autoptr (GPtrArray) scopes = NULL;

  crm_laptop_assert_push (anna, "all", NEW (P1, "Delft"), "ok");
  first = boot (anna);
  crm_laptop_assert_push (anna, "all", NEW (P2, "Breda"), "ok");
  crm_server_fixture_add_user (fixture, "eve");
  eve = crm_laptop_new (fixture, "eve");
  start = crm_laptop_pull (eve, 0);
  scopes = crm_laptop_find (start, "scope", NULL);
  g_assert_cmpuint (scopes->len, ==, 1);
  segment = boot (eve);
  g_assert_nonnull (strstr (segment, "Breda"));
  delta = crm_laptop_pull (eve, 0);
  g_ptr_array_unref (g_steal_pointer (&scopes));
  scopes = crm_laptop_find (delta, "scope", NULL);
  g_assert_cmpuint (scopes->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/segments/" path, CrmServerFixture, NULL, set_up, func, tear_down)
  ADD ("shared", test_shared);
  ADD ("gone", test_gone);
  ADD ("generations", test_generations);
  ADD ("new-user", test_new_user);
#undef ADD

  return g_test_run ();
}
