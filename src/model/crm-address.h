#pragma once

#include "model/crm-postcode.h"
#include "model/crm-record.h"
#include "model/crm-street-line.h"

G_BEGIN_DECLS

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
 * department, person, street or PO box, postcode and TOWN, COUNTRY in Dutch when it is not @home.
 * Belgian order for letters to Belgium: person, function or department, organisation.
 *
 * Returns: (transfer full) (nullable): NULL when no address has a town
 */
char **crm_address_dup_block (CrmRecord *person, CrmRecord *organisation, const char *home);

/* One line for lists and pages: "Kerkstraat 12 bis, 1234 AB Ede"; NULL when empty. */
char *crm_address_dup_line (CrmRecord *record, gboolean postal);

G_END_DECLS
