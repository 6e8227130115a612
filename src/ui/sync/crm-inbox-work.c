#include "ui/sync/crm-inbox-work.h"

#include "store/query/crm-query.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char **ids;
  CrmConflictChoice choice;
  char *value;
  gboolean retry;
} Request;

typedef struct
{
  char *text;
  char *set; /* nullable */
} Done;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_strfreev (request->ids);
  g_free (request->value);
  g_free (request);
}

static void
done_free (gpointer data)
{
  Done *done = data;

  g_free (done->text);
  g_free (done->set);
  g_free (done);
}

static gpointer
decide_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  guint n = g_strv_length (request->ids);
  char *set = NULL;
  Done *done;

  if (!crm_replica_resolve_conflicts (replica,
                                      (const char *const *) request->ids,
                                      request->choice,
                                      request->value,
                                      NULL,
                                      &set,
                                      error))
    return NULL;

  done = g_new0 (Done, 1);
  done->set = set;
  done->text = g_strdup_printf (ngettext ("Decided", "%u decided", n), n);

  return done;
}

static gpointer
settle_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  guint n = g_strv_length (request->ids);
  g_autofree char *set = NULL;
  Done *done;

  for (guint i = 0; i < n; i++)
    {
      g_clear_pointer (&set, g_free);
      if (request->retry ? !crm_replica_retry_refusal (replica, request->ids[i], &set, error)
                         : !crm_replica_dismiss_refusal (replica, request->ids[i], error))
        return NULL;
    }

  done = g_new0 (Done, 1);
  /* One undo takes one set back. */
  done->set = n == 1 ? g_steal_pointer (&set) : NULL;
  done->text = g_strdup (request->retry ? _("Goes to the server again") : _("Let go"));

  return done;
}

static void
run (CrmStore *store,
     CrmStoreFunc func,
     Request *request,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  crm_store_run_async (store,
                       CRM_STORE_USER,
                       func,
                       request,
                       request_free,
                       done_free,
                       NULL,
                       callback,
                       user_data);
}

void
crm_inbox_work_decide_async (CrmStore *store,
                             const char *const *ids,
                             CrmConflictChoice choice,
                             const char *value,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Request *request;

  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (ids != NULL && ids[0] != NULL);

  request = g_new0 (Request, 1);
  request->ids = g_strdupv ((char **) ids);
  request->choice = choice;
  request->value = g_strdup (value);
  run (store, decide_on_worker, request, callback, user_data);
}

void
crm_inbox_work_settle_async (CrmStore *store,
                             const char *const *ids,
                             gboolean retry,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Request *request;

  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (ids != NULL && ids[0] != NULL);

  request = g_new0 (Request, 1);
  request->ids = g_strdupv ((char **) ids);
  request->retry = retry;
  run (store, settle_on_worker, request, callback, user_data);
}

gboolean
crm_inbox_work_finish (CrmStore *store,
                       GAsyncResult *result,
                       char **text,
                       char **set,
                       GError **error)
{
  Done *done = crm_store_run_finish (store, result, error);

  if (done == NULL)
    return FALSE;

  *text = g_steal_pointer (&done->text);
  *set = g_steal_pointer (&done->set);
  done_free (done);

  return TRUE;
}

static gpointer
get_two_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  g_autoptr (GPtrArray) two = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 2; i++)
    {
      CrmRecord *record = crm_replica_get (replica, request->ids[i], error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (two, record);
    }

  return g_steal_pointer (&two);
}

void
crm_inbox_work_get_two_async (CrmStore *store,
                              const char *one,
                              const char *other,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  const char *const ids[] = { one, other, NULL };
  Request *request;

  g_return_if_fail (CRM_IS_STORE (store));

  request = g_new0 (Request, 1);
  request->ids = g_strdupv ((char **) ids);
  crm_store_run_async (store,
                       CRM_STORE_READ,
                       get_two_on_worker,
                       request,
                       request_free,
                       (GDestroyNotify) g_ptr_array_unref,
                       NULL,
                       callback,
                       user_data);
}

GPtrArray *
crm_inbox_work_get_two_finish (CrmStore *store, GAsyncResult *result, GError **error)
{
  return crm_store_run_finish (store, result, error);
}
