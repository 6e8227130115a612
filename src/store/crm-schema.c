#include "store/crm-schema-private.h"

#include "db/crm-migration.h"
#include "db/crm-transaction.h"
#include "store/crm-index-private.h"
#include "store/crm-member-sum-private.h"
#include "store/sync/crm-sync-set-private.h"

#include <string.h>

/*
 * Format 1. What is local to this laptop says so; the rest is synced or is the log that sync sends.
 */
static const char create_sql[] =
    /* local: "replica" (the id of this copy), "next_nr", versions of local columns */
    "CREATE TABLE meta ("
    " name TEXT PRIMARY KEY,"
    " value TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    /* local: what the user set on this laptop */
    "CREATE TABLE setting ("
    " name TEXT PRIMARY KEY,"
    " value TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    /* The outbox and, after the answer, the done box. Rows are never changed but for state. */
    "CREATE TABLE change_set ("
    " n INTEGER PRIMARY KEY,"   /* 1, 2, 3 … of this replica, without a gap */
    " id TEXT NOT NULL UNIQUE," /* UUIDv7 */
    " group_ TEXT,"             /* the long action that it is a part of */
    " action TEXT NOT NULL,"    /* person.edit, import … */
    " why TEXT,"                /* the reason that people gave */
    " at TEXT NOT NULL,"        /* UTC, by the clock of the device */
    " user TEXT NOT NULL,"
    " device TEXT NOT NULL,"
    " state INTEGER NOT NULL," /* local: CrmSetState */
    " digest BLOB NOT NULL,"   /* SHA-256 over the digest of n-1 and this set: crm-log-writer.c */
    " body TEXT NOT NULL"      /* JSON: {"mode":"all"} or "each", "confirm":true */
    ") STRICT;"
    /* One row per record of a set, immutable. */
    "CREATE TABLE change ("
    " nr INTEGER PRIMARY KEY," /* n * 1024 + place in the set, from 0 */
    " n INTEGER GENERATED ALWAYS AS (nr >> 10) VIRTUAL,"
    " kind INTEGER NOT NULL," /* crm_kind_get_number() */
    " id TEXT NOT NULL,"      /* of the record */
    " op INTEGER NOT NULL,"   /* CrmChangeOp */
    " fields TEXT NOT NULL" /* JSON: {field: [old, new, version seen]}: crm-change-fields-private.h
                             */
    ") STRICT;"
    "CREATE INDEX change_id ON change (id);"
    /* local: what the user sees as one action, for undo and redo */
    "CREATE TABLE step ("
    " id TEXT PRIMARY KEY," /* of the set, or of the group */
    " first_n INTEGER NOT NULL,"
    " last_n INTEGER NOT NULL," /* 0 while it has no set yet */
    " is_group INTEGER NOT NULL,"
    " action TEXT NOT NULL,"
    " user TEXT NOT NULL,"
    " title TEXT,"               /* of the record when it is one */
    " records INTEGER NOT NULL," /* that differed */
    " role INTEGER NOT NULL,"    /* CrmStepRole */
    " state INTEGER NOT NULL,"   /* CrmStepState */
    " target TEXT"               /* the step that this one undoes or redoes */
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX step_last ON step (last_n);"
    "CREATE INDEX step_state ON step (state) WHERE state = 2;"
    "CREATE INDEX step_target ON step (target) WHERE target IS NOT NULL;";

/* Format 2. All of it is local: see crm-origin.h. */
static const char origin_sql[] =
    "CREATE TABLE import_run ("
    " nr INTEGER PRIMARY KEY,"
    " step TEXT NOT NULL" /* the action; its rows count while it is not undone */
    ") STRICT;"
    "CREATE TABLE import_row ("
    " print INTEGER PRIMARY KEY," /* digest of the row, 64 bits */
    " run INTEGER NOT NULL,"
    " record TEXT NOT NULL,"
    " employer TEXT"
    ") STRICT;";

/* Format 3: what keeps the replica in step with a server. All of it is local. */
static const char sync_sql[] =
    "ALTER TABLE change_set ADD COLUMN seq INTEGER;"
    "ALTER TABLE change_set ADD COLUMN chain INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX change_set_parked ON change_set (n) WHERE state = 3;"
    /* What the server said of own sets that it did not take as they were. */
    "CREATE TABLE result ("
    " n INTEGER PRIMARY KEY," /* of the log */
    " status TEXT NOT NULL,"  /* merged, conflict, rejected */
    " code TEXT,"             /* why */
    " conflicts TEXT,"        /* ids, joined by ";" */
    " seen INTEGER NOT NULL"  /* somebody has dismissed it */
    ") STRICT;"
    /* What a pull brought for records with changes that are not acknowledged: crm-pull-base. */
    "CREATE TABLE pending_row ("
    " id TEXT PRIMARY KEY,"
    " kind INTEGER NOT NULL,"
    " row_seq INTEGER NOT NULL," /* 0: only of fields */
    " gone INTEGER NOT NULL,"    /* 1: deleted there, 2: may not be seen any more */
    " fields TEXT NOT NULL"      /* JSON: {field: [null, value, seq]} */
    ") STRICT, WITHOUT ROWID;"
    /* Which scopes hold a record; below 0 while a reconciling boot has not brought it. */
    "CREATE TABLE member ("
    " scope INTEGER NOT NULL,"
    " id TEXT NOT NULL,"
    " kind INTEGER NOT NULL,"
    " PRIMARY KEY (scope, id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX member_id ON member (id);"
    "CREATE TABLE scope ("
    " id INTEGER PRIMARY KEY,"
    " mask TEXT,"
    " state INTEGER NOT NULL" /* CrmScopeState */
    ") STRICT;"
    /* epoch, cursor, acked and the like */
    "CREATE TABLE sync_state ("
    " name TEXT PRIMARY KEY,"
    " value TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    /* History of others, as far as pulls brought it. */
    "CREATE TABLE foreign_set ("
    " seq INTEGER PRIMARY KEY,"
    " user TEXT NOT NULL,"
    " device TEXT NOT NULL,"
    " at TEXT NOT NULL,"
    " action TEXT NOT NULL,"
    " why TEXT,"
    " group_ TEXT"
    ") STRICT;"
    "CREATE TABLE foreign_change ("
    " id TEXT NOT NULL,"
    " seq INTEGER NOT NULL,"
    " kind INTEGER NOT NULL,"
    " op INTEGER NOT NULL,"  /* CrmChangeOp */
    " fields TEXT NOT NULL," /* as in change */
    " PRIMARY KEY (id, seq)"
    ") STRICT, WITHOUT ROWID;";

