/*
 * Search as one types: a fixed mix of texts, each as its letters come, against the best single plan
 * of bare FTS5: trigrams, matches joined with the table of names and sorted.
 */

#include "bench.h"

#include "store/query/crm-query-plan-private.h"
#include "store/query/crm-search-index-private.h"

#include <string.h>

#define RELATIONS 100000
#define USUAL     30000
#define FIRST     50

static const char *const texts[] = {
  "vries",          "de vries",    "devries",    "Vries, de",      "jan de boer",  "bakker",
  "bakker tech",    "anna",        "ijzerman",   "özdemir",        "van den berg", "06-1234",
  "+31 6 12",       "0031612",     "345678",     "6711 ab",        "1011",         "amsterdam",
  "kerkstraat",     "info@",       "example",    "voorbeeld",      "klant",        "vip klant",
  "fiets",          "D000123",     "directeur",  "b.v.",           "en",           "e",
  "straat",         "nieuwsbrief", "jan bakker", "pieter utrecht", "xqz",          "hoekstra ede",
  "bouwbedrijf vip"
};

typedef struct
{
  BenchWorld *world;
  const char *text;
  CrmDb *bare;
} Search;

static void
search (gpointer data)
{
  Search *self = data;
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  GError *error = NULL;

  crm_query_set_text (query, self->text);
  g_ptr_array_unref (crm_replica_list (self->world->replica, query, FIRST, NULL, &error));
  bench_check (error);
}

static void
count (gpointer data)
{
  Search *self = data;
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  GError *error = NULL;

  crm_query_set_text (query, self->text);
  crm_replica_count (self->world->replica, query, NULL, &error);
  bench_check (error);
}

static gboolean
add_bare_cb (CrmRecord *record, gpointer user_data)
{
  CrmDb *db = user_data;
  GError *error = NULL;
  g_autoptr (CrmStmt) name = crm_db_prepare (db, "INSERT INTO name VALUES (NULL, ?1)", &error);
  g_autoptr (CrmStmt)
      text = crm_db_prepare (db, "INSERT INTO fts (rowid, text) VALUES (?1, ?2)", &error);
  g_autofree char *title = crm_record_dup_title (record);
  g_autoptr (GString) all = g_string_new (title);

  for (guint i = 0; i < crm_kind_get_n_fields (crm_record_get_kind (record)); i++)
    if (crm_record_get_at (record, i) != NULL &&
        crm_kind_get_field (crm_record_get_kind (record), i)->weight > 0)
      g_string_append_printf (all, "\n%s", crm_record_get_at (record, i));

  crm_stmt_bind_text_at (name, 1, title);
  crm_stmt_run (name, &error);
  crm_stmt_bind_int64_at (text, 1, crm_db_get_last_insert_id (db));
  crm_stmt_bind_text_at (text, 2, all->str);
  crm_stmt_run (text, &error);
  bench_check (error);

  return TRUE;
}

static CrmDb *
make_bare (BenchWorld *world)
{
  g_autofree char *path = g_build_filename (world->dir, "bare.db", NULL);
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  GError *error = NULL;
  CrmDb *db = crm_db_open (path, crm_key_get_bytes (world->key), CRM_DB_CREATE, &error);

  bench_check (error);
  crm_db_exec (db,
               "BEGIN; CREATE TABLE name (nr INTEGER PRIMARY KEY, name TEXT);"
               "CREATE INDEX name_name ON name (name);"
               "CREATE VIRTUAL TABLE fts USING fts5 (text, content='', tokenize='trigram')",
               &error);
  bench_check (error);
  crm_replica_each (world->replica, query, 0, add_bare_cb, db, NULL, &error);
  bench_check (error);
  crm_db_exec (db, "COMMIT", &error);
  bench_check (error);

  return db;
}

