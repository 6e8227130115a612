#include "ui/record/crm-record-form.h"

#include "base/crm-text.h"
#include "ui/record/crm-record-words.h"

#include <glib/gi18n-lib.h>

#define N_SECTIONS CRM_SECTION_HIDDEN

struct _CrmRecordForm
{
  AdwBin parent_instance;

  const CrmKind *kind;
  AdwPreferencesPage *page;
  GPtrArray *editors; /* element-type CrmFieldEditor */
  /* Per section; NULL when the kind has no field there. */
  AdwPreferencesGroup *groups[N_SECTIONS];
  GtkWidget *more[N_SECTIONS];
  gboolean opened[N_SECTIONS];
};

G_DEFINE_FINAL_TYPE (CrmRecordForm, crm_record_form, ADW_TYPE_BIN)

typedef enum
{
  EDITED,
} CrmRecordFormSignal;

static guint signals[EDITED + 1];

/* Fields that few relations fill: they come into view when they hold something or are asked for.
 * Only a matter of calm; a field that is not named here is simply shown. */
static gboolean
is_seldom (const CrmField *field)
{
  static const char *const names[] = {
    "call_name",      "partner_prefix", "partner_surname", "name_use", "tone",   "title",
    "title_after",    "language",       "house_letter",    "country",  "branch", "parent",
    "chamber_number", "vat_number",     "relation_type",   "source",   "team",   "last_activity",
    "last_verified",  "number",         "opportunity",     NULL
  };

  return field->section == CRM_SECTION_POSTAL || g_strv_contains (names, field->name);
}

static const char *
get_more_label (CrmSection section)
{
  switch (section)
    {
    case CRM_SECTION_NAME:
      return _("More About the Name");
    case CRM_SECTION_POSTAL:
      return _("Add a Postal Address");
    case CRM_SECTION_CONTACT:
    case CRM_SECTION_VISITING:
    case CRM_SECTION_WORK:
    case CRM_SECTION_STATUS:
    case CRM_SECTION_NOTE:
    case CRM_SECTION_HIDDEN:
    default:
      return _("More Fields");
    }
}

static gboolean
is_filled (CrmFieldEditor *editor)
{
  return crm_field_editor_get_base (editor) != NULL || crm_field_editor_is_touched (editor);
}

/* Which rows are in view, and whether there is more to ask for. */
static void
update_rows (CrmRecordForm *self)
{
  gboolean hidden[N_SECTIONS] = { FALSE };

  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const CrmField *field = crm_field_editor_get_field (editor);
      GtkWidget *row = crm_field_editor_get_row (editor);
      gboolean visible = self->opened[field->section] || !is_seldom (field) ||
                         gtk_widget_get_visible (row) || is_filled (editor);

      gtk_widget_set_visible (row, visible);
      hidden[field->section] = hidden[field->section] || !visible;
    }

  for (guint section = 0; section < N_SECTIONS; section++)
    if (self->more[section] != NULL)
      gtk_widget_set_visible (self->more[section], hidden[section]);
}

/* The first that is asked for; of a whole section rather one that people search by: who makes a
 * person starts at the first name, not at the initials that follow from it. */
static void
focus_first (CrmRecordForm *self, CrmSection section, gboolean seldom)
{
  CrmFieldEditor *first = NULL;

  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmFieldEditor *editor = g_ptr_array_index (self->editors, i);
      const CrmField *field = crm_field_editor_get_field (editor);

      if (field->section != section || (seldom && !is_seldom (field)) ||
          !gtk_widget_get_visible (crm_field_editor_get_row (editor)))
        continue;
      if (first == NULL)
        first = editor;
      if (seldom || field->weight >= 4)
        {
          first = editor;
          break;
        }
    }

  if (first != NULL)
    crm_field_editor_focus (first);
}

static void
more_cb (CrmRecordForm *self, GtkWidget *row)
{
  for (guint section = 0; section < N_SECTIONS; section++)
    if (self->more[section] == row)
      {
        self->opened[section] = TRUE;
        update_rows (self);
        focus_first (self, (CrmSection) section, TRUE);
      }
}

static void
edited_cb (CrmRecordForm *self, CrmFieldEditor *editor)
{
  g_signal_emit (self, signals[EDITED], 0, crm_field_editor_get_field (editor)->name);
}

static void
crm_record_form_dispose (GObject *object)
{
  CrmRecordForm *self = CRM_RECORD_FORM (object);

  for (guint i = 0; self->editors != NULL && i < self->editors->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->editors, i), self);

  G_OBJECT_CLASS (crm_record_form_parent_class)->dispose (object);

  /* After the rows went with the page: their editors drop the last hold on them. */
  g_clear_pointer (&self->editors, g_ptr_array_unref);
}

static void
crm_record_form_class_init (CrmRecordFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_record_form_dispose;

  signals[EDITED] = g_signal_new ("edited",
                                  CRM_TYPE_RECORD_FORM,
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
crm_record_form_init (CrmRecordForm *self)
{
  self->editors = g_ptr_array_new_with_free_func (g_object_unref);
  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
}

static void
add_section (CrmRecordForm *self, CrmSuggester *suggester, CrmSection section)
{
  for (guint i = 0; i < crm_kind_get_n_fields (self->kind); i++)
    {
      const CrmField *field = crm_kind_get_field (self->kind, i);
      CrmFieldEditor *editor;

      if (field->section != section)
        continue;
      if (self->groups[section] == NULL)
        {
          self->groups[section] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (self->groups[section],
                                           crm_record_words_get_section (section));
          adw_preferences_page_add (self->page, self->groups[section]);
        }

      editor = crm_field_editor_new (suggester, self->kind, field);
      g_signal_connect_swapped (editor, "edited", G_CALLBACK (edited_cb), self);
      g_ptr_array_add (self->editors, editor);
      gtk_widget_set_visible (crm_field_editor_get_row (editor), !is_seldom (field));
      adw_preferences_group_add (self->groups[section], crm_field_editor_get_row (editor));
      adw_preferences_group_add (self->groups[section], crm_field_editor_get_note_row (editor));
    }

  if (self->groups[section] != NULL)
    {
      self->more[section] = adw_button_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more[section]),
                                     get_more_label (section));
      g_signal_connect_object (self->more[section],
                               "activated",
                               G_CALLBACK (more_cb),
                               self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->groups[section], self->more[section]);
    }
}

