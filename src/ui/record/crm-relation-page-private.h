#pragma once

#include "ui/record/crm-quick-entry.h"
#include "ui/record/crm-relation-data.h"
#include "ui/record/crm-relation-page.h"
#include "ui/record/crm-timeline-view.h"

G_BEGIN_DECLS

/* For crm-relation-page-actions.c and crm-relation-activities.c. */

CrmStore *crm_relation_page_get_store (CrmRelationPage *self);
/* NULL until it is read. */
CrmRelationData *crm_relation_page_get_data (CrmRelationPage *self);
CrmQuickEntry *crm_relation_page_get_quick_entry (CrmRelationPage *self);
CrmTimelineView *crm_relation_page_get_timeline (CrmRelationPage *self);
/* Brings the story into view where only one of story and facts fits. */
void crm_relation_page_show_story (CrmRelationPage *self);
/* One page more of the people. */
void crm_relation_page_show_more_people (CrmRelationPage *self);

/*
 * @set: (transfer full). Writes it and says so with an Undo button. @saved: (nullable): called when
 * it is written, while the page is still there.
 */
void crm_relation_page_apply (CrmRelationPage *self,
                              CrmChangeSet *set,
                              const char *text,
                              void (*saved) (CrmRelationPage *self));

void crm_relation_page_install_actions (GtkWidgetClass *widget_class);
void crm_relation_page_install_activity_actions (GtkWidgetClass *widget_class);
/* Which actions make sense for what is known. */
void crm_relation_page_update_actions (CrmRelationPage *self);
void
crm_relation_page_log (CrmRelationPage *self, const char *type, const char *text, GDateTime *when);

G_END_DECLS
