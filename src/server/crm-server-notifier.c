#include "server/crm-server-exchange-private.h"

#include "base/crm-clock.h"

/* Between two rounds. */
#define INTERVAL (G_USEC_PER_SEC / 20)

/* Those that @func picks leave the waiting and run. */
static void
wake (CrmServerHttp *self, gboolean (*picks) (CrmServerExchange *exchange, gint64 now))
{
  const gint64 now = crm_clock_get_monotonic ();
  g_autoptr (GPtrArray) woken = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (picks (key, now))
      {
        g_ptr_array_add (woken, key);
        g_hash_table_iter_remove (&iter);
      }

  for (guint i = 0; i < woken->len; i++)
    crm_server_exchange_run (woken->pdata[i]);
}

static gboolean
has_news (CrmServerExchange *exchange, gint64 now)
{
  return exchange->response.wait_seq < exchange->http->head;
}

static gboolean
wake_cb (gpointer data)
{
  CrmServerHttp *self = data;

  self->wake_source = 0;
  self->woken = crm_clock_get_monotonic ();
  wake (self, has_news);

  return G_SOURCE_REMOVE;
}

void
crm_server_http_notify (CrmServerHttp *self, gint64 head)
{
  const gint64 due = self->woken + INTERVAL - crm_clock_get_monotonic ();

  self->head = MAX (self->head, head);
  if (self->wake_source != 0 || g_hash_table_size (self->waiting) == 0)
    return;

  self->wake_source = g_timeout_add (due > 0 ? (guint) (due / 1000) + 1 : 0, wake_cb, self);
}

void
crm_server_http_park (CrmServerHttp *self, CrmServerExchange *exchange)
{
  if (exchange->wait_end == 0)
    exchange->wait_end = crm_clock_get_monotonic () +
                         (gint64) exchange->response.wait_seconds * G_USEC_PER_SEC;
  g_hash_table_add (self->waiting, exchange);

  if (self->stopping)
    crm_server_http_wake_all (self);
  else if (has_news (exchange, 0))
    crm_server_http_notify (self, self->head);
}

static gboolean
is_due (CrmServerExchange *exchange, gint64 now)
{
  exchange->request.waited = exchange->wait_end <= now;

  return exchange->request.waited;
}

static gboolean
is_any (CrmServerExchange *exchange, gint64 now)
{
  exchange->request.waited = TRUE;

  return TRUE;
}

void
crm_server_http_wake_all (CrmServerHttp *self)
{
  wake (self, is_any);
}

/* The head as another process may have moved it. */
static void
polled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  CrmServerHttp *self = data;
  const gssize head = g_task_propagate_int (G_TASK (result), NULL);

  self->n_running--;
  if (head > self->head)
    crm_server_http_notify (self, head);
  crm_server_http_check_stopped (self);
}

static void
poll_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  CrmServerHttp *self = data;
  g_autoptr (CrmServerHead) head = self->store->ops->get_head (self->store, NULL);

  g_task_return_int (task, head != NULL ? head->seq : -1);
}

/* Every second: who has waited long enough, and every other one whether a process beside this one
 * has written. */
gboolean
crm_server_http_tick_cb (gpointer data)
{
  static guint n;
  CrmServerHttp *self = data;

  wake (self, is_due);
  if (n++ % 2 == 0 && g_hash_table_size (self->waiting) > 0 && !self->stopping)
    {
      GTask *task = g_task_new (NULL, NULL, polled_cb, self);

      g_task_set_task_data (task, self, NULL);
      self->n_running++;
      crm_worker_push (self->database, task, poll_on_worker);
    }

  return G_SOURCE_CONTINUE;
}
