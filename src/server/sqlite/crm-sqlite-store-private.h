#pragma once

#include "db/crm-db.h"
#include "db/crm-transaction.h"
#include "server/sqlite/crm-sqlite-store.h"

/* That this process and no other serves a file, or puts another in its place. */
typedef struct _CrmSqliteClaim CrmSqliteClaim;

typedef struct
{
  CrmServerStore parent;

  CrmDb *db;
  CrmTransaction *transaction;
  CrmSqliteClaim *claim; /* nullable */
} CrmSqliteStore;

/* Fails with %CRM_SERVER_ERROR_BUSY while another has it. */
CrmSqliteClaim *crm_sqlite_claim_new (const char *path, GError **error);
void crm_sqlite_claim_free (CrmSqliteClaim *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSqliteClaim, crm_sqlite_claim_free)

/* What root makes beside a database is for the user of the server: whoever owns the folder. */
gboolean crm_sqlite_give_away (const char *path, GError **error);
/* The connection behind the interface. */
CrmDb *crm_sqlite_store_get_db (CrmServerStore *store);
/* Brings the file to the format of this program; a new one gets a company and an epoch. */
gboolean crm_sqlite_schema_migrate (CrmDb *db, GError **error);
/* Reads only: fails for a file of a newer program. */
gboolean crm_sqlite_schema_check (CrmDb *db, GError **error);

/* A new array of rows that a statement gives, by @read; NULL with an error. Frees @stmt. */
GPtrArray *crm_sqlite_list (CrmStmt *stmt,
                            gpointer (*read) (CrmStmt *stmt),
                            GDestroyNotify free_row,
                            GError **error);
/* The first row; NULL with or without an error. Frees @stmt. */
gpointer crm_sqlite_get (CrmStmt *stmt, gpointer (*read) (CrmStmt *stmt), GError **error);
/* Runs a statement without rows. Frees @stmt, nullable: then @error is set already. */
gboolean crm_sqlite_run (CrmStmt *stmt, GError **error);
/* Exactly @size bytes; zeros when the column holds something else. */
void crm_sqlite_get_bytes (CrmStmt *stmt, int column, guint8 *bytes, gsize size);

/* crm-sqlite-log.c */
gboolean
crm_sqlite_take_seqs (CrmServerStore *self, guint n, CrmServerHead *before, GError **error);
CrmServerHead *crm_sqlite_get_head (CrmServerStore *self, GError **error);
gboolean crm_sqlite_set_hash (CrmServerStore *self, const guint8 *h, GError **error);
gboolean crm_sqlite_get_hash (CrmServerStore *self, gint64 seq, guint8 *h, GError **error);
CrmServerSet *crm_sqlite_find_set (CrmServerStore *self, const char *id, GError **error);
CrmServerSet *
crm_sqlite_find_replica_set (CrmServerStore *self, const char *replica, gint64 n, GError **error);
CrmServerSet *crm_sqlite_get_set (CrmServerStore *self, gint64 seq, GError **error);
GPtrArray *
crm_sqlite_list_results (CrmServerStore *self, const char *replica, gint64 after, GError **error);
gboolean
crm_sqlite_count_deletes (CrmServerStore *self, const char *group, gint64 *n, GError **error);
gboolean crm_sqlite_add_set (CrmServerStore *self, const CrmServerSet *set, GError **error);
gboolean
crm_sqlite_add_change (CrmServerStore *self, const CrmServerChange *change, GError **error);
GPtrArray *crm_sqlite_list_changes (CrmServerStore *self,
                                    const char *id,
                                    gint64 before,
                                    guint limit,
                                    gsize max_bytes,
                                    gboolean *more,
                                    GError **error);

/* crm-sqlite-record.c */
CrmServerRecord *
crm_sqlite_get_record (CrmServerStore *self, const char *id, gboolean lock, GError **error);
gboolean crm_sqlite_put_record (CrmServerStore *self, CrmServerRecord *record, GError **error);
gboolean crm_sqlite_count_records (CrmServerStore *self, gint64 *n, GError **error);
char *crm_sqlite_find_unique (CrmServerStore *self,
                              const char *family,
                              const char *field,
                              const char *value,
                              GError **error);
