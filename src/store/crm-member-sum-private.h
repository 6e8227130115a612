#pragma once

#include "db/crm-db.h"
#include "model/crm-id-sum.h"

#include <glib-object.h>

/*
 * How many records a scope holds, and the xor of their ids: what the server names at the end of a
 * page to tell whether the two hold the same. Kept beside `member` by who writes that, for reading
 * a million rows of it takes half a second.
 */
typedef struct
{
  gint64 n;
  CrmIdSum ids;
} CrmMemberSum;

gboolean crm_member_sum_load (CrmDb *db, gint64 scope, CrmMemberSum *sum, GError **error);
/* @change: its n may be below zero */
gboolean crm_member_sum_add (CrmDb *db, gint64 scope, const CrmMemberSum *change, GError **error);
/* Makes all of them from `member`. */
gboolean crm_member_sum_rebuild (CrmDb *db, GError **error);
/* How many are not what `member` has. */
gboolean crm_member_sum_check (CrmDb *db, guint *n_wrong, GError **error);
