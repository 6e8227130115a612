#include "store/query/crm-sort-private.h"

static gboolean
is_numeric (const CrmField *field)
{
  return field->type == CRM_FIELD_MONEY || field->type == CRM_FIELD_NUMBER ||
         field->type == CRM_FIELD_BOOL;
}

/* A link sorts as the name of what it points at. */
static char *
dup_link_key (CrmQuerySql *sql, const CrmField *field, const char *column)
{
  g_autoptr (GString) key = g_string_new ("coalesce (NULL");

  for (guint i = 0; i < sql->replica->tables->len; i++)
    {
      const CrmTable *table = sql->replica->tables->pdata[i];

      if (crm_field_targets (field, crm_kind_get_name (table->kind)))
        g_string_append_printf (key,
                                ", (SELECT t.sort_key FROM %s t WHERE t.id = %s)",
                                table->name,
                                column);
    }
  g_string_append_c (key, ')');

  return g_strdup (key->str);
}

static char *
dup_key (CrmQuerySql *sql, const CrmKind *kind, const CrmField *field)
{
  g_autofree char *column = crm_query_sql_column (sql, kind, field);

  if (field->type == CRM_FIELD_LINK)
    return dup_link_key (sql, field, column);
  if (is_numeric (field) || field->type == CRM_FIELD_DATE || field->type == CRM_FIELD_TIME)
    return g_steal_pointer (&column);

  return g_strdup_printf ("nullif (crm_fold (%s), '')", column);
}

static char *
dup_key_by_kind (CrmQuerySql *sql, const char *name, gboolean *numeric)
{
  g_autoptr (GString) text = g_string_new ("CASE l.kind");
  guint n = 0;

  for (guint i = 0; i < sql->kinds->len; i++)
    {
      const CrmKind *kind = sql->kinds->pdata[i];
      const CrmField *field = crm_kind_find_field (kind, name);
      g_autofree char *key = field != NULL ? dup_key (sql, kind, field) : NULL;

      if (key == NULL)
        continue;

      *numeric = is_numeric (field);
      g_string_append_printf (text, " WHEN %u THEN %s", crm_kind_get_number (kind), key);
      n++;
    }
  g_string_append (text, " END");

  return n > 0 ? g_strdup (text->str) : NULL;
}

CrmSort *
crm_sort_new (CrmQuerySql *sql, const char *name, gboolean descending)
{
  CrmSort *self = g_new0 (CrmSort, 1);
  const CrmKind *kind = sql->kinds->pdata[0];
  const CrmField *field = name != NULL ? crm_kind_find_field (kind, name) : NULL;

  self->descending = descending;
  if (name != NULL && crm_query_sql_in_listing (sql, name))
    self->key = g_strdup_printf ("l.\"%s\"", name);
  else if (name != NULL && sql->relations)
    self->key = dup_key_by_kind (sql, name, &self->numeric);
  else if (field != NULL)
    {
      self->key = dup_key (sql, kind, field);
      self->numeric = is_numeric (field);
    }

  /* Relations are numbered by name; other kinds have the key in their own table. */
  if (self->key == NULL && !sql->relations)
    self->key = g_strdup ("l.sort_key");

  return self;
}

void
crm_sort_free (CrmSort *self)
{
  g_free (self->key);
  g_free (self);
}
