#pragma once

#include "store/query/crm-query.h"
#include "ui/record/crm-timeline-item.h"

G_BEGIN_DECLS

/* What a timeline shows. */
#define CRM_TIMELINE_ALL     NULL
#define CRM_TIMELINE_CHANGES "change"

typedef struct
{
  /* (element-type CrmTimelineItem): newest first */
  GPtrArray *items;
  /* There is more behind the last. */
  gboolean more;
} CrmTimelineData;

/**
 * crm_timeline_data_load:
 * @filter: a type of activity, %CRM_TIMELINE_CHANGES, or %CRM_TIMELINE_ALL
 * @shown: (nullable) (element-type CrmTimelineItem): the pages before
 *
 * A page of what happened with a relation: activities that are done, and change sets that touched
 * it (but not those that only note the last activity). The cost of a page does not grow with the
 * pages before it. Activities that were never dated come last.
 *
 * Blocking; for the reader's thread.
 */
CrmTimelineData *crm_timeline_data_load (CrmReplica *replica,
                                         const char *id,
                                         const char *filter,
                                         GPtrArray *shown,
                                         guint limit,
                                         GCancellable *cancellable,
                                         GError **error);
/*
 * What is equal to an item of @shown, from either end on, becomes that very item. So the comparison
 * of a long timeline, and freeing what was read in vain, stay off the main thread.
 * @shown: (element-type CrmTimelineItem)
 */
void crm_timeline_data_keep (CrmTimelineData *self, GPtrArray *shown);
void crm_timeline_data_free (CrmTimelineData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTimelineData, crm_timeline_data_free)

G_END_DECLS
