#pragma once

#include "exchange/crm-csv-format.h"

G_BEGIN_DECLS

/* Guesses separator and quote from the first part of a file. @text: UTF-8 or any code page with
 * ASCII in it; @complete: nothing was left out at its end. Only what is 0 in @format is set. */
void
crm_csv_sample_detect (const char *text, gsize length, gboolean complete, CrmCsvFormat *format);

G_END_DECLS
