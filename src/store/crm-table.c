#include "store/crm-table-private.h"

#include "model/crm-money.h"
#include "store/crm-store-error.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *
get_sql_type (const CrmField *field)
{
  switch (field->type)
    {
    case CRM_FIELD_MONEY:
    case CRM_FIELD_BOOL:
      return "INTEGER";

    case CRM_FIELD_NUMBER:
      return "REAL";

    case CRM_FIELD_TEXT:
    case CRM_FIELD_LONG_TEXT:
    case CRM_FIELD_DATE:
    case CRM_FIELD_TIME:
    case CRM_FIELD_CHOICE:
    case CRM_FIELD_SET:
    case CRM_FIELD_LINK:
    default:
      return "TEXT";
    }
}

/* Relations are sorted by the columns of `listing`, which has both kinds. */
static gboolean
is_sorted (const CrmTable *self, const CrmField *field)
{
  return crm_field_has_flag (field, CRM_FIELD_SORTED) && !crm_kind_is_relation (self->kind);
}

gboolean
crm_table_is_looked_up (const CrmField *field)
{
  return field->check == CRM_CHECK_PHONE || field->check == CRM_CHECK_CHAMBER;
}

static gboolean
is_indexed (const CrmTable *self, const CrmField *field)
{
  return field->type == CRM_FIELD_LINK || is_sorted (self, field) ||
         crm_table_is_looked_up (field) || crm_field_has_flag (field, CRM_FIELD_UNIQUE);
}

char *
crm_table_dup_columns (const CrmTable *self, const char *prefix)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *dot = prefix != NULL ? "." : "";

  g_string_append_printf (text, "%s%sid", prefix != NULL ? prefix : "", dot);
  for (guint i = 0; i < crm_kind_get_n_fields (self->kind); i++)
    {
      g_autofree char *column = crm_db_quote_name (crm_kind_get_field (self->kind, i)->name);

      g_string_append_printf (text, ", %s%s%s", prefix != NULL ? prefix : "", dot, column);
    }

  return g_strdup (text->str);
}

static char *
make_insert_sql (const CrmTable *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const guint n_places = CRM_TABLE_N_FIXED + crm_kind_get_n_fields (self->kind);

  g_string_append_printf (text,
                          "INSERT INTO %s (nr, id, row_seq, fver, sort_key, name_key",
                          self->name);
  for (guint i = 0; i < crm_kind_get_n_fields (self->kind); i++)
    {
      g_autofree char *column = crm_db_quote_name (crm_kind_get_field (self->kind, i)->name);

      g_string_append_printf (text, ", %s", column);
    }
  g_string_append (text, ") VALUES (?");
  for (guint i = 1; i < n_places; i++)
    g_string_append (text, ", ?");
  g_string_append_c (text, ')');

  return g_strdup (text->str);
}

CrmTable *
crm_table_new (const CrmKind *kind)
{
  CrmTable *self = g_new0 (CrmTable, 1);

  self->kind = kind;
  self->name = crm_db_quote_name (crm_kind_get_name (kind));
  self->columns = crm_table_dup_columns (self, NULL);
  self->select_sql = g_strdup_printf ("SELECT nr, row_seq, fver, %s FROM %s WHERE id = ?1",
                                      self->columns,
                                      self->name);
  self->insert_sql = make_insert_sql (self);
  self->delete_sql = g_strdup_printf ("DELETE FROM %s WHERE nr = ?1", self->name);

  return self;
}

void
crm_table_free (CrmTable *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->columns);
  g_free (self->select_sql);
  g_free (self->insert_sql);
  g_free (self->delete_sql);
  g_free (self);
}

/* (element-type utf8 NULL): the names of the table's columns; empty when there is no table. */
static GHashTable *
load_columns (const CrmTable *self, CrmDb *db, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (db, "SELECT name FROM pragma_table_info (:name)", error)))
    return NULL;

  crm_stmt_bind_text (stmt, ":name", crm_kind_get_name (self->kind));
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    g_hash_table_add (names, crm_stmt_dup_text (stmt, 0));

  return step == CRM_STEP_DONE ? g_steal_pointer (&names) : NULL;
}

