#include "ui/sync/crm-load-bar.h"

#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

struct _CrmLoadBar
{
  AdwBin parent_instance;

  CrmSync *sync;
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (CrmLoadBar, crm_load_bar, ADW_TYPE_BIN)

static void
update_cb (CrmLoadBar *self)
{
  double progress = crm_sync_get_progress (self->sync);
  gboolean loading = progress >= 0 && !crm_sync_get_paused (self->sync);
  g_autofree char *text = NULL;

  gtk_revealer_set_reveal_child (self->revealer, loading);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), loading);
  if (!loading)
    return;
  /* Translators: %u is a percentage */
  text = g_strdup_printf (_("Loading your company’s relations · %u %%"),
                            (guint) (CLAMP (progress, 0, 1) * 100));
  gtk_label_set_text (self->label, text);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (progress, 0, 1));
}

static void
cancel_cb (CrmLoadBar *self)
{
  crm_sync_set_paused (self->sync, TRUE);
  update_cb (self);
  crm_toast_show (GTK_WIDGET (self), _("Paused; go on at the foot of the sidebar"));
}

static void
crm_load_bar_dispose (GObject *object)
{
  CrmLoadBar *self = CRM_LOAD_BAR (object);

  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (crm_load_bar_parent_class)->dispose (object);
}

static void
crm_load_bar_class_init (CrmLoadBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_load_bar_dispose;
}

static void
crm_load_bar_init (CrmLoadBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("First load"), -1);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->bar));
  gtk_widget_set_valign (cancel, GTK_ALIGN_CENTER);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), column);
  gtk_box_append (GTK_BOX (box), cancel);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, box);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
}

GtkWidget *
crm_load_bar_new (CrmSync *sync)
{
  CrmLoadBar *self;

  g_return_val_if_fail (CRM_IS_SYNC (sync), NULL);

  self = g_object_new (CRM_TYPE_LOAD_BAR, NULL);
  self->sync = g_object_ref (sync);
  g_signal_connect_swapped (sync, "notify", G_CALLBACK (update_cb), self);
  update_cb (self);

  return GTK_WIDGET (self);
}
