#include "ui/import/crm-import-words.h"

#include <glib/gi18n-lib.h>

static const char *
get_note_format (CrmImportNoteCode code)
{
  switch (code)
    {
    case CRM_IMPORT_NOTE_DAMAGED:
      return _("Characters that the encoding does not have became “�”.");
    case CRM_IMPORT_NOTE_NAMELESS:
      return _("Refused: the row names neither a person nor an organisation.");
    case CRM_IMPORT_NOTE_COLUMN:
      return _("This column is not imported.");
    case CRM_IMPORT_NOTE_KEPT_AS_TEXT:
    case CRM_IMPORT_NOTE_NOT_TAKEN_OVER:
    case CRM_IMPORT_NOTE_NUMBER_KEPT:
    case CRM_IMPORT_NOTE_NUMBER_TAKEN:
    case CRM_IMPORT_NOTE_LINK_UNKNOWN:
    case CRM_IMPORT_NOTE_LINK_AMBIGUOUS:
    case CRM_IMPORT_NOTE_NEEDS_PERSON:
    case CRM_IMPORT_NOTE_NO_UID:
    case CRM_IMPORT_NOTE_UID_TAKEN:
    case CRM_IMPORT_NOTE_OTHER_FIRST_NAME:
    case CRM_IMPORT_NOTE_SHORT_ROW:
    case CRM_IMPORT_NOTE_REPEATED:
    case CRM_IMPORT_NOTE_POSSIBLE:
    case CRM_IMPORT_NOTE_INCOMPLETE:
    case CRM_IMPORT_NOTE_OTHER_KIND:
    case CRM_IMPORT_NOTE_LONG_ROW:
    case CRM_IMPORT_NOTE_LONG_CELL:
    default:
      return NULL;
    }
}

static char *
dup_two (const CrmImportNote *note, const char *value, const char *other)
{
  switch ((guint) note->code)
    {
    case CRM_IMPORT_NOTE_NOT_TAKEN_OVER:
      return g_strdup_printf (_("“%s” does not look right here; “%s” stays."), value, other);
    case CRM_IMPORT_NOTE_NUMBER_KEPT:
      return g_strdup_printf (_("The number “%s” of the file is left out; “%s” stays."),
                                value,
                                other);
    case CRM_IMPORT_NOTE_OTHER_FIRST_NAME:
      return g_strdup_printf (_("The same e-mail address and surname, but the first name “%s” was “%s”."),
                                value,
                                other);
    case CRM_IMPORT_NOTE_SHORT_ROW:
      return g_strdup_printf (_("The row has %s cells instead of %s; the others are taken as empty."),
                                value,
                                other);
    case CRM_IMPORT_NOTE_LONG_ROW:
      return g_strdup_printf (_("Refused: the row has %s cells instead of %s."), value, other);
    case CRM_IMPORT_NOTE_LONG_CELL:
      return g_strdup_printf (_("Refused: a cell of %s bytes; at most %s fit."), value, other);
    default:
      return crm_import_note_dup_reason (note);
    }
}

char *
crm_import_words_dup_note (const CrmImportNote *note)
{
  const char *format;
  const char *value;

  g_return_val_if_fail (note != NULL, NULL);

  format = get_note_format (note->code);
  if (format != NULL)
    return g_strdup (format);

  value = note->value != NULL ? note->value : "";
  switch ((guint) note->code)
    {
    case CRM_IMPORT_NOTE_KEPT_AS_TEXT:
      return g_strdup_printf (_("“%s” does not look right here; kept as it is."), value);
    case CRM_IMPORT_NOTE_NUMBER_TAKEN:
      return g_strdup_printf (_("The number “%s” belongs to another relation; left out."), value);
    case CRM_IMPORT_NOTE_LINK_UNKNOWN:
      return g_strdup_printf (_("Nothing is called “%s”; left empty."), value);
    case CRM_IMPORT_NOTE_LINK_AMBIGUOUS:
      return g_strdup_printf (_("More than one is called “%s”; left empty."), value);
    case CRM_IMPORT_NOTE_NEEDS_PERSON:
      return g_strdup_printf (_("“%s” belongs to a person and the row names none; left out."),
                                value);
    case CRM_IMPORT_NOTE_NO_UID:
      return g_strdup_printf (_("“%s” is no id of a record; a new one is given."), value);
    case CRM_IMPORT_NOTE_UID_TAKEN:
      return g_strdup_printf (_("The id “%s” belongs to a record of another kind; it is not used."),
                                value);
    case CRM_IMPORT_NOTE_REPEATED:
      return g_strdup_printf (_("The row repeats line %s and is left out."), value);
    case CRM_IMPORT_NOTE_POSSIBLE:
      return g_strdup_printf (_("May be the same as %s; imported as a new relation."), value);
    case CRM_IMPORT_NOTE_INCOMPLETE:
      return g_strdup_printf (_("Refused: “%s” is missing."), value);
    case CRM_IMPORT_NOTE_OTHER_KIND:
      return g_strdup_printf (_("Refused: the id “%s” belongs to a record of another kind."),
                                value);
    default:
      return dup_two (note, value, note->other != NULL ? note->other : "");
    }
}

