#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_TIMELINE_LIST (crm_timeline_list_get_type ())

G_DECLARE_FINAL_TYPE (CrmTimelineList, crm_timeline_list, CRM, TIMELINE_LIST, GtkWidget)

/*
 * A long list within a page that scrolls as a whole: only what is in sight, and a bit around it,
 * has rows. GtkListView cannot do that: it has to be the scroller's own child, and makes 200 rows
 * at once. Rows of other heights are fine: a row that was never seen counts as high as the others
 * on average, and what is in sight stays where it is when that turns out wrong.
 *
 * Signal "near-end": the last item is about to come into sight.
 */

/* @items: (transfer none) (element-type CrmTimelineItem) */
CrmTimelineList *crm_timeline_list_new (GListModel *items);
/* How many items have a row now. */
guint crm_timeline_list_get_n_rows (CrmTimelineList *self);

G_END_DECLS
