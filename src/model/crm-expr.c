#include "model/crm-expr.h"

#include "model/crm-date.h"

#include <string.h>

/* Keeps recursion over a hostile expression shallow. */
#define MAX_TERMS 1000
#define MAX_DEPTH 200

typedef struct
{
  const char *start;
  const char *at;
  guint n_terms;
  guint depth;
} Parser;

static const struct
{
  const char *text;
  CrmExprOp op;
} operators[] = {
  /* The longer ones first. */
  { "!=", CRM_OP_NE }, { "<=", CRM_OP_LE }, { ">=", CRM_OP_GE },      { "=", CRM_OP_EQ },
  { "<", CRM_OP_LT },  { ">", CRM_OP_GT },  { "~", CRM_OP_CONTAINS },
};

static CrmExpr *parse_or (Parser *self, GError **error);

static CrmExpr *
new_node (CrmExprNode node, CrmExpr *left, CrmExpr *right)
{
  CrmExpr *self = g_new0 (CrmExpr, 1);

  self->node = node;
  self->left = left;
  self->right = right;

  return self;
}

static gpointer
fail (Parser *self, GError **error, const char *expected)
{
  const long column = g_utf8_pointer_to_offset (self->start, self->at) + 1;

  g_set_error (error,
               CRM_MODEL_ERROR,
               CRM_MODEL_ERROR_EXPRESSION,
               "Expression, column %ld: expected %s",
               column,
               expected);

  return NULL;
}

static void
skip_space (Parser *self)
{
  self->at += strspn (self->at, " \t\r\n");
}

static gsize
word_length (const char *text)
{
  gsize n = 0;

  while (g_ascii_isalnum (text[n]) || text[n] == '_')
    n++;

  return g_ascii_isdigit (text[0]) ? 0 : n;
}

static gboolean
take_char (Parser *self, char c)
{
  skip_space (self);
  if (*self->at != c)
    return FALSE;
  self->at++;

  return TRUE;
}

static gboolean
take_keyword (Parser *self, const char *keyword)
{
  skip_space (self);
  if (word_length (self->at) != strlen (keyword) ||
      g_ascii_strncasecmp (self->at, keyword, strlen (keyword)) != 0)
    return FALSE;
  self->at += strlen (keyword);

  return TRUE;
}

static char *
take_name (Parser *self, GError **error)
{
  const gsize length = word_length (self->at);
  char *name;

  if (length == 0)
    return fail (self, error, "the name of a field");
  name = g_ascii_strdown (self->at, (gssize) length);
  self->at += length;

  return name;
}

static gboolean
take_operator (Parser *self, CrmExprOp *op, GError **error)
{
  skip_space (self);
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_has_prefix (self->at, operators[i].text))
      {
        *op = operators[i].op;
        self->at += strlen (operators[i].text);
        return TRUE;
      }
  fail (self, error, "one of = != < <= > >= ~");

  return FALSE;
}

static gboolean
take_quoted (Parser *self, CrmExpr *term, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (self->at++; *self->at != '"'; self->at++)
    {
      if (*self->at == '\\' && (self->at[1] == '"' || self->at[1] == '\\'))
        self->at++;
      if (*self->at == '\0')
        {
          fail (self, error, "a \" that ends the text");
          return FALSE;
        }
      g_string_append_c (text, *self->at);
    }
  self->at++;
  term->value_type = CRM_EXPR_TEXT;
  term->value = g_strdup (text->str);

  return TRUE;
}

/* "today", "today-30", "today + 7" */
static gboolean
take_today (Parser *self, CrmExpr *term, GError **error)
{
  gint64 days = 0;
  gboolean back;
  gsize n;

  skip_space (self);
  back = *self->at == '-';
  if (*self->at == '-' || *self->at == '+')
    {
      self->at++;
      skip_space (self);
      n = strspn (self->at, "0123456789");
      if (n < 1 || n > 6)
        {
          fail (self, error, "a number of days, such as today-30");
          return FALSE;
        }
      days = g_ascii_strtoll (self->at, NULL, 10) * (back ? -1 : 1);
      self->at += n;
    }
  term->value_type = CRM_EXPR_TODAY;
  term->value = g_strdup_printf ("%" G_GINT64_FORMAT, days);

  return TRUE;
}

static gboolean
take_digits (Parser *self, CrmExpr *term, GError **error)
{
  const char *start = self->at;
  const gsize length = strspn (start, "0123456789-.");
  g_autofree char *text = g_strndup (start, length);
  const char *digits = text[0] == '-' ? text + 1 : text;
  const char *point = strchr (digits, '.');

  if (crm_date_is_valid (text))
    term->value_type = CRM_EXPR_DATE;
  else if (g_ascii_isdigit (digits[0]) && strspn (digits, "0123456789.") == strlen (digits) &&
           (point == NULL || (g_ascii_isdigit (point[1]) && strchr (point + 1, '.') == NULL)))
    term->value_type = CRM_EXPR_NUMBER;
  else
    {
      fail (self, error, "a number or a date that exists, such as 2024-12-31");
      return FALSE;
    }
  self->at += length;
  term->value = g_steal_pointer (&text);

  return TRUE;
}