static gboolean
create_index (const CrmTable *self, const char *column, CrmDb *db, GError **error)
{
  g_autofree char *name = g_strconcat (crm_kind_get_name (self->kind), "_", column, NULL);
  g_autofree char *quoted = crm_db_quote_name (name);
  g_autofree char *sql = g_strdup_printf ("CREATE INDEX %s ON %s (%s)", quoted, self->name, column);

  return crm_db_exec (db, sql, error);
}

static gboolean
create_table (const CrmTable *self, CrmDb *db, GError **error)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("CREATE TABLE %s (nr INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
                         " row_seq INTEGER, fver TEXT, sort_key TEXT, name_key TEXT) STRICT",
                         self->name);

  return crm_db_exec (db, sql, error) && create_index (self, "name_key", db, error) &&
         (crm_kind_is_relation (self->kind) || create_index (self, "sort_key", db, error));
}

static gboolean
add_field (const CrmTable *self, const CrmField *field, CrmDb *db, GError **error)
{
  g_autofree char *column = crm_db_quote_name (field->name);
  g_autofree char *sql = g_strdup_printf ("ALTER TABLE %s ADD COLUMN %s %s",
                                          self->name,
                                          column,
                                          get_sql_type (field));

  return crm_db_exec (db, sql, error);
}

static gboolean
ensure_index (const CrmTable *self, const CrmField *field, CrmDb *db, GError **error)
{
  g_autofree char *column = crm_db_quote_name (field->name);
  g_autofree char *name = g_strconcat (crm_kind_get_name (self->kind), "_", field->name, NULL);
  g_autofree char *quoted = crm_db_quote_name (name);
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql,
                          "CREATE INDEX IF NOT EXISTS %s ON %s (%s)",
                          quoted,
                          self->name,
                          column);
  /* A list that sorts goes over the empty ones too; a link is only looked up. */
  if (!is_sorted (self, field))
    g_string_append_printf (sql, " WHERE %s IS NOT NULL", column);

  return crm_db_exec (db, sql->str, error);
}

gboolean
crm_table_ensure (const CrmTable *self, CrmDb *db, GError **error)
{
  g_autoptr (GHashTable) columns = NULL;

  if (!(columns = load_columns (self, db, error)))
    return FALSE;
  if (g_hash_table_size (columns) == 0 && !create_table (self, db, error))
    return FALSE;

  for (guint i = 0; i < crm_kind_get_n_fields (self->kind); i++)
    {
      const CrmField *field = crm_kind_get_field (self->kind, i);

      if (!g_hash_table_contains (columns, field->name) && !add_field (self, field, db, error))
        return FALSE;
      if (is_indexed (self, field) && !ensure_index (self, field, db, error))
        return FALSE;
    }

  return TRUE;
}

static void
format_money (gint64 minor, char buffer[G_ASCII_DTOSTR_BUF_SIZE])
{
  const guint64 size = minor < 0 ? -(guint64) minor : (guint64) minor;

  g_snprintf (buffer,
              G_ASCII_DTOSTR_BUF_SIZE,
              "%s%" G_GUINT64_FORMAT ".%02u",
              minor < 0 ? "-" : "",
              size / 100,
              (guint) (size % 100));
}

static const char *
read_value (const CrmField *field, CrmStmt *stmt, int column, char buffer[G_ASCII_DTOSTR_BUF_SIZE])
{
  if (crm_stmt_is_null (stmt, column))
    return NULL;

  switch (field->type)
    {
    case CRM_FIELD_MONEY:
      format_money (crm_stmt_get_int64 (stmt, column), buffer);
      return buffer;

    case CRM_FIELD_NUMBER:
      crm_number_format (crm_stmt_get_double (stmt, column), buffer);
      return buffer;

    case CRM_FIELD_BOOL:
      return crm_stmt_get_int64 (stmt, column) != 0 ? "true" : NULL;

    case CRM_FIELD_TEXT:
    case CRM_FIELD_LONG_TEXT:
    case CRM_FIELD_DATE:
    case CRM_FIELD_TIME:
    case CRM_FIELD_CHOICE:
    case CRM_FIELD_SET:
    case CRM_FIELD_LINK:
    default:
      return crm_stmt_get_text (stmt, column);
    }
}

