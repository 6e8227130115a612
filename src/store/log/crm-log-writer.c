#include "store/log/crm-log-writer-private.h"

#include "base/crm-clock.h"
#include "base/crm-id.h"
#include "db/crm-transaction.h"
#include "model/crm-set-digest.h"
#include "model/crm-value.h"
#include "store/crm-row-writer-private.h"
#include "store/log/crm-change-fields-private.h"
#include "store/sync/crm-sync-set-private.h"

#include <string.h>

struct _CrmLogWriter
{
  CrmReplica *replica;
  CrmTransaction *transaction;
  CrmRowWriter rows;

  /* The end of the log, and where it was when this began. */
  gint64 n;
  gint64 n_before;
  guint8 digest[CRM_SET_DIGEST_SIZE];
  /* What the numbers of this replica's id are below those of the log. */
  gint64 chain;

  /* Settings that each set needs. */
  char *user;
  char *device;
  gboolean later;
  gboolean confirmed;

  /* The set that is being written. */
  CrmSetDigest hash;
  /* Buffers that are filled once per record. */
  GString *fields;
  GArray *numbers;
};

static gboolean
load_tail (CrmLogWriter *self, GError **error)
{
  static const char sql[] = "SELECT n, digest, chain FROM change_set ORDER BY n DESC LIMIT 1";
  g_autoptr (CrmStmt) stmt = NULL;
  gconstpointer digest;
  gsize size;
  CrmStep step;

  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  if (!crm_replica_load_meta_int64 (self->replica, "chain", 0, &self->chain, error))
    return FALSE;

  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_ROW)
    {
      self->n = crm_stmt_get_int64 (stmt, 0);
      self->n_before = self->n;
      digest = crm_stmt_get_blob (stmt, 1, &size);
      if (size == sizeof self->digest && crm_stmt_get_int64 (stmt, 2) == self->chain)
        memcpy (self->digest, digest, size);
    }

  return step != CRM_STEP_ERROR;
}

