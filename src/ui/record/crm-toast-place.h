#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where a dialog that is about to close leaves its toast: the toast overlay of its window; @widget
 * itself when there is none. Never NULL. */
GtkWidget *crm_toast_place_find (GtkWidget *widget);

G_END_DECLS
