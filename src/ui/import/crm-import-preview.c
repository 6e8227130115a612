#include "ui/import/crm-import-preview.h"

#include "model/crm-address.h"
#include "model/crm-value.h"
#include "ui/import/crm-import-words.h"

#include <glib/gi18n-lib.h>

/* As many as one looks at. */
#define SHOWN 8

struct _CrmImportPreview
{
  AdwBin parent_instance;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (CrmImportPreview, crm_import_preview, ADW_TYPE_BIN)

static void
add_part (GPtrArray *parts, const char *part)
{
  if (part != NULL && *part != '\0')
    g_ptr_array_add (parts, g_strdup (part));
}

static void
add_field (GPtrArray *parts, CrmRecord *record, const char *name)
{
  const CrmField *field = crm_kind_find_field (crm_record_get_kind (record), name);
  const char *value = field != NULL ? crm_record_get (record, name) : NULL;
  g_autofree char *shown = value != NULL ? crm_value_display (field, value) : NULL;

  add_part (parts, shown);
}

/* "Inkoper · Bakker B.V. · Kerkstraat 12 bis, 6711 AB Ede · 06 12345678 · vip" */
static char *
dup_facts (const CrmImportSample *sample)
{
  static const char *const fields[] = { "email", "phone", "mobile", "tags",
                                        "stage", "due",   "type",   "explanation" };
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *address = NULL;

  add_part (parts, sample->employer);
  if (sample->record != NULL)
    {
      if (crm_kind_is_relation (crm_record_get_kind (sample->record)))
        address = crm_address_dup_line (sample->record, FALSE);
      add_part (parts, address);
      for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
        add_field (parts, sample->record, fields[i]);
    }
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" · ", (char **) parts->pdata);
}

static const char *
get_style (CrmImportVerdict verdict)
{
  switch (verdict)
    {
    case CRM_IMPORT_NEW:
      return "success";
    case CRM_IMPORT_UPDATED:
      return "accent";
    case CRM_IMPORT_REJECTED:
      return "error";
    case CRM_IMPORT_UNCHANGED:
    default:
      return "dim-label";
    }
}

static GtkWidget *
create_row (const CrmImportSample *sample)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *verdict = gtk_label_new (crm_import_words_get_verdict (sample->verdict));
  g_autofree char *title = NULL;
  g_autofree char *facts = dup_facts (sample);

  title = sample->record != NULL ? crm_record_dup_title (sample->record)
                                 : g_strdup_printf (_("Line %'u"), (guint) sample->line);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, facts);
  adw_action_row_set_title_lines (row, 1);
  adw_action_row_set_subtitle_lines (row, 2);
  gtk_widget_add_css_class (verdict, "caption");
  gtk_widget_add_css_class (verdict, get_style (sample->verdict));
  adw_action_row_add_suffix (row, verdict);

  return GTK_WIDGET (row);
}

void
crm_import_preview_show (CrmImportPreview *self, const CrmImportResult *result)
{
  g_return_if_fail (CRM_IS_IMPORT_PREVIEW (self));

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; result != NULL && i < MIN (result->samples->len, SHOWN); i++)
    gtk_list_box_append (self->list, create_row (result->samples->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self), result != NULL && result->samples->len > 0);
}

static void
crm_import_preview_class_init (CrmImportPreviewClass *klass)
{
}

static void
crm_import_preview_init (CrmImportPreview *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("First rows"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

CrmImportPreview *
crm_import_preview_new (void)
{
  return g_object_new (CRM_TYPE_IMPORT_PREVIEW, NULL);
}
