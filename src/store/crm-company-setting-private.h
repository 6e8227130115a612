#pragma once

#include "store/crm-replica-private.h"

/*
 * Settings that everybody in the company shares: records of kind `setting`, whose id is made from
 * the name, so that two laptops that set the same thing mean the same record. They sync like any
 * record, and two values that meet are a conflict.
 */
gboolean crm_company_setting_has (const char *name);
/* @value: NULL when not set. */
gboolean
crm_company_setting_load (CrmReplica *replica, const char *name, char **value, GError **error);
/* In a set of its own, that undo does not offer. @value: nullable */
gboolean
crm_company_setting_save (CrmReplica *replica, const char *name, const char *value, GError **error);
/* Those that an earlier version kept for the laptop become the company's, once. */
gboolean crm_company_setting_move (CrmReplica *replica, GError **error);
