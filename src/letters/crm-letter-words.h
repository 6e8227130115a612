#pragma once

#include "model/crm-name.h"

G_BEGIN_DECLS

/* What the page itself says, in the language of the letter (not of the window). */
typedef struct
{
  const char *language; /* ISO 639-1 */
  const char *your_letter;
  const char *your_reference;
  const char *our_reference;
  const char *handled_by;
  const char *subject;
  const char *enclosure;
  const char *enclosures;
  const char *page;
  const char *of;
  const char *closing;
  const char *closing_unnamed; /* after an opening that names nobody */
  const char *chamber;
  const char *vat;
  const char *months[12];
} CrmLetterWords;

/* Dutch when @language is NULL or not known. */
const CrmLetterWords *crm_letter_words_find (const char *language);
/* "5 maart 2024" from "2024-03-05" or a time; @date itself when it is neither. */
char *crm_letter_words_format_date (const CrmLetterWords *self, const char *date);
/*
 * The opening line in the language of the letter: the one of @salutation for Dutch; for English by
 * the same rules "Dear Mr De Vries,", "Dear Kim," or "Dear Sir or Madam,".
 *
 * @person: nullable. Returns: (transfer full) (nullable): NULL when @salutation has none
 */
char *crm_letter_words_dup_salutation (const CrmLetterWords *self,
                                       CrmRecord *person,
                                       const CrmSalutation *salutation);
/* The name in running text: "de heer De Vries", "Mr De Vries", "Kim". */
char *crm_letter_words_dup_in_text (const CrmLetterWords *self,
                                    CrmRecord *person,
                                    const CrmSalutation *salutation);

G_END_DECLS