char *
crm_import_words_dup_place (const CrmImportNote *note)
{
  g_return_val_if_fail (note != NULL, NULL);

  if (note->line == 0)
    return g_strdup (note->column != NULL ? note->column : "");
  if (note->column == NULL)
    return g_strdup_printf (_("Line %'u"), (guint) note->line);

  /* Translators: a line of the file and the name of a column, "Line 12 · Phone" */
  return g_strdup_printf (_("Line %'u · %s"), (guint) note->line, note->column);
}

/* Only what there is any of. The number comes in the sentence, for languages that put it elsewhere.
 */
static void G_GNUC_PRINTF (3, 4) add_count (GPtrArray *parts, guint64 n, const char *format, ...)
{
  va_list list;

  if (n == 0)
    return;
  va_start (list, format);
  g_ptr_array_add (parts, g_strdup_vprintf (format, list));
  va_end (list);
}

char *
crm_import_words_dup_counts (const CrmImportResult *result)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (result != NULL, NULL);

  add_count (parts,
             result->n_new,
             ngettext ("%'u new", "%'u new", (gulong) result->n_new),
             (guint) result->n_new);
  add_count (parts,
             result->n_updated,
             ngettext ("%'u updated", "%'u updated", (gulong) result->n_updated),
             (guint) result->n_updated);
  add_count (parts,
             result->n_unchanged,
             ngettext ("%'u unchanged", "%'u unchanged", (gulong) result->n_unchanged),
             (guint) result->n_unchanged);
  add_count (parts,
             result->n_rejected,
             ngettext ("%'u refused", "%'u refused", (gulong) result->n_rejected),
             (guint) result->n_rejected);
  if (parts->len == 0)
    return g_strdup (_("No rows"));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" · ", (char **) parts->pdata);
}

char *
crm_import_words_dup_remarks (const CrmImportResult *result)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (result != NULL, NULL);

  add_count (parts,
             result->n_organisations,
             ngettext ("%'u organisation is made along the way.",
                       "%'u organisations are made along the way.",
                       (gulong) result->n_organisations),
             (guint) result->n_organisations);
  add_count (parts,
             result->n_repeated,
             ngettext ("%'u row repeats an earlier row of the file.",
                       "%'u rows repeat an earlier row of the file.",
                       (gulong) result->n_repeated),
             (guint) result->n_repeated);
  add_count (parts,
             result->n_possible,
             ngettext ("%'u may be a relation that is here already.",
                       "%'u may be relations that are here already.",
                       (gulong) result->n_possible),
             (guint) result->n_possible);
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" ", (char **) parts->pdata);
}

