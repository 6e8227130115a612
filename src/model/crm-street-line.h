#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * "Kerkstraat 12 bis": street, number, letter, addition; what does not split stays in the street,
 * as do foreign lines with the number in front. "Postbus 123" is a PO box.
 */
typedef struct
{
  char *street;
  char *house_number;
  char *house_letter;
  char *house_addition;
  /* "123" of "Postbus 123"; a box of another name whole, "Antwoordnummer 45". */
  char *po_box;
} CrmStreetLine;

void crm_street_line_clear (CrmStreetLine *line);
/* @text: (nullable); @line: (out caller-allocates): what it held is not freed */
void crm_street_line_parse (const char *text, CrmStreetLine *line);
/* "Borgesiusstraat 103 c", "Daniël Stalpertstraat 35 III", "Atatürkstraat 9-2", "Postbus 123": a
 * suffix that starts with a digit goes behind a hyphen, others behind a space. Parses back to
 * @line. Returns: (transfer full) (nullable): NULL when @line is empty */
char *crm_street_line_format (const CrmStreetLine *line);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmStreetLine, crm_street_line_clear)

G_END_DECLS
