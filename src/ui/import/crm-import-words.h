#pragma once

#include "exchange/crm-import.h"

G_BEGIN_DECLS

/* What an import has to say, translated. */
char *crm_import_words_dup_note (const CrmImportNote *note);
/* "Line 12 · Telefoon"; the column alone when it is about all of it. */
char *crm_import_words_dup_place (const CrmImportNote *note);
/* "1,204 new, 30 updated, 2 refused"; of a trial and of an import. */
char *crm_import_words_dup_counts (const CrmImportResult *result);
/* "3 rows repeat an earlier row. 12 relations may be here already.": NULL when there is nothing. */
char *crm_import_words_dup_remarks (const CrmImportResult *result);
const char *crm_import_words_get_verdict (CrmImportVerdict verdict);
/* "Semicolon", "Comma" … */
const char *crm_import_words_get_separator (char separator);
/* "Windows-1252 · semicolons · column names in the first row" */
char *crm_import_words_dup_format (const CrmImportPlan *plan);
/* "Surname", "Organisation: Website", "Not imported". */
char *crm_import_words_dup_target (const CrmImportPlan *plan, const CrmImportTarget *target);
/* Why a file cannot be imported, in a sentence for people. */
char *crm_import_words_dup_error (const GError *error);

G_END_DECLS
