#include "store/query/crm-listing-private.h"

#include "base/crm-text.h"

/* Between two rows at either end: room for 40 halvings, and for 2^22 rows in a row. */
#define STEP ((gint64) 1 << 40)
/* What spreading leaves between two rows, so that it pays for itself. */
#define SPREAD_MIN ((gint64) 1 << 20)
/* Rows on each side of the full place that are looked at first. */
#define WINDOW_MIN 32

static gboolean
is_sorted (const CrmField *field)
{
  return crm_field_has_flag (field, CRM_FIELD_SORTED);
}

GPtrArray *
crm_listing_list_columns (const CrmModel *model)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (model, i);

      for (guint k = 0; crm_kind_is_relation (kind) && k < crm_kind_get_n_fields (kind); k++)
        {
          const CrmField *field = crm_kind_get_field (kind, k);

          if (is_sorted (field) &&
              !g_ptr_array_find_with_equal_func (names, field->name, g_str_equal, NULL))
            g_ptr_array_add (names, g_strdup (field->name));
        }
    }

  return names;
}

gboolean
crm_listing_has_column (const CrmModel *model, const char *field)
{
  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (model, i);
      const CrmField *found = crm_kind_find_field (kind, field);

      if (crm_kind_is_relation (kind) && found != NULL && is_sorted (found))
        return TRUE;
    }

  return FALSE;
}

char *
crm_listing_dup_value (const CrmField *field, const char *value)
{
  g_autofree char *folded = NULL;

  if (crm_text_is_empty (value))
    return NULL;
  if (field->type == CRM_FIELD_DATE || field->type == CRM_FIELD_TIME)
    return g_strdup (value);

  folded = crm_text_fold (value);

  return folded[0] != '\0' ? g_steal_pointer (&folded) : NULL;
}

gboolean
crm_listing_create (CrmDb *db, const CrmModel *model, GError **error)
{
  g_autoptr (GPtrArray) columns = crm_listing_list_columns (model);
  g_autoptr (GString) sql = g_string_new ("CREATE TABLE listing ("
                                          " ord INTEGER PRIMARY KEY,"
                                          " nr INTEGER NOT NULL UNIQUE,"
                                          " kind INTEGER NOT NULL,"
                                          " sort_key TEXT NOT NULL,"
                                          " tie INTEGER NOT NULL");

  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (sql, ", \"%s\" TEXT", (const char *) columns->pdata[i]);
  g_string_append (sql, ") STRICT; CREATE INDEX listing_sort_key ON listing (sort_key, tie);");
  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (sql,
                            "CREATE INDEX \"listing_%s\" ON listing (\"%s\");",
                            (const char *) columns->pdata[i],
                            (const char *) columns->pdata[i]);

  return crm_db_exec (db, sql->str, error);
}

gboolean
crm_listing_drop (CrmDb *db, GError **error)
{
  return crm_db_exec (db, "DROP TABLE IF EXISTS listing", error);
}

/* Runs @sql with one number; @value is left alone when there is no row. */
static gboolean
query_ord (CrmDb *db, const char *sql, gint64 ord, gint64 *value, gboolean *found, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, ord);
  step = crm_stmt_step (stmt, error);
  *found = step == CRM_STEP_ROW && !crm_stmt_is_null (stmt, 0);
  if (*found)
    *value = crm_stmt_get_int64 (stmt, 0);

  return step != CRM_STEP_ERROR;
}

/* The neighbours of a key that is to come after all equal ones. */
typedef struct
{
  gint64 before;
  gint64 after;
  gboolean has_before;
  gboolean has_after;
} Gap;

static gboolean
find_gap (CrmDb *db, const char *sort_key, guint tie, Gap *gap, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  *gap = (Gap) { 0 };
  stmt = crm_db_prepare (db,
                         "SELECT ord FROM listing WHERE (sort_key, tie) <= (?1, ?2)"
                         " ORDER BY sort_key DESC, tie DESC, ord DESC LIMIT 1",
                         error);
  if (stmt == NULL)
    return FALSE;

  crm_stmt_bind_text_at (stmt, 1, sort_key);
  crm_stmt_bind_int64_at (stmt, 2, tie);
  if ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ERROR)
    return FALSE;

  gap->has_before = step == CRM_STEP_ROW;
  gap->before = gap->has_before ? crm_stmt_get_int64 (stmt, 0) : G_MININT64;

  return query_ord (db,
                    gap->has_before
                        ? "SELECT ord FROM listing WHERE ord > ?1 ORDER BY ord LIMIT 1"
                        : "SELECT ord FROM listing WHERE ord >= ?1 ORDER BY ord LIMIT 1",
                    gap->before,
                    &gap->after,
                    &gap->has_after,
                    error);
}

