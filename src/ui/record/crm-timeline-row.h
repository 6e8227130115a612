#pragma once

#include "ui/record/crm-timeline-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_TIMELINE_ROW (crm_timeline_row_get_type ())

G_DECLARE_FINAL_TYPE (CrmTimelineRow, crm_timeline_row, CRM, TIMELINE_ROW, AdwBin)

/*
 * An activity as a card ("activity.edit", "activity.delete" (s)), or a change set as quiet lines:
 * who and when, and per field what it was and became.
 */
CrmTimelineRow *crm_timeline_row_new (CrmTimelineItem *item);
CrmTimelineItem *crm_timeline_row_get_item (CrmTimelineRow *self);
/* Above the first row of a day; NULL for the others. */
void crm_timeline_row_set_day (CrmTimelineRow *self, const char *day);

G_END_DECLS
