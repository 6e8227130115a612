#include "server/sqlite/crm-sqlite-store-private.h"

#include <string.h>

typedef struct
{
  gboolean live;
  gint64 joined;
} Before;

static gboolean
read_before (CrmServerStore *self,
             gint64 scope,
             CrmServerRecord *record,
             Before *before,
             GError **error)
{
  static const char sql[] = "SELECT joined, gone FROM scope_entry"
                            " WHERE scope = :scope AND kind = :kind AND id = :id";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_int64 (stmt, ":scope", scope);
  crm_stmt_bind_text (stmt, ":kind", record->kind);
  crm_stmt_bind_text (stmt, ":id", record->id);
  step = crm_stmt_step (stmt, error);
  before->live = step == CRM_STEP_ROW && crm_stmt_get_int64 (stmt, 1) == 0;
  before->joined = step == CRM_STEP_ROW ? crm_stmt_get_int64 (stmt, 0) : 0;

  return step != CRM_STEP_ERROR;
}

/* Adds to the count and the sum of ids, or takes away: adding an id again takes it out. Most
 * changes leave who is in as it is; its seq is of the last that did not. */
static gboolean
move_head (CrmServerStore *self, gint64 scope, gint64 seq, int step, const char *id, GError **error)
{
  static const char sql[] = "INSERT INTO scope_head VALUES (:scope, :seq, :live, :sum)"
                            " ON CONFLICT DO UPDATE SET seq = :seq, live = :live, id_xor = :sum";
  CrmServerScopeHead head;
  CrmStmt *stmt;

  if (step == 0)
    return TRUE;
  if (!crm_sqlite_get_scope_head (self, scope, &head, error))
    return FALSE;
  head.live += step;
  crm_id_sum_add (&head.ids, id);

  if (!(stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error)))
    return FALSE;
  crm_stmt_bind_int64 (stmt, ":scope", scope);
  crm_stmt_bind_int64 (stmt, ":seq", seq);
  crm_stmt_bind_int64 (stmt, ":live", head.live);
  crm_stmt_bind_blob (stmt, ":sum", head.ids.bytes, sizeof head.ids.bytes);

  return crm_sqlite_run (stmt, error);
}

gboolean
crm_sqlite_put_entry (CrmServerStore *self,
                      gint64 scope,
                      CrmServerRecord *record,
                      gint64 seq,
                      gboolean joined,
                      GError **error)
{
  static const char sql[] = "INSERT INTO scope_entry VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                            " ON CONFLICT DO UPDATE SET seq = ?4, joined = ?5, gone = ?6";
  const gboolean live = !record->deleted;
  Before before;
  CrmStmt *stmt;

  if (!read_before (self, scope, record, &before, error))
    return FALSE;
  if (!(stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error)))
    return FALSE;
  crm_stmt_bind_int64_at (stmt, 1, scope);
  crm_stmt_bind_text_at (stmt, 2, record->kind);
  crm_stmt_bind_text_at (stmt, 3, record->id);
  crm_stmt_bind_int64_at (stmt, 4, seq);
  crm_stmt_bind_int64_at (stmt, 5, joined || !before.live ? seq : before.joined);
  crm_stmt_bind_int64_at (stmt, 6, !live);
  if (!crm_sqlite_run (stmt, error))
    return FALSE;

  return move_head (self, scope, seq, live - before.live, record->id, error);
}

gboolean
crm_sqlite_get_scope_head (CrmServerStore *self,
                           gint64 scope,
                           CrmServerScopeHead *head,
                           GError **error)
{
  static const char sql[] = "SELECT live, id_xor FROM scope_head WHERE scope = :scope";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);
  CrmStep step;

  memset (head, 0, sizeof *head);
  head->scope = scope;
  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_int64 (stmt, ":scope", scope);
  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_ROW)
    {
      head->live = crm_stmt_get_int64 (stmt, 0);
      crm_sqlite_get_bytes (stmt, 1, head->ids.bytes, sizeof head->ids.bytes);
    }

  return step != CRM_STEP_ERROR;
}

