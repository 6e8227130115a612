#include "store/crm-log-writer-private.h"

#include "base/crm-clock.h"
#include "base/crm-id.h"
#include "base/crm-text.h"
#include "db/crm-transaction.h"
#include "model/crm-value.h"
#include "store/crm-change-fields-private.h"
#include "store/crm-index-private.h"
#include "store/crm-set-digest-private.h"

#include <string.h>

/* More ids than this and listeners read everything again. */
#define MAX_IDS 1000

struct _CrmLogWriter
{
  CrmReplica *replica;
  CrmTransaction *transaction;

  /* The end of the log. */
  gint64 n;
  guint8 digest[CRM_SET_DIGEST_SIZE];
  gint64 next_nr;
  gint64 stored_next_nr;

  /* Settings that each set or row needs. */
  char *user;
  char *device;
  CrmLocale locale;
  gboolean ij_as_y;
  gboolean later;

  /* For the commit hook. */
  GHashTable *ids; /* (element-type utf8); NULL when there are too many */
  guint kinds;

  /* Buffers that are filled once per record. */
  GString *fields;
  GArray *numbers;
};

static gboolean
load_tail (CrmLogWriter *self, GError **error)
{
  static const char sql[] = "SELECT n, digest FROM change_set ORDER BY n DESC LIMIT 1";
  g_autoptr (CrmStmt) stmt = NULL;
  gconstpointer digest;
  gsize size;
  CrmStep step;

  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_ROW)
    {
      self->n = crm_stmt_get_int64 (stmt, 0);
      digest = crm_stmt_get_blob (stmt, 1, &size);
      if (size == sizeof self->digest)
        memcpy (self->digest, digest, size);
    }

  self->next_nr = crm_replica_get_meta_int64 (self->replica, "next_nr", 1);
  self->stored_next_nr = self->next_nr;

  return step != CRM_STEP_ERROR;
}

CrmLogWriter *
crm_log_writer_begin (CrmReplica *replica, GError **error)
{
  g_autoptr (CrmLogWriter) self = g_new0 (CrmLogWriter, 1);

  self->replica = replica;
  self->fields = g_string_sized_new (1024);
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!crm_replica_check_writable (replica, error))
    return NULL;

  self->transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_WRITE, error);
  if (self->transaction == NULL || !load_tail (self, error))
    return NULL;

  self->user = crm_replica_dup_user (replica);
  self->device = crm_replica_dup_device (replica);
  self->locale = crm_replica_get_locale (replica);
  self->ij_as_y = crm_replica_get_ij_as_y (replica);

  return g_steal_pointer (&self);
}

void
crm_log_writer_free (CrmLogWriter *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->transaction, crm_transaction_free);
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_string_free (self->fields, TRUE);
  g_array_unref (self->numbers);
  g_free (self->user);
  g_free (self->device);
  g_free (self);
}

void
crm_log_writer_set_later (CrmLogWriter *self, gboolean later)
{
  self->later = later;
}

gint64
crm_log_writer_get_n (CrmLogWriter *self)
{
  return self->n;
}

const char *
crm_log_writer_get_user (CrmLogWriter *self)
{
  return self->user;
}

/* What sorting and looking up by name need of a record. */
typedef struct
{
  char *sort_key;
  char *name_key;
} Keys;

static void
clear_keys (Keys *keys)
{
  g_free (keys->sort_key);
  g_free (keys->name_key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keys, clear_keys)

static void
make_keys (CrmLogWriter *self, CrmRecord *record, Keys *keys)
{
  g_autofree char *title = crm_record_dup_title (record);

  keys->sort_key = crm_name_dup_sort_key (record, self->locale, self->ij_as_y);
  keys->name_key = crm_text_fold (title);
}

static gboolean
insert_record (CrmLogWriter *self, CrmEdit *edit, gint64 row_seq, GError **error)
{
  const CrmKind *kind = edit->table->kind;
  g_auto (Keys) keys = { NULL };
  g_autoptr (CrmStmt) stmt = NULL;
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!(stmt = crm_db_prepare (self->replica->db, edit->table->insert_sql, error)))
    return FALSE;

  make_keys (self, edit->new, &keys);
  edit->nr = self->next_nr++;
  crm_stmt_bind_int64_at (stmt, 1, edit->nr);
  crm_stmt_bind_text_at (stmt, 2, edit->id);
  crm_stmt_bind_int64_at (stmt, 3, row_seq);
  crm_stmt_bind_text_at (stmt, 4, keys.sort_key);
  crm_stmt_bind_text_at (stmt, 5, keys.name_key);
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      const char *value = crm_record_get_at (edit->new, i);

      if (value == NULL)
        continue;
      if (!(value = crm_table_normalize (kind, field, value, buffer, error)))
        return FALSE;

      crm_table_bind (field, stmt, CRM_TABLE_N_FIXED + 1 + i, value);
      crm_change_fields_add (self->fields, field->name, NULL, value, 0);
    }

  return crm_stmt_run (stmt, error);
}

