#pragma once

#include "store/query/crm-search-match.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * The classes of crm-search-match.h of all rows in one walk. A search of several words finds few
 * rows, mostly in the last class, and asking class by class walks the same postings a dozen times
 * for them: at 30,000 relations 4-9 ms, this way 1-2. One word fills its page in the first class
 * or two, which is cheaper still.
 */
typedef struct _CrmSearchRank CrmSearchRank;

/* NULL when classes one by one serve @match better. */
CrmSearchRank *crm_search_rank_new (const CrmSearchMatch *match);
void crm_search_rank_free (CrmSearchRank *self);
/* For the right side of MATCH: finds what %CRM_SEARCH_CLASS_ANY finds. */
const char *crm_search_rank_get_match (const CrmSearchRank *self);
/* @hits: what the SQL function crm_hits (TABLE) says of a row of that MATCH. */
CrmSearchClass crm_search_rank_get_class (const CrmSearchRank *self, guint64 hits);
/* For each connection. Returns: SQLITE_OK or an error code */
int crm_search_rank_register (fts5_api *api);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSearchRank, crm_search_rank_free)

G_END_DECLS
