#include "store/sync/crm-conflict-private.h"

#include "db/crm-transaction.h"

/* Which items; as SQL, so that only those of the page are filled. */
typedef struct
{
  const char *where; /* of conflicts */
  const char *about; /* (nullable): ?1 in it */
  gboolean refusals; /* these too */
} Items;

#define CONFLICTS                                                                                  \
  "SELECT id, state IS NOT 'resolved', ifnull (at, ''), ifnull (action_group, id), 0"              \
  " FROM \"conflict\" WHERE "
#define REFUSALS                                                                                   \
  "SELECT s.id, 1, s.at, ifnull (s.group_, s.id), 1 FROM " CRM_REFUSAL_FROM                        \
  " WHERE " CRM_REFUSAL_WAITS
/* Open ones first, each with those of its action together, the newest action first. */
#define ORDERED                                                                                    \
  " SELECT id, refused FROM (SELECT *, max (at) OVER (PARTITION BY group_) AS last FROM item)"     \
  " ORDER BY open DESC, last DESC, group_, at, id LIMIT ?2 OFFSET ?3"

/* @select: of the rows of "item" */
static CrmStmt *
prepare (CrmReplica *replica, const Items *items, const char *select, GError **error)
{
  const gboolean known = crm_model_find_kind (replica->model, CRM_CONFLICT_KIND) != NULL;
  g_autofree char *sql = g_strconcat ("WITH item (id, open, at, group_, refused) AS (",
                                      known ? CONFLICTS : REFUSALS " AND ",
                                      known ? items->where : "FALSE",
                                      items->refusals ? " UNION ALL " REFUSALS : "",
                                      ")",
                                      select,
                                      NULL);
  CrmStmt *stmt = crm_db_prepare (replica->db, sql, error);

  if (stmt != NULL && known && items->about != NULL)
    crm_stmt_bind_text_at (stmt, 1, items->about);

  return stmt;
}

static gboolean
count (CrmReplica *replica, const Items *items, guint *n, GError **error)
{
  g_autoptr (CrmStmt) stmt = prepare (replica, items, " SELECT count(*) FROM item", error);

  if (stmt == NULL || crm_stmt_step (stmt, error) != CRM_STEP_ROW)
    return FALSE;

  *n = (guint) crm_stmt_get_int64 (stmt, 0);

  return TRUE;
}

static CrmConflict *
load (CrmReplica *replica, const char *id, gboolean refused, const char *viewer, GError **error)
{
  g_autoptr (CrmRecord) record = NULL;

  if (refused)
    return crm_refusal_find (replica, id, error);

  record = crm_replica_get (replica, id, error);

  return record != NULL ? crm_conflict_new (replica, record, viewer, error) : NULL;
}

static GPtrArray *
list (CrmReplica *replica, const Items *items, guint offset, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_conflict_free);
  g_autofree char *viewer = crm_replica_dup_user (replica);
  g_autoptr (CrmStmt) stmt = prepare (replica, items, ORDERED, error);
  CrmStep step;

  if (stmt == NULL)
    return NULL;

  crm_stmt_bind_int64_at (stmt, 2, limit);
  crm_stmt_bind_int64_at (stmt, 3, offset);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      CrmConflict *item = load (replica,
                                crm_stmt_get_text (stmt, 0),
                                crm_stmt_get_int64 (stmt, 1) != 0,
                                viewer,
                                error);

      if (item == NULL)
        return NULL;
      g_ptr_array_add (list, item);
    }

  return step == CRM_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

/* Of one state of the replica. @n_all: (nullable) */
static GPtrArray *
list_page (CrmReplica *replica,
           const Items *items,
           guint offset,
           guint limit,
           guint *n_all,
           GError **error)
{
  g_autoptr (CrmTransaction)
      transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_READ, error);
  GPtrArray *page = NULL;

  if (transaction != NULL && (n_all == NULL || count (replica, items, n_all, error)))
    page = list (replica, items, offset, limit, error);
  if (page == NULL)
    crm_store_error_translate (error);

  return page;
}

static Items
get_items (gboolean include_resolved)
{
  return (Items) { .where = include_resolved ? "TRUE" : "state = 'open'", .refusals = TRUE };
}

GPtrArray *
crm_replica_list_conflicts (CrmReplica *self, gboolean include_resolved, GError **error)
{
  return crm_replica_page_conflicts (self, include_resolved, 0, G_MAXUINT, NULL, error);
}

GPtrArray *
crm_replica_page_conflicts (CrmReplica *self,
                            gboolean include_resolved,
                            guint offset,
                            guint limit,
                            guint *n_all,
                            GError **error)
{
  const Items items = get_items (include_resolved);

  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);
  g_return_val_if_fail (self->db != NULL, NULL);

  return list_page (self, &items, offset, limit, n_all, error);
}

GPtrArray *
crm_replica_list_conflicts_of (CrmReplica *self, const char *record, GError **error)
{
  const Items items = {
    .where = "state = 'open' AND (record = ?1 OR (type = 'double' AND kept = ?1))", .about = record
  };

  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  return list_page (self, &items, 0, G_MAXUINT, NULL, error);
}

static char **
list_ids (CrmReplica *replica, const char *group, GError **error)
{
  static const char sql[] = "SELECT id FROM \"conflict\" WHERE state = 'open'"
                            " AND ifnull (action_group, id) = ?1 ORDER BY ifnull (at, ''), id";
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);
  CrmStep step;

  if (stmt == NULL)
    return NULL;

  crm_stmt_bind_text_at (stmt, 1, group);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    g_strv_builder_add (ids, crm_stmt_get_text (stmt, 0));

  return step == CRM_STEP_DONE ? g_strv_builder_end (ids) : NULL;
}

char **
crm_replica_list_conflict_ids (CrmReplica *self, const char *group, GError **error)
{
  char **ids;

  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);
  g_return_val_if_fail (group != NULL, NULL);

  if (!(ids = list_ids (self, group, error)))
    crm_store_error_translate (error);

  return ids;
}
