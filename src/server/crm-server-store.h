#pragma once

#include "model/crm-id-sum.h"
#include "server/crm-server-account.h"
#include "server/crm-server-record.h"
#include "server/crm-server-set.h"

G_BEGIN_DECLS

/*
 * What the server keeps, at the level of its own operations, so that a database of another make can
 * take the place of SQLite. All of it blocks, and is used by one thread at a time. A store is a
 * table of functions: `store->ops->verb (store, …)`. Errors are the database's (CrmDbError) unless
 * said otherwise; lookups that find nothing return NULL without an error.
 */
typedef struct _CrmServerStore CrmServerStore;

/* One order for all that is accepted. @h is the hash of the chain up to @seq; a cursor holds its
 * first bytes, so that a database that was put back without saying so is noticed. */
typedef struct
{
  char *epoch;
  gint64 seq;
  guint8 h[CRM_SERVER_HASH_SIZE];
} CrmServerHead;

/* Where a reader is in (seq, kind, id). */
typedef struct
{
  gint64 seq;
  const char *kind;
  const char *id;
} CrmServerPosition;

/* A record at its place in one of a user's scopes, and what the others say of it. */
typedef struct
{
  char *kind;
  char *id;
  gint64 seq;
  /* The highest seq at which it came into one of the scopes. */
  gint64 joined;
  /* No scope of the reader holds it any more. */
  gboolean gone;
  /* Another of the scopes has it further up, so that it comes later too. */
  gboolean later;
  /* (element-type gint64): those that hold it */
  GArray *scopes;
} CrmServerEntry;

typedef struct
{
  gint64 scope;
  gint64 live;
  /* Of what is live in it, so that a reader sees whether it has the same. */
  CrmIdSum ids;
} CrmServerScopeHead;

typedef struct
{
  gint64 scope;
  gint64 since;
  /* The seq at which the user lost it; 0 while it lasts. */
  gint64 until;
  char *mask;
} CrmServerUserScope;

