#pragma once

#include "store/crm-store.h"
#include "store/key/crm-keyring.h"
#include "sync/crm-sync-machine.h"

G_BEGIN_DECLS

/*
 * Keeps the replica of a store in step with its server: a CrmSyncMachine whose steps run as jobs of
 * the store's writer, with the network, timers and the keyring around it. Main thread only; nothing
 * blocks.
 *
 * One process at a time does this for a replica: it holds a lock on “sync.lock” in its folder.
 */
#define CRM_TYPE_SYNC (crm_sync_get_type ())

G_DECLARE_FINAL_TYPE (CrmSync, crm_sync, CRM, SYNC, GObject)

#define CRM_SYNC_ERROR (crm_sync_error_quark ())

typedef enum
{
  /* Another program keeps this replica in step. */
  CRM_SYNC_ERROR_BUSY = 1,
  /* No address of a server, or one to which a password would go in clear. */
  CRM_SYNC_ERROR_ADDRESS,
  /* This and above: STATE + the CrmSyncState that it ended in; crm_sync_error_get_state(). */
  CRM_SYNC_ERROR_STATE = 100,
} CrmSyncError;

GQuark crm_sync_error_quark (void);
/* TRUE when @error says that a state was reached from which it does not go on by itself.
 * @error: nullable; @state: (out) (optional) */
gboolean crm_sync_error_get_state (const GError *error, CrmSyncState *state);

/*
 * crm_sync_new:
 * @keyring: (nullable): where the token is kept; NULL keeps it in the replica, which is encrypted.
 *   For replicas that were opened by a key file, since then no keyring may be there to answer.
 *
 * Does nothing before it is started or logged in.
 *
 * Properties, all read-only and with notify: “state” (CrmSyncState as int), “pending”, “conflicts”,
 * “parked”, “rejected” (gint64: CrmSyncCounts), “last-contact” (string, crm_clock_format(); NULL:
 * never), “server” (address; NULL: none), “user”, “progress” (double, 0 to 1 during a first load,
 * else -1).
 *
 * Signals: “stepped-back” (GPtrArray of CrmSteppedBack): values of the user's that the server did
 * not take, and “arrived” (guint n): changes of others came, n records; “done”: one exchange has
 * ended, well or not, see “state” (not while it watches); “wipe”: the device was revoked: the key
 * has to be destroyed, then the files.
 */
CrmSync *crm_sync_new (CrmStore *store, CrmKeyring *keyring);

CrmSyncState crm_sync_get_state (CrmSync *self);
/* English, for logs and crm-cli: what happened last, “connection refused”. NULL when nothing did.
 */
const char *crm_sync_get_message (CrmSync *self);
/* Known once it was loaded (notify); NULL: never logged in. */
const char *crm_sync_get_server (CrmSync *self);
const char *crm_sync_get_user (CrmSync *self);
const char *crm_sync_get_last_contact (CrmSync *self);
gint64 crm_sync_get_pending (CrmSync *self);
gint64 crm_sync_get_conflicts (CrmSync *self);
gint64 crm_sync_get_parked (CrmSync *self);
gint64 crm_sync_get_rejected (CrmSync *self);
double crm_sync_get_progress (CrmSync *self);

/* Loads what is known of the server and counts what is unsent, so that the getters answer. */
void crm_sync_load_async (CrmSync *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean crm_sync_load_finish (CrmSync *self, GAsyncResult *result, GError **error);

/*
 * crm_sync_normalize_server:
 * @text: as people type it: “crm.example.org”, “https://example.org/crm/”, “127.0.0.1:8470”
 * @insecure: also plain http to other machines, where anybody on the way reads all
 *
 * Returns: (transfer full): with scheme, without a slash at the end; without a scheme it is https,
 * but http for this machine. Fails with %CRM_SYNC_ERROR_ADDRESS.
 */
char *crm_sync_normalize_server (const char *text, gboolean insecure, GError **error);
/* Of the next login; FALSE at first. */
void crm_sync_set_insecure (CrmSync *self, gboolean insecure);

/* Of the next login; FALSE at first: it may be at another company when nothing here is unsent, and
 * then all that is here goes and what that one has comes. */
void crm_sync_set_may_move (CrmSync *self, gboolean may_move);

/* What people call this device, for the next login; nullable: the name of the machine. */
void crm_sync_set_device (CrmSync *self, const char *name);

/*
 * crm_sync_login_async:
 *
 * Registers this device with the server at @url, as @user, and keeps address and token. An exchange
 * is not waited for; it starts, or goes on, when crm_sync_start() was called. Fails with
 * %CRM_SYNC_ERROR_BUSY, %CRM_SYNC_ERROR_ADDRESS, or the state that says why: wrong password, other
 * company, offline …; what was known before then stays as it was.
 */
void crm_sync_login_async (CrmSync *self,
                           const char *url,
                           const char *user,
                           const char *password,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean crm_sync_login_finish (CrmSync *self, GAsyncResult *result, GError **error);

/* Forgets the token, after telling the server if it can be reached. Records stay. */
void crm_sync_logout_async (CrmSync *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean crm_sync_logout_finish (CrmSync *self, GAsyncResult *result, GError **error);

/*
 * crm_sync_load_past_async:
 * @id: of a record
 *
 * Asks the server what was ever done to it, which a first load does not bring, and keeps that in
 * the replica for crm_replica_get_history(), where it stays for when there is no network. Takes
 * neither the lock nor part in the state; a replica that was not logged in, or a server that cannot
 * be reached, is an error that crm_sync_error_get_state() tells. crm_sync_stop() cancels.
 */
void crm_sync_load_past_async (CrmSync *self,
                               const char *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean crm_sync_load_past_finish (CrmSync *self, GAsyncResult *result, GError **error);

/*
 * crm_sync_start:
 * @watch: goes on until it is stopped, and takes the lock as soon as another program lets it go;
 *   else it is one exchange, at whose end “done” is emitted
 *
 * Without @watch fails with %CRM_SYNC_ERROR_BUSY. A replica that was never logged in is in state
 * CRM_SYNC_SIGNED_OUT.
 */
gboolean crm_sync_start (CrmSync *self, gboolean watch, GError **error);
/* A request that is out is dropped; the server may have done it. Lets the lock go. */
void crm_sync_stop (CrmSync *self);
/* “Try again”: also from a state that is final. */
void crm_sync_now (CrmSync *self);
/* Until it is let go on, or started anew. */
void crm_sync_set_paused (CrmSync *self, gboolean paused);
gboolean crm_sync_get_paused (CrmSync *self);

/* English: what is the matter, where, and what to do; one line for crm-cli and logs.
 * @server, @detail: nullable. Returns: (transfer full) */
char *crm_sync_describe (CrmSyncState state, const char *server, const char *detail);

G_END_DECLS
