#pragma once

#include "store/query/crm-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_RELATION_SEARCH (crm_relation_search_get_type ())

G_DECLARE_FINAL_TYPE (CrmRelationSearch, crm_relation_search, CRM, RELATION_SEARCH, GtkBox)

/*
 * What is searched for and filtered on, above the list.
 *
 * Signal "changed": at each key and each changed condition.
 * Signal "activate": Enter in the search.
 * Signal "stop": Escape in the search, which is empty then.
 */
GtkWidget *crm_relation_search_new (CrmModel *model);
/* Returns: (transfer full): unsorted, which puts the best match first */
CrmQuery *crm_relation_search_make_query (CrmRelationSearch *self);
/* Whether it leaves any relation out. */
gboolean crm_relation_search_is_narrowed (CrmRelationSearch *self);
void crm_relation_search_clear (CrmRelationSearch *self);
/* Instead of what was searched and filtered: relations whose field of this name is @value. */
void crm_relation_search_set_only (CrmRelationSearch *self, const char *field, const char *value);
GtkSearchEntry *crm_relation_search_get_entry (CrmRelationSearch *self);

G_END_DECLS
