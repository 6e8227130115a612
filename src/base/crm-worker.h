#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CRM_TYPE_WORKER (crm_worker_get_type ())

G_DECLARE_FINAL_TYPE (CrmWorker, crm_worker, CRM, WORKER, GObject)

/* One thread that runs tasks by priority (lower g_task_get_priority() first), then in order. */
CrmWorker *crm_worker_new (const char *name);
/* @task: (transfer full). Any thread. A task cancelled before its turn returns at once. */
void crm_worker_push (CrmWorker *self, GTask *task, GTaskThreadFunc func);
/* Called by a long task on the worker's own thread, where it may be interrupted: runs the waiting
 * tasks that are more urgent than the running one, then returns. */
void crm_worker_yield (CrmWorker *self);
/* Whether crm_worker_yield() would run something. Same thread. */
gboolean crm_worker_is_wanted (CrmWorker *self);

G_END_DECLS
