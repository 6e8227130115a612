#pragma once

#include "bench.h"

#include <gio/gio.h>

/* A file to import with @n persons, the same at each run, and organisations named in every fourth
 * of them. */
GFile *bench_rows_write (const char *dir, guint n);
