#include "letters/crm-letter-templates.h"

#include "base/crm-text.h"
#include "model/crm-builtin.h"
#include "store/query/crm-query.h"

static gboolean
is_letter (CrmRecord *record)
{
  const char *type = crm_record_get (record, "type");
  const char *format = crm_record_get (record, "format");

  return (type == NULL || g_str_equal (type, "letter")) &&
         (format == NULL || g_str_equal (format, "markdown"));
}

/* Built-in ones first, in their own order. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  const guint place_a = (guint) crm_builtin_find (crm_record_get_id (CRM_RECORD ((gpointer) a)));
  const guint place_b = (guint) crm_builtin_find (crm_record_get_id (CRM_RECORD ((gpointer) b)));

  return place_a < place_b ? -1 : place_a > place_b;
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

  for (guint i = 0; i < stored->len; i++)
    if (is_letter (stored->pdata[i]))
      g_ptr_array_add (result, g_object_ref (stored->pdata[i]));
  /* The names are in order already; a stable sort only takes the built-in ones to the front. */
  g_ptr_array_sort_values (result, compare_places);

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

  for (guint i = 0; i < templates->len; i++)
    {
      const int place = crm_builtin_find (crm_record_get_id (templates->pdata[i]));

      if (place >= 0 && g_str_equal (crm_builtin_get_name ((guint) place), folded))
        return g_object_ref (templates->pdata[i]);
    }

  return fail_to_find (templates, text, error);
}
