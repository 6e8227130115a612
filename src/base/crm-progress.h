#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CRM_TYPE_PROGRESS (crm_progress_get_type ())

G_DECLARE_FINAL_TYPE (CrmProgress, crm_progress, CRM, PROGRESS, GObject)

/*
 * How far a long action is. Made on the main thread, set from any; its properties "done", "total"
 * (both uint64) and "fraction" (double, 0 to 1) notify in the main context where it was made, at
 * most 20 times a second.
 */
CrmProgress *crm_progress_new (void);
/* Nothing happens when @self is NULL, so that cores need no check. */
void crm_progress_set (CrmProgress *self, guint64 done, guint64 total);
guint64 crm_progress_get_done (CrmProgress *self);
guint64 crm_progress_get_total (CrmProgress *self);
double crm_progress_get_fraction (CrmProgress *self);

G_END_DECLS
