#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * The FTS5 tokenizer "crm": from folded text it makes, per word, the first letter, the first two
 * letters and every run of three, each behind the letter of the column it stands in. So one index
 * finds starts of words and inner parts, and a search in names reads no other postings: with FTS5's
 * own trigram tokenizer and column filters a word that all e-mail addresses share took 66 ms at
 * 100,000 relations, so it takes under 1.
 *
 * A byte from %CRM_SEARCH_MAIN to %CRM_SEARCH_REST says which column follows. In a query
 * %CRM_SEARCH_START before a word asks for a word that starts so; without it any inner part will
 * do, and the word must then have three letters at least.
 */
typedef enum
{
  /* The word by which a relation is known: of a person the surname that comes first, of an
   * organisation the first word. Names are this column and the next. */
  CRM_SEARCH_MAIN = 1,
  CRM_SEARCH_NAME,
  CRM_SEARCH_ORGANISATION,
  CRM_SEARCH_CONTACT,
  CRM_SEARCH_REST,
  CRM_SEARCH_START,
} CrmSearchMark;

/* For each connection, before it names a table that uses the tokenizer; with it comes the function
 * of crm-search-rank.h. Returns: SQLITE_OK or an
 * error code */
int crm_search_tokenizer_register (sqlite3 *db);

G_END_DECLS
