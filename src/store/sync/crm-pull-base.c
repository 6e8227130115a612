#include "store/sync/crm-pull-base-private.h"

#include "store/log/crm-change-fields-private.h"
#include "store/sync/crm-sync-state-private.h"

CrmPullBase *
crm_pull_base_new (const CrmTable *table)
{
  CrmPullBase *self = g_new0 (CrmPullBase, 1);

  self->table = table;
  self->values = g_new0 (char *, crm_kind_get_n_fields (table->kind));
  self->versions = g_new0 (gint64, crm_kind_get_n_fields (table->kind));

  return self;
}

void
crm_pull_base_free (CrmPullBase *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < crm_kind_get_n_fields (self->table->kind); i++)
    g_free (self->values[i]);
  g_free (self->values);
  g_free (self->versions);
  g_free (self);
}

void
crm_pull_base_set (CrmPullBase *self, guint index, const char *value, gint64 version)
{
  g_set_str (&self->values[index], value);
  self->versions[index] = version;
}

void
crm_pull_base_clear (CrmPullBase *self, gint64 row_seq)
{
  self->row_seq = row_seq;
  for (guint i = 0; i < crm_kind_get_n_fields (self->table->kind); i++)
    crm_pull_base_set (self, i, NULL, row_seq);
}

void
crm_pull_base_take (CrmPullBase *self, const CrmEdit *edit)
{
  self->exists = edit->old != NULL;
  self->row_seq = edit->row_seq;
  for (guint i = 0; self->exists && i < crm_kind_get_n_fields (self->table->kind); i++)
    crm_pull_base_set (self,
                       i,
                       crm_record_get_at (edit->old, i),
                       crm_fver_get (edit->fver,
                                     crm_kind_get_field (self->table->kind, i)->number,
                                     edit->row_seq));
}

static int
compare_numbers (gconstpointer a, gconstpointer b, gpointer data)
{
  const CrmKind *kind = data;
  const guint left = crm_kind_get_field (kind, *(const guint *) a)->number;
  const guint right = crm_kind_get_field (kind, *(const guint *) b)->number;

  return (left > right) - (left < right);
}

char *
crm_pull_base_dup_fver (const CrmPullBase *self)
{
  const CrmKind *kind = self->table->kind;
  g_autoptr (GArray) indexes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) text = NULL;

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    if (self->versions[i] != self->row_seq)
      g_array_append_val (indexes, i);
  if (indexes->len == 0)
    return NULL;

  g_array_sort_with_data (indexes, compare_numbers, (gpointer) kind);
  text = g_string_new (NULL);
  for (guint i = 0; i < indexes->len; i++)
    {
      const guint index = g_array_index (indexes, guint, i);

      g_string_append_printf (text,
                              "%s%u:%" G_GINT64_FORMAT,
                              i > 0 ? "," : "",
                              crm_kind_get_field (kind, index)->number,
                              self->versions[index]);
    }

  return g_strdup (text->str);
}

gboolean
crm_pull_base_is_pending (const CrmPullBase *self)
{
  if (self->row_seq < 0)
    return TRUE;

  for (guint i = 0; i < crm_kind_get_n_fields (self->table->kind); i++)
    if (self->versions[i] < 0)
      return TRUE;

  return FALSE;
}

/* ---- The log ---- */

/* A change of one set to the record. */
typedef struct
{
  gint64 n;
  CrmChangeOp op;
  GArray *fields;
} Change;

static void
clear_change (gpointer data)
{
  g_clear_pointer (&((Change *) data)->fields, g_array_unref);
}

/* (element-type Change): in the order of the log. */
static GArray *
load_changes (CrmReplica *replica, const char *id, gint64 acked, GError **error)
{
  static const char sql[] =
      "SELECT nr >> 10, op, fields FROM change WHERE id = ?1 AND " CRM_CHANGE_IS_SHOWN
      " ORDER BY nr";
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  g_array_set_clear_func (changes, clear_change);
  if (!(stmt = crm_db_prepare (replica->db, sql, error)))
    return NULL;

  crm_stmt_bind_text_at (stmt, 1, id);
  crm_stmt_bind_int64_at (stmt, 2, CRM_CHANGE_NR (acked + 1, 0));
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      const Change change = { .n = crm_stmt_get_int64 (stmt, 0),
                              .op = (CrmChangeOp) crm_stmt_get_int64 (stmt, 1),
                              .fields = crm_change_fields_parse (crm_stmt_get_text (stmt, 2),
                                                                 error) };

      if (change.fields == NULL)
        return NULL;
      g_array_append_val (changes, change);
    }

  return step == CRM_STEP_DONE ? g_steal_pointer (&changes) : NULL;
}