CrmRecordForm *
crm_record_form_new (CrmSuggester *suggester, const CrmKind *kind)
{
  CrmRecordForm *self;

  g_return_val_if_fail (CRM_IS_SUGGESTER (suggester), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (CRM_TYPE_RECORD_FORM, NULL);
  self->kind = kind;
  for (guint section = 0; section < N_SECTIONS; section++)
    add_section (self, suggester, (CrmSection) section);
  update_rows (self);

  return self;
}

void
crm_record_form_add_group (CrmRecordForm *self, AdwPreferencesGroup *group)
{
  g_return_if_fail (CRM_IS_RECORD_FORM (self));

  adw_preferences_page_add (self->page, group);
}

CrmFieldEditor *
crm_record_form_get_editor (CrmRecordForm *self, const char *field)
{
  g_return_val_if_fail (CRM_IS_RECORD_FORM (self), NULL);

  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (g_str_equal (crm_field_editor_get_field (editor)->name, field))
        return editor;
    }

  return NULL;
}

void
crm_record_form_set_base (CrmRecordForm *self, CrmRecord *record)
{
  g_return_if_fail (CRM_IS_RECORD_FORM (self));
  g_return_if_fail (CRM_IS_RECORD (record));

  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmFieldEditor *editor = g_ptr_array_index (self->editors, i);

      crm_field_editor_set_base (editor,
                                 crm_record_get (record,
                                                 crm_field_editor_get_field (editor)->name));
    }
  update_rows (self);
}

void
crm_record_form_follow (CrmRecordForm *self, CrmRecord *record)
{
  g_return_if_fail (CRM_IS_RECORD_FORM (self));
  g_return_if_fail (CRM_IS_RECORD (record));

  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmFieldEditor *editor = g_ptr_array_index (self->editors, i);

      crm_field_editor_follow (editor,
                               crm_record_get (record, crm_field_editor_get_field (editor)->name));
    }
  update_rows (self);
}

gboolean
crm_record_form_is_touched (CrmRecordForm *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_FORM (self), FALSE);

  for (guint i = 0; i < self->editors->len; i++)
    if (crm_field_editor_is_touched (g_ptr_array_index (self->editors, i)))
      return TRUE;

  return FALSE;
}

static gboolean
collect_one (CrmFieldEditor *editor, CrmRecord *record)
{
  const CrmField *field = crm_field_editor_get_field (editor);
  g_autofree char *value = NULL;

  if (!crm_field_editor_dup_value (editor, &value))
    {
      g_autofree char *note = g_strdup (crm_field_editor_get_note (editor));

      crm_field_editor_set_note (editor, note, TRUE);
      return FALSE;
    }
  if (crm_field_has_flag (field, CRM_FIELD_REQUIRED) && crm_text_is_empty (value))
    {
      crm_field_editor_set_note (editor, _("This is needed to save"), TRUE);
      return FALSE;
    }
  crm_record_set (record, field->name, value);

  return TRUE;
}

gboolean
crm_record_form_collect (CrmRecordForm *self, CrmRecord *record)
{
  CrmFieldEditor *wrong = NULL;

  g_return_val_if_fail (CRM_IS_RECORD_FORM (self), FALSE);
  g_return_val_if_fail (CRM_IS_RECORD (record), FALSE);

  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmFieldEditor *editor = g_ptr_array_index (self->editors, i);

      if (!collect_one (editor, record) && wrong == NULL)
        wrong = editor;
    }
  if (wrong != NULL)
    crm_field_editor_focus (wrong);

  return wrong == NULL;
}

void
crm_record_form_peek (CrmRecordForm *self, CrmRecord *record)
{
  g_return_if_fail (CRM_IS_RECORD_FORM (self));

  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmFieldEditor *editor = g_ptr_array_index (self->editors, i);
      g_autofree char *value = NULL;

      if (crm_field_editor_dup_value (editor, &value))
        crm_record_set (record, crm_field_editor_get_field (editor)->name, value);
    }
}

GPtrArray *
crm_record_form_list_drafts (CrmRecordForm *self)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->editors->len; i++)
    {
      CrmRecord *draft = crm_field_editor_get_draft (g_ptr_array_index (self->editors, i));

      if (draft != NULL)
        g_ptr_array_add (drafts, g_object_ref (draft));
    }

  return drafts;
}

void
crm_record_form_focus_section (CrmRecordForm *self, CrmSection section)
{
  g_return_if_fail (CRM_IS_RECORD_FORM (self));

  if (section >= N_SECTIONS || self->groups[section] == NULL)
    section = CRM_SECTION_NAME;
  /* Whoever asks for the postal address wants its rows, not a button that shows them. */
  if (section == CRM_SECTION_POSTAL)
    {
      self->opened[section] = TRUE;
      update_rows (self);
    }

  if (self->groups[section] != NULL)
    adw_preferences_page_scroll_to_top (self->page);
  focus_first (self, section, FALSE);
}
