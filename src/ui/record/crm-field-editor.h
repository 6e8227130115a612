#pragma once

#include "ui/record/crm-suggester.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_FIELD_EDITOR (crm_field_editor_get_type ())

G_DECLARE_DERIVABLE_TYPE (CrmFieldEditor, crm_field_editor, CRM, FIELD_EDITOR, GObject)

/*
 * Edits one field of a form: a row, and below it a line that says what is odd about the value or
 * that it changed elsewhere. It keeps what was stored (the base) apart from what was typed, so that
 * a field nobody touched is never written.
 *
 * Signal "edited": people changed the input.
 */
struct _CrmFieldEditorClass
{
  GObjectClass parent_class;

  /* Makes the row, once; @row of the editor keeps it. */
  GtkWidget *(*make_row) (CrmFieldEditor *self);
  /* Shows a canonical value, nullable. */
  void (*show) (CrmFieldEditor *self, const char *value);
  /* What stands in the row, for comparing and parsing; never NULL. */
  char *(*dup_input) (CrmFieldEditor *self);
  /* The input as a canonical value; NULL without error when empty. The default is
   * crm_value_parse(). */
  char *(*parse) (CrmFieldEditor *self, const char *input, GError **error);
  /* A record that must be made for the value to make sense; nullable. */
  CrmRecord *(*get_draft) (CrmFieldEditor *self);
};

/* The editor for the field's type. */
CrmFieldEditor *
crm_field_editor_new (CrmSuggester *suggester, const CrmKind *kind, const CrmField *field);

const CrmKind *crm_field_editor_get_kind (CrmFieldEditor *self);
const CrmField *crm_field_editor_get_field (CrmFieldEditor *self);
CrmSuggester *crm_field_editor_get_suggester (CrmFieldEditor *self);
GtkWidget *crm_field_editor_get_row (CrmFieldEditor *self);
GtkWidget *crm_field_editor_get_note_row (CrmFieldEditor *self);
/* The line below the row; NULL when there is none. */
const char *crm_field_editor_get_note (CrmFieldEditor *self);

/* What is stored; shown unless people typed. */
void crm_field_editor_set_base (CrmFieldEditor *self, const char *value);
const char *crm_field_editor_get_base (CrmFieldEditor *self);
/* The stored value changed meanwhile: an untouched field follows, a touched one says so. */
void crm_field_editor_follow (CrmFieldEditor *self, const char *value);
/* Puts a value in the row as if it was typed. */
void crm_field_editor_fill (CrmFieldEditor *self, const char *value);
gboolean crm_field_editor_is_touched (CrmFieldEditor *self);
/* The value to store: the base when untouched. FALSE when what was typed is not of the field's
 * type; the row says so. */
gboolean crm_field_editor_dup_value (CrmFieldEditor *self, char **value);
CrmRecord *crm_field_editor_get_draft (CrmFieldEditor *self);
/* A problem that the form found; NULL takes it away. */
void crm_field_editor_set_note (CrmFieldEditor *self, const char *note, gboolean stops);
void crm_field_editor_focus (CrmFieldEditor *self);

/* For subclasses: the input changed by hand. */
void crm_field_editor_edited (CrmFieldEditor *self);

G_END_DECLS
