#pragma once

#include "model/crm-name.h"
#include "model/crm-record.h"
#include "store/crm-store-error.h"
#include "store/key/crm-key.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CRM_TYPE_REPLICA (crm_replica_get_type ())

G_DECLARE_FINAL_TYPE (CrmReplica, crm_replica, CRM, REPLICA, GObject)

/*
 * One connection to a replica's folder, with blocking functions: this header, crm-change-log.h,
 * crm-query.h, crm-history.h, crm-backup.h. A replica object is used by one thread at a time; a
 * folder may be opened by several, and by several programs.
 */
typedef enum
{
  CRM_REPLICA_READ_WRITE,
  CRM_REPLICA_READ_ONLY,
} CrmReplicaMode;

/* Makes the folder (0700) when it is missing; fails with %CRM_STORE_ERROR_EXISTS when it holds a
 * replica. @model: nullable, the default one then. */
CrmReplica *
crm_replica_create (const char *dir, const CrmKey *key, CrmModel *model, GError **error);
/* Adds the columns of new fields; undoes actions of a program that was killed. */
CrmReplica *crm_replica_open (const char *dir,
                              const CrmKey *key,
                              CrmModel *model,
                              CrmReplicaMode mode,
                              GError **error);
gboolean crm_replica_exists (const char *dir);
/* Closes now; fails never, and is done by the last unref too. */
void crm_replica_close (CrmReplica *self);

const char *crm_replica_get_id (CrmReplica *self);
const char *crm_replica_get_dir (CrmReplica *self);
/* For the recovery key; free it soon. */
CrmKey *crm_replica_dup_key (CrmReplica *self);
CrmModel *crm_replica_get_model (CrmReplica *self);

/*
 * Settings, NULL when not set: of this laptop, "user" (the name changes are logged under),
 * "device", "sender.name" and the like; and of the company, "locale" (nl or be), "ij" (ij or y),
 * "sender.organisation" and the like. The latter are records of kind `setting`: setting one is a
 * change set, and they come with a pull.
 */
char *crm_replica_dup_setting (CrmReplica *self, const char *name);
gboolean
crm_replica_set_setting (CrmReplica *self, const char *name, const char *value, GError **error);
/* The name that records are owned by and changes logged under: that of the account with the server,
 * before the first login the setting "user". NULL when neither is there. */
char *crm_replica_dup_account (CrmReplica *self);
CrmLocale crm_replica_get_locale (CrmReplica *self);

/*
 * crm_replica_get:
 *
 * Fails with %CRM_STORE_ERROR_NOT_FOUND when the record never was or is deleted.
 *
 * Returns: (transfer full):
 */
CrmRecord *crm_replica_get (CrmReplica *self, const char *id, GError **error);
/* NULL without error when there is no such record; for links that may point at nothing. */
CrmRecord *crm_replica_find (CrmReplica *self, const char *id);
/* @text: an id, a number, or an exact name (compared folded) of one of the kinds the link takes.
 * Fails with %CRM_STORE_ERROR_NOT_FOUND or %CRM_STORE_ERROR_AMBIGUOUS. */
char *crm_replica_resolve_link (CrmReplica *self,
                                const CrmField *field,
                                const char *text,
                                GError **error);
/* Any value as people type it, links by crm_replica_resolve_link(), the rest by crm_value_parse().
 */
gboolean crm_replica_set_input (CrmReplica *self,
                                CrmRecord *record,
                                const char *field,
                                const char *input,
                                GError **error);

/* A long action calls the hook between two change sets; crm-store.c lets waiting edits go first. */
void crm_replica_set_yield_hook (CrmReplica *self, void (*hook) (gpointer), gpointer data);
/* @wanted: whether @hook would run something; a long action then ends its transaction. */
void crm_replica_set_yield_hooks (CrmReplica *self,
                                  void (*hook) (gpointer),
                                  gboolean (*wanted) (gpointer),
                                  gpointer data);
/* For the long part of an action that writes nothing yet: calls the hook now, but never inside a
 * transaction. Often: it costs nothing when nobody waits. */
void crm_replica_yield (CrmReplica *self);

G_END_DECLS
