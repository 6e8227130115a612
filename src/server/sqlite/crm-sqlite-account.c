#include "server/sqlite/crm-sqlite-store-private.h"

#include "base/crm-text.h"

#define USER_COLUMNS "id, name, password, profile, admin, disabled, rights, created"

/* Everyone: the scope that all users have until there are others. */
#define SCOPE_EVERYONE "1"

static gpointer
read_user (CrmStmt *stmt)
{
  CrmServerUser *user = g_new0 (CrmServerUser, 1);

  user->id = crm_stmt_dup_text (stmt, 0);
  user->name = crm_stmt_dup_text (stmt, 1);
  user->password = crm_stmt_dup_text (stmt, 2);
  user->profile = crm_stmt_dup_text (stmt, 3);
  user->admin = crm_stmt_get_int64 (stmt, 4) != 0;
  user->disabled = crm_stmt_get_int64 (stmt, 5) != 0;
  user->rights = crm_stmt_get_int64 (stmt, 6);
  user->created = crm_stmt_dup_text (stmt, 7);

  return user;
}

CrmServerUser *
crm_sqlite_find_user (CrmServerStore *self, const char *name, GError **error)
{
  static const char sql[] = "SELECT " USER_COLUMNS " FROM user WHERE folded = :name";
  g_autofree char *folded = crm_text_fold (name);
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    crm_stmt_bind_text (stmt, ":name", folded);

  return crm_sqlite_get (stmt, read_user, error);
}

CrmServerUser *
crm_sqlite_get_user (CrmServerStore *self, const char *id, GError **error)
{
  static const char sql[] = "SELECT " USER_COLUMNS " FROM user WHERE id = :id";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    crm_stmt_bind_text (stmt, ":id", id);

  return crm_sqlite_get (stmt, read_user, error);
}

static gboolean
give_scope (CrmServerStore *self, const char *user, GError **error)
{
  static const char sql[] = "INSERT OR IGNORE INTO user_scope SELECT :user, " SCOPE_EVERYONE
                            ", '{}', seq, 0 FROM clock";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":user", user);

  return crm_sqlite_run (stmt, error);
}

gboolean
crm_sqlite_put_user (CrmServerStore *self, const CrmServerUser *user, GError **error)
{
  static const char sql[] =
      "INSERT INTO user VALUES (:id, :name, :folded, :password, :profile, :admin, :disabled,"
      " :rights, :created)"
      " ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded,"
      " password = excluded.password, profile = excluded.profile, admin = excluded.admin,"
      " disabled = excluded.disabled, rights = excluded.rights";
  g_autofree char *folded = crm_text_fold (user->name);
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":id", user->id);
  crm_stmt_bind_text (stmt, ":name", user->name);
  crm_stmt_bind_text (stmt, ":folded", folded);
  crm_stmt_bind_text (stmt, ":password", user->password);
  crm_stmt_bind_text (stmt, ":profile", user->profile);
  crm_stmt_bind_int64 (stmt, ":admin", user->admin);
  crm_stmt_bind_int64 (stmt, ":disabled", user->disabled);
  crm_stmt_bind_int64 (stmt, ":rights", user->rights);
  crm_stmt_bind_text (stmt, ":created", user->created);

  return crm_sqlite_run (stmt, error) && give_scope (self, user->id, error);
}

GPtrArray *
crm_sqlite_list_users (CrmServerStore *self, GError **error)
{
  static const char sql[] = "SELECT " USER_COLUMNS " FROM user ORDER BY folded";

  return crm_sqlite_list (crm_db_prepare (crm_sqlite_store_get_db (self), sql, error),
                          read_user,
                          (GDestroyNotify) crm_server_user_free,
                          error);
}

#define DEVICE_COLUMNS "id, user, replica, name, token, state, created, seen"

static gpointer
read_device (CrmStmt *stmt)
{
  CrmServerDevice *device = g_new0 (CrmServerDevice, 1);

  device->id = crm_stmt_dup_text (stmt, 0);
  device->user = crm_stmt_dup_text (stmt, 1);
  device->replica = crm_stmt_dup_text (stmt, 2);
  device->name = crm_stmt_dup_text (stmt, 3);
  crm_sqlite_get_bytes (stmt, 4, device->token_hash, sizeof device->token_hash);
  device->state = (CrmServerDeviceState) crm_stmt_get_int64 (stmt, 5);
  device->created = crm_stmt_dup_text (stmt, 6);
  device->seen = crm_stmt_dup_text (stmt, 7);

  return device;
}

CrmServerDevice *
crm_sqlite_find_device (CrmServerStore *self, const guint8 *token_hash, GError **error)
{
  static const char sql[] = "SELECT " DEVICE_COLUMNS " FROM device WHERE token = :token";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    crm_stmt_bind_blob (stmt, ":token", token_hash, CRM_SERVER_HASH_SIZE);

  return crm_sqlite_get (stmt, read_device, error);
}

CrmServerDevice *
crm_sqlite_get_device (CrmServerStore *self, const char *id, GError **error)
{
  static const char sql[] = "SELECT " DEVICE_COLUMNS " FROM device WHERE id = :id";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    crm_stmt_bind_text (stmt, ":id", id);

  return crm_sqlite_get (stmt, read_device, error);
}

