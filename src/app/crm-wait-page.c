#include "app/crm-wait-page.h"

#include <glib/gi18n-lib.h>

struct _CrmWaitPage
{
  AdwBin parent_instance;

  AdwStatusPage *page;
  GtkWidget *stop_button;
};

G_DEFINE_FINAL_TYPE (CrmWaitPage, crm_wait_page, ADW_TYPE_BIN)

enum
{
  STOP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
stop_cb (CrmWaitPage *self)
{
  g_signal_emit (self, signals[STOP], 0);
}

static void
crm_wait_page_class_init (CrmWaitPageClass *klass)
{
  signals[STOP] = g_signal_new ("stop",
                                G_TYPE_FROM_CLASS (klass),
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);
}

static void
crm_wait_page_init (CrmWaitPage *self)
{
  GtkWidget *page = adw_status_page_new ();
  g_autoptr (AdwSpinnerPaintable) spinner = adw_spinner_paintable_new (page);

  self->page = ADW_STATUS_PAGE (page);
  self->stop_button = gtk_button_new_with_mnemonic (_("_Stop Waiting"));
  gtk_widget_add_css_class (self->stop_button, "pill");
  gtk_widget_set_halign (self->stop_button, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->stop_button,
                           "clicked",
                           G_CALLBACK (stop_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_status_page_set_paintable (self->page, GDK_PAINTABLE (spinner));
  adw_status_page_set_child (self->page, self->stop_button);
  adw_bin_set_child (ADW_BIN (self), page);
  crm_wait_page_set_asking (self, TRUE);
}

GtkWidget *
crm_wait_page_new (void)
{
  return g_object_new (CRM_TYPE_WAIT_PAGE, NULL);
}

void
crm_wait_page_set_asking (CrmWaitPage *self, gboolean asking)
{
  g_return_if_fail (CRM_IS_WAIT_PAGE (self));

  adw_status_page_set_title (self->page,
                             asking
                             ? _("Waiting for the Keyring…")
                             : _("Opening the Relations…"));
  adw_status_page_set_description (self->page,
                                   asking
                                   ? _("It keeps the key of your relations, and may ask for "
                                              "a password first.")
                                   : NULL);
  gtk_widget_set_visible (self->stop_button, asking);
}
