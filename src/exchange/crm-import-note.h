#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an import has to say about a row, a value or a column. */
typedef enum
{
  /* @value is not what its field asks for; kept as text. */
  CRM_IMPORT_NOTE_KEPT_AS_TEXT,
  /* @value is not what its field asks for; the good value @other that was there stays. */
  CRM_IMPORT_NOTE_NOT_TAKEN_OVER,
  /* A match never changes a number: @other stays, not @value. */
  CRM_IMPORT_NOTE_NUMBER_KEPT,
  /* The number @value belongs to another record already; left out. */
  CRM_IMPORT_NOTE_NUMBER_TAKEN,
  /* Nothing is called @value, so the link is left empty. */
  CRM_IMPORT_NOTE_LINK_UNKNOWN,
  /* More than one record is called @value, so the link is left empty. */
  CRM_IMPORT_NOTE_LINK_AMBIGUOUS,
  /* @value belongs to a person and the row names none. */
  CRM_IMPORT_NOTE_NEEDS_PERSON,
  /* @value is no id of a record. */
  CRM_IMPORT_NOTE_NO_UID,
  /* The id @value belongs to a record of another kind. */
  CRM_IMPORT_NOTE_UID_TAKEN,
  /* Matched by e-mail and surname; the first name was @other and is @value. */
  CRM_IMPORT_NOTE_OTHER_FIRST_NAME,
  /* Characters that the encoding does not have became “�”. */
  CRM_IMPORT_NOTE_DAMAGED,
  /* The row has @value cells and @other were expected; the missing ones are taken as empty. */
  CRM_IMPORT_NOTE_SHORT_ROW,
  /* The row repeats the row of line @value. */
  CRM_IMPORT_NOTE_REPEATED,
  /* The row may be @value that is there already; it was not matched. */
  CRM_IMPORT_NOTE_POSSIBLE,
  /* Refused: the row names neither a person nor an organisation. */
  CRM_IMPORT_NOTE_NAMELESS,
  /* Refused: the row lacks what its kind needs, the field @value. */
  CRM_IMPORT_NOTE_INCOMPLETE,
  /* Refused: its id @value belongs to a record of another kind. */
  CRM_IMPORT_NOTE_OTHER_KIND,
  /* Refused: the row has @value cells and @other were expected. */
  CRM_IMPORT_NOTE_LONG_ROW,
  /* Refused: a cell of @value bytes; at most @other. */
  CRM_IMPORT_NOTE_LONG_CELL,
  /* The column is not imported. */
  CRM_IMPORT_NOTE_COLUMN,
} CrmImportNoteCode;

typedef struct
{
  CrmImportNoteCode code;
  guint64 line; /* 0: the whole file */
  char *column; /* nullable */
  char *value;  /* nullable */
  char *other;  /* nullable */
  char *id;     /* nullable: the record that the note is about */
} CrmImportNote;

CrmImportNote *crm_import_note_new (CrmImportNoteCode code,
                                    guint64 line,
                                    const char *column,
                                    const char *value,
                                    const char *other);
void crm_import_note_free (CrmImportNote *self);
gboolean crm_import_note_is_refusal (const CrmImportNote *self);
/* English, for logs and the command line: "“abc” is no phone number; kept as text". */
char *crm_import_note_dup_reason (const CrmImportNote *self);
/* The same with its place: "line 12, Telefoon: …". */
char *crm_import_note_to_string (const CrmImportNote *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportNote, crm_import_note_free)

G_END_DECLS
