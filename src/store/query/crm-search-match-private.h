#pragma once

#include "store/query/crm-search-match.h"
#include "store/query/crm-search-tokenizer.h"

/* More words than anybody types; a pasted page must not become a giant expression. */
#define CRM_SEARCH_WORDS_MAX 12
/* Under so many letters a word is found at the start of words only. */
#define CRM_SEARCH_INNER_MIN 3
/* "van den berg", and a word that is not finished; more are no start of one name. */
#define CRM_SEARCH_JOINED_MAX 4

/* Words that must all be found, or the one text that they may be instead. */
typedef struct
{
  GPtrArray *words;
  char *joined; /* nullable */
} CrmSearchUnit;

struct _CrmSearchMatch
{
  /* (element-type CrmSearchUnit): in the order of the text. */
  GPtrArray *units;
  /* (element-type utf8): in the order of a name: "Vries, Jan de" as "Jan de Vries". */
  GPtrArray *words;
  /* How many words of the text stand behind the others in @words. */
  guint n_rotated;
};

/* The columns of a class are those from %CRM_SEARCH_MAIN to this one. */
CrmSearchMark crm_search_class_get_last_mark (CrmSearchClass rank);
