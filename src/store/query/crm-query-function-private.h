#pragma once

#include "db/crm-db.h"

/*
 * SQL functions of this room, for each connection:
 *
 *   crm_fold (text)           crm_text_fold(); '' for NULL, so that empty is equal to ""
 *   crm_member (set, member)  whether a set's canonical value has a member that folds to @member
 *   crm_members (set)         its members as a JSON array, for json_each(); empty for NULL
 *   crm_tie (id)              crm_listing_get_tie()
 *   crm_local (time, format)  a date, or a time in UTC, as the local day ("2026-03-01"), ISO week
 *                             ("2026-W09") or month ("2026-03"): 'day', 'week', 'month'
 */
gboolean crm_query_function_register (CrmDb *db, GError **error);