static gpointer
read_user_scope (CrmStmt *stmt)
{
  CrmServerUserScope *scope = g_new0 (CrmServerUserScope, 1);

  scope->scope = crm_stmt_get_int64 (stmt, 0);
  scope->mask = crm_stmt_dup_text (stmt, 1);
  scope->since = crm_stmt_get_int64 (stmt, 2);
  scope->until = crm_stmt_get_int64 (stmt, 3);

  return scope;
}

GPtrArray *
crm_sqlite_list_user_scopes (CrmServerStore *self, const char *user, GError **error)
{
  static const char sql[] = "SELECT scope, mask, since, until FROM user_scope"
                            " WHERE user = :user ORDER BY scope";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    crm_stmt_bind_text (stmt, ":user", user);

  return crm_sqlite_list (stmt,
                          read_user_scope,
                          (GDestroyNotify) crm_server_user_scope_free,
                          error);
}

/* The memberships of one record in the scopes that @user has: which hold it, since when, and
 * whether another one has it further up than @entry. FALSE with an error. */
static gboolean
read_memberships (CrmServerStore *self,
                  const char *user,
                  CrmServerEntry *entry,
                  gboolean *later,
                  GError **error)
{
  static const char sql[] = "SELECT e.scope, e.seq, e.joined, e.gone FROM scope_entry e"
                            " JOIN user_scope u ON u.user = :user AND u.scope = e.scope"
                            " WHERE e.kind = :kind AND e.id = :id AND u.until = 0"
                            " ORDER BY e.scope";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, ":user", user);
  crm_stmt_bind_text (stmt, ":kind", entry->kind);
  crm_stmt_bind_text (stmt, ":id", entry->id);

  *later = FALSE;
  entry->joined = 0;
  entry->scopes = g_array_new (FALSE, FALSE, sizeof (gint64));
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const gint64 scope = crm_stmt_get_int64 (stmt, 0);

      if (crm_stmt_get_int64 (stmt, 1) > entry->seq)
        *later = TRUE;
      if (crm_stmt_get_int64 (stmt, 3) != 0)
        continue;
      g_array_append_val (entry->scopes, scope);
      entry->joined = MAX (entry->joined, crm_stmt_get_int64 (stmt, 2));
    }
  entry->gone = entry->scopes->len == 0;

  return step == CRM_STEP_DONE;
}

static gpointer
read_entry (CrmStmt *stmt)
{
  CrmServerEntry *entry = g_new0 (CrmServerEntry, 1);

  entry->seq = crm_stmt_get_int64 (stmt, 0);
  entry->kind = crm_stmt_dup_text (stmt, 1);
  entry->id = crm_stmt_dup_text (stmt, 2);

  return entry;
}

static GPtrArray *
list_scope (CrmServerStore *self,
            gint64 scope,
            const CrmServerPosition *after,
            gint64 head,
            guint limit,
            GError **error)
{
  static const char sql[] = "SELECT seq, kind, id FROM scope_entry WHERE scope = :scope"
                            " AND (seq, kind, id) > (:seq, :kind, :id) AND seq <= :head"
                            " ORDER BY seq, kind, id LIMIT :limit";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    {
      crm_stmt_bind_int64 (stmt, ":scope", scope);
      crm_stmt_bind_int64 (stmt, ":seq", after->seq);
      crm_stmt_bind_text (stmt, ":kind", after->kind);
      crm_stmt_bind_text (stmt, ":id", after->id);
      crm_stmt_bind_int64 (stmt, ":head", head);
      crm_stmt_bind_int64 (stmt, ":limit", limit);
    }

  return crm_sqlite_list (stmt, read_entry, (GDestroyNotify) crm_server_entry_free, error);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const CrmServerEntry *one = *(const CrmServerEntry *const *) a;
  const CrmServerEntry *other = *(const CrmServerEntry *const *) b;
  int order = (one->seq > other->seq) - (one->seq < other->seq);

  if (order == 0)
    order = strcmp (one->kind, other->kind);

  return order != 0 ? order : strcmp (one->id, other->id);
}

/* The first @limit of all scopes together: what one scope has behind its own first @limit comes
 * behind them in the merged order too. */
