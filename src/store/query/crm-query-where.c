/*
 * Filter expressions to SQL. "" and empty are the same (design of the expressions: crm-expr.h), so
 * texts, dates and sets compare as '' when they are NULL; amounts and numbers that are empty are
 * neither smaller nor larger than any number. A condition may be NULL, which is false; "not" makes
 * that true.
 */

#include "store/query/crm-query-sql-private.h"

#include "base/crm-clock.h"
#include "base/crm-id.h"
#include "base/crm-text.h"
#include "model/crm-value.h"
#include "store/query/crm-listing-private.h"

#include <math.h>
#include <string.h>

#define FALSE_SQL "0"

static const char *
get_operator (CrmExprOp op)
{
  switch (op)
    {
    case CRM_OP_EQ:
      return "=";

    case CRM_OP_NE:
      return "<>";

    case CRM_OP_LT:
      return "<";

    case CRM_OP_LE:
      return "<=";

    case CRM_OP_GT:
      return ">";

    case CRM_OP_GE:
      return ">=";

    case CRM_OP_CONTAINS:
    default:
      return NULL;
    }
}

/*
 * The value as text; "today-30" as a date. Equal is asked in any notation that people may write the
 * field in, "06-1234 5678", "1234 ab" or a choice in their words; any other text stays as it is.
 */
static char *
dup_value (const CrmField *field, const CrmExpr *term)
{
  char *value;

  if (term->value_type == CRM_EXPR_TODAY)
    return crm_clock_dup_today ((int) g_ascii_strtoll (term->value, NULL, 10));
  if (term->value_type == CRM_EXPR_TRUE)
    return g_strdup ("true");
  if ((field->type != CRM_FIELD_TEXT && field->type != CRM_FIELD_CHOICE) ||
      (term->op != CRM_OP_EQ && term->op != CRM_OP_NE))
    return g_strdup (term->value);

  value = crm_value_parse (field, term->value, NULL);

  return value != NULL ? value : g_strdup (term->value);
}

static gboolean
is_date (const char *value)
{
  GDate date;

  g_date_clear (&date, 1);
  if (strlen (value) != 10)
    return FALSE;
  g_date_set_parse (&date, value);

  return g_date_valid (&date);
}

/* The UTC moment at which a local day begins, without "Z": less than every moment of that second.
 */
static char *
dup_midnight (const char *day, int offset)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autofree char *text = g_strconcat (day, "T00:00:00", NULL);
  g_autoptr (GDateTime) midnight = g_date_time_new_from_iso8601 (text, here);
  g_autoptr (GDateTime) moved = NULL;
  g_autoptr (GDateTime) utc = NULL;

  if (midnight == NULL || !(moved = g_date_time_add_days (midnight, offset)))
    return g_strdup (day);

  utc = g_date_time_to_utc (moved);

  return g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S");
}

/* A moment against a local day: as a range of moments, so that an index serves. */
static char *
compare_moment (CrmQuerySql *self, const char *column, CrmExprOp op, const char *day)
{
  const gboolean whole = op == CRM_OP_EQ || op == CRM_OP_NE;
  g_autofree char *start = dup_midnight (day, 0);
  g_autofree char *end = dup_midnight (day, 1);
  const char *from = NULL;
  const char *to = NULL;

  if (op == CRM_OP_CONTAINS)
    return g_strdup (FALSE_SQL);
  if (whole || op == CRM_OP_LT || op == CRM_OP_GE)
    from = crm_query_sql_add_text (self, start);
  if (whole || op == CRM_OP_LE || op == CRM_OP_GT)
    to = crm_query_sql_add_text (self, end);

  if (whole)
    return g_strdup_printf ("((%s >= %s AND %s < %s) %s)",
                            column,
                            from,
                            column,
                            to,
                            op == CRM_OP_NE ? "IS NOT TRUE" : "IS TRUE");
  if (op == CRM_OP_LT || op == CRM_OP_LE)
    return g_strdup_printf ("(%s < %s OR %s IS NULL)", column, from != NULL ? from : to, column);

  return g_strdup_printf ("(%s >= %s)", column, from != NULL ? from : to);
}

