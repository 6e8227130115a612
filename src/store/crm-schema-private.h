#pragma once

#include "store/crm-replica-private.h"

/* Migrations of our own tables, then the tables of kinds by comparing with their descriptions. For
 * a connection that may write. */
gboolean crm_schema_ensure (CrmReplica *replica, GError **error);
/* For one that may not: fails when a program that may write has to open the file first. */
gboolean crm_schema_check (CrmReplica *replica, GError **error);
