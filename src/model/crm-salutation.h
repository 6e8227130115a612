#pragma once

#include "model/crm-record.h"

G_BEGIN_DECLS

/*
 * How a relation is written to, by the rules of the Dutch base registration of persons (BRP,
 * "aanschrijving en aanhef") and of taaladvies.net; tests/data/model/salutation.csv has them as
 * cases.
 */
typedef struct
{
  /* "De heer ir. J. de Vries"; the organisation's name when no person is known. NULL when neither
   * is. */
  char *address_line;
  /* "de heer De Vries"; NULL when no person is known. */
  char *in_text;
  /* "Geachte heer De Vries,"; NULL when there is neither a surname nor an organisation. */
  char *salutation;
} CrmSalutation;

typedef enum
{
  CRM_SALUTATION_DEFAULT = 0,
  /* Of a double name the first only, as taaladvies.net advises; the BRP has both. */
  CRM_SALUTATION_FIRST_SURNAME = 1 << 0,
  /* No "De heer" or "Mevrouw" in the address line, as the BRP has it. */
  CRM_SALUTATION_PLAIN_ADDRESS = 1 << 1,
} CrmSalutationFlags;

/* @person: (nullable): when only the organisation is known; @organisation: (nullable) */
CrmSalutation *crm_salutation_new (CrmRecord *person, CrmRecord *organisation);
CrmSalutation *
crm_salutation_new_full (CrmRecord *person, CrmRecord *organisation, CrmSalutationFlags flags);
void crm_salutation_free (CrmSalutation *salutation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSalutation, crm_salutation_free)

G_END_DECLS