/* @column holds what crm_listing_dup_value() makes, so NULL for empty; @value alike. */
static char *
compare_stored (CrmQuerySql *self, const char *column, CrmExprOp op, const char *value)
{
  const char *bound;

  if (value == NULL || value[0] == '\0')
    {
      if (op == CRM_OP_EQ || op == CRM_OP_LE)
        return g_strdup_printf ("(%s IS NULL)", column);
      if (op == CRM_OP_NE || op == CRM_OP_GT)
        return g_strdup_printf ("(%s IS NOT NULL)", column);

      return g_strdup (op == CRM_OP_LT ? "0" : "1");
    }

  bound = crm_query_sql_add_text (self, value);
  if (op == CRM_OP_CONTAINS)
    return g_strdup_printf ("(instr (%s, %s) > 0)", column, bound);
  if (op == CRM_OP_NE)
    return g_strdup_printf ("(%s IS NOT %s)", column, bound);
  if (op == CRM_OP_LT || op == CRM_OP_LE)
    return g_strdup_printf ("(%s %s %s OR %s IS NULL)", column, get_operator (op), bound, column);

  return g_strdup_printf ("(%s %s %s)", column, get_operator (op), bound);
}

static char *
compare_text (CrmQuerySql *self, const char *column, CrmExprOp op, const char *value)
{
  g_autofree char *folded = crm_text_fold (value);
  const char *bound = crm_query_sql_add_text (self, folded);

  if (op == CRM_OP_CONTAINS)
    return g_strdup_printf ("(instr (crm_fold (%s), %s) > 0)", column, bound);

  return g_strdup_printf ("(crm_fold (%s) %s %s)", column, get_operator (op), bound);
}

static char *
compare_set (CrmQuerySql *self, const char *column, CrmExprOp op, const char *value)
{
  g_autofree char *folded = crm_text_fold (value);
  const char *bound;

  if (op == CRM_OP_CONTAINS)
    return compare_text (self, column, op, value);
  if (op != CRM_OP_EQ && op != CRM_OP_NE)
    return g_strdup (FALSE_SQL);
  if (folded[0] == '\0')
    return g_strdup_printf ("(%s %s NULL)", column, op == CRM_OP_EQ ? "IS" : "IS NOT");

  bound = crm_query_sql_add_text (self, folded);

  return g_strdup_printf ("(crm_member (%s, %s) = %d)", column, bound, op == CRM_OP_EQ);
}

static char *
compare_number (CrmQuerySql *self,
                const CrmField *field,
                const char *column,
                CrmExprOp op,
                const char *value)
{
  const char *bound;
  char *end = NULL;
  double number = g_ascii_strtod (value, &end);

  if (value[0] == '\0' && (op == CRM_OP_EQ || op == CRM_OP_NE))
    return g_strdup_printf ("(%s %s NULL)", column, op == CRM_OP_EQ ? "IS" : "IS NOT");
  if (op == CRM_OP_CONTAINS || value[0] == '\0' || *end != '\0')
    return g_strdup (op == CRM_OP_NE ? "1" : FALSE_SQL);

  if (field->type == CRM_FIELD_MONEY)
    bound = crm_query_sql_add_double (self, round (number * 100));
  else
    bound = crm_query_sql_add_double (self, number);

  if (op == CRM_OP_NE)
    return g_strdup_printf ("(%s IS NOT %s)", column, bound);

  return g_strdup_printf ("(%s %s %s)", column, get_operator (op), bound);
}

static char *
compare_bool (const char *column, CrmExprOp op, const char *value)
{
  gboolean wanted = g_ascii_strcasecmp (value, "true") == 0;

  if (op != CRM_OP_EQ && op != CRM_OP_NE)
    return g_strdup (FALSE_SQL);

  return g_strdup_printf ("(%s %s NULL)", column, wanted == (op == CRM_OP_EQ) ? "IS NOT" : "IS");
}

/* Ids of what a link may mean by @value: an id, a number or a name, of which @part is enough. */
static char *
dup_meant (CrmQuerySql *self, const CrmField *field, const char *value, gboolean part)
{
  g_autofree char *folded = crm_text_fold (value);
  const char *raw = crm_query_sql_add_text (self, value);
  GString *sql = g_string_new (NULL);
  const char *name;

  g_string_append_printf (sql, "SELECT %s", raw);
  /* Nobody is called by an id. */
  if (crm_id_is_valid (value))
    return g_string_free_and_steal (sql);

  name = crm_query_sql_add_text (self, folded);
  for (guint i = 0; i < self->replica->tables->len; i++)
    {
      const CrmTable *table = self->replica->tables->pdata[i];

      if (!crm_field_targets (field, crm_kind_get_name (table->kind)))
        continue;
      g_string_append_printf (sql,
                              part ? " UNION ALL SELECT id FROM %s WHERE instr (name_key, %s) > 0"
                                   : " UNION ALL SELECT id FROM %s WHERE name_key = %s",
                              table->name,
                              name);
      if (!part && crm_kind_find_field (table->kind, "number") != NULL)
        g_string_append_printf (sql,
                                " UNION ALL SELECT id FROM %s WHERE number = %s",
                                table->name,
                                raw);
    }

  return g_string_free_and_steal (sql);
}