static gboolean
delete_record (CrmLogWriter *self, CrmEdit *edit, GError **error)
{
  const CrmKind *kind = edit->table->kind;
  g_autoptr (CrmStmt) stmt = NULL;

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      const char *value = crm_record_get_at (edit->old, i);

      if (value != NULL)
        crm_change_fields_add (self->fields,
                               field->name,
                               value,
                               NULL,
                               crm_fver_get (edit->fver, field->number, edit->row_seq));
    }

  if (!(stmt = crm_db_prepare (self->replica->db, edit->table->delete_sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, edit->nr);

  return crm_stmt_run (stmt, error);
}

/* Only columns that differ: naming a column makes its indexes work, changed or not. */
static char *
make_update_sql (CrmEdit *edit, const GArray *indexes, const Keys *old_keys, const Keys *new_keys)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "UPDATE %s SET fver = ?2", edit->table->name);
  for (guint i = 0; i < indexes->len; i++)
    {
      const guint index = g_array_index (indexes, guint, i);
      g_autofree char *column = crm_db_quote_name (crm_kind_get_field (edit->table->kind, index)
                                                       ->name);

      g_string_append_printf (sql, ", %s = ?%u", column, index + CRM_TABLE_N_FIXED + 1);
    }
  if (g_strcmp0 (old_keys->sort_key, new_keys->sort_key) != 0)
    g_string_append (sql, ", sort_key = ?4");
  if (g_strcmp0 (old_keys->name_key, new_keys->name_key) != 0)
    g_string_append (sql, ", name_key = ?5");
  g_string_append (sql, " WHERE nr = ?1");

  return g_strdup (sql->str);
}

static gboolean
update_row (CrmLogWriter *self, CrmEdit *edit, const GArray *indexes, GError **error)
{
  const CrmKind *kind = edit->table->kind;
  g_auto (Keys) old_keys = { NULL };
  g_auto (Keys) new_keys = { NULL };
  g_autofree char *fver = crm_fver_set (edit->fver, self->numbers, -self->n);
  g_autofree char *sql = NULL;
  g_autoptr (CrmStmt) stmt = NULL;

  make_keys (self, edit->old, &old_keys);
  make_keys (self, edit->new, &new_keys);
  sql = make_update_sql (edit, indexes, &old_keys, &new_keys);
  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, edit->nr);
  crm_stmt_bind_text_at (stmt, 2, fver);
  if (strstr (sql, "?4") != NULL)
    crm_stmt_bind_text_at (stmt, 4, new_keys.sort_key);
  if (strstr (sql, "?5") != NULL)
    crm_stmt_bind_text_at (stmt, 5, new_keys.name_key);
  for (guint i = 0; i < indexes->len; i++)
    {
      const guint index = g_array_index (indexes, guint, i);

      crm_table_bind (crm_kind_get_field (kind, index),
                      stmt,
                      CRM_TABLE_N_FIXED + 1 + index,
                      crm_record_get_at (edit->new, index));
    }

  return crm_stmt_run (stmt, error);
}

/* Fills fields and numbers; @indexes gets the fields that differ. */
static gboolean
find_differences (CrmLogWriter *self, CrmEdit *edit, GArray *indexes, GError **error)
{
  const CrmKind *kind = edit->table->kind;
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_array_set_size (self->numbers, 0);
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      const char *old = crm_record_get_at (edit->old, i);
      const char *new = crm_record_get_at (edit->new, i);

      if (g_strcmp0 (old, new) == 0)
        continue;
      if (new != NULL && !(new = crm_table_normalize (kind, field, new, buffer, error)))
        return FALSE;
      if (crm_value_equal (old, new))
        continue;

      g_array_append_val (indexes, i);
      g_array_append_val (self->numbers, field->number);
      crm_change_fields_add (self->fields,
                             field->name,
                             old,
                             new,
                             crm_fver_get (edit->fver, field->number, edit->row_seq));
    }

  return TRUE;
}

