#include "ui/record/crm-toast-place.h"

#include <adwaita.h>

/* Breadth does not matter: a window has one overlay near its top. Dialogs have their own. */
static GtkWidget *
find_overlay (GtkWidget *widget)
{
  if (ADW_IS_DIALOG (widget))
    return NULL;
  if (ADW_IS_TOAST_OVERLAY (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_overlay (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkWidget *
crm_toast_place_find (GtkWidget *widget)
{
  GtkRoot *root;
  GtkWidget *found;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  root = gtk_widget_get_root (widget);
  found = root != NULL ? find_overlay (GTK_WIDGET (root)) : NULL;

  return found != NULL ? found : widget;
}