gboolean
crm_sqlite_put_device (CrmServerStore *self, const CrmServerDevice *device, GError **error)
{
  static const char sql[] =
      "INSERT INTO device VALUES (:id, :user, :replica, :name, :token, :state, :created, :seen)"
      " ON CONFLICT (id) DO UPDATE SET state = excluded.state, seen = excluded.seen";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":id", device->id);
  crm_stmt_bind_text (stmt, ":user", device->user);
  crm_stmt_bind_text (stmt, ":replica", device->replica);
  crm_stmt_bind_text (stmt, ":name", device->name);
  crm_stmt_bind_blob (stmt, ":token", device->token_hash, sizeof device->token_hash);
  crm_stmt_bind_int64 (stmt, ":state", device->state);
  crm_stmt_bind_text (stmt, ":created", device->created);
  crm_stmt_bind_text (stmt, ":seen", device->seen);

  return crm_sqlite_run (stmt, error);
}

GPtrArray *
crm_sqlite_list_devices (CrmServerStore *self, GError **error)
{
  static const char sql[] = "SELECT " DEVICE_COLUMNS " FROM device ORDER BY created, id";

  return crm_sqlite_list (crm_db_prepare (crm_sqlite_store_get_db (self), sql, error),
                          read_device,
                          (GDestroyNotify) crm_server_device_free,
                          error);
}

static gpointer
read_replica (CrmStmt *stmt)
{
  CrmServerReplica *replica = g_new0 (CrmServerReplica, 1);

  replica->id = crm_stmt_dup_text (stmt, 0);
  replica->user = crm_stmt_dup_text (stmt, 1);
  replica->device = crm_stmt_dup_text (stmt, 2);
  replica->last_n = crm_stmt_get_int64 (stmt, 3);
  crm_sqlite_get_bytes (stmt, 4, replica->last_digest, sizeof replica->last_digest);
  replica->cursor_seq = crm_stmt_get_int64 (stmt, 5);

  return replica;
}

CrmServerReplica *
crm_sqlite_get_replica (CrmServerStore *self, const char *id, gboolean lock, GError **error)
{
  static const char sql[] = "SELECT id, user, device, last_n, last_digest, cursor_seq FROM replica"
                            " WHERE id = :id";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    crm_stmt_bind_text (stmt, ":id", id);

  return crm_sqlite_get (stmt, read_replica, error);
}

gboolean
crm_sqlite_put_replica (CrmServerStore *self, const CrmServerReplica *replica, GError **error)
{
  static const char sql[] =
      "INSERT INTO replica VALUES (:id, :user, :device, :n, :digest, 0, :cursor)"
      " ON CONFLICT (id) DO UPDATE SET device = excluded.device, last_n = excluded.last_n,"
      " last_digest = excluded.last_digest, cursor_seq = excluded.cursor_seq";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":id", replica->id);
  crm_stmt_bind_text (stmt, ":user", replica->user);
  crm_stmt_bind_text (stmt, ":device", replica->device);
  crm_stmt_bind_int64 (stmt, ":n", replica->last_n);
  crm_stmt_bind_blob (stmt, ":digest", replica->last_digest, sizeof replica->last_digest);
  crm_stmt_bind_int64 (stmt, ":cursor", replica->cursor_seq);

  return crm_sqlite_run (stmt, error);
}

static gboolean
write_place (CrmDb *db, const char *id, gint64 seq, GError **error)
{
  static const char sql[] = "UPDATE replica SET cursor_seq = max(cursor_seq, :seq) WHERE id = :id";
  CrmStmt *stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":id", id);
  crm_stmt_bind_int64 (stmt, ":seq", seq);

  return crm_sqlite_run (stmt, error);
}

/* Every laptop that hears of a change moves, so this waits for no disk: it outlives the process,
 * and is synced with the next change. */
gboolean
crm_sqlite_move_replica (CrmServerStore *self, const char *id, gint64 seq, GError **error)
{
  CrmDb *db = crm_sqlite_store_get_db (self);
  gboolean moved;

  if (!crm_db_exec (db, "PRAGMA synchronous = NORMAL", error))
    return FALSE;
  moved = write_place (db, id, seq, error);

  return crm_db_exec (db, "PRAGMA synchronous = FULL", moved ? error : NULL) && moved;
}

static gpointer
read_profile (CrmStmt *stmt)
{
  CrmServerProfile *profile = g_new0 (CrmServerProfile, 1);

  profile->name = crm_stmt_dup_text (stmt, 0);
  profile->rights = crm_stmt_dup_text (stmt, 1);

  return profile;
}

GPtrArray *
crm_sqlite_list_profiles (CrmServerStore *self, GError **error)
{
  static const char sql[] = "SELECT name, rights FROM profile ORDER BY name";

  return crm_sqlite_list (crm_db_prepare (crm_sqlite_store_get_db (self), sql, error),
                          read_profile,
                          (GDestroyNotify) crm_server_profile_free,
                          error);
}
