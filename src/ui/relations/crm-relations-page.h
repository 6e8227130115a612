#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_RELATIONS_PAGE (crm_relations_page_get_type ())

G_DECLARE_FINAL_TYPE (CrmRelationsPage, crm_relations_page, CRM, RELATIONS_PAGE, AdwNavigationPage)

/*
 * The list of relations: search, filter, sort, rows or a table, several at once.
 *
 * Signal "selected" (const char *id): one row got the selection; show it when there is room beside.
 * Signal "activated" (const char *id): show it anyhow.
 * Property "view" (string): "list" or "table".
 */
AdwNavigationPage *crm_relations_page_new (CrmStore *store);
GtkSearchEntry *crm_relations_page_get_entry (CrmRelationsPage *self);
/* So that the first key that is typed searches; waits for the rows. */
void crm_relations_page_focus_list (CrmRelationsPage *self);
void crm_relations_page_search (CrmRelationsPage *self, const char *text);
/* Instead of what was searched and filtered: relations with this tag. */
void crm_relations_page_show_tag (CrmRelationsPage *self, const char *tag);
/* Selects its row, without a signal; nothing is selected when it is not in the list or @id is NULL.
 */
void crm_relations_page_show_record (CrmRelationsPage *self, const char *id);
void crm_relations_page_set_view (CrmRelationsPage *self, const char *view);

/* For tests. */
GtkSelectionModel *crm_relations_page_get_selection (CrmRelationsPage *self);

G_END_DECLS
