#pragma once

#include "bench.h"
#include "sync/crm-sync.h"

/* A server as a process of its own, and laptops of its company in this one. */
typedef struct
{
  char *dir;
  GSubprocess *process;
  char *url;
  GPtrArray *people; /* (element-type utf8): ids of some of those that it was made with */
} BenchServer;

/* Of a company of @n relations; see bench_company_fill(). */
BenchServer *bench_server_new (guint n, guint n_people);
void bench_server_free (BenchServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchServer, bench_server_free)

typedef struct
{
  CrmStore *store;
  CrmSync *sync;
  gboolean done;
  /* The store said that this record changed. */
  const char *awaited;
  gboolean seen;
} BenchLaptop;

/* Works on the replica of @world. */
BenchLaptop *bench_laptop_new (BenchWorld *world);
void bench_laptop_free (BenchLaptop *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchLaptop, bench_laptop_free)

void bench_laptop_log_in (BenchLaptop *self, const char *url);
/* A BenchFunc: one exchange, which must succeed. */
void bench_laptop_exchange (gpointer data);
/* From now on; waits until it is in step. */
void bench_laptop_watch (BenchLaptop *self);
/* Sets a field and waits for the commit. */
void bench_laptop_set (BenchLaptop *self, const char *id, const char *field, const char *value);
/* Until the store tells that @id changed. */
void bench_laptop_await (BenchLaptop *self, const char *id);

/* Runs the main loop while *@going is FALSE. */
void bench_run_until (const gboolean *done);
