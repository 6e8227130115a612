#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_LONG_LIST (crm_long_list_get_type ())

G_DECLARE_FINAL_TYPE (CrmLongList, crm_long_list, CRM, LONG_LIST, GtkWidget)

/*
 * A long list within a page that scrolls as a whole: only what is in sight, and a bit around it,
 * has rows. GtkListView cannot do that: it has to be the scroller's own child, and makes 200 rows
 * at once. Rows of other heights are fine: a row that was never seen counts as high as the others
 * on average, and what is in sight stays where it is when that turns out wrong. When the row with
 * the focus goes, the one that takes its place has it.
 *
 * Signal "near-end": the last item is about to come into sight.
 */
typedef struct
{
  /* Returns: (transfer floating): the row of @item */
  GtkWidget *(*make) (gpointer item, gpointer user_data);
  /* (nullable): it is at @position now; also when its neighbours became others */
  void (*update) (GtkWidget *row, guint position, gpointer user_data);
  /* How many are made between two frames, so that they take some milliseconds of it. */
  guint n_a_frame;
} CrmLongListRows;

/* @items: (transfer none); @rows: static; @user_data: given to them, as long as the list lives */
CrmLongList *crm_long_list_new (GListModel *items, const CrmLongListRows *rows, gpointer user_data);
/* How many items have a row now. */
guint crm_long_list_get_n_rows (CrmLongList *self);
/* All rows are updated: something changed that they all depend on. */
void crm_long_list_refresh (CrmLongList *self);

G_END_DECLS
