#include "ui/record/crm-suggester.h"

#include "base/crm-text.h"
#include "store/crm-query.h"
#include "store/crm-store.h"
#include "ui/record/crm-record-query.h"
#include "ui/record/crm-record-words.h"

#include <string.h>

#define MAX_SUGGESTIONS 8
#define MAX_COUNTED     400

struct _CrmSuggester
{
  GObject parent_instance;

  CrmStore *store;
};

G_DEFINE_FINAL_TYPE (CrmSuggester, crm_suggester, G_TYPE_OBJECT)

typedef struct
{
  const CrmKind *kind;
  const CrmField *field;
  char *text;
} Search;

static void
search_free (Search *search)
{
  g_free (search->text);
  g_free (search);
}

static GPtrArray *
find_records (CrmReplica *replica, Search *search, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmQuery) query = crm_query_new (search->field->target);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  if (!crm_text_is_empty (search->text))
    crm_query_set_text (query, search->text);
  if (!(records = crm_replica_list (replica, query, MAX_SUGGESTIONS, cancellable, error)))
    return NULL;

  for (guint i = 0; i < records->len; i++)
    {
      CrmRecord *record = g_ptr_array_index (records, i);
      g_autofree char *title = crm_record_dup_title (record);
      g_autofree char *subtitle = crm_record_words_dup_place (record);

      g_ptr_array_add (found, crm_suggestion_new (crm_record_get_id (record), title, subtitle));
    }

  return g_steal_pointer (&found);
}

typedef struct
{
  const CrmField *field;
  const char *wanted; /* folded */
  GHashTable *counts; /* utf8 to number of records */
} Count;

static gboolean
count_cb (CrmRecord *record, gpointer user_data)
{
  Count *count = user_data;
  const char *value = crm_record_get (record, count->field->name);
  g_auto (GStrv) members = g_strsplit (value != NULL ? value : "", ";", -1);

  for (guint i = 0; members[i] != NULL; i++)
    {
      g_autofree char *folded = crm_text_fold (members[i]);
      gpointer n = g_hash_table_lookup (count->counts, members[i]);

      if (folded[0] != '\0' && strstr (folded, count->wanted) != NULL)
        g_hash_table_replace (count->counts,
                              g_strdup (members[i]),
                              GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
    }

  return TRUE;
}

static int
compare_counts (gconstpointer a, gconstpointer b, gpointer counts)
{
  const char *left = *(const char *const *) a;
  const char *right = *(const char *const *) b;
  guint n_left = GPOINTER_TO_UINT (g_hash_table_lookup (counts, left));
  guint n_right = GPOINTER_TO_UINT (g_hash_table_lookup (counts, right));

  return n_left != n_right ? (n_left < n_right ? 1 : -1) : g_strcmp0 (left, right);
}

/* The list of the description first, then what is in use elsewhere, most used first, as far as some
 * hundreds of relations tell. */
static gboolean
collect_values (CrmReplica *replica,
                Search *search,
                GPtrArray *values,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *wanted = crm_text_fold (search->text);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GPtrArray) used = NULL;
  Count count = { search->field, wanted, counts };

  query = crm_record_query_new (crm_kind_get_name (search->kind),
                                wanted[0] != '\0' ? crm_record_query_and (NULL,
                                                                          search->field->name,
                                                                          CRM_OP_CONTAINS,
                                                                          search->text)
                                                  : crm_record_query_and (NULL,
                                                                          search->field->name,
                                                                          CRM_OP_NE,
                                                                          NULL));
  if (!crm_replica_each (replica, query, MAX_COUNTED, count_cb, &count, cancellable, error))
    return FALSE;

  for (guint i = 0; search->field->choices != NULL && search->field->choices[i].value != NULL; i++)
    {
      g_ptr_array_add (values, g_strdup (search->field->choices[i].value));
      g_hash_table_remove (counts, search->field->choices[i].value);
    }
  used = g_hash_table_get_keys_as_ptr_array (counts);
  g_ptr_array_sort_with_data (used, compare_counts, counts);
  for (guint i = 0; i < used->len; i++)
    g_ptr_array_add (values, g_strdup (g_ptr_array_index (used, i)));

  return TRUE;
}