/* What an own set saw of an earlier own one says nothing of the server. */
static gint64
get_server_version (gint64 seen)
{
  return MAX (seen, 0);
}

/* Fields that the log does not name were empty; of what version is not known. */
static void
take_back_delete (CrmPullBase *self, const Change *change)
{
  gint64 row_seq = 0;

  for (guint i = 0; i < change->fields->len; i++)
    {
      const gint64 seen = g_array_index (change->fields, CrmFieldChange, i).seen;

      if (seen > 0 && (row_seq == 0 || seen < row_seq))
        row_seq = seen;
    }
  self->exists = TRUE;
  crm_pull_base_clear (self, row_seq);
}

/* @shown: the fields that show a change of our own. After a restore others are sent again too, of
 * which the server has said before that they came too late. */
static void
take_back (CrmPullBase *self, const Change *change, const gboolean *shown)
{
  if (change->op == CRM_CHANGE_DELETE && self->exists)
    return;
  /* Made anew, where the server did not let it be deleted, the row is the server's. */
  if (change->op == CRM_CHANGE_NEW && !(self->exists && self->row_seq > 0))
    {
      self->exists = FALSE;
      crm_pull_base_clear (self, 0);
      return;
    }
  if (change->op == CRM_CHANGE_DELETE)
    take_back_delete (self, change);

  for (guint i = 0; i < change->fields->len; i++)
    {
      const CrmFieldChange *field = &g_array_index (change->fields, CrmFieldChange, i);
      const int index = crm_kind_find_index (self->table->kind, field->name);

      if (index >= 0 && shown[index])
        crm_pull_base_set (self, (guint) index, field->old_value, get_server_version (field->seen));
    }
}

gboolean
crm_pull_base_take_back (CrmPullBase *self,
                         CrmReplica *replica,
                         const char *id,
                         gint64 acked,
                         guint *n_changes,
                         GError **error)
{
  const guint n_fields = crm_kind_get_n_fields (self->table->kind);
  g_autofree gboolean *shown = g_new (gboolean, n_fields);
  g_autoptr (GArray) changes = load_changes (replica, id, acked, error);

  if (changes == NULL)
    return FALSE;

  for (guint i = 0; i < n_fields; i++)
    shown[i] = !self->exists || self->versions[i] < 0;
  for (guint i = changes->len; i-- > 0;)
    take_back (self, &g_array_index (changes, Change, i), shown);
  if (n_changes != NULL)
    *n_changes = changes->len;

  return TRUE;
}

void
crm_pull_base_copy (CrmPullBase *self, const CrmPullBase *other)
{
  self->exists = other->exists;
  self->row_seq = other->row_seq;
  for (guint i = 0; i < crm_kind_get_n_fields (self->table->kind); i++)
    crm_pull_base_set (self, i, other->values[i], other->versions[i]);
}

static void
overlay (CrmPullBase *self, const Change *change, const CrmPullBase *local)
{
  if (change->op == CRM_CHANGE_DELETE)
    {
      self->exists = FALSE;
      return;
    }
  if (change->op == CRM_CHANGE_NEW && !self->exists)
    crm_pull_base_clear (self, -change->n);
  else if (!self->exists && local != NULL)
    crm_pull_base_copy (self, local);
  self->exists = self->exists || change->op == CRM_CHANGE_NEW;

  for (guint i = 0; self->exists && i < change->fields->len; i++)
    {
      const CrmFieldChange *field = &g_array_index (change->fields, CrmFieldChange, i);
      const int index = crm_kind_find_index (self->table->kind, field->name);

      if (index >= 0)
        crm_pull_base_set (self, (guint) index, field->new_value, -change->n);
    }
}

