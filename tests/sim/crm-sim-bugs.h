#pragma once

#include "crm-sim-event.h"

G_BEGIN_DECLS

/* The bugs that can be planted (src/base/crm-bug.h), each with a few seeds that catch it, or with
 * the one kind of step that does when it is disturbed in the right moment. */
typedef struct
{
  const char *name;
  const char *what;
  guint64 seeds[4]; /* ended by 0 */

  CrmSimEventType disturbed;
  CrmSimFault fault; /* CRM_SIM_FAULT_NONE: by seeds only */
  guint ops;
  guint every;  /* of so many operations, the fault comes at one */
  guint64 from; /* the first seed of that step */
} CrmSimBug;

/* Ended by a NULL name. */
extern const CrmSimBug crm_sim_bugs[];

G_END_DECLS