/* Format 4. Settings of the company are records of kind `setting`; those of the laptop make room
 * for that table: crm-setting.c. */
static const char setting_sql[] =
    "ALTER TABLE setting RENAME TO local_setting;"
    "CREATE INDEX change_set_let_go ON change_set (n) WHERE state = 4;"
    /* local: the last commits of pulled pages, for windows of other programs: crm-store-watch.c */
    "CREATE TABLE pulled ("
    " nr INTEGER PRIMARY KEY,"
    " kinds INTEGER NOT NULL," /* of the commit, as in CrmStoreChange */
    " id TEXT"                 /* of a record; NULL: none, or too many */
    ") STRICT;";

/* Format 5. Sets of others have their own id, and the members of a scope are counted. */
static const char sum_sql[] =
    "ALTER TABLE foreign_set ADD COLUMN id TEXT;" /* NULL: not said */
    "CREATE INDEX foreign_set_id ON foreign_set (id) WHERE id IS NOT NULL;"
    "CREATE INDEX foreign_set_group ON foreign_set (group_) WHERE group_ IS NOT NULL;"
    "CREATE INDEX foreign_change_seq ON foreign_change (seq);"
    "CREATE TABLE member_sum ("
    " scope INTEGER PRIMARY KEY,"
    " n INTEGER NOT NULL,"
    " ids TEXT NOT NULL" /* the xor of the ids, in hex: crm-id-sum.h */
    ") STRICT;";

static gboolean
count_members (CrmDb *db, gpointer unused, GError **error)
{
  return crm_member_sum_rebuild (db, error);
}

/* The digests of formats 1 and 2 held what the server is not told, the user and the device. */
static gboolean
rehash (CrmDb *db, gpointer data, GError **error)
{
  return crm_sync_set_rehash (CRM_REPLICA (data), 0, error);
}

static const CrmMigration migrations[] = {
  { create_sql, NULL },  { origin_sql, NULL },       { sync_sql, rehash },
  { setting_sql, NULL }, { sum_sql, count_members },
};

/* Everything of the descriptions that the tables depend on, so that an unchanged model costs one
 * comparison at start. */
static char *
describe_model (CrmModel *model)
{
  g_autoptr (GString) text = g_string_new ("2");

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (model, i);

      g_string_append_printf (text, "\n%s", crm_kind_get_name (kind));
      for (guint j = 0; j < crm_kind_get_n_fields (kind); j++)
        {
          const CrmField *field = crm_kind_get_field (kind, j);

          g_string_append_printf (text, " %s:%d:%u", field->name, field->type, field->flags);
        }
    }

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, text->len);
}

/* What a version before this one did not know was left out of what the server sent: all scopes are
 * loaded again, upon what is there. */
static gboolean
load_anew (CrmReplica *replica, GError **error)
{
  return crm_db_exec (replica->db, "UPDATE scope SET state = 2", error);
}

static gboolean
ensure_tables (CrmReplica *replica, const char *description, gboolean changed, GError **error)
{
  g_autoptr (CrmTransaction) transaction = NULL;

  if (!(transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_WRITE, error)) ||
      (changed && !load_anew (replica, error)))
    return FALSE;

  for (guint i = 0; i < replica->tables->len; i++)
    if (!crm_table_ensure (g_ptr_array_index (replica->tables, i), replica->db, error))
      return FALSE;

  return crm_replica_set_meta (replica, "model", description, error) &&
         crm_transaction_commit (transaction, error);
}

gboolean
crm_schema_ensure (CrmReplica *replica, GError **error)
{
  g_autofree char *description = describe_model (replica->model);
  g_autofree char *stored = NULL;

  if (!crm_migration_run (replica->db, migrations, G_N_ELEMENTS (migrations), replica, error))
    return FALSE;

  stored = crm_replica_dup_meta (replica, "model");

  if (g_strcmp0 (stored, description) != 0 &&
      !ensure_tables (replica, description, stored != NULL, error))
    return FALSE;

  return crm_index_ensure (replica, error);
}

gboolean
crm_schema_check (CrmReplica *replica, GError **error)
{
  g_autofree char *description = describe_model (replica->model);
  g_autofree char *stored = NULL;

  if (!crm_migration_check (replica->db, G_N_ELEMENTS (migrations), error))
    return FALSE;

  stored = crm_replica_dup_meta (replica, "model");
  if (g_strcmp0 (stored, description) == 0)
    return TRUE;

  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_FAILED,
               "“%s” was made by another version of this program; open it for writing once",
               replica->dir);

  return FALSE;
}
