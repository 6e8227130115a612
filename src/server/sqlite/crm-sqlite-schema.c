#include "base/crm-clock.h"
#include "base/crm-id.h"
#include "db/crm-migration.h"
#include "server/sqlite/crm-sqlite-store-private.h"

/*
 * One database is one company. Records are stored whatever their kind, so that a new field needs no
 * new server. Times are "2026-03-01T08:00:00Z"; hashes and tokens are blobs.
 */
static const char first_format[] =
    "CREATE TABLE meta ("
    "  name TEXT PRIMARY KEY,"
    "  value TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    /* The one order of changes. epoch: new when the database was put back; h: the hash of the chain
     * of sets up to seq. */
    "CREATE TABLE clock ("
    "  one INTEGER PRIMARY KEY CHECK (one = 1),"
    "  epoch TEXT NOT NULL,"
    "  seq INTEGER NOT NULL,"
    "  h BLOB NOT NULL"
    ") STRICT;"
    "CREATE TABLE profile ("
    "  name TEXT PRIMARY KEY,"
    "  rights TEXT NOT NULL" /* JSON */
    ") STRICT, WITHOUT ROWID;"
    "INSERT INTO profile VALUES ('office', '{\"read\":\"all\",\"edit\":\"all\"}');"
    "CREATE TABLE user ("
    "  id TEXT PRIMARY KEY,"
    "  name TEXT NOT NULL,"
    "  folded TEXT NOT NULL UNIQUE,"
    "  password TEXT NOT NULL," /* Argon2id */
    "  profile TEXT NOT NULL REFERENCES profile (name),"
    "  admin INTEGER NOT NULL,"
    "  disabled INTEGER NOT NULL,"
    "  rights INTEGER NOT NULL," /* version, in cursors */
    "  created TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE device ("
    "  id TEXT PRIMARY KEY,"
    "  user TEXT NOT NULL REFERENCES user (id),"
    "  replica TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  token BLOB NOT NULL UNIQUE," /* its SHA-256 */
    "  state INTEGER NOT NULL,"     /* CrmServerDeviceState */
    "  created TEXT NOT NULL,"
    "  seen TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX device_user ON device (user);"
    "CREATE TABLE replica ("
    "  id TEXT PRIMARY KEY,"
    "  user TEXT NOT NULL REFERENCES user (id),"
    "  device TEXT NOT NULL REFERENCES device (id),"
    "  last_n INTEGER NOT NULL,"
    "  last_digest BLOB NOT NULL,"
    "  state INTEGER NOT NULL DEFAULT 0,"
    "  cursor_seq INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX replica_cursor ON replica (state, cursor_seq);"
    /* What, who, when, why; id is missing for a set that a copy of a replica sent again. */
    "CREATE TABLE change_set ("
    "  seq INTEGER PRIMARY KEY,"
    "  h BLOB NOT NULL,"
    "  replica TEXT NOT NULL,"
    "  n INTEGER NOT NULL,"
    "  digest BLOB NOT NULL,"
    "  id TEXT UNIQUE,"
    "  user TEXT NOT NULL REFERENCES user (id),"
    "  device TEXT NOT NULL REFERENCES device (id),"
    "  action TEXT NOT NULL,"
    "  group_ TEXT,"
    "  reason TEXT,"
    "  client_ts TEXT,"
    "  skew_ms INTEGER NOT NULL,"
    "  server_ts TEXT NOT NULL,"
    "  mode INTEGER NOT NULL," /* 1: all or nothing */
    "  status TEXT NOT NULL,"
    "  code TEXT,"
    "  conflicts TEXT,"
    "  deletes INTEGER NOT NULL,"
    "  UNIQUE (replica, n)"
    ") STRICT;"
    "CREATE INDEX change_set_group ON change_set (group_) WHERE deletes > 0;"
    /* The audit; never read by a pull. field '' is the record itself, made or deleted. */
    "CREATE TABLE change_field ("
    "  seq INTEGER NOT NULL REFERENCES change_set (seq),"
    "  kind TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  field TEXT NOT NULL,"
    "  old TEXT,"
    "  new TEXT"
    ") STRICT;"
    "CREATE INDEX change_field_record ON change_field (id, seq);"
    /* fver: JSON of field to seq, only fields changed since it was made (born). */
    "CREATE TABLE record ("
    "  id TEXT PRIMARY KEY,"
    "  kind TEXT NOT NULL,"
    "  root TEXT NOT NULL,"
    "  born INTEGER NOT NULL,"
    "  row_seq INTEGER NOT NULL,"
    "  fver TEXT,"
    "  fields TEXT NOT NULL,"
    "  owner TEXT,"
    "  team TEXT,"
    "  deleted INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX record_root ON record (root, row_seq);"
    "CREATE TABLE scope_entry ("
    "  scope INTEGER NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  seq INTEGER NOT NULL,"
    "  joined INTEGER NOT NULL,"
    "  gone INTEGER NOT NULL,"
    "  PRIMARY KEY (scope, kind, id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE UNIQUE INDEX scope_entry_seq ON scope_entry (scope, seq, kind, id);"
    "CREATE INDEX scope_entry_record ON scope_entry (kind, id);"
    "CREATE TABLE scope_head ("
    "  scope INTEGER PRIMARY KEY,"
    "  seq INTEGER NOT NULL,"
    "  live INTEGER NOT NULL,"
    "  id_xor BLOB NOT NULL"
    ") STRICT;"
    "CREATE TABLE user_scope ("
    "  user TEXT NOT NULL REFERENCES user (id),"
    "  scope INTEGER NOT NULL,"
    "  mask TEXT NOT NULL," /* JSON: groups of fields by kind */
    "  since INTEGER NOT NULL,"
    "  until INTEGER NOT NULL," /* 0: still */
    "  PRIMARY KEY (user, scope)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE unique_value ("
    "  family TEXT NOT NULL,"
    "  field TEXT NOT NULL,"
    "  value TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  PRIMARY KEY (family, field, value)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX unique_value_record ON unique_value (id);"
    "CREATE TABLE counter ("
    "  family TEXT PRIMARY KEY,"
    "  value INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    /* What makes two relations suspects of being one. */
    "CREATE TABLE alike ("
    "  key TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  PRIMARY KEY (key, id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX alike_record ON alike (id);"
    /* Finds records of the kind conflict by what they are about. */
    "CREATE TABLE conflict ("
    "  id TEXT PRIMARY KEY,"
    "  kind TEXT NOT NULL,"
    "  record TEXT NOT NULL,"
    "  field TEXT NOT NULL,"
    "  user TEXT NOT NULL,"
    "  open INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX conflict_record ON conflict (record, field) WHERE open;"
    "CREATE INDEX conflict_user ON conflict (user, open);"
    "CREATE TABLE alias (loser TEXT PRIMARY KEY, winner TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE blob (sha BLOB PRIMARY KEY, size INTEGER NOT NULL, refs INTEGER NOT NULL,"
    "  created TEXT NOT NULL) STRICT, WITHOUT ROWID;";

