#pragma once

#include "db/crm-db.h"
#include "store/log/crm-origin.h"

/* A number for the rows that the action @step brings in, or 0 with an error. Both inside the
 * caller's transaction. */
gint64 crm_origin_begin (CrmDb *db, const char *step, GError **error);
gboolean crm_origin_save (CrmDb *db, gint64 run, const CrmOrigin *origin, GError **error);
