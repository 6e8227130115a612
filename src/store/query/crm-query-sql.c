#include "store/query/crm-query-sql-private.h"

#include "store/query/crm-listing-private.h"

static void
value_free (CrmQueryValue *value)
{
  g_free (value->name);
  g_free (value->text);
  g_free (value);
}

static gboolean
add_kinds (CrmQuerySql *self, const char *kinds, GError **error)
{
  g_auto (GStrv) names = g_strsplit (kinds, "|", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const CrmKind *kind = crm_model_find_kind (self->replica->model, names[i]);

      if (kind == NULL)
        {
          g_set_error (error,
                       CRM_STORE_ERROR,
                       CRM_STORE_ERROR_FAILED,
                       "There is no kind “%s” to list",
                       names[i]);
          return FALSE;
        }
      if (i > 0 && !(self->relations && crm_kind_is_relation (kind)))
        {
          g_set_error (error,
                       CRM_STORE_ERROR,
                       CRM_STORE_ERROR_FAILED,
                       "“%s” cannot be listed together: only persons and organisations can",
                       kinds);
          return FALSE;
        }
      self->relations = crm_kind_is_relation (kind);
      if (!g_ptr_array_find (self->kinds, kind, NULL))
        g_ptr_array_add (self->kinds, (gpointer) kind);
    }

  return TRUE;
}

CrmQuerySql *
crm_query_sql_new (CrmReplica *replica, const char *kinds, GError **error)
{
  g_autoptr (CrmQuerySql) self = g_new0 (CrmQuerySql, 1);

  self->replica = g_object_ref (replica);
  self->kinds = g_ptr_array_new ();
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) value_free);

  return add_kinds (self, kinds, error) ? g_steal_pointer (&self) : NULL;
}

void
crm_query_sql_free (CrmQuerySql *self)
{
  g_object_unref (self->replica);
  g_ptr_array_unref (self->kinds);
  g_ptr_array_unref (self->values);
  g_free (self);
}

static CrmQueryValue *
add_value (CrmQuerySql *self, CrmQueryValueType type)
{
  CrmQueryValue *value = g_new0 (CrmQueryValue, 1);

  value->type = type;
  value->name = g_strdup_printf (":v%u", self->values->len);
  g_ptr_array_add (self->values, value);

  return value;
}

const char *
crm_query_sql_add_text (CrmQuerySql *self, const char *text)
{
  CrmQueryValue *value = add_value (self, CRM_QUERY_TEXT);

  value->text = g_strdup (text);

  return value->name;
}

const char *
crm_query_sql_add_int (CrmQuerySql *self, gint64 integer)
{
  CrmQueryValue *value = add_value (self, CRM_QUERY_INT);

  value->integer = integer;

  return value->name;
}

const char *
crm_query_sql_add_double (CrmQuerySql *self, double number)
{
  CrmQueryValue *value = add_value (self, CRM_QUERY_DOUBLE);

  value->number = number;

  return value->name;
}

void
crm_query_sql_bind (const CrmQuerySql *self, CrmStmt *stmt)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      const CrmQueryValue *value = self->values->pdata[i];

      switch (value->type)
        {
        case CRM_QUERY_TEXT:
          crm_stmt_bind_text (stmt, value->name, value->text);
          break;

        case CRM_QUERY_INT:
          crm_stmt_bind_int64 (stmt, value->name, value->integer);
          break;

        case CRM_QUERY_DOUBLE:
          crm_stmt_bind_double (stmt, value->name, value->number);
          break;

        default:
          g_assert_not_reached ();
        }
    }
}

char *
crm_query_sql_column (CrmQuerySql *self, const CrmKind *kind, const CrmField *field)
{
  g_autofree char *name = crm_db_quote_name (field->name);

  if (!self->relations)
    return g_strconcat ("l.", name, NULL);

  self->joined |= 1u << crm_kind_get_number (kind);

  return g_strdup_printf ("k%u.%s", crm_kind_get_number (kind), name);
}

gboolean
crm_query_sql_in_listing (const CrmQuerySql *self, const char *field)
{
  if (!self->relations || !crm_listing_has_column (self->replica->model, field))
    return FALSE;

  for (guint i = 0; i < self->kinds->len; i++)
    {
      const CrmField *found = crm_kind_find_field (self->kinds->pdata[i], field);

      if (found == NULL || !crm_field_has_flag (found, CRM_FIELD_SORTED))
        return FALSE;
    }

  return TRUE;
}

char *
crm_query_sql_dup_from (const CrmQuerySql *self)
{
  GString *from;

  if (!self->relations)
    {
      const CrmTable *table = crm_replica_get_table (self->replica, self->kinds->pdata[0]);

      return g_strconcat (table->name, " l", NULL);
    }

  from = g_string_new ("listing l");
  for (guint i = 0; i < self->kinds->len; i++)
    {
      const CrmKind *kind = self->kinds->pdata[i];
      const CrmTable *table = crm_replica_get_table (self->replica, kind);
      guint number = crm_kind_get_number (kind);

      if (self->joined & (1u << number))
        g_string_append_printf (from,
                                " LEFT JOIN %s k%u ON k%u.nr = l.nr",
                                table->name,
                                number,
                                number);
    }

  return g_string_free_and_steal (from);
}

const char *
crm_query_sql_get_ord (const CrmQuerySql *self)
{
  return self->relations ? "l.ord" : "l.nr";
}

static guint
count_relation_kinds (const CrmModel *model)
{
  guint n = 0;

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    if (crm_kind_is_relation (crm_model_get_kind (model, i)))
      n++;

  return n;
}

char *
crm_query_sql_dup_kind_condition (const CrmQuerySql *self)
{
  GString *text;

  if (!self->relations || self->kinds->len == count_relation_kinds (self->replica->model))
    return NULL;

  text = g_string_new ("l.kind IN (");
  for (guint i = 0; i < self->kinds->len; i++)
    g_string_append_printf (text,
                            i > 0 ? ", %u" : "%u",
                            crm_kind_get_number (self->kinds->pdata[i]));
  g_string_append_c (text, ')');

  return g_string_free_and_steal (text);
}
