#include "store/crm-row-writer-private.h"

#include "base/crm-text.h"
#include "store/crm-index-private.h"

#include <string.h>

/* More ids than this and listeners read everything again. */
#define MAX_IDS 1000

gboolean
crm_row_writer_init (CrmRowWriter *self, CrmReplica *replica, GError **error)
{
  *self = (CrmRowWriter) {
    .replica = replica,
    .locale = crm_replica_get_locale (replica),
    .ij_as_y = crm_replica_get_ij_as_y (replica),
    .ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  if (!crm_replica_load_meta_int64 (replica, "next_nr", 1, &self->next_nr, error))
    return FALSE;

  self->stored_next_nr = self->next_nr;

  return TRUE;
}

void
crm_row_writer_forget_ids (CrmRowWriter *self)
{
  g_clear_pointer (&self->ids, g_hash_table_unref);
}

void
crm_row_writer_clear (CrmRowWriter *self)
{
  crm_row_writer_forget_ids (self);
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
make_keys (CrmRowWriter *self, CrmRecord *record, Keys *keys)
{
  g_autofree char *title = crm_record_dup_title (record);

  keys->sort_key = crm_name_dup_sort_key (record, self->locale, self->ij_as_y);
  keys->name_key = crm_text_fold (title);
}

static void
note_id (CrmRowWriter *self, const char *id)
{
  if (self->ids == NULL)
    return;

  g_hash_table_add (self->ids, g_strdup (id));
  if (g_hash_table_size (self->ids) > MAX_IDS)
    g_clear_pointer (&self->ids, g_hash_table_unref);
}

static gboolean
note_linking (CrmRowWriter *self,
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
note_change (CrmRowWriter *self, CrmEdit *edit, GError **error)
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

/* The row has been written. */
static gboolean
follow (CrmRowWriter *self, CrmEdit *edit, GError **error)
{
  if (self->bare)
    {
      self->kinds |= 1u << crm_kind_get_number (edit->table->kind);
      g_clear_pointer (&self->ids, g_hash_table_unref);
      return TRUE;
    }

  if (edit->new == NULL)
    return crm_index_remove (self->replica, edit->nr, edit->old, error) &&
           note_change (self, edit, error);

  return crm_index_put (self->replica, edit->nr, edit->new, edit->old, error) &&
         note_change (self, edit, error);
}

gboolean
crm_row_writer_insert (CrmRowWriter *self,
                       CrmEdit *edit,
                       gint64 row_seq,
                       const char *fver,
                       GError **error)
{
  const CrmKind *kind = edit->table->kind;
  g_auto (Keys) keys = { NULL };
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (self->replica->db, edit->table->insert_sql, error)))
    return FALSE;

  make_keys (self, edit->new, &keys);
  edit->nr = self->next_nr++;
  crm_stmt_bind_int64_at (stmt, 1, edit->nr);
  crm_stmt_bind_text_at (stmt, 2, edit->id);
  crm_stmt_bind_int64_at (stmt, 3, row_seq);
  if (fver != NULL)
    crm_stmt_bind_text_at (stmt, 4, fver);
  crm_stmt_bind_text_at (stmt, 5, keys.sort_key);
  crm_stmt_bind_text_at (stmt, 6, keys.name_key);
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    if (crm_record_get_at (edit->new, i) != NULL)
      crm_table_bind (crm_kind_get_field (kind, i),
                      stmt,
                      CRM_TABLE_N_FIXED + 1 + i,
                      crm_record_get_at (edit->new, i));

  return crm_stmt_run (stmt, error) && follow (self, edit, error);
}

/* Only columns that differ: naming a column makes its indexes work, changed or not. */
static char *
make_update_sql (CrmEdit *edit, const GArray *indexes, const Keys *old_keys, const Keys *new_keys)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "UPDATE %s SET row_seq = ?3, fver = ?4", edit->table->name);
  for (guint i = 0; i < indexes->len; i++)
    {
      const guint index = g_array_index (indexes, guint, i);
      g_autofree char *column = crm_db_quote_name (crm_kind_get_field (edit->table->kind, index)
                                                       ->name);

      g_string_append_printf (sql, ", %s = ?%u", column, index + CRM_TABLE_N_FIXED + 1);
    }
  if (g_strcmp0 (old_keys->sort_key, new_keys->sort_key) != 0)
    g_string_append (sql, ", sort_key = ?5");
  if (g_strcmp0 (old_keys->name_key, new_keys->name_key) != 0)
    g_string_append (sql, ", name_key = ?6");
  g_string_append (sql, " WHERE nr = ?1");

  return g_strdup (sql->str);
}

static gboolean
update_row (CrmRowWriter *self,
            CrmEdit *edit,
            const GArray *indexes,
            gint64 row_seq,
            const char *fver,
            GError **error)
{
  const CrmKind *kind = edit->table->kind;
  g_auto (Keys) old_keys = { NULL };
  g_auto (Keys) new_keys = { NULL };
  g_autofree char *sql = NULL;
  g_autoptr (CrmStmt) stmt = NULL;

  if (indexes->len > 0)
    {
      make_keys (self, edit->old, &old_keys);
      make_keys (self, edit->new, &new_keys);
    }
  sql = make_update_sql (edit, indexes, &old_keys, &new_keys);
  if (!(stmt = crm_db_prepare (self->replica->db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, edit->nr);
  crm_stmt_bind_int64_at (stmt, 3, row_seq);
  if (fver != NULL && *fver != '\0')
    crm_stmt_bind_text_at (stmt, 4, fver);
  else
    crm_stmt_bind_null_at (stmt, 4);
  if (strstr (sql, "?5") != NULL)
    crm_stmt_bind_text_at (stmt, 5, new_keys.sort_key);
  if (strstr (sql, "?6") != NULL)
    crm_stmt_bind_text_at (stmt, 6, new_keys.name_key);
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

gboolean
crm_row_writer_update (CrmRowWriter *self,
                       CrmEdit *edit,
                       const GArray *indexes,
                       gint64 row_seq,
                       const char *fver,
                       GError **error)
{
  return update_row (self, edit, indexes, row_seq, fver, error) &&
         (indexes->len == 0 || follow (self, edit, error));
}

gboolean
crm_row_writer_delete (CrmRowWriter *self, CrmEdit *edit, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (self->replica->db, edit->table->delete_sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, edit->nr);

  return crm_stmt_run (stmt, error) && follow (self, edit, error);
}

gboolean
crm_row_writer_flush (CrmRowWriter *self, gboolean later, GError **error)
{
  if (self->next_nr != self->stored_next_nr &&
      !crm_replica_set_meta_int64 (self->replica, "next_nr", self->next_nr, error))
    return FALSE;

  return self->kinds == 0 || later || self->bare || crm_index_flush (self->replica, error);
}

void
crm_row_writer_tell (CrmRowWriter *self, CrmCommit commit)
{
  CrmReplica *replica = self->replica;

  commit.ids = self->ids;
  commit.kinds = self->kinds;
  if ((self->kinds != 0 || commit.pulled > 0) && replica->commit_hook != NULL)
    replica->commit_hook (&commit, replica->commit_data);
}
