#include "ui/widgets/crm-progress-dialog.h"

#include <glib/gi18n-lib.h>

#define PATIENCE_MS 500

struct _CrmProgressDialog
{
  AdwDialog parent_instance;

  CrmProgress *progress;
  GCancellable *cancellable;
  GWeakRef parent;
  guint timer;
  gboolean shown;

  GtkProgressBar *bar;
  GtkLabel *count_label;
  GtkWidget *cancel_button;
};

G_DEFINE_FINAL_TYPE (CrmProgressDialog, crm_progress_dialog, ADW_TYPE_DIALOG)

static void
update (CrmProgressDialog *self)
{
  guint64 total = crm_progress_get_total (self->progress);
  g_autofree char *text = NULL;
  g_autofree char *done = NULL;
  g_autofree char *all = NULL;

  if (total == 0)
    {
      gtk_progress_bar_pulse (self->bar);
      return;
    }

  gtk_progress_bar_set_fraction (self->bar, crm_progress_get_fraction (self->progress));
  /* Translators: how many are done, and of how many: "1,200 of 30,000" */
  done = g_strdup_printf ("%'" G_GUINT64_FORMAT, crm_progress_get_done (self->progress));
  all = g_strdup_printf ("%'" G_GUINT64_FORMAT, total);
  text = g_strdup_printf (_("%1$s of %2$s"), done, all);
  gtk_label_set_text (self->count_label, text);
}

static void
cancel_clicked_cb (CrmProgressDialog *self)
{
  gtk_widget_set_sensitive (self->cancel_button, FALSE);
  g_cancellable_cancel (self->cancellable);
}

static gboolean
present_cb (gpointer user_data)
{
  CrmProgressDialog *self = CRM_PROGRESS_DIALOG (user_data);
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&self->parent);

  self->timer = 0;
  if (parent != NULL && gtk_widget_get_root (parent) != NULL)
    {
      self->shown = TRUE;
      adw_dialog_present (ADW_DIALOG (self), parent);
    }

  return G_SOURCE_REMOVE;
}

/* Escape and the back gesture stop the work; the dialog goes when the work has stopped. */
static void
close_attempt_cb (CrmProgressDialog *self)
{
  cancel_clicked_cb (self);
}

static void
crm_progress_dialog_dispose (GObject *object)
{
  CrmProgressDialog *self = CRM_PROGRESS_DIALOG (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_PROGRESS_DIALOG);
  g_clear_object (&self->progress);
  g_clear_object (&self->cancellable);
  g_weak_ref_set (&self->parent, NULL);

  G_OBJECT_CLASS (crm_progress_dialog_parent_class)->dispose (object);
}

static void
crm_progress_dialog_finalize (GObject *object)
{
  g_weak_ref_clear (&CRM_PROGRESS_DIALOG (object)->parent);

  G_OBJECT_CLASS (crm_progress_dialog_parent_class)->finalize (object);
}

static void
crm_progress_dialog_class_init (CrmProgressDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_progress_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_progress_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/widgets/"
                                               "crm-progress-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmProgressDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, CrmProgressDialog, count_label);
  gtk_widget_class_bind_template_child (widget_class, CrmProgressDialog, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
}

static void
crm_progress_dialog_init (CrmProgressDialog *self)
{
  g_weak_ref_init (&self->parent, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "close-attempt", G_CALLBACK (close_attempt_cb), NULL);
}

CrmProgressDialog *
crm_progress_dialog_new (const char *title, CrmProgress *progress, GCancellable *cancellable)
{
  CrmProgressDialog *self;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (CRM_IS_PROGRESS (progress), NULL);
  g_return_val_if_fail (G_IS_CANCELLABLE (cancellable), NULL);

  self = g_object_new (CRM_TYPE_PROGRESS_DIALOG, "title", title, NULL);
  self->progress = g_object_ref (progress);
  self->cancellable = g_object_ref (cancellable);
  g_signal_connect_object (progress, "notify::done", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  return self;
}

void
crm_progress_dialog_present_late (CrmProgressDialog *self, GtkWidget *parent)
{
  g_return_if_fail (CRM_IS_PROGRESS_DIALOG (self));
  g_return_if_fail (GTK_IS_WIDGET (parent));

  g_weak_ref_set (&self->parent, parent);
  self->timer = g_timeout_add (PATIENCE_MS, present_cb, self);
}

void
crm_progress_dialog_done (CrmProgressDialog *self)
{
  g_return_if_fail (CRM_IS_PROGRESS_DIALOG (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->shown)
    adw_dialog_force_close (ADW_DIALOG (self));
}
