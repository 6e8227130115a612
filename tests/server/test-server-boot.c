#include "crm-server-fixture.h"

#include "wire/crm-segment.h"

#include <string.h>

#define N_PEOPLE 5200

static void
fill (CrmServerFixture *fixture)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");

  for (guint set = 0; set * 400 < N_PEOPLE; set++)
    {
      g_autoptr (GString) ops = g_string_new (NULL);

      for (guint i = 0; i < 400; i++)
        {
          g_autofree char *id = crm_server_fixture_id (set * 400 + i);

          g_string_append_printf (ops,
                                  "%s{'kind':'person','id':'%s','op':'new','f':{'surname':{'v':'"
                                  "Name "
                                  "%u'}}}",
                                  i > 0 ? "," : "",
                                  id,
                                  set * 400 + i);
        }
      crm_laptop_assert_push (anna, "all", ops->str, "ok");
    }
}

/* A segment as the replica reads it; the ids go to @ids. Returns where the next starts. */
static char *
boot (CrmLaptop *laptop, const char *after, GHashTable *ids)
{
  g_autofree char *address = after != NULL ? g_strconcat ("/v1/boot?sc=1&after=", after, NULL)
                                           : g_strdup ("/v1/boot?sc=1");
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CrmSegmentReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  const CrmRowLine *row;

  g_assert_cmpuint (crm_server_fixture_call (laptop->fixture,
                                             "GET",
                                             address,
                                             laptop->token,
                                             NULL,
                                             &text),
                    ==,
                    200);
  bytes = g_bytes_new (text, strlen (text));
  reader = crm_segment_reader_new (bytes, &error);
  g_assert_no_error (error);
  while ((row = crm_segment_reader_next (reader, &error)) != NULL)
    {
      g_assert_true (g_hash_table_add (ids, g_strdup (row->id)));
      g_assert_cmpint (row->row_seq, >, 0);
      g_assert_cmpint (row->seq, >=, row->row_seq);
    }
  g_assert_no_error (error);

  return g_strdup (crm_segment_reader_get_end (reader)->after);
}

/* Resumed by the last row, each row once, none left out, what is deleted not among them. */
static void
test_segments (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) bob = NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *gone = crm_server_fixture_id (7);
  g_autofree char *ops = NULL;
  g_autofree char *after = NULL;
  guint n_segments = 0;

  fill (fixture);
  bob = crm_laptop_new (fixture, "bob");
  ops = g_strdup_printf ("{'kind':'person','id':'%s','op':'del','b':99}", gone);
  crm_laptop_assert_push (bob, "all", ops, "ok");

  do
    {
      char *next = boot (bob, after, ids);

      g_free (after);
      after = next;
      n_segments++;
      crm_server_fixture_reopen (fixture);
    }
  while (after != NULL);

  g_assert_cmpuint (n_segments, ==, 2);
  g_assert_cmpuint (g_hash_table_size (ids), ==, N_PEOPLE - 1);
  g_assert_false (g_hash_table_contains (ids, gone));
}

static void
test_wrong (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");
  static const struct
  {
    const char *address;
    guint status;
  } cases[] = {
    { "/v1/boot", 400 },
    { "/v1/boot?sc=x", 400 },
    { "/v1/boot?sc=2", 404 },
    { "/v1/boot?sc=1&after=nonsense", 400 },
    { "/v1/boot?sc=1&after=person.x", 400 },
    { "/v1/boot?sc=1", 200 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (crm_server_fixture_call (fixture,
                                               "GET",
                                               cases[i].address,
                                               bob->token,
                                               NULL,
                                               NULL),
                      ==,
                      cases[i].status);
  g_assert_cmpuint (crm_server_fixture_call (fixture, "GET", "/v1/boot?sc=1", NULL, NULL, NULL),
                    ==,
                    401);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/server/boot/segments",
              CrmServerFixture,
              NULL,
              crm_server_fixture_set_up,
              test_segments,
              crm_server_fixture_tear_down);
  g_test_add ("/server/boot/wrong",
              CrmServerFixture,
              NULL,
              crm_server_fixture_set_up,
              test_wrong,
              crm_server_fixture_tear_down);

  return g_test_run ();
}
