#include "ui/widgets/crm-toast.h"

/* From above the overlay, as a window's actions are: the overlay that fills the window. */
static GtkWidget *
find_in_window (GtkWidget *from)
{
  GtkRoot *root = gtk_widget_get_root (from);
  GtkWidget *content = NULL;

  if (ADW_IS_APPLICATION_WINDOW (root))
    content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (root));
  else if (ADW_IS_WINDOW (root))
    content = adw_window_get_content (ADW_WINDOW (root));

  return ADW_IS_TOAST_OVERLAY (content) ? content : NULL;
}

void
crm_toast_add (GtkWidget *from, AdwToast *toast)
{
  GtkWidget *overlay;

  g_return_if_fail (GTK_IS_WIDGET (from));
  g_return_if_fail (ADW_IS_TOAST (toast));

  overlay = ADW_IS_TOAST_OVERLAY (from) ? from
                                        : gtk_widget_get_ancestor (from, ADW_TYPE_TOAST_OVERLAY);
  if (overlay == NULL)
    overlay = find_in_window (from);
  if (overlay == NULL)
    {
      g_message ("%s", adw_toast_get_title (toast));
      g_object_unref (toast);
      return;
    }

  /* What was just done is said at once, and its Undo is the one in reach: no queue of old ones. */
  adw_toast_overlay_dismiss_all (ADW_TOAST_OVERLAY (overlay));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

void
crm_toast_show (GtkWidget *from, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  /* Names of people hold "&" and "<". */
  adw_toast_set_use_markup (toast, FALSE);
  crm_toast_add (from, toast);
}

void
crm_toast_show_error (GtkWidget *from, const char *text, const GError *error)
{
  g_return_if_fail (text != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    g_message ("%s: %s", text, error->message);
  crm_toast_show (from, text);
}