typedef struct
{
  /* Transactions: one at a time; @write waits for other writers. A free without a commit rolls
   * back. */
  gboolean (*begin) (CrmServerStore *self, gboolean write, GError **error);
  gboolean (*commit) (CrmServerStore *self, GError **error);
  void (*roll_back) (CrmServerStore *self);

  /* The company's id and the like; NULL when not set. (transfer full) */
  char *(*get_meta) (CrmServerStore *self, const char *name, GError **error);
  gboolean (*set_meta) (CrmServerStore *self, const char *name, const char *value, GError **error);

  /* The order of changes. take_seqs() is the last lock a push takes: what follows are writes only.
   */
  CrmServerHead *(*get_head) (CrmServerStore *self, GError **error);
  gboolean (*take_seqs) (CrmServerStore *self, guint n, CrmServerHead *before, GError **error);
  gboolean (*set_hash) (CrmServerStore *self, const guint8 *h, GError **error);
  /* Of the last set up to @seq; zeros before the first. */
  gboolean (*get_hash) (CrmServerStore *self, gint64 seq, guint8 *h, GError **error);

  /* Sets. */
  CrmServerSet *(*find_set) (CrmServerStore *self, const char *id, GError **error);
  CrmServerSet *(*find_replica_set) (CrmServerStore *self,
                                     const char *replica,
                                     gint64 n,
                                     GError **error);
  CrmServerSet *(*get_set) (CrmServerStore *self, gint64 seq, GError **error);
  /* Of @replica with n > @after that were not simply applied. (element-type CrmServerSet) */
  GPtrArray *(*list_results) (CrmServerStore *self,
                              const char *replica,
                              gint64 after,
                              GError **error);
  /* Records that the sets of a group deleted. */
  gboolean (*count_deletes) (CrmServerStore *self, const char *group, gint64 *n, GError **error);
  gboolean (*add_set) (CrmServerStore *self, const CrmServerSet *set, GError **error);
  gboolean (*add_change) (CrmServerStore *self, const CrmServerChange *change, GError **error);
  /* Newest first, below @before (0: from the newest), in whole sets: the last is the one that
   * reaches @limit changes or @max_bytes of values. @more: (out): there are older ones.
   * (element-type CrmServerChange) */
  GPtrArray *(*list_changes) (CrmServerStore *self,
                              const char *id,
                              gint64 before,
                              guint limit,
                              gsize max_bytes,
                              gboolean *more,
                              GError **error);

  /* Records. @lock: against other writers, by callers that go in the order of ids. */
  CrmServerRecord *(*get_record) (CrmServerStore *self,
                                  const char *id,
                                  gboolean lock,
                                  GError **error);
  gboolean (*put_record) (CrmServerStore *self, CrmServerRecord *record, GError **error);
  gboolean (*count_records) (CrmServerStore *self, gint64 *n, GError **error);

  /* Scopes. put_entry() moves the record's entry up to @seq, never down, and keeps the heads. */
  gboolean (*put_entry) (CrmServerStore *self,
                         gint64 scope,
                         CrmServerRecord *record,
                         gint64 seq,
                         gboolean joined,
                         GError **error);
  /* Entries of @user's scopes behind @after up to @head. (element-type CrmServerEntry) */
  GPtrArray *(*list_entries) (CrmServerStore *self,
                              const char *user,
                              const CrmServerPosition *after,
                              gint64 head,
                              guint limit,
                              GError **error);
  /* What is live in one scope by (kind, id), whatever its seq. (element-type CrmServerRecord) */
  GPtrArray *(*list_live) (CrmServerStore *self,
                           gint64 scope,
                           const char *after_kind,
                           const char *after_id,
                           guint limit,
                           GError **error);
  /* Whether something left the scope behind @seq. */
  gboolean (*has_gone) (CrmServerStore *self,
                        gint64 scope,
                        gint64 seq,
                        gboolean *gone,
                        GError **error);
  /* (element-type CrmServerUserScope) */
  GPtrArray *(*list_user_scopes) (CrmServerStore *self, const char *user, GError **error);
  gboolean (*get_scope_head) (CrmServerStore *self,
                              gint64 scope,
                              CrmServerScopeHead *head,
                              GError **error);

  /* Values that may stand only once, and the counter they come from. (transfer full) */
  char *(*find_unique) (CrmServerStore *self,
                        const char *family,
                        const char *field,
                        const char *value,
                        GError **error);
  /* @value: (nullable): NULL frees what @id had */
  gboolean (*put_unique) (CrmServerStore *self,
                          const char *family,
                          const char *field,
                          const char *id,
                          const char *value,
                          GError **error);
  gboolean (*next_number) (CrmServerStore *self,
                           const char *family,
                           gint64 *number,
                           GError **error);
  gboolean (*raise_number) (CrmServerStore *self,
                            const char *family,
                            gint64 number,
                            GError **error);

  /* What makes two records suspects of being one. (element-type utf8): ids but for @id itself, the
   * greatest and so the newest ones, twenty at most */
  GPtrArray *(*find_alike) (CrmServerStore *self, const char *key, const char *id, GError **error);
  gboolean (*put_keys) (CrmServerStore *self, const char *id, GPtrArray *keys, GError **error);

  /* The open ones about a record. (element-type CrmServerConflict) */
  GPtrArray *(*list_conflicts) (CrmServerStore *self, const char *record, GError **error);
  /* A new one, or whether one that is known is open: the rest of that stays as it is. */
  gboolean (*put_conflict) (CrmServerStore *self,
                            const CrmServerConflict *conflict,
                            GError **error);

  /* Accounts. Names compare folded. */
  CrmServerUser *(*find_user) (CrmServerStore *self, const char *name, GError **error);
  CrmServerUser *(*get_user) (CrmServerStore *self, const char *id, GError **error);
  gboolean (*put_user) (CrmServerStore *self, const CrmServerUser *user, GError **error);
  GPtrArray *(*list_users) (CrmServerStore *self, GError **error);
  CrmServerDevice *(*find_device) (CrmServerStore *self, const guint8 *token_hash, GError **error);
  CrmServerDevice *(*get_device) (CrmServerStore *self, const char *id, GError **error);
  gboolean (*put_device) (CrmServerStore *self, const CrmServerDevice *device, GError **error);
  GPtrArray *(*list_devices) (CrmServerStore *self, GError **error);
  CrmServerReplica *(*get_replica) (CrmServerStore *self,
                                    const char *id,
                                    gboolean lock,
                                    GError **error);
  gboolean (*put_replica) (CrmServerStore *self, const CrmServerReplica *replica, GError **error);
  /* Up to where it has pulled; outside a transaction, and never back. */
  gboolean (*move_replica) (CrmServerStore *self, const char *id, gint64 seq, GError **error);
  GPtrArray *(*list_profiles) (CrmServerStore *self, GError **error);

  /* Before serving: nobody else serves the same database where only one may, or puts another in its
   * place meanwhile. Fails with %CRM_SERVER_ERROR_BUSY. */
  gboolean (*claim) (CrmServerStore *self, GError **error);

  /* For administrators. @problems: (element-type utf8): a line for each thing that is wrong */
  gboolean (*back_up) (CrmServerStore *self, const char *path, GError **error);
  gboolean (*check) (CrmServerStore *self, GPtrArray *problems, GError **error);

  void (*free) (CrmServerStore *self);
} CrmServerStoreOps;

struct _CrmServerStore
{
  const CrmServerStoreOps *ops;
};

/* "sqlite:PATH", or a bare path. @create: a new database; fails with %CRM_DB_ERROR_OPEN when there
 * is one. Fails with %CRM_SERVER_ERROR_USAGE for a URL of another kind. */
CrmServerStore *crm_server_store_open (const char *url, gboolean create, GError **error);
void crm_server_store_free (CrmServerStore *self);
/* Where a process that serves it may keep what it can make again; NULL for a URL that is none. */
char *crm_server_store_dup_cache (const char *url);

/*
 * crm_server_store_restore:
 * @file: a backup
 * @aside: (out) (transfer full) (nullable): where the database is now that was there before
 *
 * Puts a backup in the place of the database at @url, of which a new epoch begins: laptops notice,
 * and give again what the backup lacks. Fails with %CRM_SERVER_ERROR_BUSY while a server runs on
 * it, %CRM_SERVER_ERROR_FAILED when the backup is not whole; then nothing has changed.
 */
gboolean crm_server_store_restore (const char *url, const char *file, char **aside, GError **error);

void crm_server_head_free (CrmServerHead *head);
void crm_server_entry_free (CrmServerEntry *entry);
void crm_server_user_scope_free (CrmServerUserScope *scope);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerStore, crm_server_store_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerHead, crm_server_head_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerEntry, crm_server_entry_free)

G_END_DECLS
