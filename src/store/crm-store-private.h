#pragma once

#include "base/crm-worker.h"
#include "store/crm-replica-private.h"
#include "store/crm-store.h"

/* More ids than this and listeners read everything again. */
#define CRM_STORE_CHANGE_MAX 1000

CrmStoreChange *crm_store_change_new (GHashTable *ids, guint kinds);
CrmStoreChange *crm_store_change_copy (const CrmStoreChange *self);
void crm_store_change_free (CrmStoreChange *self);
void crm_store_change_merge (CrmStoreChange *self, GHashTable *ids, guint kinds);

/*
 * Gathers changes of any thread and hands them to @func in the main context where it was made, many
 * at a time. Also looks for commits of other programs.
 */
typedef struct _CrmStoreWatch CrmStoreWatch;

typedef void (*CrmStoreWatchFunc) (CrmStore *store, const CrmStoreChange *change);

/* @store is not kept alive; the last reference on it may be dropped on any thread. */
CrmStoreWatch *crm_store_watch_new (CrmStore *store, CrmStoreWatchFunc func);
void crm_store_watch_unref (CrmStoreWatch *self);
/* Any thread: what was committed is known, and these records changed in it. */
void crm_store_watch_note (CrmStoreWatch *self, const CrmCommit *commit);
/* On the reader's thread: notes what others committed since. */
void crm_store_watch_look (CrmStoreWatch *self, CrmReplica *reader);
/* The end of the log as it is when the store opens. */
void crm_store_watch_start (CrmStoreWatch *self, CrmReplica *replica);
