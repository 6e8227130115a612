#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The bugs that can be planted (src/base/crm-bug.h), each with a few seeds that catch it. */
typedef struct
{
  const char *name;
  const char *what;
  guint64 seeds[4]; /* ended by 0 */
  gboolean is_rare; /* takes more than some hundred */
} CrmSimBug;

/* Ended by a NULL name. */
extern const CrmSimBug crm_sim_bugs[];

G_END_DECLS
