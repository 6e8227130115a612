#include "exchange/crm-import-note.h"

CrmImportNote *
crm_import_note_new (CrmImportNoteCode code,
                     guint64 line,
                     const char *column,
                     const char *value,
                     const char *other)
{
  CrmImportNote *self = g_new0 (CrmImportNote, 1);

  self->code = code;
  self->line = line;
  self->column = g_strdup (column);
  self->value = g_strdup (value);
  self->other = g_strdup (other);

  return self;
}

void
crm_import_note_free (CrmImportNote *self)
{
  if (self == NULL)
    return;

  g_free (self->column);
  g_free (self->value);
  g_free (self->other);
  g_free (self->id);
  g_free (self);
}

gboolean
crm_import_note_is_refusal (const CrmImportNote *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->code >= CRM_IMPORT_NOTE_NAMELESS && self->code <= CRM_IMPORT_NOTE_LONG_CELL;
}

char *
crm_import_note_dup_reason (const CrmImportNote *self)
{
  const char *value;
  const char *other;

  g_return_val_if_fail (self != NULL, NULL);

  value = self->value != NULL ? self->value : "";
  other = self->other != NULL ? self->other : "";

  switch (self->code)
    {
    case CRM_IMPORT_NOTE_KEPT_AS_TEXT:
      return g_strdup_printf ("“%s” is not what this field expects; kept as text", value);
    case CRM_IMPORT_NOTE_NOT_TAKEN_OVER:
      return g_strdup_printf ("“%s” is not what this field expects; “%s” stays", value, other);
    case CRM_IMPORT_NOTE_NUMBER_KEPT:
      return g_strdup_printf ("an import never changes a number: “%s” stays, not “%s”",
                              other,
                              value);
    case CRM_IMPORT_NOTE_NUMBER_TAKEN:
      return g_strdup_printf ("the number “%s” belongs to another record already; left out", value);
    case CRM_IMPORT_NOTE_LINK_UNKNOWN:
      return g_strdup_printf ("nothing is called “%s”; left empty", value);
    case CRM_IMPORT_NOTE_LINK_AMBIGUOUS:
      return g_strdup_printf ("more than one record is called “%s”; left empty", value);
    case CRM_IMPORT_NOTE_NEEDS_PERSON:
      return g_strdup_printf ("“%s” belongs to a person and the row names none; left out", value);
    case CRM_IMPORT_NOTE_NO_UID:
      return g_strdup_printf ("“%s” is no UUID; the record gets an id of its own", value);
    case CRM_IMPORT_NOTE_UID_TAKEN:
      return g_strdup_printf ("the id “%s” belongs to a record of another kind; not used", value);
    case CRM_IMPORT_NOTE_OTHER_FIRST_NAME:
      return g_strdup_printf ("matched by e-mail and surname; the first name was “%s” and is “%s”",
                              other,
                              value);
    case CRM_IMPORT_NOTE_DAMAGED:
      return g_strdup ("characters that the encoding does not have became “�”");
    case CRM_IMPORT_NOTE_SHORT_ROW:
      return g_strdup_printf ("the row has %s cells, %s were expected; the others are taken as "
                              "empty",
                              value,
                              other);
    case CRM_IMPORT_NOTE_REPEATED:
      return g_strdup_printf ("the row repeats line %s and is left out", value);
    case CRM_IMPORT_NOTE_POSSIBLE:
      return g_strdup_printf ("may be “%s”, who is there already; imported as a new relation",
                              value);
    case CRM_IMPORT_NOTE_NAMELESS:
      return g_strdup ("the row names neither a person nor an organisation");
    case CRM_IMPORT_NOTE_INCOMPLETE:
      return g_strdup_printf ("the row has no %s", value);
    case CRM_IMPORT_NOTE_LONG_ROW:
      return g_strdup_printf ("the row has %s cells, %s were expected", value, other);
    case CRM_IMPORT_NOTE_LONG_CELL:
      return g_strdup_printf ("a cell of %s bytes; at most %s fit in a field", value, other);
    case CRM_IMPORT_NOTE_COLUMN:
      return g_strdup ("the column is not imported");
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
crm_import_note_to_string (const CrmImportNote *self)
{
  g_autofree char *reason = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  reason = crm_import_note_dup_reason (self);

  if (self->line == 0)
    return g_strdup_printf ("column %s: %s", self->column != NULL ? self->column : "?", reason);
  if (self->column == NULL)
    return g_strdup_printf ("line %" G_GUINT64_FORMAT ": %s", self->line, reason);

  return g_strdup_printf ("line %" G_GUINT64_FORMAT ", %s: %s", self->line, self->column, reason);
}
