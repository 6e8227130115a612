#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What someone typed in a search field, as expressions for FTS5. All words must be found, in any
 * order; one or two letters start a word, three or more may be an inner part. Digits that may be a
 * phone number, and a postcode with a space, are tried as one too.
 *
 * The classes are ranks: each finds what the one before it finds and more, so the best matches of a
 * text are those of class 0, then those of class 1 that are not in class 0, and so on.
 */
typedef struct _CrmSearchMatch CrmSearchMatch;

typedef enum
{
  /* Words of the text as one start the main word: "de vries" and "Vries, de" find "devries". */
  CRM_SEARCH_CLASS_JOINED,
  CRM_SEARCH_CLASS_MAIN,
  CRM_SEARCH_CLASS_NAME_START,
  CRM_SEARCH_CLASS_NAME,
  CRM_SEARCH_CLASS_ORGANISATION,
  CRM_SEARCH_CLASS_CONTACT,
  CRM_SEARCH_CLASS_ANY,
  CRM_SEARCH_N_CLASSES,
} CrmSearchClass;

/* NULL when @text has no letter or digit: it restricts nothing. */
CrmSearchMatch *crm_search_match_new (const char *text);
void crm_search_match_free (CrmSearchMatch *self);
/* For the right side of MATCH, on a table with the tokenizer of crm-search-tokenizer.h; NULL when
 * the class can have nothing: one word is not joined. */
char *crm_search_match_dup_class (const CrmSearchMatch *self, CrmSearchClass rank);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSearchMatch, crm_search_match_free)

G_END_DECLS