CrmRecord *
crm_table_read_record (const CrmTable *self, CrmStmt *stmt, int first_column)
{
  CrmRecord *record = crm_record_new (self->kind, crm_stmt_get_text (stmt, first_column));
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < crm_kind_get_n_fields (self->kind); i++)
    {
      const CrmField *field = crm_kind_get_field (self->kind, i);
      const char *value = read_value (field, stmt, first_column + 1 + i, buffer);

      if (value != NULL)
        crm_record_set_at (record, i, value);
    }

  return record;
}

/* Exact: amounts never pass through a double. "-1190.5" gives -119050. */
static gboolean
parse_money (const char *text, gint64 *minor)
{
  const gboolean negative = *text == '-';
  guint64 whole;
  guint cents = 0;
  char *end = NULL;

  if (negative)
    text++;
  if (!g_ascii_isdigit (*text))
    return FALSE;

  errno = 0;
  whole = g_ascii_strtoull (text, &end, 10);
  if (errno != 0 || whole > (guint64) G_MAXINT64 / 100 - 1)
    return FALSE;

  if (*end == '.')
    {
      if (!g_ascii_isdigit (end[1]))
        return FALSE;
      cents = 10 * (end[1] - '0');
      end += 2;
      if (g_ascii_isdigit (*end))
        cents += *end++ - '0';
    }
  if (*end != '\0')
    return FALSE;

  *minor = (gint64) (whole * 100 + cents);
  if (negative)
    *minor = -*minor;

  return TRUE;
}

static gboolean
parse_number (const char *text, double *number)
{
  char *end = NULL;

  *number = g_ascii_strtod (text, &end);

  return end != text && *end == '\0' && isfinite (*number);
}

const char *
crm_table_normalize (const CrmKind *kind,
                     const CrmField *field,
                     const char *value,
                     char buffer[G_ASCII_DTOSTR_BUF_SIZE],
                     GError **error)
{
  gint64 minor;
  double number;
  const char *expected = NULL;

  if (field->type == CRM_FIELD_MONEY)
    {
      if (parse_money (value, &minor))
        format_money (minor, buffer);
      else
        expected = "an amount";
      value = expected == NULL ? buffer : value;
    }
  else if (field->type == CRM_FIELD_NUMBER)
    {
      if (parse_number (value, &number))
        crm_number_format (number, buffer);
      else
        expected = "a number";
      value = expected == NULL ? buffer : value;
    }
  else if (field->type == CRM_FIELD_BOOL && strcmp (value, "true") != 0)
    expected = "“true” or nothing";

  if (expected == NULL)
    return value;

  g_set_error (error,
               CRM_STORE_ERROR,
               CRM_STORE_ERROR_FAILED,
               "“%s” cannot be stored in %s.%s: %s is expected",
               value,
               crm_kind_get_name (kind),
               field->name,
               expected);

  return NULL;
}

void
crm_table_bind (const CrmField *field, CrmStmt *stmt, int place, const char *value)
{
  gint64 minor = 0;
  double number = 0;

  if (value == NULL)
    crm_stmt_bind_null_at (stmt, place);
  else if (field->type == CRM_FIELD_MONEY && parse_money (value, &minor))
    crm_stmt_bind_int64_at (stmt, place, minor);
  else if (field->type == CRM_FIELD_NUMBER && parse_number (value, &number))
    crm_stmt_bind_double_at (stmt, place, number);
  else if (field->type == CRM_FIELD_BOOL)
    crm_stmt_bind_int64_at (stmt, place, 1);
  else
    crm_stmt_bind_text_at (stmt, place, value);
}