/* Words of three letters, ANDed: shorter ones it cannot find. */
static char *
dup_bare_match (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ,.@-+", -1);
  GString *match = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_utf8_strlen (words[i], -1) >= 3)
      g_string_append_printf (match, "%s\"%s\"", match->len > 0 ? " AND " : "", words[i]);

  return g_string_free_and_steal (match);
}

static void
search_bare (gpointer data)
{
  Search *self = data;
  g_autofree char *match = dup_bare_match (self->text);
  GError *error = NULL;
  g_autoptr (CrmStmt) stmt = NULL;

  if (match[0] == '\0')
    return;

  stmt = crm_db_prepare (self->bare,
                         "SELECT name.nr, name FROM fts JOIN name ON name.nr = fts.rowid"
                         " WHERE fts MATCH ?1 ORDER BY name LIMIT 50",
                         &error);
  bench_check (error);
  crm_stmt_bind_text_at (stmt, 1, match);
  while (crm_stmt_step (stmt, &error) == CRM_STEP_ROW)
    ;
  bench_check (error);
}

/* Every text as it grows, letter by letter; each the median of three. */
static GArray *
time_all (Search *self, BenchFunc func)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (long n = 1; n <= g_utf8_strlen (texts[i], -1); n++)
      {
        g_autofree char *typed = g_utf8_substring (texts[i], 0, n);
        double time;

        self->text = typed;
        time = bench_median (3, func, self);
        g_array_append_val (times, time);
        if (time > 16 && func == search)
          g_printerr ("slow: “%s” %.1f ms\n", typed, time);
      }

  return times;
}

/* As the window does a moment after a bulk. */
static void
tidy (BenchWorld *world)
{
  gboolean more = TRUE;
  GError *error = NULL;

  while (more && crm_search_index_tidy (world->replica, &more, &error))
    ;
  bench_check (error);
}

/* A company of the usual size. */
static void
report_usual (void)
{
  g_autoptr (BenchWorld) world = bench_world_new (USUAL);
  Search self = { world, NULL, NULL };
  g_autoptr (GArray) fresh = time_all (&self, search);
  g_autoptr (GArray) times = NULL;

  tidy (world);
  times = time_all (&self, search);
  bench_report_goal ("the same of 30000 just imported, p95",
                     bench_percentile (fresh, 0.95),
                     4,
                     "ms");
  bench_report_goal ("search, first 50 of 30000, p50", bench_percentile (times, 0.5), 2, "ms");
  bench_report_goal ("search, first 50 of 30000, p95", bench_percentile (times, 0.95), 2, "ms");
}

int
main (int argc, char *argv[])
{
  guint n = bench_get_n_relations (RELATIONS);
  g_autoptr (BenchWorld) world = bench_world_new (n);
  g_autoptr (CrmDb) bare = make_bare (world);
  Search self = { world, NULL, bare };
  g_autoptr (GArray) times = time_all (&self, search);
  g_autoptr (GArray) bare_times = time_all (&self, search_bare);
  g_autoptr (GArray) counts = time_all (&self, count);
  g_autofree char *p50 = g_strdup_printf ("search, first 50 of %u, p50", n);
  g_autofree char *p95 = g_strdup_printf ("search, first 50 of %u, p95", n);
  g_autofree char *p99 = g_strdup_printf ("search, first 50 of %u, p99", n);
  g_autofree char *gate = g_strdup_printf ("the same / bare FTS5 in order, p95, %u", n);
  g_autofree char *counted = g_strdup_printf ("count of a search of %u, p95", n);

  bench_report_goal (p50, bench_percentile (times, 0.5), 16, "ms");
  bench_report_goal (p95, bench_percentile (times, 0.95), 16, "ms");
  bench_report_goal (p99, bench_percentile (times, 0.99), 16, "ms");
  bench_report_gate (gate,
                     bench_percentile (times, 0.95),
                     bench_percentile (bare_times, 0.95),
                     1,
                     "ms");
  bench_report_goal (counted, bench_percentile (counts, 0.95), 100, "ms");
  report_usual ();

  return bench_finish ();
}
