/*
 * Two laptops and a server, which is a process of its own: the first load of a company, changes
 * that are sent, and an exchange in which nothing changed.
 */
#include "bench-bare.h"
#include "bench-laptop.h"
#include "bench-rows.h"
#include "crm-sync-proxy.h"

#include "exchange/crm-import.h"

#define RELATIONS 30000
#define PUSHED    1000

typedef struct
{
  BenchServer *server;
  BenchWorld *first;  /* where the company was made */
  BenchWorld *second; /* that loads it */
  BenchLaptop *sender;
  BenchLaptop *receiver;
  GPtrArray *people; /* (element-type utf8): ids */
  guint n;           /* relations */
} Company;

/* Persons, and the organisations of a quarter of them. */
static guint
fill (BenchWorld *world, guint n)
{
  g_autoptr (GFile) file = bench_rows_write (world->dir, n * 4 / 5);
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  GError *error = NULL;
  CrmModel *model = crm_replica_get_model (world->replica);
  gint64 made;

  plan = crm_import_plan_new (model, file, NULL, NULL, &error);
  bench_check (error);
  crm_import_result_free (crm_import_run (world->replica, plan, 0, NULL, NULL, &error));
  bench_check (error);
  made = crm_replica_count (world->replica, query, NULL, &error);
  bench_check (error);

  return (guint) made;
}

static gboolean
add_cb (CrmRecord *record, gpointer data)
{
  g_ptr_array_add (data, g_strdup (crm_record_get_id (record)));

  return TRUE;
}

static GPtrArray *
list_people (CrmReplica *replica)
{
  g_autoptr (CrmQuery) query = crm_query_new ("person");
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GError *error = NULL;

  crm_replica_each (replica, query, PUSHED, add_cb, ids, NULL, &error);
  bench_check (error);

  return ids;
}

static Company *
company_new (guint n)
{
  Company *self = g_new0 (Company, 1);

  self->server = bench_server_new (0, 0);
  self->first = bench_world_new (0);
  self->n = fill (self->first, n);
  self->second = bench_world_new (0);
  self->people = list_people (self->first->replica);
  self->sender = bench_laptop_new (self->first);
  self->receiver = bench_laptop_new (self->second);
  bench_laptop_log_in (self->sender, self->server->url);

  return self;
}

static void
company_free (Company *self)
{
  bench_laptop_free (self->sender);
  bench_laptop_free (self->receiver);
  bench_world_free (self->first);
  bench_world_free (self->second);
  bench_server_free (self->server);
  g_ptr_array_unref (self->people);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Company, company_free)

/* ---- First load ---- */

/* Another laptop, by way of one that counts. */
static void
measure_wire (Company *self)
{
  g_autoptr (CrmSyncProxy) proxy = crm_sync_proxy_new ();
  g_autoptr (BenchWorld) world = bench_world_new (0);
  g_autoptr (BenchLaptop) laptop = bench_laptop_new (world);

  crm_sync_proxy_set_server (proxy, self->server->url);
  bench_laptop_log_in (laptop, crm_sync_proxy_get_url (proxy));
  crm_sync_proxy_reset (proxy);
  bench_laptop_exchange (laptop);
  bench_report_gate ("first load, bytes of a relation",
                     (double) crm_sync_proxy_get_n_received (proxy) / self->n,
                     100,
                     1,
                     "bytes");
  bench_report_gate ("first load, requests",
                     crm_sync_proxy_get_n_requests (proxy),
                     (double) MAX (self->n, 30000) / 30000 * 20,
                     1,
                     "");
  crm_sync_proxy_reset (proxy);
  bench_laptop_exchange (laptop);
  bench_report_gate ("nothing changed, bytes of the answer",
                     (double) crm_sync_proxy_get_n_received (proxy),
                     1024,
                     1,
                     "bytes");
  bench_report_gate ("nothing changed, requests", crm_sync_proxy_get_n_requests (proxy), 1, 1, "");
}

static void
measure_load (Company *self)
{
  const guint n = self->n;
  g_autofree char *work = g_strdup_printf ("first load of %u relations, with its server", n);
  g_autofree char *sending = g_strdup_printf ("send %u relations", n);
  g_autoptr (BenchBare) bare = NULL;
  double load;

  bench_report_goal (sending, bench_time (bench_laptop_exchange, self->sender), n, "ms");
  bench_laptop_log_in (self->receiver, self->server->url);
  load = bench_time (bench_laptop_exchange, self->receiver);
  bare = bench_bare_new (self->second);
  bench_report_gate (work, load, bench_time (bench_bare_fill, bare), 3, "ms");
  measure_wire (self);
}

/* ---- Changes ---- */

static void
measure_push (Company *self)
{
  for (guint i = 0; i < self->people->len; i++)
    bench_laptop_set (self->sender,
                      g_ptr_array_index (self->people, i),
                      "note",
                      "Belde over de offerte");
  bench_report_goal ("push of 1,000 changes",
                     bench_time (bench_laptop_exchange, self->sender),
                     1000,
                     "ms");
  bench_laptop_exchange (self->receiver);
  bench_report_goal ("an exchange in which nothing changed",
                     bench_median (20, bench_laptop_exchange, self->sender),
                     20,
                     "ms");
}

int
main (int argc, char *argv[])
{
  g_autoptr (Company) company = company_new (bench_get_n_relations (RELATIONS));

  measure_load (company);
  measure_push (company);

  return bench_finish ();
}
