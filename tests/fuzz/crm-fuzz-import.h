#pragma once

#include <glib.h>

/* The entry that libFuzzer calls. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
/* Closes the replica; returns its folder, to be removed. */
char *crm_fuzz_import_close (void);
