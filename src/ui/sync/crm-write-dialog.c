#include "ui/sync/crm-write-dialog.h"

#include "ui/record/crm-field-editor.h"

#include <glib/gi18n-lib.h>

struct _CrmWriteDialog
{
  AdwDialog parent_instance;

  CrmFieldEditor *editor;
  CrmSuggester *suggester;
};

G_DEFINE_FINAL_TYPE (CrmWriteDialog, crm_write_dialog, ADW_TYPE_DIALOG)

enum
{
  WRITTEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
save_cb (CrmWriteDialog *self)
{
  g_autofree char *value = NULL;

  if (self->editor == NULL || !crm_field_editor_dup_value (self->editor, &value))
    return;
  g_signal_emit (self, signals[WRITTEN], 0, value);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
cancel_cb (CrmWriteDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* GTK may keep a closed dialog for a while; it must not keep the replica open. */
static void
let_go (CrmWriteDialog *self)
{
  g_clear_object (&self->editor);
  if (self->suggester != NULL)
    g_object_run_dispose (G_OBJECT (self->suggester));
  g_clear_object (&self->suggester);
}

static void
crm_write_dialog_closed (AdwDialog *dialog)
{
  let_go (CRM_WRITE_DIALOG (dialog));
}

static void
crm_write_dialog_dispose (GObject *object)
{
  let_go (CRM_WRITE_DIALOG (object));

  G_OBJECT_CLASS (crm_write_dialog_parent_class)->dispose (object);
}

static void
crm_write_dialog_class_init (CrmWriteDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_write_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = crm_write_dialog_closed;

  signals[WRITTEN] = g_signal_new ("written",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);
}

static void
crm_write_dialog_init (CrmWriteDialog *self)
{
}

static GtkWidget *
make_bar (CrmWriteDialog *self)
{
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *save = gtk_button_new_with_mnemonic (_("_Save"));

  gtk_widget_add_css_class (save, "suggested-action");
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (save, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), save);
  adw_dialog_set_default_widget (ADW_DIALOG (self), save);

  return bar;
}

AdwDialog *
crm_write_dialog_new (CrmStore *store,
                      const char *title,
                      const CrmKind *kind,
                      const CrmField *field,
                      const char *value)
{
  CrmWriteDialog *self;
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *page = adw_preferences_page_new ();

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (kind != NULL && field != NULL, NULL);

  self = g_object_new (CRM_TYPE_WRITE_DIALOG, "title", title, "content-width", 460, NULL);
  self->suggester = crm_suggester_new (store);
  self->editor = crm_field_editor_new (self->suggester, kind, field);
  crm_field_editor_set_base (self->editor, value);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             crm_field_editor_get_row (self->editor));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             crm_field_editor_get_note_row (self->editor));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), make_bar (self));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_focus (ADW_DIALOG (self), crm_field_editor_get_row (self->editor));

  return ADW_DIALOG (self);
}
