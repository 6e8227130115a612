#include "ui/letters/crm-template-dialog.h"

#include "letters/crm-letter-fields.h"
#include "ui/letters/crm-field-popover.h"
#include "ui/letters/crm-letter-paper.h"
#include "ui/letters/crm-letters-work.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

/* The paper follows when typing pauses. */
#define PAUSE_MS 250

struct _CrmTemplateDialog
{
  AdwDialog parent_instance;

  CrmStore *store;
  CrmRecord *draft;
  char *relation; /* nullable */
  GCancellable *cancellable;
  guint timer;
  gboolean saving;
  CrmLetterPaper *paper;

  AdwEntryRow *name_row;
  AdwEntryRow *subject_row;
  GtkTextView *text_view;
  GtkMenuButton *field_button;
  GtkLabel *problem_label;
  GtkScrolledWindow *paper_scroll;
  GtkSeparator *separator;
  AdwClamp *paper_clamp;
};

G_DEFINE_FINAL_TYPE (CrmTemplateDialog, crm_template_dialog, ADW_TYPE_DIALOG)

static void
read_rows (CrmTemplateDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  g_autofree char *body = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  body = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  crm_record_set (self->draft, "name", gtk_editable_get_text (GTK_EDITABLE (self->name_row)));
  crm_record_set (self->draft, "subject", gtk_editable_get_text (GTK_EDITABLE (self->subject_row)));
  crm_record_set (self->draft, "body", body);
}

/* The first thing that is wrong with the text itself, with its place; NULL when all is well. */
static char *
dup_problem (CrmTemplateDialog *self)
{
  static const char *const fields[] = { "subject", "body" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmMustache)
          text = crm_mustache_parse (crm_record_get (self->draft, fields[i]), &error);
      GPtrArray *names;

      if (text == NULL)
        return g_strdup (error->message);
      names = crm_mustache_get_names (text);
      for (guint j = 0; j < names->len; j++)
        {
          const CrmMustacheName *name = g_ptr_array_index (names, j);

          if (!crm_letter_name_is_known (crm_store_get_model (self->store), name->name))
            return g_strdup_printf (_("Line %u: there is no field “%s”"), name->line, name->name);
        }
    }

  return NULL;
}

static void
preview_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmTemplateDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  CrmLettersPreview *preview = crm_store_run_finish (CRM_STORE (source), result, &error);
  g_autofree char *name = NULL;

  /* A text that cannot be read while it is typed leaves the paper as it was. */
  if (preview == NULL || self->paper == NULL)
    {
      crm_letters_preview_free (preview);
      return;
    }

  name = crm_record_dup_title (preview->relation);
  crm_letter_paper_set_letter (self->paper, g_steal_pointer (&preview->letter), name);
  crm_letters_preview_free (preview);
}

static void
show_preview (CrmTemplateDialog *self)
{
  const char *ids[] = { self->relation, NULL };

  if (self->relation == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       crm_letters_work_preview,
                       crm_letters_request_new (self->draft, ids),
                       (GDestroyNotify) crm_letters_request_free,
                       (GDestroyNotify) crm_letters_preview_free,
                       self->cancellable,
                       preview_cb,
                       g_object_ref (self));
}

static gboolean
pause_cb (gpointer user_data)
{
  CrmTemplateDialog *self = user_data;
  g_autofree char *problem = NULL;

  self->timer = 0;
  read_rows (self);
  problem = dup_problem (self);
  gtk_label_set_text (self->problem_label, problem != NULL ? problem : "");
  show_preview (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (CrmTemplateDialog *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));

  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "template.save",
                                 name[0] != '\0' && !self->saving);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (PAUSE_MS, pause_cb, self);
}