static gboolean
update_record (CrmLogWriter *self, CrmEdit *edit, gboolean *differs, GError **error)
{
  g_autoptr (GArray) indexes = g_array_new (FALSE, FALSE, sizeof (guint));

  if (!find_differences (self, edit, indexes, error))
    return FALSE;

  *differs = indexes->len > 0;

  return !*differs || update_row (self, edit, indexes, error);
}

static gboolean
write_row (CrmLogWriter *self, CrmEdit *edit, CrmChangeOp op, gboolean *differs, GError **error)
{
  *differs = TRUE;
  crm_change_fields_begin (self->fields);

  switch (op)
    {
    case CRM_CHANGE_NEW:
      if (!insert_record (self, edit, -self->n, error))
        return FALSE;
      break;

    case CRM_CHANGE_DELETE:
      if (!delete_record (self, edit, error))
        return FALSE;
      break;

    case CRM_CHANGE_SET:
    default:
      if (!update_record (self, edit, differs, error))
        return FALSE;
    }

  crm_change_fields_end (self->fields);

  return TRUE;
}

static gboolean
write_change (CrmLogWriter *self, CrmEdit *edit, CrmChangeOp op, guint place, GError **error)
{
  static const char sql[] = "INSERT INTO change (nr, kind, id, op, fields) VALUES (?, ?, ?, ?, ?)";
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, CRM_CHANGE_NR (self->n, place));
  crm_stmt_bind_int64_at (stmt, 2, crm_kind_get_number (edit->table->kind));
  crm_stmt_bind_text_at (stmt, 3, edit->id);
  crm_stmt_bind_int64_at (stmt, 4, op);
  crm_stmt_bind_text_at (stmt, 5, self->fields->str);

  return crm_stmt_run (stmt, error);
}

static gboolean
write_index (CrmLogWriter *self, CrmEdit *edit, GError **error)
{
  if (edit->new == NULL)
    return crm_index_remove (self->replica, edit->nr, edit->old, error);

  return crm_index_put (self->replica, edit->nr, edit->new, edit->old, error);
}

static void
note_id (CrmLogWriter *self, const char *id)
{
  if (self->ids == NULL)
    return;

  g_hash_table_add (self->ids, g_strdup (id));
  if (g_hash_table_size (self->ids) > MAX_IDS)
    g_clear_pointer (&self->ids, g_hash_table_unref);
}

