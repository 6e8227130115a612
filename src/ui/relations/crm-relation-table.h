#pragma once

#include "model/crm-kind.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_RELATION_TABLE (crm_relation_table_get_type ())

G_DECLARE_FINAL_TYPE (CrmRelationTable, crm_relation_table, CRM, RELATION_TABLE, GtkWidget)

/*
 * The list of relations as a table of chosen columns. SQL sorts, so a click on a header only says
 * so:
 *
 * Signal "sort-changed" (const char *field, gboolean descending): field is NULL for the name.
 * Signal "activate" (guint position).
 */
GtkWidget *crm_relation_table_new (CrmModel *model);
void crm_relation_table_set_selection (CrmRelationTable *self, GtkSelectionModel *selection);
/* Names of fields, after the name which always comes first; unknown ones are skipped. */
void crm_relation_table_set_columns (CrmRelationTable *self, const char *const *fields);
/* A dialog; what is chosen is remembered for this screen. */
void crm_relation_table_choose_columns (CrmRelationTable *self);
/* The arrow in the header; emits no signal. @field: NULL for the name. */
void crm_relation_table_show_sort (CrmRelationTable *self, const char *field, gboolean descending);

G_END_DECLS
