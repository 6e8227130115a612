#pragma once

#include "ui/record/crm-timeline-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_TIMELINE_VIEW (crm_timeline_view_get_type ())

G_DECLARE_FINAL_TYPE (CrmTimelineView, crm_timeline_view, CRM, TIMELINE_VIEW, AdwBin)

/*
 * What happened, newest first, under a heading per day, with a filter by type. It holds the pages
 * it was given; what is equal to what it shows keeps its row.
 *
 * Signals: "filter-changed"; "more": the page after the last is wanted.
 */
CrmTimelineView *crm_timeline_view_new (void);

/* NULL for all, a type of activity, or "change". */
const char *crm_timeline_view_get_filter (CrmTimelineView *self);
void crm_timeline_view_set_filter (CrmTimelineView *self, const char *filter);

/* Replaces what is shown. @items: (element-type CrmTimelineItem) */
void crm_timeline_view_set_items (CrmTimelineView *self, GPtrArray *items, gboolean more);
/* The next page. */
void crm_timeline_view_add_items (CrmTimelineView *self, GPtrArray *items, gboolean more);
/* Returns: (transfer full) (element-type CrmTimelineItem) */
GPtrArray *crm_timeline_view_list_items (CrmTimelineView *self);
guint crm_timeline_view_get_n_items (CrmTimelineView *self);

G_END_DECLS