gboolean
crm_pull_base_overlay (CrmPullBase *self,
                       CrmReplica *replica,
                       const char *id,
                       gint64 acked,
                       const CrmPullBase *local,
                       guint *n_changes,
                       GError **error)
{
  g_autoptr (GArray) changes = load_changes (replica, id, acked, error);

  if (changes == NULL)
    return FALSE;

  for (guint i = 0; i < changes->len; i++)
    overlay (self, &g_array_index (changes, Change, i), local);
  if (n_changes != NULL)
    *n_changes = changes->len;

  return TRUE;
}

/* ---- What waits ---- */

static void
put_waiting (CrmPullBase *self, gint64 row_seq, gboolean gone, const GArray *fields)
{
  if (gone)
    {
      self->exists = FALSE;
      return;
    }
  if (row_seq > 0)
    {
      self->exists = TRUE;
      crm_pull_base_clear (self, row_seq);
    }

  for (guint i = 0; i < fields->len; i++)
    {
      const CrmFieldChange *field = &g_array_index (fields, CrmFieldChange, i);
      const int index = crm_kind_find_index (self->table->kind, field->name);

      if (index >= 0)
        crm_pull_base_set (self, (guint) index, field->new_value, field->seen);
    }
}

gboolean
crm_pull_base_load_pending (CrmPullBase *self,
                            CrmReplica *replica,
                            const char *id,
                            gboolean *found,
                            GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  g_autoptr (GArray) fields = NULL;
  CrmStep step;

  stmt = crm_db_prepare (replica->db,
                         "SELECT row_seq, gone, fields FROM pending_row WHERE id = ?1",
                         error);
  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, id);
  step = crm_stmt_step (stmt, error);
  if (found != NULL)
    *found = step == CRM_STEP_ROW;
  if (step != CRM_STEP_ROW)
    return step == CRM_STEP_DONE;
  if (!(fields = crm_change_fields_parse (crm_stmt_get_text (stmt, 2), error)))
    return FALSE;

  put_waiting (self, crm_stmt_get_int64 (stmt, 0), crm_stmt_get_int64 (stmt, 1) != 0, fields);

  return TRUE;
}

static gboolean
delete_pending (CrmReplica *replica, const char *id, GError **error)
{
  g_autoptr (CrmStmt)
      stmt = crm_db_prepare (replica->db, "DELETE FROM pending_row WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, id);

  return crm_stmt_run (stmt, error);
}

static gboolean
insert_pending (const CrmPullBase *self,
                CrmReplica *replica,
                const char *id,
                gint64 row_seq,
                const char *fields,
                GError **error)
{
  static const char sql[] = "INSERT OR REPLACE INTO pending_row VALUES (?1, ?2, ?3, ?4, ?5)";
  g_autoptr (CrmStmt) stmt = crm_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, id);
  crm_stmt_bind_int64_at (stmt, 2, crm_kind_get_number (self->table->kind));
  crm_stmt_bind_int64_at (stmt, 3, row_seq);
  crm_stmt_bind_int64_at (stmt, 4, !self->exists);
  crm_stmt_bind_text_at (stmt, 5, fields);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_pull_base_save_pending (const CrmPullBase *self,
                            CrmReplica *replica,
                            const char *id,
                            const CrmPullBase *local,
                            GError **error)
{
  const gboolean whole = local == NULL || local->row_seq < 0;
  g_autoptr (GString) fields = g_string_new (NULL);

  if (local != NULL && !crm_pull_base_is_pending (local))
    return delete_pending (replica, id, error);
  /* Nothing to hold: the server has no such row, or never said. */
  if (whole && self->exists && self->row_seq <= 0)
    return delete_pending (replica, id, error);

  crm_change_fields_begin (fields);
  for (guint i = 0; self->exists && i < crm_kind_get_n_fields (self->table->kind); i++)
    if (whole ? self->values[i] != NULL || self->versions[i] != self->row_seq
              : local->versions[i] < 0)
      crm_change_fields_add (fields,
                             crm_kind_get_field (self->table->kind, i)->name,
                             NULL,
                             self->values[i],
                             self->versions[i]);
  crm_change_fields_end (fields);

  return insert_pending (self, replica, id, whole ? self->row_seq : 0, fields->str, error);
}
