#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_RELATIONS_VIEW (crm_relations_view_get_type ())

G_DECLARE_FINAL_TYPE (CrmRelationsView, crm_relations_view, CRM, RELATIONS_VIEW, AdwNavigationPage)

/* The list and, beside it when there is room, the page of the relation that is open. */
AdwNavigationPage *crm_relations_view_new (CrmStore *store);
/* One pane at a time. A table always has the room of both. */
void crm_relations_view_set_narrow (CrmRelationsView *self, gboolean narrow);
/* From elsewhere, a link on another page: Back returns to what was open. */
void crm_relations_view_open (CrmRelationsView *self, const char *id);
/* NULL when none is open. */
const char *crm_relations_view_get_open (CrmRelationsView *self);
/* Typing in @widget searches, while the list is seen and as far as nothing else takes the keys. */
void crm_relations_view_capture_keys (CrmRelationsView *self, GtkWidget *widget);
void crm_relations_view_focus_list (CrmRelationsView *self);
void crm_relations_view_focus_search (CrmRelationsView *self);
/* The edge between list and page, for keys; FALSE when there is none now. */
gboolean crm_relations_view_focus_edge (CrmRelationsView *self);
void crm_relations_view_search (CrmRelationsView *self, const char *text);
void crm_relations_view_show_tag (CrmRelationsView *self, const char *tag);

G_END_DECLS
