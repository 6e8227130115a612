#pragma once

#include "store/query/crm-record-list.h"
#include "ui/relations/crm-relation-list.h"
#include "ui/relations/crm-relation-search.h"
#include "ui/relations/crm-relation-table.h"
#include "ui/relations/crm-relations-page.h"
#include "ui/relations/crm-selection-bar.h"

G_BEGIN_DECLS

struct _CrmRelationsPage
{
  AdwNavigationPage parent_instance;

  CrmStore *store;
  CrmRecordList *list;
  GtkMultiSelection *selection;
  GCancellable *locating;
  char *shown;        /* id of the record whose page is open, nullable */
  gboolean selecting; /* the page selects, not the person */
  gboolean focusing;  /* the list gets the focus as soon as it has rows */

  char *view;
  char *sort; /* "" for the name */
  gboolean descending;

  CrmRelationSearch *search;
  CrmRelationList *rows;
  CrmRelationTable *table;
  CrmSelectionBar *selection_bar;

  AdwToolbarView *toolbar;
  AdwWindowTitle *window_title;
  GtkStack *stack;
  AdwBin *list_bin;
  AdwBin *table_bin;
};

/* "relations.clear-search", "relations.select-all" and the like. */
void crm_relations_page_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
