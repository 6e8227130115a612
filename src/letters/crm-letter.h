#pragma once

#include "letters/crm-letter-text.h"
#include "letters/crm-letter-words.h"

G_BEGIN_DECLS

/* One letter, merged and ready to be set on paper. */
typedef struct
{
  /* Id of the relation it goes to. */
  char *relation;
  const CrmLetterWords *words;
  /* What shows in the window; at least one line. */
  char **address;
  /* NULL: the text has its own, or there is none. */
  char *place_date;
  char *our_reference;
  char *your_letter;
  char *your_reference;
  char *handled_by;
  char *subject;
  char *enclosures;
  GPtrArray *text; /* (element-type CrmLetterBlock) */
} CrmLetter;

CrmLetter *crm_letter_new (void);
void crm_letter_free (CrmLetter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLetter, crm_letter_free)

G_END_DECLS
