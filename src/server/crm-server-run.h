#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The program: serves, or runs one command. Returns the exit code: 0 done, 1 failed, 2 wrong usage.
 */
int crm_server_run (int argc, char *argv[]);

G_END_DECLS