static gboolean
note_linking (CrmLogWriter *self,
              const CrmTable *table,
              const CrmField *field,
              const char *target,
              GError **error)
{
  g_autofree char *column = crm_db_quote_name (field->name);
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE %s = ?1", table->name, column);
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step = CRM_STEP_DONE;

  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, target);
  while (self->ids != NULL && (step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    note_id (self, crm_stmt_get_text (stmt, 0));

  return step != CRM_STEP_ERROR;
}

/* Lines of records that link to this one show its title. */
static gboolean
note_change (CrmLogWriter *self, CrmEdit *edit, GError **error)
{
  const char *kind_name = crm_kind_get_name (edit->table->kind);

  self->kinds |= 1u << crm_kind_get_number (edit->table->kind);
  note_id (self, edit->id);
  if (edit->old == NULL)
    return TRUE;

  for (guint i = 0; self->ids != NULL && i < self->replica->tables->len; i++)
    {
      const CrmTable *table = g_ptr_array_index (self->replica->tables, i);

      for (guint j = 0; j < crm_kind_get_n_fields (table->kind); j++)
        {
          const CrmField *field = crm_kind_get_field (table->kind, j);

          if (field->type == CRM_FIELD_LINK && crm_field_targets (field, kind_name) &&
              !note_linking (self, table, field, edit->id, error))
            return FALSE;
        }
    }

  return TRUE;
}

static CrmChangeOp
get_op (const CrmEdit *edit)
{
  if (edit->old == NULL)
    return CRM_CHANGE_NEW;

  return edit->new == NULL ? CRM_CHANGE_DELETE : CRM_CHANGE_SET;
}

static gboolean
write_edits (CrmLogWriter *self,
             CrmSetDigest *digest,
             GPtrArray *edits,
             guint *n_changed,
             GError **error)
{
  guint place = 0;

  for (guint i = 0; i < edits->len; i++)
    {
      CrmEdit *edit = g_ptr_array_index (edits, i);
      const CrmChangeOp op = get_op (edit);
      gboolean differs;

      if (edit->old == NULL && edit->new == NULL)
        continue;
      if (!write_row (self, edit, op, &differs, error))
        return FALSE;
      if (!differs)
        continue;
      if (!write_change (self, edit, op, place, error) || !write_index (self, edit, error) ||
          !note_change (self, edit, error))
        return FALSE;

      crm_set_digest_add (digest,
                          crm_kind_get_name (edit->table->kind),
                          edit->id,
                          op,
                          self->fields->str);
      place++;
    }

  *n_changed = place;

  return TRUE;
}

static gboolean
write_header (CrmLogWriter *self, const CrmSetHeader *header, GError **error)
{
  static const char sql[] =
      "INSERT INTO change_set (n, id, group_, action, why, at, user, device, state, digest, body)"
      " VALUES (:n, :id, :group, :action, :why, :at, :user, :device, :state, :digest, :body)";
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64 (stmt, ":n", header->n);
  crm_stmt_bind_text (stmt, ":id", header->id);
  crm_stmt_bind_text (stmt, ":group", header->group);
  crm_stmt_bind_text (stmt, ":action", header->action);
  crm_stmt_bind_text (stmt, ":why", header->why);
  crm_stmt_bind_text (stmt, ":at", header->at);
  crm_stmt_bind_text (stmt, ":user", header->user);
  crm_stmt_bind_text (stmt, ":device", header->device);
  crm_stmt_bind_int64 (stmt, ":state", CRM_SET_PENDING);
  crm_stmt_bind_blob (stmt, ":digest", self->digest, sizeof self->digest);
  crm_stmt_bind_text (stmt, ":body", header->body);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_log_writer_write (CrmLogWriter *self,
                      const char *action,
                      const char *why,
                      const char *group,
                      GPtrArray *edits,
                      char **set_id,
                      guint *n_changed,
                      GError **error)
{
  g_autofree char *id = crm_id_new ();
  g_autofree char *at = crm_clock_format (crm_clock_now ());
  CrmSetDigest digest;
  CrmSetHeader header = {
    .n = self->n + 1,
    .id = id,
    .group = group,
    .action = action,
    .why = why,
    .at = at,
    .user = self->user,
    .device = self->device,
    /* An edit by hand stands or falls as a whole; of a long action each field does by itself. */
    .body = group == NULL ? "{\"mode\":\"all\"}" : "{\"mode\":\"each\"}",
  };
  guint n_written = 0;

  g_assert (edits->len <= CRM_CHANGE_SET_MAX);

  self->n++;
  crm_set_digest_begin (&digest, self->digest, &header);
  if (!write_edits (self, &digest, edits, &n_written, error))
    return FALSE;

  if (n_written > 0)
    crm_set_digest_end (&digest, self->digest);
  else
    self->n--;
  if (n_written > 0 && !write_header (self, &header, error))
    return FALSE;

  if (set_id != NULL)
    *set_id = n_written > 0 ? g_steal_pointer (&id) : NULL;
  if (n_changed != NULL)
    *n_changed = n_written;

  return TRUE;
}

gboolean
crm_log_writer_put_unlogged (CrmLogWriter *self, CrmEdit *edit, GError **error)
{
  crm_change_fields_begin (self->fields);
  if (edit->old != NULL && (!delete_record (self, edit, error) ||
                            !crm_index_remove (self->replica, edit->nr, edit->old, error)))
    return FALSE;
  if (!insert_record (self, edit, 0, error))
    return FALSE;

  self->kinds |= 1u << crm_kind_get_number (edit->table->kind);

  return crm_index_put (self->replica, edit->nr, edit->new, NULL, error);
}

gboolean
crm_log_writer_commit (CrmLogWriter *self, GError **error)
{
  CrmReplica *replica = self->replica;

  if (self->next_nr != self->stored_next_nr &&
      !crm_replica_set_meta_int64 (replica, "next_nr", self->next_nr, error))
    return FALSE;
  if (self->kinds != 0 && !self->later && !crm_index_flush (replica, error))
    return FALSE;
  if (!crm_transaction_commit (self->transaction, error))
    return FALSE;

  if (self->kinds != 0 && replica->commit_hook != NULL)
    replica->commit_hook (self->ids, self->kinds, self->n, replica->commit_data);

  return TRUE;
}
