#include "ui/import/crm-export-dialog.h"
#include "ui/relations/crm-relations-page-private.h"

static void
clear_search_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRelationsPage *self = CRM_RELATIONS_PAGE (widget);

  crm_relation_search_clear (self->search);
  gtk_widget_grab_focus (GTK_WIDGET (crm_relations_page_get_entry (self)));
}

static void
export_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRelationsPage *self = CRM_RELATIONS_PAGE (widget);
  const CrmQuery *query = crm_record_list_get_query (self->list);

  adw_dialog_present (ADW_DIALOG (crm_export_dialog_new (self->store, query)), widget);
}

static void
select_all_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (CRM_RELATIONS_PAGE (widget)->selection));
}

static void
unselect_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (CRM_RELATIONS_PAGE (widget)->selection));
}

static void
columns_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  crm_relation_table_choose_columns (CRM_RELATIONS_PAGE (widget)->table);
}

void
crm_relations_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "relations.view", "view");
  gtk_widget_class_install_property_action (widget_class, "relations.sort", "sort");
  gtk_widget_class_install_property_action (widget_class, "relations.descending", "descending");
  gtk_widget_class_install_action (widget_class,
                                   "relations.clear-search",
                                   NULL,
                                   clear_search_action);
  gtk_widget_class_install_action (widget_class, "relations.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "relations.unselect", NULL, unselect_action);
  gtk_widget_class_install_action (widget_class, "relations.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "relations.columns", NULL, columns_action);
}