static gboolean
take_value (Parser *self, CrmExpr *term, GError **error)
{
  skip_space (self);
  if (*self->at == '"')
    return take_quoted (self, term, error);
  if (g_ascii_isdigit (*self->at) || *self->at == '-')
    return take_digits (self, term, error);
  if (take_keyword (self, "today"))
    return take_today (self, term, error);
  if (take_keyword (self, "true"))
    {
      term->value_type = CRM_EXPR_TRUE;
      term->value = g_strdup ("true");
      return TRUE;
    }
  fail (self, error, "a value: \"text\" in quotes, a number, a date, today-30 or true");

  return FALSE;
}

static CrmExpr *
parse_term (Parser *self, GError **error)
{
  g_autoptr (CrmExpr) term = new_node (CRM_EXPR_TERM, NULL, NULL);

  if (++self->n_terms > MAX_TERMS)
    return fail (self, error, "the end: this is more than 1000 terms");

  skip_space (self);
  term->field = take_name (self, error);
  if (term->field == NULL)
    return NULL;
  if (*self->at == '.')
    {
      self->at++;
      term->subfield = take_name (self, error);
      if (term->subfield == NULL)
        return NULL;
    }
  if (!take_operator (self, &term->op, error) || !take_value (self, term, error))
    return NULL;

  return g_steal_pointer (&term);
}

static CrmExpr *
parse_inner (Parser *self, GError **error)
{
  g_autoptr (CrmExpr) inner = NULL;

  if (take_keyword (self, "not"))
    {
      if (++self->depth > MAX_DEPTH)
        return fail (self, error, "less nesting");
      inner = parse_inner (self, error);
      self->depth--;
      return inner != NULL ? new_node (CRM_EXPR_NOT, g_steal_pointer (&inner), NULL) : NULL;
    }
  if (!take_char (self, '('))
    return parse_term (self, error);

  if (++self->depth > MAX_DEPTH)
    return fail (self, error, "less nesting");
  inner = parse_or (self, error);
  self->depth--;
  if (inner != NULL && !take_char (self, ')'))
    return fail (self, error, "“)”");

  return g_steal_pointer (&inner);
}

static CrmExpr *
parse_and (Parser *self, GError **error)
{
  g_autoptr (CrmExpr) expr = parse_inner (self, error);

  while (expr != NULL && take_keyword (self, "and"))
    {
      CrmExpr *right = parse_inner (self, error);

      if (right == NULL)
        return NULL;
      expr = new_node (CRM_EXPR_AND, g_steal_pointer (&expr), right);
    }

  return g_steal_pointer (&expr);
}

static CrmExpr *
parse_or (Parser *self, GError **error)
{
  g_autoptr (CrmExpr) expr = parse_and (self, error);

  while (expr != NULL && take_keyword (self, "or"))
    {
      CrmExpr *right = parse_and (self, error);

      if (right == NULL)
        return NULL;
      expr = new_node (CRM_EXPR_OR, g_steal_pointer (&expr), right);
    }

  return g_steal_pointer (&expr);
}

CrmExpr *
crm_expr_parse (const char *text, GError **error)
{
  Parser parser = { text, text, 0, 0 };
  g_autoptr (CrmExpr) expr = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error,
                   CRM_MODEL_ERROR,
                   CRM_MODEL_ERROR_EXPRESSION,
                   "Expression: not UTF-8 text");
      return NULL;
    }
  expr = parse_or (&parser, error);
  if (expr == NULL)
    return NULL;
  skip_space (&parser);
  if (*parser.at != '\0')
    return fail (&parser, error, "“and”, “or” or the end");

  return g_steal_pointer (&expr);
}

CrmExpr *
crm_expr_new_term (const char *field, CrmExprOp op, CrmExprValue type, const char *value)
{
  CrmExpr *self;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  self = new_node (CRM_EXPR_TERM, NULL, NULL);
  self->field = g_strdup (field);
  self->op = op;
  self->value_type = type;
  self->value = g_strdup (value);

  return self;
}

CrmExpr *
crm_expr_new_and (CrmExpr *left, CrmExpr *right)
{
  if (left == NULL || right == NULL)
    return left != NULL ? left : right;

  return new_node (CRM_EXPR_AND, left, right);
}

