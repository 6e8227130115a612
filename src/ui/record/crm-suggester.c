#include "ui/record/crm-suggester.h"

#include "base/crm-text.h"
#include "store/crm-store.h"
#include "store/query/crm-query.h"
#include "ui/record/crm-record-words.h"

#include <string.h>

#define MAX_SUGGESTIONS 8

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

static int
compare_uses (gconstpointer a, gconstpointer b)
{
  const CrmAggregateRow *left = *(const CrmAggregateRow *const *) a;
  const CrmAggregateRow *right = *(const CrmAggregateRow *const *) b;

  return left->count != right->count ? (left->count < right->count ? 1 : -1)
                                     : g_strcmp0 (left->keys[0], right->keys[0]);
}

static gboolean
is_choice (const CrmField *field, const char *value)
{
  for (guint i = 0; field->choices != NULL && field->choices[i].value != NULL; i++)
    if (g_str_equal (field->choices[i].value, value))
      return TRUE;

  return FALSE;
}

/* The list of the description first, then what is in use elsewhere, most used first. Tags are of
 * all relations: a person may get one that only organisations have. */
static gboolean
collect_values (CrmReplica *replica,
                Search *search,
                GPtrArray *values,
                GCancellable *cancellable,
                GError **error)
{
  gboolean shared = search->field->type == CRM_FIELD_SET && crm_kind_is_relation (search->kind);
  g_autoptr (CrmQuery)
      query = crm_query_new (shared ? "relation" : crm_kind_get_name (search->kind));
  g_autoptr (GPtrArray)
      uses = crm_replica_aggregate (replica, query, search->field->name, NULL, cancellable, error);

  if (uses == NULL)
    return FALSE;

  for (guint i = 0; search->field->choices != NULL && search->field->choices[i].value != NULL; i++)
    g_ptr_array_add (values, g_strdup (search->field->choices[i].value));
  g_ptr_array_sort (uses, compare_uses);
  for (guint i = 0; i < uses->len; i++)
    {
      const char *value = ((CrmAggregateRow *) g_ptr_array_index (uses, i))->keys[0];

      if (!crm_text_is_empty (value) && !is_choice (search->field, value))
        g_ptr_array_add (values, g_strdup (value));
    }

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

/* The page that it was made for is gone. */
static void
return_closed (GTask *task)
{
  g_autoptr (GTask) owned = task;

  g_task_return_new_error_literal (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The page was closed");
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
  if (self->store == NULL)
    {
      search_free (search);
      return_closed (task);
      return;
    }
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
  if (self->store == NULL)
    {
      return_closed (task);
      return;
    }
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

  if (self->store == NULL || field->type != CRM_FIELD_LINK ||
      !crm_field_targets (field, "organisation"))
    return NULL;

  kind = crm_model_find_kind (crm_store_get_model (self->store), "organisation");
  draft = crm_record_new (kind, NULL);
  crm_record_set (draft, "name", text);

  return draft;
}
