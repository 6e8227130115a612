#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_PANE_HANDLE (crm_pane_handle_get_type ())

G_DECLARE_FINAL_TYPE (CrmPaneHandle, crm_pane_handle, CRM, PANE_HANDLE, GtkWidget)

/*
 * The edge between two panes, to be pulled. As with GTK's own panes, Tab passes it by: it takes the
 * focus by crm_pane_handle_grab() only, and Escape or Enter gives the focus back.
 *
 * Signal "pull" (double pixels): how far the pointer is from where it took the edge, to the end
 * side; "pulled": it let go.
 * Signal "step" (int): one step by key, -1 or 1; "reset": a double click.
 */
GtkWidget *crm_pane_handle_new (void);
gboolean crm_pane_handle_grab (CrmPaneHandle *self);

G_END_DECLS