CrmLogWriter *
crm_log_writer_begin (CrmReplica *replica, GError **error)
{
  g_autoptr (CrmLogWriter) self = g_new0 (CrmLogWriter, 1);

  self->replica = replica;
  self->fields = g_string_sized_new (1024);
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  if (!crm_replica_check_writable (replica, error))
    return NULL;

  self->transaction = crm_transaction_begin (replica->db, CRM_TRANSACTION_WRITE, error);
  if (self->transaction == NULL || !load_tail (self, error) ||
      !crm_replica_load_author (replica, &self->user, &self->device, error) ||
      !crm_row_writer_init (&self->rows, replica, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
crm_log_writer_free (CrmLogWriter *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->transaction, crm_transaction_free);
  crm_row_writer_clear (&self->rows);
  crm_set_digest_clear (&self->hash);
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
  /* Of so many records nobody is told which, and looking for what links to them takes its time. */
  if (later)
    crm_row_writer_forget_ids (&self->rows);
}

void
crm_log_writer_set_confirmed (CrmLogWriter *self, gboolean confirmed)
{
  self->confirmed = confirmed;
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

/* Into the log and its digest. */
static void
add_change (CrmLogWriter *self,
            const CrmField *field,
            const char *old,
            const char *value,
            gint64 seen)
{
  crm_change_fields_add (self->fields, field->name, old, value, seen);
  crm_set_digest_add_field (&self->hash,
                            field->name,
                            value,
                            crm_sync_set_get_wire_base (seen, self->chain),
                            old);
}

/* As the table will give its values back. */
static gboolean
normalize_new (CrmLogWriter *self, CrmEdit *edit, GError **error)
{
  const CrmKind *kind = edit->table->kind;
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      const char *value = crm_record_get_at (edit->new, i);

      if (value == NULL)
        continue;
      if (!(value = crm_table_normalize (kind, field, value, buffer, error)))
        return FALSE;

      add_change (self, field, NULL, value, 0);
    }

  return TRUE;
}

static gboolean
insert_record (CrmLogWriter *self, CrmEdit *edit, gint64 row_seq, GError **error)
{
  return normalize_new (self, edit, error) &&
         crm_row_writer_insert (&self->rows, edit, row_seq, NULL, error);
}

/* The row itself stands first: a delete is of a version of the whole. */
static gboolean
delete_record (CrmLogWriter *self, CrmEdit *edit, GError **error)
{
  const CrmKind *kind = edit->table->kind;

  crm_change_fields_add (self->fields,
                         CRM_CHANGE_ROW,
                         NULL,
                         NULL,
                         crm_fver_get_highest (edit->fver, edit->row_seq));
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

  return crm_row_writer_delete (&self->rows, edit, error);
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
      add_change (self, field, old, new, crm_fver_get (edit->fver, field->number, edit->row_seq));
    }

  return TRUE;
}

static gboolean
update_record (CrmLogWriter *self, CrmEdit *edit, gboolean *differs, GError **error)
{
  g_autoptr (GArray) indexes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *fver = NULL;

  if (!find_differences (self, edit, indexes, error))
    return FALSE;

  *differs = indexes->len > 0;
  if (!*differs)
    return TRUE;

  fver = crm_fver_set (edit->fver, self->numbers, -self->n);

  return crm_row_writer_update (&self->rows, edit, indexes, edit->row_seq, fver, error);
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

static CrmChangeOp
get_op (const CrmEdit *edit)
{
  if (edit->old == NULL)
    return CRM_CHANGE_NEW;

  return edit->new == NULL ? CRM_CHANGE_DELETE : CRM_CHANGE_SET;
}

/* On the wire, of a delete. */
static gint64
get_base (CrmLogWriter *self, const CrmEdit *edit)
{
  return crm_sync_set_get_wire_base (crm_fver_get_highest (edit->fver, edit->row_seq), self->chain);
}

static gboolean
write_edits (CrmLogWriter *self, GPtrArray *edits, guint *n_changed, GError **error)
{
  guint place = 0;

  for (guint i = 0; i < edits->len; i++)
    {
      CrmEdit *edit = g_ptr_array_index (edits, i);
      const CrmChangeOp op = get_op (edit);
      gboolean differs;

      if (edit->old == NULL && edit->new == NULL)
        continue;

      crm_set_digest_begin_op (&self->hash,
                               crm_kind_get_name (edit->table->kind),
                               edit->id,
                               (CrmSetOp) op,
                               get_base (self, edit));
      if (!write_row (self, edit, op, &differs, error))
        return FALSE;
      if (!differs)
        continue;
      if (!write_change (self, edit, op, place, error))
        return FALSE;

      crm_set_digest_end_op (&self->hash);
      place++;
    }

  *n_changed = place;

  return TRUE;
}

static gboolean
write_header (CrmLogWriter *self, const CrmSetHeader *header, GError **error)
{
  static const char sql[] =
      "INSERT INTO change_set (n, id, group_, action, why, at, user, device, state, digest, body,"
      " chain) VALUES (:n, :id, :group, :action, :why, :at, :user, :device, :state, :digest, :body,"
      " :chain)";
  g_autofree char *body = g_strconcat ("{",
                                       header->all ? CRM_SET_BODY_ALL : CRM_SET_BODY_EACH,
                                       self->confirmed ? "," CRM_SET_BODY_CONFIRM : "",
                                       "}",
                                       NULL);
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64 (stmt, ":n", self->n);
  crm_stmt_bind_text (stmt, ":id", header->id);
  crm_stmt_bind_text (stmt, ":group", header->group);
  crm_stmt_bind_text (stmt, ":action", header->action);
  crm_stmt_bind_text (stmt, ":why", header->why);
  crm_stmt_bind_text (stmt, ":at", header->at);
  crm_stmt_bind_text (stmt, ":user", self->user);
  crm_stmt_bind_text (stmt, ":device", self->device);
  crm_stmt_bind_int64 (stmt, ":state", CRM_SET_PENDING);
  crm_stmt_bind_blob (stmt, ":digest", self->digest, sizeof self->digest);
  crm_stmt_bind_text (stmt, ":body", body);
  crm_stmt_bind_int64 (stmt, ":chain", self->chain);

  return crm_stmt_run (stmt, error);
}

/* No server would take it. */
static gboolean
check_reason (const char *why, GError **error)
{
  if (why == NULL || strlen (why) <= CRM_REASON_MAX)
    return TRUE;

  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_FAILED,
               "The reason has %" G_GSIZE_FORMAT " bytes; at most %d fit",
               strlen (why),
               CRM_REASON_MAX);

  return FALSE;
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
  CrmSetHeader header = {
    .n = self->n + 1 - self->chain,
    .id = id,
    .group = group,
    .action = action,
    .why = why,
    .at = at,
    /* An edit by hand stands or falls as a whole; of a long action each field does by itself. */
    .all = group == NULL,
  };
  guint n_written = 0;

  g_assert (edits->len <= CRM_CHANGE_SET_MAX);

  if (!check_reason (why, error))
    return FALSE;

  self->n++;
  crm_set_digest_begin (&self->hash, self->digest, &header);
  if (!write_edits (self, edits, &n_written, error))
    return FALSE;

  if (n_written > 0)
    crm_set_digest_end (&self->hash, self->digest);
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
  if (edit->old != NULL && !crm_row_writer_delete (&self->rows, edit, error))
    return FALSE;
  g_clear_object (&edit->old);

  return crm_row_writer_insert (&self->rows, edit, 0, NULL, error);
}

gboolean
crm_log_writer_commit (CrmLogWriter *self, GError **error)
{
  if (!crm_row_writer_flush (&self->rows, self->later, error) ||
      !crm_transaction_commit (self->transaction, error))
    return FALSE;

  crm_row_writer_tell (&self->rows, (CrmCommit) { .n_before = self->n_before, .n = self->n });

  return TRUE;
}
