#pragma once

#include "model/crm-record.h"

G_BEGIN_DECLS

/* "Kerkstraat 12 bis": street, number, letter, addition; what does not split stays in the street. */
typedef struct
{
  char *street;
  char *house_number;
  char *house_letter;
  char *house_addition;
} CrmStreetLine;

void crm_street_line_clear (CrmStreetLine *line);
void crm_street_line_parse (const char *text, CrmStreetLine *line);
/* "Borgesiusstraat 103 c", "Daniël Stalpertstraat 35 III", "Atatürkstraat 9-2". */
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
 * The address block of an envelope, 3 to 6 lines, by PostNL's rules: organisation, department,
 * person, street or PO box, postcode and TOWN, COUNTRY when foreign to @home (ISO 3166-1).
 *
 * Returns: (transfer full) (nullable): NULL when no address has a town
 */
char **crm_address_dup_block (CrmRecord *person, CrmRecord *organisation, const char *home);

/* One line for lists and pages: "Kerkstraat 12 bis, 1234 AB Ede"; NULL when empty. */
char *crm_address_dup_line (CrmRecord *record, gboolean postal);

/* 1234AB from "1234 ab"; NULL when it is no Dutch postcode. */
char *crm_postcode_normalize (const char *text);
char *crm_postcode_display (const char *postcode);

G_END_DECLS