gboolean crm_sqlite_put_unique (CrmServerStore *self,
                                const char *family,
                                const char *field,
                                const char *id,
                                const char *value,
                                GError **error);
gboolean
crm_sqlite_next_number (CrmServerStore *self, const char *family, gint64 *number, GError **error);
gboolean
crm_sqlite_raise_number (CrmServerStore *self, const char *family, gint64 number, GError **error);
GPtrArray *
crm_sqlite_find_alike (CrmServerStore *self, const char *key, const char *id, GError **error);
gboolean
crm_sqlite_put_keys (CrmServerStore *self, const char *id, GPtrArray *keys, GError **error);
GPtrArray *crm_sqlite_list_conflicts (CrmServerStore *self, const char *record, GError **error);
gboolean
crm_sqlite_put_conflict (CrmServerStore *self, const CrmServerConflict *conflict, GError **error);

/* crm-sqlite-scope.c */
gboolean crm_sqlite_put_entry (CrmServerStore *self,
                               gint64 scope,
                               CrmServerRecord *record,
                               gint64 seq,
                               gboolean joined,
                               GError **error);
GPtrArray *crm_sqlite_list_entries (CrmServerStore *self,
                                    const char *user,
                                    const CrmServerPosition *after,
                                    gint64 head,
                                    guint limit,
                                    GError **error);
GPtrArray *crm_sqlite_list_live (CrmServerStore *self,
                                 gint64 scope,
                                 const char *after_kind,
                                 const char *after_id,
                                 guint limit,
                                 GError **error);
gboolean crm_sqlite_has_gone (CrmServerStore *self,
                              gint64 scope,
                              gint64 seq,
                              gboolean *gone,
                              GError **error);
GPtrArray *crm_sqlite_list_user_scopes (CrmServerStore *self, const char *user, GError **error);
gboolean crm_sqlite_get_scope_head (CrmServerStore *self,
                                    gint64 scope,
                                    CrmServerScopeHead *head,
                                    GError **error);

/* crm-sqlite-account.c */
CrmServerUser *crm_sqlite_find_user (CrmServerStore *self, const char *name, GError **error);
CrmServerUser *crm_sqlite_get_user (CrmServerStore *self, const char *id, GError **error);
gboolean crm_sqlite_put_user (CrmServerStore *self, const CrmServerUser *user, GError **error);
GPtrArray *crm_sqlite_list_users (CrmServerStore *self, GError **error);
CrmServerDevice *
crm_sqlite_find_device (CrmServerStore *self, const guint8 *token_hash, GError **error);
CrmServerDevice *crm_sqlite_get_device (CrmServerStore *self, const char *id, GError **error);
gboolean
crm_sqlite_put_device (CrmServerStore *self, const CrmServerDevice *device, GError **error);
GPtrArray *crm_sqlite_list_devices (CrmServerStore *self, GError **error);
CrmServerReplica *
crm_sqlite_get_replica (CrmServerStore *self, const char *id, gboolean lock, GError **error);
gboolean
crm_sqlite_put_replica (CrmServerStore *self, const CrmServerReplica *replica, GError **error);
gboolean crm_sqlite_move_replica (CrmServerStore *self, const char *id, gint64 seq, GError **error);
GPtrArray *crm_sqlite_list_profiles (CrmServerStore *self, GError **error);

/* crm-sqlite-admin.c */
/* On the disk for good; of a folder, what is in it. */
gboolean crm_sqlite_sync_file (const char *path, GError **error);
/* A whole copy of the database in @from, which others may be writing to, as a new file. */
gboolean crm_sqlite_copy (const char *from, const char *to, GError **error);
gboolean crm_sqlite_back_up (CrmServerStore *self, const char *path, GError **error);
gboolean crm_sqlite_check (CrmServerStore *self, GPtrArray *problems, GError **error);
