#pragma once

#include "model/crm-record.h"

G_BEGIN_DECLS

/*
 * "Kerkstraat 12 bis": street, number, letter, addition; what does not split stays in the street, as
 * do foreign lines with the number in front. "Postbus 123" is a PO box.
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
/* @line: (out caller-allocates): cleared first is the caller's task. @text: nullable */
void crm_street_line_parse (const char *text, CrmStreetLine *line);
/* "Borgesiusstraat 103 c", "Daniël Stalpertstraat 35 III", "Atatürkstraat 9-2", "Postbus 123": a suffix
 * that starts with a digit goes behind a hyphen, others behind a space. Parses back to @line.
 * Returns: (transfer full) (nullable): NULL when @line is empty */
char *crm_street_line_format (const CrmStreetLine *line);

typedef enum
{
  CRM_ADDRESS_NONE,
  CRM_ADDRESS_OWN_POSTAL,
  CRM_ADDRESS_OWN_VISITING,
  CRM_ADDRESS_ORGANISATION_POSTAL,
  CRM_ADDRESS_ORGANISATION_VISITING,
} CrmAddressUse;

/* The first address with a town; either record may be NULL. */
CrmAddressUse crm_address_choose (CrmRecord *person, CrmRecord *organisation);

/*
 * crm_address_dup_block:
 * @person: (nullable):
 * @organisation: (nullable):
 * @home: (nullable): ISO 3166-1 of the sender; NULL is NL
 *
 * The address block of an envelope, 2 to 6 lines. Dutch order, by PostNL's rules: organisation,
 * department, person, street or PO box, postcode and TOWN, COUNTRY when it is not @home. Belgian
 * order where the letter goes to Belgium: person, department, organisation.
 *
 * Returns: (transfer full) (nullable): NULL when no address has a town
 */
char **crm_address_dup_block (CrmRecord *person, CrmRecord *organisation, const char *home);

/* One line for lists and pages: "Kerkstraat 12 bis, 1234 AB Ede"; NULL when empty. */
char *crm_address_dup_line (CrmRecord *record, gboolean postal);

/* 1234AB from "1234 ab"; NULL when it is no Dutch postcode. */
char *crm_postcode_normalize (const char *text);
/* "1234 AB"; other text as it is. NULL for NULL. */
char *crm_postcode_display (const char *postcode);

G_END_DECLS
