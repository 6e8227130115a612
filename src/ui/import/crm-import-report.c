#include "ui/import/crm-import-report.h"

#include "ui/import/crm-import-words.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

/* More is for a list of its own; the first ones say what is wrong with a file. */
#define SHOWN 200

struct _CrmImportReport
{
  AdwBin parent_instance;

  char *rejected_file; /* nullable */

  GtkImage *icon_image;
  GtkLabel *title_label;
  GtkLabel *text_label;
  GtkWidget *undo_button;
  GtkWidget *rejected_group;
  AdwActionRow *rejected_row;
  AdwPreferencesGroup *notes_group;
  GtkListBox *notes_list;
};

G_DEFINE_FINAL_TYPE (CrmImportReport, crm_import_report, ADW_TYPE_BIN)

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmImportReport) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result, &error))
    crm_toast_show_error (GTK_WIDGET (self), _("The folder could not be opened"), error);
}

static void
open_folder_cb (CrmImportReport *self)
{
  g_autoptr (GFile) file = g_file_parse_name (self->rejected_file);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_launcher_open_containing_folder (launcher,
                                            GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                            NULL,
                                            launched_cb,
                                            g_object_ref (self));
}

static GtkWidget *
create_note_row (const CrmImportNote *note)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *text = crm_import_words_dup_note (note);
  g_autofree char *place = crm_import_words_dup_place (note);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (row, place);
  if (note->id != NULL)
    {
      GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

      adw_action_row_add_suffix (row, arrow);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-record");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", note->id);
    }

  return GTK_WIDGET (row);
}

static void
show_notes (CrmImportReport *self, const CrmImportResult *result)
{
  guint shown = MIN (result->notes->len, SHOWN);
  g_autofree char *more = NULL;

  gtk_list_box_remove_all (self->notes_list);
  for (guint i = 0; i < shown; i++)
    gtk_list_box_append (self->notes_list, create_note_row (result->notes->pdata[i]));
  if (result->n_notes > shown)
    more = g_strdup_printf (_("The first %u of %'u"), shown, (guint) result->n_notes);
  adw_preferences_group_set_description (self->notes_group, more);
  gtk_widget_set_visible (GTK_WIDGET (self->notes_group), shown > 0);
}

void
crm_import_report_show (CrmImportReport *self, const CrmImportResult *result)
{
  g_autofree char *counts = NULL;
  g_autofree char *remarks = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (CRM_IS_IMPORT_REPORT (self));
  g_return_if_fail (result != NULL);

  counts = crm_import_words_dup_counts (result);
  remarks = crm_import_words_dup_remarks (result);
  text = remarks != NULL ? g_strconcat (counts, "\n", remarks, NULL) : g_strdup (counts);
  gtk_image_set_from_icon_name (self->icon_image, "object-select-symbolic");
  gtk_label_set_label (self->title_label,
                       result->group != NULL
                       ? _("Imported")
                       : _("Nothing Had to Change"));
  gtk_label_set_label (self->text_label, text);
  gtk_widget_set_visible (self->undo_button, result->group != NULL);

  g_set_str (&self->rejected_file, result->rejected_file);
  gtk_widget_set_visible (self->rejected_group, result->rejected_file != NULL);
  if (result->rejected_file != NULL)
    {
      g_autofree char *name = g_path_get_basename (result->rejected_file);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rejected_row), name);
      adw_action_row_set_subtitle (self->rejected_row, result->rejected_file);
    }
  show_notes (self, result);
}

void
crm_import_report_set_undone (CrmImportReport *self)
{
  g_return_if_fail (CRM_IS_IMPORT_REPORT (self));

  gtk_image_set_from_icon_name (self->icon_image, "edit-undo-symbolic");
  gtk_label_set_label (self->title_label, _("Undone"));
  gtk_label_set_label (self->text_label, _("What the import changed is put back."));
  gtk_widget_set_visible (self->undo_button, FALSE);
}

static void
crm_import_report_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_IMPORT_REPORT);

  G_OBJECT_CLASS (crm_import_report_parent_class)->dispose (object);
}

static void
crm_import_report_finalize (GObject *object)
{
  g_free (CRM_IMPORT_REPORT (object)->rejected_file);

  G_OBJECT_CLASS (crm_import_report_parent_class)->finalize (object);
}

static void
crm_import_report_class_init (CrmImportReportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_import_report_dispose;
  object_class->finalize = crm_import_report_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/import/crm-import-report.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportReport, icon_image);
  gtk_widget_class_bind_template_child (widget_class, CrmImportReport, title_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportReport, text_label);
  gtk_widget_class_bind_template_child (widget_class, CrmImportReport, undo_button);
  gtk_widget_class_bind_template_child (widget_class, CrmImportReport, rejected_group);
  gtk_widget_class_bind_template_child (widget_class, CrmImportReport, rejected_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportReport, notes_group);
  gtk_widget_class_bind_template_child (widget_class, CrmImportReport, notes_list);
  gtk_widget_class_bind_template_callback (widget_class, open_folder_cb);
}

static void
crm_import_report_init (CrmImportReport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CrmImportReport *
crm_import_report_new (void)
{
  return g_object_new (CRM_TYPE_IMPORT_REPORT, NULL);
}