static GPtrArray *
list_merged (CrmServerStore *self,
             GPtrArray *scopes,
             const CrmServerPosition *after,
             gint64 head,
             guint limit,
             GError **error)
{
  g_autoptr (GPtrArray)
      all = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_server_entry_free);

  for (guint i = 0; i < scopes->len; i++)
    {
      const CrmServerUserScope *scope = scopes->pdata[i];
      g_autoptr (GPtrArray) some = NULL;

      if (scope->until != 0)
        continue;
      if (!(some = list_scope (self, scope->scope, after, head, limit, error)))
        return NULL;
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&some));
    }

  if (scopes->len > 1)
    g_ptr_array_sort (all, compare_entries);
  if (all->len > limit)
    g_ptr_array_set_size (all, (int) limit);

  return g_steal_pointer (&all);
}

GPtrArray *
crm_sqlite_list_entries (CrmServerStore *self,
                         const char *user,
                         const CrmServerPosition *after,
                         gint64 head,
                         guint limit,
                         GError **error)
{
  g_autoptr (GPtrArray) scopes = crm_sqlite_list_user_scopes (self, user, error);
  g_autoptr (GPtrArray) entries = NULL;

  if (scopes == NULL || !(entries = list_merged (self, scopes, after, head, limit, error)))
    return NULL;

  for (guint i = 0; i < entries->len; i++)
    if (!read_memberships (self,
                           user,
                           entries->pdata[i],
                           &((CrmServerEntry *) entries->pdata[i])->later,
                           error))
      return NULL;

  return g_steal_pointer (&entries);
}

static gpointer
read_live (CrmStmt *stmt)
{
  g_autoptr (CrmServerRecord)
      record = crm_server_record_new (crm_stmt_get_text (stmt, 0), crm_stmt_get_text (stmt, 1));
  g_autoptr (GError) error = NULL;

  g_set_str (&record->root, crm_stmt_get_text (stmt, 2));
  record->born = crm_stmt_get_int64 (stmt, 3);
  record->row_seq = crm_stmt_get_int64 (stmt, 4);
  if (!crm_server_record_parse (record,
                                crm_stmt_get_text (stmt, 6),
                                crm_stmt_get_text (stmt, 5),
                                &error))
    {
      g_warning ("Record %s cannot be read: %s", record->id, error->message);
      return NULL;
    }

  return g_steal_pointer (&record);
}

GPtrArray *
crm_sqlite_list_live (CrmServerStore *self,
                      gint64 scope,
                      const char *after_kind,
                      const char *after_id,
                      guint limit,
                      GError **error)
{
  static const char sql[] = "SELECT r.kind, r.id, r.root, r.born, r.row_seq, r.fver, r.fields"
                            " FROM scope_entry e JOIN record r ON r.id = e.id"
                            " WHERE e.scope = :scope AND (e.kind, e.id) > (:kind, :id)"
                            " AND NOT e.gone ORDER BY e.kind, e.id LIMIT :limit";
  CrmStmt *stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);

  if (stmt != NULL)
    {
      crm_stmt_bind_int64 (stmt, ":scope", scope);
      crm_stmt_bind_text (stmt, ":kind", after_kind);
      crm_stmt_bind_text (stmt, ":id", after_id);
      crm_stmt_bind_int64 (stmt, ":limit", limit);
    }

  return crm_sqlite_list (stmt, read_live, (GDestroyNotify) crm_server_record_free, error);
}

gboolean
crm_sqlite_has_gone (CrmServerStore *self, gint64 scope, gint64 seq, gboolean *gone, GError **error)
{
  static const char sql[] = "SELECT 1 FROM scope_entry"
                            " WHERE scope = :scope AND seq > :seq AND gone LIMIT 1";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_sqlite_store_get_db (self), sql, error);
  CrmStep step;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_int64 (stmt, ":scope", scope);
  crm_stmt_bind_int64 (stmt, ":seq", seq);
  step = crm_stmt_step (stmt, error);
  *gone = step == CRM_STEP_ROW;

  return step != CRM_STEP_ERROR;
}
