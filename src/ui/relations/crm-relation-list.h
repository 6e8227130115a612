#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_RELATION_LIST (crm_relation_list_get_type ())

G_DECLARE_FINAL_TYPE (CrmRelationList, crm_relation_list, CRM, RELATION_LIST, GtkWidget)

/*
 * The list of relations as rows of two lines.
 *
 * Signal "activate" (guint position): Enter, or a click that does not pick.
 */
GtkWidget *crm_relation_list_new (void);
/* nullable: no rows are made then. */
void crm_relation_list_set_selection (CrmRelationList *self, GtkSelectionModel *selection);

G_END_DECLS
