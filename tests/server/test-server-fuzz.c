#include "crm-server-fixture.h"

#include "wire/crm-past.h"
#include "wire/crm-segment.h"

#include <string.h>

/*
 * Whole requests to the machine, with a good token and a body that was bent: no answer is a fault
 * of the server, whatever was taken leaves a database that agrees with itself, and what is told of
 * it a laptop can read: nobody shuts the others out by what he sends. CRM_FUZZ_ROUNDS and
 * CRM_FUZZ_SEED in the environment make a longer run of it. What only reads messages is fuzzed in
 * tests/fuzz.
 */
#define ROUNDS      1500
#define ROUNDS_SLOW 40000

static const char *const kinds[] = { "person",   "organisation", "tag",     "template",
                                     "activity", "conflict",     "setting", "unknown" };
static const char *const names[] = { "surname", "name",     "email", "number",
                                     "tags",    "note",     "city",  "last_activity",
                                     "state",   "birthday", "phone", "shoe_size" };
static const char *const values[] = { "\"Bakker\"", "\"\"",    "null",    "[\"a\",\"b\"]",
                                      "\"x\"",      "\"1\"",   "\"K-1\"", "\"2026-03-01\"",
                                      "\"open\"",   "\"a;b\"", "7",       "true" };
/* Those refuse the whole request. */
static const char *const hostile[] = { "{}",    "1e999", "-0",          "9007199254740993",
                                       "[[1]]", "01",    "\"\\u0000\"", "\"\\ud800\"" };
static const char *const bases[] = { "1", "0", "99", "1000", "\"n1\"", "\"n9\"" };

static const char *
pick_of (GRand *rand, const char *const *from, guint n)
{
  return from[g_rand_int_range (rand, 0, (gint32) n)];
}

#define pick(rand, from) pick_of (rand, from, G_N_ELEMENTS (from))

static void
append_field (GString *json, GRand *rand)
{
  const gboolean bad = g_rand_int_range (rand, 0, 40) == 0;

  g_string_append_printf (json,
                          "\"%s\":{\"v\":%s,\"b\":%s,\"o\":%s}",
                          pick (rand, names),
                          bad ? pick (rand, hostile) : pick (rand, values),
                          bad ? "\"x\"" : pick (rand, bases),
                          pick (rand, values));
}

/* Few records, so that ops meet. */
static void
append_op (GString *json, GRand *rand)
{
  static const char *const ops[] = { "new", "set", "set", "del" };
  const char *op = pick (rand, ops);
  const gint32 n = g_rand_int_range (rand, 0, 4);
  const guint id = (guint) g_rand_int_range (rand, 0, 16);
  const gboolean bad = g_rand_int_range (rand, 0, 10) == 0;

  g_string_append_printf (json,
                          "{\"kind\":\"%s\",\"id\":\"01900000-0000-7000-8000-%012x\","
                          "\"op\":\"%s\",\"b\":%s,\"f\":{",
                          bad ? pick (rand, kinds) : kinds[id % G_N_ELEMENTS (kinds)],
                          id,
                          op,
                          pick (rand, bases));
  for (gint32 i = 0; i < n; i++)
    {
      g_string_append (json, i > 0 ? "," : "");
      append_field (json, rand);
    }
  g_string_append (json, "}}");
}

static char *
write_push (CrmLaptop *laptop, GRand *rand)
{
  static const char *const modes[] = { "all", "all", "each" };
  static const char *const groups[] = { "", ",\"group\":\"g\"", ",\"confirm\":true" };
  GString *json = g_string_new (NULL);
  const gint32 n_sets = g_rand_int_range (rand, 1, 4);

  g_string_append_printf (json,
                          "{\"proto\":1,\"schema\":1,\"epoch\":\"%s\",\"replica\":\"%s\",\"sets\":"
                          "[",
                          laptop->fixture->epoch,
                          laptop->replica);
  for (gint32 i = 0; i < n_sets; i++)
    {
      const gint32 n_ops = g_rand_int_range (rand, 0, 5);

      g_string_append_printf (json,
                              "%s{\"id\":\"01900000-0000-7000-9000-%06x%06x\",\"n\":"
                              "%" G_GINT64_FORMAT
                              ",\"action\":\"fuzz\",\"mode\":\"%s\",\"at\":\"x\"%s,\"ops\":[",
                              i > 0 ? "," : "",
                              g_rand_int (rand) & 0xffffff,
                              g_rand_int (rand) & 0xffffff,
                              laptop->n + 1 + i,
                              pick (rand, modes),
                              pick (rand, groups));
      for (gint32 j = 0; j < n_ops; j++)
        {
          g_string_append (json, j > 0 ? "," : "");
          append_op (json, rand);
        }
      g_string_append (json, "]}");
    }
  g_string_append (json, "]}");

  return g_string_free_and_steal (json);
}

/* One time in four some bytes are others. */
static void
bend (char *body, GRand *rand)
{
  const gsize length = strlen (body);

  if (g_rand_int_range (rand, 0, 4) != 0)
    return;
  for (guint i = 0; i < 3; i++)
    body[g_rand_int_range (rand, 0, (gint32) length)] = (char) g_rand_int_range (rand, 1, 256);
}