/* FALSE when the gap is full. */
static gboolean
halve_gap (const Gap *gap, gint64 *ord)
{
  if (!gap->has_before && !gap->has_after)
    *ord = STEP;
  else if (!gap->has_after && gap->before < G_MAXINT64 - STEP)
    *ord = gap->before + STEP;
  else if (!gap->has_before && gap->after > G_MININT64 + STEP)
    *ord = gap->after - STEP;
  else if (gap->has_before && gap->has_after && gap->after - gap->before > 1)
    *ord = gap->before + (gap->after - gap->before) / 2;
  else
    return FALSE;

  return (!gap->has_before || *ord > gap->before) && (!gap->has_after || *ord < gap->after);
}

static gboolean
load_ords (CrmDb *db, const char *sql, gint64 from, gint64 limit, GArray *ords, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  if (!(stmt = crm_db_prepare (db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, from);
  crm_stmt_bind_int64_at (stmt, 2, limit);
  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      gint64 ord = crm_stmt_get_int64 (stmt, 0);

      g_array_append_val (ords, ord);
    }

  return step == CRM_STEP_DONE;
}

static int
compare_ords (gconstpointer a, gconstpointer b)
{
  const gint64 x = *(const gint64 *) a;
  const gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* Up to @n rows on both sides of @middle; @all: there are no more. */
static gboolean
load_window (CrmDb *db, gint64 middle, gint64 n, GArray *ords, gboolean *all, GError **error)
{
  guint below;

  g_array_set_size (ords, 0);
  if (!load_ords (db,
                  "SELECT ord FROM listing WHERE ord <= ?1 ORDER BY ord DESC LIMIT ?2",
                  middle,
                  n,
                  ords,
                  error))
    return FALSE;

  below = ords->len;
  if (!load_ords (db,
                  "SELECT ord FROM listing WHERE ord > ?1 ORDER BY ord LIMIT ?2",
                  middle,
                  n,
                  ords,
                  error))
    return FALSE;

  g_array_sort (ords, compare_ords);
  /* At an end of the list one side is short while the other goes on. */
  *all = below < n && ords->len - below < n;

  return TRUE;
}

static gboolean
move_row (CrmDb *db, gint64 from, gint64 to, CrmListingMovedFunc moved, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;

  if (from == to)
    return TRUE;
  if (!(stmt = crm_db_prepare (db, "UPDATE listing SET ord = ?1 WHERE ord = ?2", error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, to);
  crm_stmt_bind_int64_at (stmt, 2, from);

  return crm_stmt_run (stmt, error) && (moved == NULL || moved (db, from, to, error));
}

/* Row i goes to first + i * step. Those that go up from the top down, then those that go down from
 * the bottom up, so that none lands on another. */
static gboolean
spread (CrmDb *db,
        GArray *ords,
        gint64 first,
        gint64 step,
        CrmListingMovedFunc moved,
        GError **error)
{
  for (guint i = ords->len; i-- > 0;)
    {
      gint64 from = g_array_index (ords, gint64, i);
      gint64 to = first + (gint64) i * step;

      if (to > from && !move_row (db, from, to, moved, error))
        return FALSE;
    }
  for (guint i = 0; i < ords->len; i++)
    {
      gint64 from = g_array_index (ords, gint64, i);
      gint64 to = first + (gint64) i * step;

      if (to < from && !move_row (db, from, to, moved, error))
        return FALSE;
    }

  return TRUE;
}

/* Makes room around @middle. */
static gboolean
make_room (CrmDb *db, gint64 middle, CrmListingMovedFunc moved, GError **error)
{
  g_autoptr (GArray) ords = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean all = FALSE;

  for (gint64 n = WINDOW_MIN; !all; n *= 2)
    {
      gint64 first, last;

      if (!load_window (db, middle, n, ords, &all, error))
        return FALSE;

      first = g_array_index (ords, gint64, 0);
      last = g_array_index (ords, gint64, ords->len - 1);
      if (!all && last / 2 - first / 2 >= (gint64) ords->len * (SPREAD_MIN / 2))
        return spread (db, ords, first, (last - first) / (ords->len - 1), moved, error);
    }

  /* All rows: from 1 up with the widest step that leaves half of the numbers for what comes. */
  return spread (db, ords, 1, MIN (STEP, G_MAXINT64 / 2 / (gint64) ords->len), moved, error);
}

guint
crm_listing_get_tie (const char *id)
{
  return g_str_hash (id) & 0xffff;
}

gboolean
crm_listing_place (CrmDb *db,
                   const char *sort_key,
                   guint tie,
                   CrmListingMovedFunc moved,
                   gint64 *ord,
                   GError **error)
{
  Gap gap;

  g_return_val_if_fail (CRM_IS_DB (db), FALSE);
  g_return_val_if_fail (sort_key != NULL, FALSE);

  while (find_gap (db, sort_key, tie, &gap, error))
    {
      if (halve_gap (&gap, ord))
        return TRUE;
      if (!make_room (db, gap.has_before ? gap.before : gap.after, moved, error))
        return FALSE;
    }

  return FALSE;
}

gboolean
crm_listing_find (CrmDb *db,
                  gint64 nr,
                  gint64 *ord,
                  char **sort_key,
                  gboolean *found,
                  GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  g_return_val_if_fail (CRM_IS_DB (db), FALSE);

  if (!(stmt = crm_db_prepare (db, "SELECT ord, sort_key FROM listing WHERE nr = ?1", error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, nr);
  if ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    {
      *ord = crm_stmt_get_int64 (stmt, 0);
      if (sort_key != NULL)
        *sort_key = crm_stmt_dup_text (stmt, 1);
    }
  *found = step == CRM_STEP_ROW;

  return step != CRM_STEP_ERROR;
}

static char *
dup_value (CrmRecord *record, const char *name)
{
  const CrmField *field = crm_kind_find_field (crm_record_get_kind (record), name);

  return field != NULL ? crm_listing_dup_value (field, crm_record_get (record, name)) : NULL;
}

/* Values are borrowed until the step, so @values keeps them. */
static void
bind_value (CrmStmt *stmt, int place, char *value, GPtrArray *values)
{
  g_ptr_array_add (values, value);
  if (value == NULL)
    crm_stmt_bind_null_at (stmt, place);
  else
    crm_stmt_bind_text_at (stmt, place, value);
}

static char *
make_insert_sql (GPtrArray *columns)
{
  GString *sql = g_string_new ("INSERT INTO listing VALUES (?, ?, ?, ?, ?");

  for (guint i = 0; i < columns->len; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');

  return g_string_free_and_steal (sql);
}

gboolean
crm_listing_insert (CrmDb *db,
                    const CrmModel *model,
                    gint64 ord,
                    gint64 nr,
                    const char *sort_key,
                    CrmRecord *record,
                    GError **error)
{
  g_autoptr (GPtrArray) columns = crm_listing_list_columns (model);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sql = make_insert_sql (columns);
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (db, sql, error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, ord);
  crm_stmt_bind_int64_at (stmt, 2, nr);
  crm_stmt_bind_int64_at (stmt, 3, crm_kind_get_number (crm_record_get_kind (record)));
  crm_stmt_bind_text_at (stmt, 4, sort_key);
  crm_stmt_bind_int64_at (stmt, 5, crm_listing_get_tie (crm_record_get_id (record)));
  for (guint i = 0; i < columns->len; i++)
    bind_value (stmt,
                CRM_LISTING_N_FIXED + 1 + (int) i,
                dup_value (record, columns->pdata[i]),
                values);

  return crm_stmt_run (stmt, error);
}

static gboolean
update_column (CrmDb *db, gint64 ord, const char *column, const char *value, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE listing SET \"%s\" = ?1 WHERE ord = ?2", column);
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (db, sql, error)))
    return FALSE;

  if (value == NULL)
    crm_stmt_bind_null_at (stmt, 1);
  else
    crm_stmt_bind_text_at (stmt, 1, value);
  crm_stmt_bind_int64_at (stmt, 2, ord);

  return crm_stmt_run (stmt, error);
}

gboolean
crm_listing_update (CrmDb *db, gint64 ord, CrmRecord *old, CrmRecord *record, GError **error)
{
  const CrmKind *kind = crm_record_get_kind (record);

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);
      g_autofree char *value = NULL;

      if (!is_sorted (field) ||
          g_strcmp0 (crm_record_get_at (old, i), crm_record_get_at (record, i)) == 0)
        continue;

      value = crm_listing_dup_value (field, crm_record_get_at (record, i));
      if (!update_column (db, ord, field->name, value, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
crm_listing_remove (CrmDb *db, gint64 ord, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;

  if (!(stmt = crm_db_prepare (db, "DELETE FROM listing WHERE ord = ?1", error)))
    return FALSE;

  crm_stmt_bind_int64_at (stmt, 1, ord);

  return crm_stmt_run (stmt, error);
}
