#include "letters/crm-letter-templates.h"

#include "base/crm-id.h"
#include "base/crm-text.h"
#include "letters/crm-letters-resources.h"
#include "store/crm-query.h"

#include <string.h>

/* In the order people see them. The id is made from the name, so a name never changes. */
static const char *const builtin[] = { "plain", "visit", "offer", "consent", "move", "english" };

static char *
dup_builtin_id (guint index)
{
  g_autofree char *name = g_strconcat ("template.letter.", builtin[index], NULL);

  return crm_id_new_for_name (name);
}

guint
crm_letter_templates_get_n_builtin (void)
{
  return G_N_ELEMENTS (builtin);
}

static int
find_builtin_by_id (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (builtin); i++)
    {
      g_autofree char *builtin_id = dup_builtin_id (i);

      if (g_strcmp0 (builtin_id, id) == 0)
        return (int) i;
    }

  return -1;
}

gboolean
crm_letter_templates_is_builtin (const char *id)
{
  return find_builtin_by_id (id) >= 0;
}

/* "name: value" lines up to an empty line; the rest is the body. */
static void
fill_from_text (CrmRecord *record, const char *text)
{
  const char *body = strstr (text, "\n\n");
  g_autofree char *head = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert (body != NULL);
  head = g_strndup (text, (gsize) (body - text));
  lines = g_strsplit (head, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *colon = strstr (lines[i], ": ");

      g_assert (colon != NULL);
      *colon = '\0';
      crm_record_set (record, lines[i], colon + 2);
    }
  crm_record_set (record, "body", body + 2);
}

CrmRecord *
crm_letter_templates_new_builtin (CrmModel *model, guint index)
{
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  gsize size;
  const char *data;
  CrmRecord *record;

  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (index < G_N_ELEMENTS (builtin), NULL);

  id = dup_builtin_id (index);
  path = g_strdup_printf ("/org/example/Crm/letters/templates/%s.md", builtin[index]);
  bytes = g_resource_lookup_data (crm_letters_get_resource (), path, 0, NULL);
  g_assert (bytes != NULL);
  data = g_bytes_get_data (bytes, &size);
  text = g_strndup (data, size);

  record = crm_record_new (crm_model_find_kind (model, "template"), id);
  crm_record_set (record, "type", "letter");
  crm_record_set (record, "format", "markdown");
  fill_from_text (record, text);

  return record;
}

static gboolean
is_letter (CrmRecord *record)
{
  const char *type = crm_record_get (record, "type");
  const char *format = crm_record_get (record, "format");

  return (type == NULL || g_str_equal (type, "letter")) &&
         (format == NULL || g_str_equal (format, "markdown"));
}

GPtrArray *
crm_letter_templates_list (CrmReplica *replica, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmQuery) query = crm_query_new ("template");
  g_autoptr (GPtrArray) stored = NULL;
  g_autoptr (GPtrArray) result = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);

  if ((stored = crm_replica_list (replica, query, 0, cancellable, error)) == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (builtin); i++)
    g_ptr_array_add (result, crm_letter_templates_new_builtin (crm_replica_get_model (replica), i));

  for (guint i = 0; i < stored->len; i++)
    {
      CrmRecord *record = g_ptr_array_index (stored, i);
      int index = find_builtin_by_id (crm_record_get_id (record));

      if (index >= 0)
        {
          g_object_unref (result->pdata[index]);
          result->pdata[index] = g_object_ref (record);
        }
      else if (is_letter (record))
        g_ptr_array_add (result, g_object_ref (record));
    }

  return g_steal_pointer (&result);
}

static CrmRecord *
fail_to_find (GPtrArray *templates, const char *text, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < templates->len; i++)
    g_string_append_printf (names,
                            "%s“%s”",
                            i > 0 ? ", " : "",
                            crm_record_get (g_ptr_array_index (templates, i), "name"));
  g_set_error (error,
               CRM_LETTERS_ERROR,
               CRM_LETTERS_ERROR_NOT_FOUND,
               "No letter template “%s”; there are %s",
               text,
               names->str);
  return NULL;
}

CrmRecord *
crm_letter_templates_find (CrmReplica *replica,
                           const char *text,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GPtrArray) templates = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if ((templates = crm_letter_templates_list (replica, cancellable, error)) == NULL)
    return NULL;

  folded = crm_text_fold (text);
  for (guint i = 0; i < templates->len; i++)
    {
      CrmRecord *record = g_ptr_array_index (templates, i);
      g_autofree char *name = crm_text_fold (crm_record_get (record, "name"));

      if (g_str_equal (crm_record_get_id (record), text) || g_str_equal (name, folded))
        return g_object_ref (record);
    }

  for (guint i = 0; i < G_N_ELEMENTS (builtin); i++)
    if (g_str_equal (builtin[i], folded))
      return g_object_ref (g_ptr_array_index (templates, i));

  return fail_to_find (templates, text, error);
}