/* Tags that were described but are not in use yet count too. */
static gboolean
collect_tags (CrmReplica *replica, GPtrArray *values, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmQuery) query = crm_query_new ("tag");
  g_autoptr (GPtrArray) tags = crm_replica_list (replica, query, 500, cancellable, error);

  if (tags == NULL)
    return FALSE;

  for (guint i = 0; i < tags->len; i++)
    {
      const char *name = crm_record_get (g_ptr_array_index (tags, i), "name");

      if (name != NULL && !g_ptr_array_find_with_equal_func (values, name, g_str_equal, NULL))
        g_ptr_array_add (values, g_strdup (name));
    }

  return TRUE;
}

static GPtrArray *
find_values (CrmReplica *replica, Search *search, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *wanted = crm_text_fold (search->text);

  if (!collect_values (replica, search, values, cancellable, error))
    return NULL;
  if (search->field->type == CRM_FIELD_SET && !collect_tags (replica, values, cancellable, error))
    return NULL;

  for (guint i = 0; i < values->len && found->len < MAX_SUGGESTIONS; i++)
    {
      const char *value = g_ptr_array_index (values, i);
      const char *label = crm_field_get_choice_label (search->field, value);
      g_autofree char *folded = crm_text_fold (label);

      if (strstr (folded, wanted) != NULL)
        g_ptr_array_add (found, crm_suggestion_new (value, label, NULL));
    }

  return g_steal_pointer (&found);
}

static gpointer
search_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Search *search = data;

  if (search->field->type == CRM_FIELD_LINK)
    return find_records (replica, search, cancellable, error);

  return find_values (replica, search, cancellable, error);
}

static gpointer
name_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmRecord) record = crm_replica_find (replica, data);

  return record != NULL ? crm_record_dup_title (record) : NULL;
}

static void
crm_suggester_dispose (GObject *object)
{
  g_clear_object (&CRM_SUGGESTER (object)->store);

  G_OBJECT_CLASS (crm_suggester_parent_class)->dispose (object);
}

static void
crm_suggester_class_init (CrmSuggesterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_suggester_dispose;
}

static void
crm_suggester_init (CrmSuggester *self)
{
}

CrmSuggester *
crm_suggester_new (CrmStore *store)
{
  CrmSuggester *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_SUGGESTER, NULL);
  self->store = g_object_ref (store);

  return self;
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gpointer found = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, found, g_task_get_task_data (task));
}

void
crm_suggester_search_async (CrmSuggester *self,
                            const CrmKind *kind,
                            const CrmField *field,
                            const char *text,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Search *search;
  GTask *task;

  g_return_if_fail (CRM_IS_SUGGESTER (self));
  g_return_if_fail (kind != NULL && field != NULL);

  search = g_new0 (Search, 1);
  search->kind = kind;
  search->field = field;
  search->text = g_strdup (text != NULL ? text : "");

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_suggester_search_async);
  g_task_set_task_data (task, g_ptr_array_unref, NULL);
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       search_on_worker,
                       search,
                       (GDestroyNotify) search_free,
                       (GDestroyNotify) g_ptr_array_unref,
                       cancellable,
                       ran_cb,
                       task);
}

GPtrArray *
crm_suggester_search_finish (CrmSuggester *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
crm_suggester_name_async (CrmSuggester *self,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;

  g_return_if_fail (CRM_IS_SUGGESTER (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_suggester_name_async);
  g_task_set_task_data (task, g_free, NULL);
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       name_on_worker,
                       g_strdup (id),
                       g_free,
                       g_free,
                       cancellable,
                       ran_cb,
                       task);
}

char *
crm_suggester_name_finish (CrmSuggester *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

CrmRecord *
crm_suggester_make_draft (CrmSuggester *self, const CrmField *field, const char *text)
{
  const CrmKind *kind;
  CrmRecord *draft;

  g_return_val_if_fail (CRM_IS_SUGGESTER (self), NULL);

  if (field->type != CRM_FIELD_LINK || !crm_field_targets (field, "organisation"))
    return NULL;

  kind = crm_model_find_kind (crm_store_get_model (self->store), "organisation");
  draft = crm_record_new (kind, NULL);
  crm_record_set (draft, "name", text);

  return draft;
}
