#pragma once

#include "ui/record/crm-timeline-item.h"

G_BEGIN_DECLS

/* The one or few lines of a change: "Phone: 06 1 → 06 2"; of many fields the first few and how many
 * more. Never empty. */
char *crm_timeline_words_dup_change (CrmTimelineItem *item);
/* "Anna · 10:00 · because she moved" */
char *crm_timeline_words_dup_change_meta (CrmTimelineItem *item);
/* "Visit · 10:00 · Anna" */
char *crm_timeline_words_dup_activity_meta (CrmTimelineItem *item);

G_END_DECLS
