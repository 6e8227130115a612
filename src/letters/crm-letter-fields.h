#pragma once

#include "letters/crm-letter-settings.h"
#include "letters/crm-letter-words.h"
#include "letters/crm-mustache.h"

G_BEGIN_DECLS

/*
 * The names that a template may use, in English and in Dutch: the fields of persons and
 * organisations, {{sender.…}} / {{afzender.…}}, {{organisation.…}} / {{organisatie.…}}, and
 *
 *   address_block adresblok · address adresregel · salutation aanhef · in_text in_tekst ·
 *   name naam · date datum · place_date plaats_datum · our_reference ons_kenmerk ·
 *   closing groet · signature ondertekening
 *
 * Upper and lower case are alike.
 */
typedef enum
{
  CRM_LETTER_NAME_UNKNOWN,
  CRM_LETTER_NAME_FIELD,
  CRM_LETTER_NAME_SENDER,
  CRM_LETTER_NAME_ORGANISATION,
  CRM_LETTER_NAME_ADDRESS_BLOCK,
  CRM_LETTER_NAME_ADDRESS,
  CRM_LETTER_NAME_SALUTATION,
  CRM_LETTER_NAME_IN_TEXT,
  CRM_LETTER_NAME_TITLE,
  CRM_LETTER_NAME_DATE,
  CRM_LETTER_NAME_PLACE_DATE,
  CRM_LETTER_NAME_OUR_REFERENCE,
  CRM_LETTER_NAME_CLOSING,
  CRM_LETTER_NAME_SIGNATURE,
} CrmLetterName;

/* What an undotted name means. FIELD when a person or an organisation has it. */
CrmLetterName crm_letter_name_find (const CrmModel *model, const char *name);
/* Whether a name as it stands in a template, dotted or not, means anything. */
gboolean crm_letter_name_is_known (const CrmModel *model, const char *name);
/* By either of its names. Returns: (nullable) */
const CrmField *crm_letter_name_find_field (const CrmKind *kind, const char *name);
const CrmLetterSetting *crm_letter_name_find_setting (const char *name);

/* All names for a person or organisation and their labels, to choose from. */
typedef struct
{
  char *name;
  const char *label; /* translated; static */
} CrmLetterNameChoice;

void crm_letter_name_choice_free (CrmLetterNameChoice *self);
/* @dutch: the Dutch names. Returns: (transfer full) (element-type CrmLetterNameChoice) */
GPtrArray *crm_letter_name_list (const CrmModel *model, gboolean dutch);

G_END_DECLS