CrmExpr *
crm_expr_copy (const CrmExpr *self)
{
  CrmExpr *copy;

  if (self == NULL)
    return NULL;

  copy = new_node (self->node, crm_expr_copy (self->left), crm_expr_copy (self->right));
  copy->field = g_strdup (self->field);
  copy->subfield = g_strdup (self->subfield);
  copy->op = self->op;
  copy->value_type = self->value_type;
  copy->value = g_strdup (self->value);

  return copy;
}

gboolean
crm_expr_equal (const CrmExpr *a, const CrmExpr *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return a->node == b->node && a->op == b->op && a->value_type == b->value_type &&
         g_strcmp0 (a->field, b->field) == 0 && g_strcmp0 (a->subfield, b->subfield) == 0 &&
         g_strcmp0 (a->value, b->value) == 0 && crm_expr_equal (a->left, b->left) &&
         crm_expr_equal (a->right, b->right);
}

void
crm_expr_free (CrmExpr *self)
{
  if (self == NULL)
    return;

  crm_expr_free (self->left);
  crm_expr_free (self->right);
  g_free (self->field);
  g_free (self->subfield);
  g_free (self->value);
  g_free (self);
}

static void
append_quoted (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  for (; *value != '\0'; value++)
    {
      if (*value == '"' || *value == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *value);
    }
  g_string_append_c (text, '"');
}

static void
append_value (GString *text, const CrmExpr *term)
{
  switch (term->value_type)
    {
    case CRM_EXPR_TEXT:
      append_quoted (text, term->value);
      break;

    case CRM_EXPR_TODAY:
      g_string_append_printf (text, "today%s%s", term->value[0] == '-' ? "" : "+", term->value);
      break;

    case CRM_EXPR_NUMBER:
    case CRM_EXPR_DATE:
    case CRM_EXPR_TRUE:
    default:
      g_string_append (text, term->value);
    }
}

static void
append_term (GString *text, const CrmExpr *term)
{
  const char *op = "=";

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (operators[i].op == term->op)
      op = operators[i].text;

  g_string_append (text, term->field);
  if (term->subfield != NULL)
    g_string_append_printf (text, ".%s", term->subfield);
  g_string_append_printf (text, " %s ", op);
  append_value (text, term);
}

static void append_expr (GString *text, const CrmExpr *self, int binding);

static void
append_pair (GString *text, const CrmExpr *self, const char *word, int own, int binding)
{
  /* Both operators group to the left, so a right side of the same strength keeps its brackets. */
  if (own < binding)
    g_string_append_c (text, '(');
  append_expr (text, self->left, own);
  g_string_append (text, word);
  append_expr (text, self->right, own + 1);
  if (own < binding)
    g_string_append_c (text, ')');
}

/* @binding: how strongly the place holds: 0 alone, 1 in an or, 2 in an and, 3 after not. */
static void
append_expr (GString *text, const CrmExpr *self, int binding)
{
  switch (self->node)
    {
    case CRM_EXPR_OR:
      append_pair (text, self, " or ", 1, binding);
      break;

    case CRM_EXPR_AND:
      append_pair (text, self, " and ", 2, binding);
      break;

    case CRM_EXPR_NOT:
      g_string_append (text, "not ");
      append_expr (text, self->left, 3);
      break;

    case CRM_EXPR_TERM:
    default:
      append_term (text, self);
    }
}

char *
crm_expr_to_string (const CrmExpr *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  append_expr (text, self, 0);

  return g_string_free_and_steal (text);
}

static gboolean
kind_has (const CrmModel *model, const CrmKind *kind, const CrmExpr *term)
{
  const CrmField *field = crm_kind_find_field (kind, term->field);

  if (field == NULL || term->subfield == NULL)
    return field != NULL;

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *target = crm_model_get_kind (model, i);

      if (crm_field_targets (field, crm_kind_get_name (target)) &&
          crm_kind_find_field (target, term->subfield) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
check_term (const CrmExpr *term, const CrmModel *model, GError **error)
{
  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    if (kind_has (model, crm_model_get_kind (model, i), term))
      return TRUE;

  g_set_error (error,
               CRM_MODEL_ERROR,
               CRM_MODEL_ERROR_UNKNOWN,
               "Expression: no kind has a field “%s%s%s”; “crm-cli fields KIND” lists them",
               term->field,
               term->subfield != NULL ? "." : "",
               term->subfield != NULL ? term->subfield : "");

  return FALSE;
}

gboolean
crm_expr_check (const CrmExpr *self, const CrmModel *model, GError **error)
{
  g_return_val_if_fail (model != NULL, FALSE);

  if (self == NULL)
    return TRUE;
  if (self->node == CRM_EXPR_TERM)
    return check_term (self, model, error);

  return crm_expr_check (self->left, model, error) && crm_expr_check (self->right, model, error);
}