static gboolean
add_company (CrmDb *db, gpointer unused, GError **error)
{
  static const guint8 zeros[CRM_SERVER_HASH_SIZE];
  g_autofree char *company = crm_id_new ();
  g_autofree char *epoch = crm_id_new ();
  CrmStmt *stmt;

  if (!(stmt = crm_db_prepare (db, "INSERT INTO meta VALUES ('company', :id)", error)))
    return FALSE;
  crm_stmt_bind_text (stmt, ":id", company);
  if (!crm_sqlite_run (stmt, error))
    return FALSE;

  if (!(stmt = crm_db_prepare (db, "INSERT INTO clock VALUES (1, :epoch, 0, :h)", error)))
    return FALSE;
  crm_stmt_bind_text (stmt, ":epoch", epoch);
  crm_stmt_bind_blob (stmt, ":h", zeros, sizeof zeros);

  return crm_sqlite_run (stmt, error);
}

static const CrmMigration migrations[] = {
  { first_format, add_company },
};

gboolean
crm_sqlite_schema_check (CrmDb *db, GError **error)
{
  return crm_migration_check (db, G_N_ELEMENTS (migrations), error);
}

gboolean
crm_sqlite_schema_migrate (CrmDb *db, GError **error)
{
  return crm_migration_run (db, migrations, G_N_ELEMENTS (migrations), NULL, error);
}
