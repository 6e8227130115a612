#include "exchange/crm-import-note.h"

#include <string.h>

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

/* {v} stands for the value, {o} for the other one. */
static const char *
get_words (CrmImportNoteCode code)
{
  static const char *const words[] = {
    [CRM_IMPORT_NOTE_KEPT_AS_TEXT] = "“{v}” is not what this field expects; kept as text",
    [CRM_IMPORT_NOTE_NOT_TAKEN_OVER] = "“{v}” is not what this field expects; “{o}” stays",
    [CRM_IMPORT_NOTE_NUMBER_KEPT] = "an import never changes a number: “{o}” stays, not “{v}”",
    [CRM_IMPORT_NOTE_NUMBER_TAKEN] = "the number “{v}” belongs to another record already; left out",
    [CRM_IMPORT_NOTE_LINK_UNKNOWN] = "nothing is called “{v}”; left empty",
    [CRM_IMPORT_NOTE_LINK_AMBIGUOUS] = "more than one record is called “{v}”; left empty",
    [CRM_IMPORT_NOTE_NEEDS_PERSON] = "“{v}” belongs to a person and the row names none; left out",
    [CRM_IMPORT_NOTE_NO_UID] = "“{v}” is no UUID; the record gets an id of its own",
    [CRM_IMPORT_NOTE_UID_TAKEN] = "the id “{v}” belongs to a record of another kind; not used",
    [CRM_IMPORT_NOTE_OTHER_FIRST_NAME] =
        "matched by e-mail and surname; the first name was “{o}” and is “{v}”",
    [CRM_IMPORT_NOTE_DAMAGED] = "characters that the encoding does not have became “�”",
    [CRM_IMPORT_NOTE_SHORT_ROW] =
        "the row has {v} cells, {o} were expected; the others are taken as empty",
    [CRM_IMPORT_NOTE_REPEATED] = "the row repeats line {v} and is left out",
    [CRM_IMPORT_NOTE_POSSIBLE] = "may be “{v}”, who is there already; imported as a new relation",
    [CRM_IMPORT_NOTE_NAMELESS] = "the row names neither a person nor an organisation",
    [CRM_IMPORT_NOTE_INCOMPLETE] = "the row has no {v}",
    [CRM_IMPORT_NOTE_OTHER_KIND] = "the id “{v}” belongs to a record of another kind",
    [CRM_IMPORT_NOTE_LONG_ROW] = "the row has {v} cells, {o} were expected",
    [CRM_IMPORT_NOTE_LONG_CELL] = "a cell of {v} bytes; at most {o} fit in a field",
    [CRM_IMPORT_NOTE_COLUMN] = "the column is not imported",
  };

  return words[code];
}

char *
crm_import_note_dup_reason (const CrmImportNote *self)
{
  g_autoptr (GString) reason = g_string_new (NULL);
  const char *at;

  g_return_val_if_fail (self != NULL && self->code <= CRM_IMPORT_NOTE_COLUMN, NULL);

  /* One pass, so that a value with "{o}" in it stays what it is. */
  for (at = get_words (self->code); *at != '\0'; at++)
    {
      const char *part = g_str_has_prefix (at, "{v}") ? self->value : self->other;

      if (!g_str_has_prefix (at, "{v}") && !g_str_has_prefix (at, "{o}"))
        {
          g_string_append_c (reason, *at);
          continue;
        }
      g_string_append (reason, part != NULL ? part : "");
      at += strlen ("{v}") - 1;
    }

  return g_string_free (g_steal_pointer (&reason), FALSE);
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
