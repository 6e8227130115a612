#include "ui/start/crm-recovery-dialog.h"

#include "base/crm-clock.h"
#include "store/crm-backup.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _CrmRecoveryDialog
{
  AdwDialog parent_instance;

  char *dir;
  GCancellable *cancellable;

  AdwToastOverlay *toasts;
  GtkLabel *key_label;
  GtkWidget *print_button;
};

G_DEFINE_FINAL_TYPE (CrmRecoveryDialog, crm_recovery_dialog, ADW_TYPE_DIALOG)

/* The wrapped key is on disk before the printed one is shown: what people print works. */
static gpointer
make_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmKey) key = crm_replica_dup_key (replica);
  g_autofree char *wrapped = NULL;
  g_autofree char *printed = crm_recovery_key_new (key, &wrapped, error);

  if (printed == NULL || !crm_recovery_key_save (crm_replica_get_dir (replica), wrapped, error))
    return NULL;

  return g_steal_pointer (&printed);
}

/* Two lines of three groups: easier to copy by hand, and narrow enough. Pango would break them or
 * not by the digits that happen to follow the hyphens. */
static void
show_key (CrmRecoveryDialog *self, const char *printed)
{
  const gsize half = strlen (printed) / 2 + 1;
  g_autofree char *lines = g_strdup_printf ("%.*s\n%s", (int) half, printed, printed + half);

  gtk_label_set_text (self->key_label, lines);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRecoveryDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *printed = crm_store_run_finish (CRM_STORE (source), result, &error);

  /* Closed in the meantime. */
  if (self->key_label == NULL)
    return;
  if (printed == NULL)
    {
      crm_toast_show_error (GTK_WIDGET (self->toasts), _("No recovery key could be made"), error);
      return;
    }
  show_key (self, printed);
  gtk_widget_set_sensitive (self->print_button, TRUE);
}

static void
draw_text (cairo_t *cr, PangoLayout *layout, const char *text, const char *font, double width)
{
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);
  int height;

  pango_layout_set_font_description (layout, description);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  pango_cairo_show_layout (cr, layout);
  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_rel_move_to (cr, 0, height + 18);
}

static void
draw_page_cb (GtkPrintOperation *print, GtkPrintContext *context, int page, gpointer user_data)
{
  CrmRecoveryDialog *self = user_data;
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  g_autofree char *today = crm_clock_dup_today (0);
  g_autofree char *about = NULL;
  double width = gtk_print_context_get_width (context);

  about =
      g_strdup_printf (_("It opens the relations in %1$s on this laptop when the keyring is lost. "
                             "Made on %2$s. Who has it and the laptop can read everything."),
                         self->dir,
                         today);
  cairo_move_to (cr, 0, 0);
  draw_text (cr, layout, _("Recovery key of CRM"), "Sans Bold 18", width);
  draw_text (cr, layout, gtk_label_get_text (self->key_label), "Monospace 18", width);
  draw_text (cr, layout, about, "Sans 11", width);
}

static void
print_cb (CrmRecoveryDialog *self)
{
  g_autoptr (GtkPrintOperation) print = gtk_print_operation_new ();
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_n_pages (print, 1);
  gtk_print_operation_set_job_name (print, _("Recovery key of CRM"));
  gtk_print_operation_set_embed_page_setup (print, TRUE);
  g_signal_connect (print, "draw-page", G_CALLBACK (draw_page_cb), self);
  if (gtk_print_operation_run (print,
                               GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                               &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    crm_toast_show_error (GTK_WIDGET (self->toasts), _("It could not be printed"), error);
}

static void
crm_recovery_dialog_dispose (GObject *object)
{
  CrmRecoveryDialog *self = CRM_RECOVERY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_RECOVERY_DIALOG);
  g_clear_pointer (&self->dir, g_free);

  G_OBJECT_CLASS (crm_recovery_dialog_parent_class)->dispose (object);
}

static void
crm_recovery_dialog_class_init (CrmRecoveryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_recovery_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/start/crm-recovery-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryDialog, key_label);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryDialog, print_button);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
}

static void
crm_recovery_dialog_init (CrmRecoveryDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
crm_recovery_dialog_new (CrmStore *store)
{
  CrmRecoveryDialog *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_RECOVERY_DIALOG, NULL);
  self->dir = g_strdup (crm_store_get_dir (store));
  crm_store_run_async (store,
                       CRM_STORE_USER,
                       make_on_worker,
                       NULL,
                       NULL,
                       g_free,
                       self->cancellable,
                       made_cb,
                       g_object_ref (self));

  return ADW_DIALOG (self);
}