const char *
crm_import_words_get_verdict (CrmImportVerdict verdict)
{
  switch (verdict)
    {
    case CRM_IMPORT_NEW:
      return C_("imported row", "New");
    case CRM_IMPORT_UPDATED:
      return C_("imported row", "Updated");
    case CRM_IMPORT_UNCHANGED:
      return C_("imported row", "Unchanged");
    case CRM_IMPORT_REJECTED:
      return C_("imported row", "Refused");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
crm_import_words_get_separator (char separator)
{
  switch (separator)
    {
    case ';':
      return _("Semicolon");
    case ',':
      return _("Comma");
    case '\t':
      return _("Tab");
    default:
      return _("Vertical bar");
    }
}

char *
crm_import_words_dup_format (const CrmImportPlan *plan)
{
  const CrmCsvFormat *format;

  g_return_val_if_fail (plan != NULL, NULL);

  format = crm_import_plan_get_format (plan);

  /* Translators: an encoding and a separator: "Windows-1252 · Semicolon · column names in the first
   * row" */
  return g_strdup_printf (format->header == CRM_HEADER_PRESENT
                          ? _("%s · %s · column names in the first row")
                          : _("%s · %s · no column names"),
                              crm_encoding_get_name (format->encoding),
                              crm_import_words_get_separator (format->separator));
}

static const char *
get_label (const CrmImportPlan *plan, const char *kind_name, const char *field_name)
{
  const CrmKind *kind = crm_model_find_kind (crm_import_plan_get_model (plan), kind_name);
  const CrmField *field = kind != NULL ? crm_kind_find_field (kind, field_name) : NULL;

  return field != NULL ? crm_field_get_label (field) : NULL;
}

char *
crm_import_words_dup_target (const CrmImportPlan *plan, const CrmImportTarget *target)
{
  const char *kind;
  const char *label = NULL;

  g_return_val_if_fail (plan != NULL && target != NULL, NULL);

  kind = crm_import_plan_get_kind (plan);
  switch (target->role)
    {
    case CRM_TARGET_NONE:
      return g_strdup (_("Not imported"));
    case CRM_TARGET_UID:
      return g_strdup (_("Id of the record"));
    case CRM_TARGET_KIND:
      return g_strdup (_("Person or organisation"));
    case CRM_TARGET_FULL_NAME:
      return g_strdup (_("Full name"));
    case CRM_TARGET_LINK_UID:
      label = get_label (plan, g_str_equal (kind, "relation") ? "person" : kind, target->field);
      /* Translators: the column holds the id of what a link points at: "Organisation (id)" */
      return g_strdup_printf (_("%s (id)"), label != NULL ? label : target->field);
    case CRM_TARGET_EMPLOYER:
      label = get_label (plan, "organisation", target->field);
      /* Translators: a field of the organisation that a person works for: "Organisation: Website"
       */
      return g_strdup_printf (_("Organisation: %s"), label != NULL ? label : target->field);
    case CRM_TARGET_FIELD:
    default:
      label = get_label (plan, g_str_equal (kind, "relation") ? "person" : kind, target->field);
      if (label == NULL)
        label = get_label (plan, "organisation", target->field);
      return g_strdup (label != NULL ? label : target->field);
    }
}

static char *
dup_no_table (const GError *error)
{
  guint64 line = crm_exchange_error_get_line (error);

  switch (error->code)
    {
    case CRM_EXCHANGE_ERROR_MAPPING:
      return g_strdup (_("No column has names. Choose which column has the surname, the full name or the organisation."));
    case CRM_EXCHANGE_ERROR_NO_FILE:
      return g_strdup (_("This is no file but a folder or a device. Choose a table as text (CSV)."));
    case CRM_EXCHANGE_ERROR_EMPTY:
      return g_strdup (_("The file is empty. A row of column names and rows of values were expected."));
    case CRM_EXCHANGE_ERROR_OTHER_FORMAT:
      return g_strdup (_("This is a spreadsheet, a PDF, a picture or another packed file. Save the table as text (CSV, UTF-8) first."));
    case CRM_EXCHANGE_ERROR_LONG_ROW:
      return g_strdup_printf (_("The row of line %u has no end. Is a quotation mark missing there?"),
                                (guint) line);
    case CRM_EXCHANGE_ERROR_TOO_WIDE:
      return g_strdup_printf (_("Line %u has more cells than a table can have."), (guint) line);
    case CRM_EXCHANGE_ERROR_CUT_OFF:
      return g_strdup_printf (_("The file is cut off: it ends in the middle of the row of line %u. Fetch it again, or look for a missing quotation mark there."),
                                (guint) line);
    default:
      return line > 0
          ? g_strdup_printf (_("Line %u is no text. Choose a table as text (CSV)."), (guint) line)
          : g_strdup (_("The file is no table. Choose a table as text (CSV)."));
    }
}

/* In the language of the window; what the system says of a file is in it already. */
char *
crm_import_words_dup_error (const GError *error)
{
  if (error == NULL)
    return NULL;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_strdup (_("The file is not there any more."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup (_("The file may not be read."));
  if (g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_BUSY))
    return g_strdup (_("Another import is running. Wait until it is done."));
  if (error->domain == CRM_EXCHANGE_ERROR)
    return dup_no_table (error);

  return g_strdup (error->message);
}