static char *
write_address (GRand *rand, const char **method)
{
  static const char *const addresses[] = {
    "/v1/boot?sc=1",
    "/v1/boot?sc=1&after=person.01900000-0000-7000-8000-000000000003",
    "/v1/boot?sc=x",
    "/v1/boot?sc=1&after=~",
    "/v1/boot?sc=-1",
    "/v1/history/01900000-0000-7000-8000-000000000001",
    "/v1/history/",
    "/v1/history/01900000-0000-7000-8000-000000000001?before=2",
    "/v1/history/x?before=x",
    "/v1/hello",
    "/v1/openapi.json",
    "/v1/push",
    "/v1",
    "/",
    "/v1/boot",
    "/v1/boot?sc=99999999999999999999",
  };

  *method = g_rand_boolean (rand) ? "GET" : g_rand_boolean (rand) ? "POST" : "PUT";

  return g_strdup (pick (rand, addresses));
}

/* What answers were made of. */
static guint n_of_line[CRM_LINE_END + 1];
static GHashTable *n_of_kind; /* (element-type utf8 guint) */

static void
count_row (const CrmRowLine *row)
{
  const guint n = GPOINTER_TO_UINT (g_hash_table_lookup (n_of_kind, row->kind));

  g_hash_table_insert (n_of_kind, g_strdup (row->kind), GUINT_TO_POINTER (n + 1));
}

static void
read_page (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmPageReader) reader = crm_page_reader_new (bytes, &error);
  const CrmPageLine *line;

  g_assert_no_error (error);
  while ((line = crm_page_reader_next (reader, &error)) != NULL)
    {
      n_of_line[line->type]++;
      if (line->type == CRM_LINE_ROW)
        count_row (&line->row);
    }
  g_assert_no_error (error);
}

static void
read_segment (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmSegmentReader) reader = crm_segment_reader_new (bytes, &error);

  g_assert_no_error (error);
  while (crm_segment_reader_next (reader, &error) != NULL)
    ;
  g_assert_no_error (error);
}

/* As a laptop does. */
static void
read_reply (const char *address, const char *reply)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (reply, strlen (reply));

  if (g_str_has_prefix (address, "/v1/pull"))
    read_page (bytes);
  else if (g_str_has_prefix (address, "/v1/boot"))
    read_segment (bytes);
  else if (g_str_has_prefix (address, "/v1/history"))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmPast) past = crm_past_read (reply, strlen (reply), &error);

      g_assert_no_error (error);
    }
}

static void
ask (CrmLaptop *laptop, const char *method, const char *address, const char *body)
{
  g_autofree char *reply = NULL;
  const guint status = crm_server_fixture_call (laptop->fixture,
                                                method,
                                                address,
                                                laptop->token,
                                                body,
                                                &reply);

  if (status >= 500)
    g_error ("%s %s: %u %s\n%s", method, address, status, reply, body != NULL ? body : "");
  if (status == 200)
    read_reply (address, reply);
  /* What was taken counts on, what was not does not. */
  if (status == 200 && strcmp (address, "/v1/push") == 0)
    {
      g_auto (GStrv) parts = g_strsplit (reply, "\"n\":", -1);

      for (guint i = 1; parts[i] != NULL; i++)
        laptop->n = MAX (laptop->n, g_ascii_strtoll (parts[i], NULL, 10));
    }
}

static void
ask_something (CrmLaptop *laptop, GRand *rand)
{
  const gint32 sort = g_rand_int_range (rand, 0, 10);
  g_autofree char *body = NULL;
  g_autofree char *address = NULL;
  const char *method = "POST";

  if (sort < 7)
    {
      body = write_push (laptop, rand);
      bend (body, rand);
      address = g_strdup ("/v1/push");
    }
  else if (sort < 9)
    {
      g_autofree char *place = laptop->cursor != NULL && g_rand_int_range (rand, 0, 8) != 0
                                   ? g_strdup_printf ("\"cur\":\"%s\",", laptop->cursor)
                                   : g_strdup ("");

      g_free (crm_laptop_pull (laptop, (guint) g_rand_int_range (rand, 0, 4)));
      body = g_strdup_printf ("{\"proto\":1,\"schema\":1,%s\"max\":%d,\"acked\":%d}",
                              place,
                              g_rand_int_range (rand, 0, 5),
                              g_rand_int_range (rand, 0, 100));
      bend (body, rand);
      address = g_strdup ("/v1/pull");
    }
  else
    address = write_address (rand, &method);

  ask (laptop, method, address, body);
}

static guint64
get_number (const char *name, guint64 otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_requests (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (GHashTable)
      counts = n_of_kind = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const guint64 rounds = get_number ("CRM_FUZZ_ROUNDS", g_test_slow () ? ROUNDS_SLOW : ROUNDS);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) get_number ("CRM_FUZZ_SEED", 84));
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) bob = crm_laptop_new (fixture, "bob");

  for (guint64 i = 0; i < rounds; i++)
    {
      ask_something (g_rand_boolean (rand) ? anna : bob, rand);
      if (i % 500 == 499)
        g_assert_cmpuint (crm_server_fixture_count_faults (fixture), ==, 0);
    }
  g_assert_cmpuint (crm_server_fixture_count_faults (fixture), ==, 0);
  /* It found its way in, and every line but that of a lost scope its way out. */
  g_assert_cmpint (anna->n + bob->n, >, (gint64) rounds / 10);
  for (guint type = CRM_LINE_ROW; type < CRM_LINE_END; type++)
    {
      g_test_message ("line %u: %u", type, n_of_line[type]);
      g_assert_true (n_of_line[type] > 0 || type == CRM_LINE_DROP);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i], CRM_SERVER_CONFLICT_KIND) != 0)
      g_assert_true (g_hash_table_contains (n_of_kind, kinds[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/server/fuzz/requests",
              CrmServerFixture,
              NULL,
              crm_server_fixture_set_up,
              test_requests,
              crm_server_fixture_tear_down);

  return g_test_run ();
}
