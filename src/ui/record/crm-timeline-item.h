#pragma once

#include "store/log/crm-history.h"

G_BEGIN_DECLS

#define CRM_TYPE_TIMELINE_ITEM (crm_timeline_item_get_type ())

G_DECLARE_FINAL_TYPE (CrmTimelineItem, crm_timeline_item, CRM, TIMELINE_ITEM, GObject)

/* One thing that happened: an activity, or what one change set did to the relation. Immutable. */

/* @with: (nullable): the person it was with, when that is not the relation of the page */
CrmTimelineItem *crm_timeline_item_new_activity (CrmRecord *activity, const char *with);
/* @entries: (transfer full) (element-type CrmHistoryEntry): of one set, at least one. @titles:
 * (transfer full) (element-type utf8 utf8): titles of the records that links among them name.
 * @made: the set made the record */
CrmTimelineItem *crm_timeline_item_new_change (const CrmKind *kind,
                                               GPtrArray *entries,
                                               GHashTable *titles,
                                               gboolean made);

/* NULL for a change. */
CrmRecord *crm_timeline_item_get_activity (CrmTimelineItem *self);
const char *crm_timeline_item_get_with (CrmTimelineItem *self);
/* NULL for an activity. */
GPtrArray *crm_timeline_item_get_entries (CrmTimelineItem *self);
gboolean crm_timeline_item_get_made (CrmTimelineItem *self);
const CrmKind *crm_timeline_item_get_kind (CrmTimelineItem *self);
const char *crm_timeline_item_get_title (CrmTimelineItem *self, const char *id);
/* Canonical time or date, nullable: "" sorts last. */
const char *crm_timeline_item_get_at (CrmTimelineItem *self);
/* The activity's or the set's id. */
const char *crm_timeline_item_get_id (CrmTimelineItem *self);

/* By moment only: newest first, those without one last. */
int crm_timeline_item_compare (CrmTimelineItem *a, CrmTimelineItem *b);
/* Looks the same. */
gboolean crm_timeline_item_equal (CrmTimelineItem *a, CrmTimelineItem *b);

G_END_DECLS
