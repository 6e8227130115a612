#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Amounts with two decimals: canonical "1190.00", stored as whole cents. */

/* "€ 1.190,00", "1.190,-", "EUR 1190", "(5,00)" for less than nothing. One point or comma with
 * three digits behind it parts thousands. NULL when it is no amount, has parts of cents, or 16
 * digits. */
char *crm_money_parse (const char *text);
/* FALSE when @value is not canonical. */
gboolean crm_money_to_cents (const char *value, gint64 *cents);
char *crm_money_from_cents (gint64 cents);
/* "1.190,00" in the current locale. NULL when @value is not canonical. */
char *crm_money_display (const char *value);
/* "€ 1.190,00" for Dutch letters, with a no-break space. */
char *crm_money_format_dutch (const char *value);

/* A number: "11,9" and "11.9" are one, a lone point or comma is the decimal one. Canonical: no
 * plus, no leading or trailing zeros. NULL when it is none. */
char *crm_number_parse (const char *text);
/* The one notation of a finite number that is stored or sent: 15 digits where they say the same
 * number, else 17; "0" for -0. Returns: @buffer */
char *crm_number_format (double number, char buffer[G_ASCII_DTOSTR_BUF_SIZE]);
char *crm_number_display (const char *value);

G_END_DECLS