static char *
compare_link (CrmQuerySql *self,
              const CrmField *field,
              const char *column,
              CrmExprOp op,
              const char *value)
{
  g_autofree char *meant = NULL;

  if (value[0] == '\0' && (op == CRM_OP_EQ || op == CRM_OP_NE))
    return g_strdup_printf ("(%s %s NULL)", column, op == CRM_OP_EQ ? "IS" : "IS NOT");
  if (op != CRM_OP_EQ && op != CRM_OP_NE && op != CRM_OP_CONTAINS)
    return g_strdup (FALSE_SQL);

  meant = dup_meant (self, field, value, op == CRM_OP_CONTAINS);

  return g_strdup_printf ("(%s IN (%s)%s)", column, meant, op == CRM_OP_NE ? " IS NOT TRUE" : "");
}

static char *
compare (CrmQuerySql *self, const CrmField *field, const char *column, const CrmExpr *term)
{
  g_autofree char *value = dup_value (field, term);

  switch (field->type)
    {
    case CRM_FIELD_TIME:
      if (is_date (value))
        return compare_moment (self, column, term->op, value);
      return compare_stored (self, column, term->op, value);

    case CRM_FIELD_DATE:
      return compare_stored (self, column, term->op, value);

    case CRM_FIELD_MONEY:
    case CRM_FIELD_NUMBER:
      return compare_number (self, field, column, term->op, value);

    case CRM_FIELD_BOOL:
      return compare_bool (column, term->op, value);

    case CRM_FIELD_SET:
      return compare_set (self, column, term->op, value);

    case CRM_FIELD_LINK:
      return compare_link (self, field, column, term->op, value);

    case CRM_FIELD_TEXT:
    case CRM_FIELD_LONG_TEXT:
    case CRM_FIELD_CHOICE:
    default:
      return compare_text (self, column, term->op, value);
    }
}

/* The field behind a link as one expression; NULL when no kind it may point at has it. */
static char *
dup_linked_column (CrmQuerySql *self,
                   const CrmField *link,
                   const char *column,
                   const char *subfield,
                   const CrmField **field)
{
  g_autoptr (GString) sql = g_string_new ("coalesce (NULL");

  *field = NULL;
  for (guint i = 0; i < self->replica->tables->len; i++)
    {
      const CrmTable *table = self->replica->tables->pdata[i];
      const CrmField *found = crm_kind_find_field (table->kind, subfield);
      g_autofree char *name = crm_db_quote_name (subfield);

      if (found == NULL || !crm_field_targets (link, crm_kind_get_name (table->kind)))
        continue;

      *field = *field != NULL ? *field : found;
      g_string_append_printf (sql,
                              ", (SELECT t.%s FROM %s t WHERE t.id = %s)",
                              name,
                              table->name,
                              column);
    }
  g_string_append_c (sql, ')');

  return *field != NULL ? g_strdup (sql->str) : NULL;
}

/* NULL when the kind lacks the field. */
static char *
compile_for_kind (CrmQuerySql *self, const CrmKind *kind, const CrmExpr *term)
{
  const CrmField *field = crm_kind_find_field (kind, term->field);
  const CrmField *subfield;
  g_autofree char *column = NULL;
  g_autofree char *linked = NULL;

  if (field == NULL || (term->subfield != NULL && field->type != CRM_FIELD_LINK))
    return NULL;

  column = crm_query_sql_column (self, kind, field);
  if (term->subfield == NULL)
    return compare (self, field, column, term);

  linked = dup_linked_column (self, field, column, term->subfield, &subfield);

  return linked != NULL ? compare (self, subfield, linked, term) : NULL;
}

