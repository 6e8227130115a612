#pragma once

#include "crm-config.h"

#include <glib.h>

G_BEGIN_DECLS

/*
 * Planted bugs, with which the simulator (tests/sim) proves that it would notice one. A condition
 * on CRM_BUG ("name") does the wrong thing when crm-sim asked for that bug. Debug builds only: in
 * any other the condition is the constant FALSE, and neither the name nor the code behind it is in
 * the program.
 */
#ifdef CRM_PLANTED_BUGS
#define CRM_BUG(name) G_UNLIKELY (crm_bug_is_planted (name))

gboolean crm_bug_is_planted (const char *name);
/* @name: (nullable): a static string; the only one from now on. While no other thread runs. */
void crm_bug_plant (const char *name);
#else
#define CRM_BUG(name) FALSE
#endif

G_END_DECLS