static void
field_chosen_cb (CrmTemplateDialog *self, const char *name)
{
  g_autofree char *tag = g_strdup_printf ("{{%s}}", name);

  gtk_text_buffer_delete_selection (gtk_text_view_get_buffer (self->text_view), TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (self->text_view), tag, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmTemplateDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *set = crm_store_apply_finish (CRM_STORE (source), result, &error);

  self->saving = FALSE;
  if (error == NULL)
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }

  changed_cb (self);
  crm_toast_show_error (GTK_WIDGET (self->text_view), _("The template could not be saved"), error);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CrmTemplateDialog *self = CRM_TEMPLATE_DIALOG (widget);
  CrmChangeSet *set = crm_change_set_new ("template.edit");

  self->saving = TRUE;
  read_rows (self);
  gtk_widget_action_set_enabled (widget, "template.save", FALSE);
  crm_change_set_put (set, self->draft);
  crm_store_apply_async (self->store, set, NULL, saved_cb, g_object_ref (self));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmTemplateDialog) self = user_data;
  CrmLettersSetup *setup = crm_store_run_finish (CRM_STORE (source), result, NULL);

  if (setup != NULL && self->paper != NULL)
    {
      crm_letter_paper_set_settings (self->paper, setup->settings);
      show_preview (self);
    }
  crm_letters_setup_free (setup);
}

static void
crm_template_dialog_dispose (GObject *object)
{
  CrmTemplateDialog *self = CRM_TEMPLATE_DIALOG (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->paper = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_TEMPLATE_DIALOG);
  g_clear_object (&self->draft);
  g_clear_object (&self->store);
  g_clear_pointer (&self->relation, g_free);

  G_OBJECT_CLASS (crm_template_dialog_parent_class)->dispose (object);
}

static void
crm_template_dialog_class_init (CrmTemplateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_template_dialog_dispose;

  gtk_widget_class_install_action (widget_class, "template.save", NULL, save_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/letters/"
                                               "crm-template-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmTemplateDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, CrmTemplateDialog, subject_row);
  gtk_widget_class_bind_template_child (widget_class, CrmTemplateDialog, text_view);
  gtk_widget_class_bind_template_child (widget_class, CrmTemplateDialog, field_button);
  gtk_widget_class_bind_template_child (widget_class, CrmTemplateDialog, problem_label);
  gtk_widget_class_bind_template_child (widget_class, CrmTemplateDialog, paper_scroll);
  gtk_widget_class_bind_template_child (widget_class, CrmTemplateDialog, separator);
  gtk_widget_class_bind_template_child (widget_class, CrmTemplateDialog, paper_clamp);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
crm_template_dialog_init (CrmTemplateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->paper = CRM_LETTER_PAPER (crm_letter_paper_new ());
  adw_clamp_set_child (self->paper_clamp, GTK_WIDGET (self->paper));
}

static void
show_draft (CrmTemplateDialog *self)
{
  const char *subject = crm_record_get (self->draft, "subject");
  const char *body = crm_record_get (self->draft, "body");
  const char *name = crm_record_get (self->draft, "name");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);

  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name != NULL ? name : "");
  gtk_editable_set_text (GTK_EDITABLE (self->subject_row), subject != NULL ? subject : "");
  /* Opening is no change that can be undone. */
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, body != NULL ? body : "", -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

AdwDialog *
crm_template_dialog_new (CrmStore *store, CrmRecord *template, const char *relation)
{
  CrmTemplateDialog *self;
  const char *language;
  GtkWidget *popover;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (CRM_IS_RECORD (template), NULL);

  self = g_object_new (CRM_TYPE_TEMPLATE_DIALOG, NULL);
  self->store = g_object_ref (store);
  self->draft = crm_record_copy (template);
  self->relation = g_strdup (relation);
  show_draft (self);

  language = crm_record_get (template, "language");
  popover = crm_field_popover_new (crm_store_get_model (store), g_strcmp0 (language, "en") != 0);
  g_signal_connect_object (popover,
                           "chosen",
                           G_CALLBACK (field_chosen_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (self->field_button, popover);

  crm_store_run_async (store,
                       CRM_STORE_READ,
                       crm_letters_work_load,
                       NULL,
                       NULL,
                       (GDestroyNotify) crm_letters_setup_free,
                       NULL,
                       loaded_cb,
                       g_object_ref (self));
  return ADW_DIALOG (self);
}