static char *
compile_in_listing (CrmQuerySql *self, const CrmExpr *term)
{
  const CrmField *field = crm_kind_find_field (self->kinds->pdata[0], term->field);
  g_autofree char *column = g_strdup_printf ("l.\"%s\"", term->field);
  g_autofree char *value = dup_value (field, term);
  g_autofree char *stored = crm_listing_dup_value (field, value);

  if (field->type == CRM_FIELD_TIME)
    return compare (self, field, column, term);

  return compare_stored (self, column, term->op, stored);
}

/* As numbers of phones and chambers are stored: folded it is itself. */
static gboolean
is_plain_number (const char *value)
{
  return *value != '\0' && strspn (value, "+0123456789") == strlen (value);
}

/* @term as a condition on the kind's own table that an index answers; NULL when none does. */
static char *
compare_indexed (CrmQuerySql *self, const CrmField *field, const CrmExpr *term)
{
  g_autofree char *column = crm_db_quote_name (field->name);
  g_autofree char *value = NULL;
  g_autofree char *folded = NULL;
  const char *bound;

  if (field->type == CRM_FIELD_LINK && (term->op == CRM_OP_EQ || term->op == CRM_OP_CONTAINS))
    return compare (self, field, column, term);
  if (term->op != CRM_OP_EQ ||
      !(g_str_equal (field->name, "name") || crm_table_is_looked_up (field)))
    return NULL;

  value = dup_value (field, term);
  if (crm_table_is_looked_up (field))
    return is_plain_number (value)
               ? g_strdup_printf ("%s = %s", column, crm_query_sql_add_text (self, value))
               : NULL;

  folded = crm_text_fold (value);
  bound = crm_query_sql_add_text (self, folded);

  /* The key is that of the title, which is the name where there is one. */
  return g_strdup_printf ("name_key = %s AND crm_fold (%s) = %s", bound, column, bound);
}

/*
 * A term that the tables of relations answer by an index: the list in the order of names would be
 * walked from end to end. NULL when it is none.
 */
static char *
compile_indexed (CrmQuerySql *self, const CrmExpr *term)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  if (!self->relations || term->subfield != NULL || term->value[0] == '\0')
    return NULL;

  for (guint i = 0; i < self->kinds->len; i++)
    {
      const CrmKind *kind = self->kinds->pdata[i];
      const CrmField *field = crm_kind_find_field (kind, term->field);
      g_autofree char *condition = NULL;

      if (field == NULL)
        continue;
      if (!(condition = compare_indexed (self, field, term)))
        return NULL;

      g_string_append_printf (sql,
                              "%sSELECT nr FROM %s WHERE %s",
                              sql->len > 0 ? " UNION ALL " : "",
                              crm_replica_get_table (self->replica, kind)->name,
                              condition);
    }

  return sql->len > 0 ? g_strdup_printf ("(l.nr IN (%s))", sql->str) : NULL;
}

static char *
compile_term (CrmQuerySql *self, const CrmExpr *term)
{
  g_autoptr (GString) sql = NULL;
  char *indexed = compile_indexed (self, term);
  guint n = 0;

  if (indexed != NULL)
    return indexed;
  if (term->subfield == NULL && crm_query_sql_in_listing (self, term->field))
    return compile_in_listing (self, term);
  if (!self->relations)
    {
      char *only = compile_for_kind (self, self->kinds->pdata[0], term);

      return only != NULL ? only : g_strdup (FALSE_SQL);
    }

  sql = g_string_new ("CASE l.kind");
  for (guint i = 0; i < self->kinds->len; i++)
    {
      const CrmKind *kind = self->kinds->pdata[i];
      g_autofree char *one = compile_for_kind (self, kind, term);

      if (one != NULL)
        g_string_append_printf (sql, " WHEN %u THEN %s", crm_kind_get_number (kind), one);
      n += one != NULL ? 1 : 0;
    }
  g_string_append (sql, " ELSE 0 END");

  return g_strdup (n > 0 ? sql->str : FALSE_SQL);
}

char *
crm_query_sql_compile (CrmQuerySql *self, const CrmExpr *where)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  if (where->node == CRM_EXPR_TERM)
    return compile_term (self, where);

  left = crm_query_sql_compile (self, where->left);
  if (where->node == CRM_EXPR_NOT)
    return g_strdup_printf ("((%s) IS NOT TRUE)", left);

  right = crm_query_sql_compile (self, where->right);

  return g_strdup_printf ("(%s %s %s)", left, where->node == CRM_EXPR_AND ? "AND" : "OR", right);
}
