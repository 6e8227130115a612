#pragma once

#include "bench.h"
#include "db/crm-db.h"

/*
 * The limit that the benchmarks measure against: SQLCipher alone, on a file of its own with the
 * same key, with the same tables and indexes as a replica has, filled by plain inserts in one
 * transaction.
 */
typedef struct
{
  CrmDb *db;
  /* Rows of all tables, as they are in the replica. */
  GPtrArray *statements; /* (element-type utf8): an INSERT per table */
  GPtrArray *rows;       /* (element-type GPtrArray of sqlite3_value) */
  GPtrArray *texts;      /* (element-type utf8): what the search index was given, by name */
  GArray *ords;          /* (element-type gint64): their row numbers */
} BenchBare;

/* Makes the empty tables and reads the rows; not part of what is timed. */
BenchBare *bench_bare_new (BenchWorld *world);
/* A BenchFunc: inserts all rows and texts. */
void bench_bare_fill (gpointer data);
void bench_bare_free (BenchBare *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchBare, bench_bare_free)
