#pragma once

#include "model/crm-record.h"

G_BEGIN_DECLS

/* The words of a text: letters and digits of the folded text. */
typedef struct
{
  char *word;
  /* What stands between it and the word before: "", " ", ", ", "'". */
  char *before;
} CrmSearchWord;

void crm_search_word_free (CrmSearchWord *self);
/* Returns: (transfer full) (element-type CrmSearchWord) */
GPtrArray *crm_search_split (const char *text);

/*
 * crm_search_text_new:
 * @linked: (nullable): the title of what the record's first link points at, a person's organisation
 *
 * What the search index takes in for @record, for the tokenizer of crm-search-tokenizer.h: words of
 * all fields that have a weight, in the column that their weight gives. Beyond the words as they
 * stand: prefix and surname as one ("devries"), "b.v." as "bv", "o'neill" as "oneill", a phone
 * number's digits as abroad and at home, a postcode without its space, "12a". The word that a
 * relation is known by has a column of its own: see %CRM_SEARCH_MAIN.
 */
char *crm_search_text_new (CrmRecord *record, const char *linked);
/* Whether a change from @old to @record asks for another text. Either may be NULL. */
gboolean crm_search_text_differs (CrmRecord *old, CrmRecord *record);

G_END_DECLS
