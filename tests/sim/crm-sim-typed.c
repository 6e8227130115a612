#include "crm-sim-typed.h"

#include <string.h>

typedef struct
{
  char *id;
  char *field; /* "": the record */
  char *value; /* nullable; of a record: "here" or NULL */
  gint64 n;
} Edit;

struct _CrmSimTyped
{
  GHashTable *edits; /* (element-type utf8 Edit): "id field" */
  gint64 n;          /* while it adds */
};

static void
free_edit (gpointer data)
{
  Edit *edit = data;

  g_free (edit->id);
  g_free (edit->field);
  g_free (edit->value);
  g_free (edit);
}

static void
put (CrmSimTyped *self, const char *id, const char *field, const char *value, gint64 n)
{
  Edit *edit = g_new0 (Edit, 1);

  *edit = (Edit) { g_strdup (id), g_strdup (field), g_strdup (value), n };
  g_hash_table_insert (self->edits, g_strdup_printf ("%s %s", id, field), edit);
}

CrmSimTyped *
crm_sim_typed_new (void)
{
  CrmSimTyped *self = g_new0 (CrmSimTyped, 1);

  self->edits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_edit);

  return self;
}

CrmSimTyped *
crm_sim_typed_copy (CrmSimTyped *self)
{
  CrmSimTyped *copy = crm_sim_typed_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->edits);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Edit *edit = value;

      put (copy, edit->id, edit->field, edit->value, edit->n);
    }

  return copy;
}

void
crm_sim_typed_free (CrmSimTyped *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->edits);
  g_free (self);
}

static gboolean
is_of (gpointer key, gpointer value, gpointer id)
{
  return g_str_equal (((Edit *) value)->id, id);
}

static void
add (const char *id, const char *field, const char *value, gpointer data)
{
  CrmSimTyped *self = data;

  if (*field == '\0' && value == NULL)
    g_hash_table_foreach_remove (self->edits, is_of, (gpointer) id);
  put (self, id, field, value, self->n);
}

void
crm_sim_typed_add (CrmSimTyped *self, CrmSimModel *before, CrmSimModel *after, gint64 n)
{
  self->n = n;
  crm_sim_model_foreach_difference (before, after, add, self);
}

static gboolean
is_shown (const Edit *edit, CrmSimModel *shown)
{
  const gboolean here = crm_sim_model_has (shown, edit->id);

  if (*edit->field == '\0')
    return here == (edit->value != NULL);

  return here && g_strcmp0 (crm_sim_model_get (shown, edit->id, edit->field), edit->value) == 0;
}

static gboolean
is_hidden (gpointer key, gpointer edit, gpointer shown)
{
  return !is_shown (edit, shown);
}

void
crm_sim_typed_forget (CrmSimTyped *self, CrmSimModel *shown)
{
  g_hash_table_foreach_remove (self->edits, is_hidden, shown);
}

gboolean
crm_sim_typed_check (CrmSimTyped *self, CrmSimModel *shown, gint64 acked, char **failure)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->edits);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Edit *edit = value;

      if (edit->n <= acked)
        g_hash_table_iter_remove (&iter);
      else if (!is_shown (edit, shown))
        {
          *failure = g_strdup_printf ("set %" G_GINT64_FORMAT " is not acknowledged, but %s %s "
                                      "“%.60s” is not shown any more",
                                      edit->n,
                                      edit->id,
                                      edit->field,
                                      edit->value != NULL ? edit->value : "");
          return FALSE;
        }
    }

  return TRUE;
}
