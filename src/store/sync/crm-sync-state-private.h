#pragma once

#include "store/crm-replica-private.h"
#include "store/sync/crm-sync-store.h"

/* Kept in the file. */
typedef enum
{
  CRM_SCOPE_WHOLE = 0,
  CRM_SCOPE_BOOTING = 1,
  /* A boot after which what it did not bring goes. */
  CRM_SCOPE_RECONCILING = 2,
} CrmScopeState;

/* States that only this room sets. */
#define CRM_SYNC_STATE_ACKED "acked" /* n of the log */
#define CRM_SYNC_STATE_HEAD  "head"  /* the seq that was pulled up to */
#define CRM_SYNC_STATE_BOOT  "boot"  /* the scope that is being loaded */
#define CRM_SYNC_STATE_AFTER "after" /* the last id of it */
/* Set while scopes are reconciled with a server that was restored: what it does not know it may
 * have lost, where one that kept its epoch has deleted it. */
#define CRM_SYNC_STATE_RESTORED "restored"

/* 0 when it is unset. */
gboolean
crm_sync_state_load_int64 (CrmReplica *replica, const char *name, gint64 *value, GError **error);
gboolean
crm_sync_state_set_int64 (CrmReplica *replica, const char *name, gint64 value, GError **error);
/* As crm_sync_store_set_state(), without translating the error. @value: nullable */
gboolean
crm_sync_state_save (CrmReplica *replica, const char *name, const char *value, GError **error);

/* The last acknowledged set, of the log. */
gboolean crm_sync_state_load_acked (CrmReplica *replica, gint64 *acked, GError **error);
gboolean
crm_sync_state_load_scope (CrmReplica *replica, gint64 scope, CrmScopeState *state, GError **error);
gboolean crm_sync_state_save_scope (CrmReplica *replica,
                                    gint64 scope,
                                    const char *mask,
                                    CrmScopeState state,
                                    GError **error);
/* Runs @sql, whose ?1 is @number. */
gboolean crm_sync_state_run (CrmReplica *replica, const char *sql, gint64 number, GError **error);
