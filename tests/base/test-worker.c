#include "base/crm-worker.h"

/* What ran, in order; guarded by the worker's one thread and read after all has run. */
typedef struct
{
  CrmWorker *worker;
  GString *order;
  guint n_done;
  GMutex mutex;
  GCond cond;
  /* The gate job waits until the test opens it. */
  gboolean waiting;
  gboolean open;
  GThread *thread;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->worker = crm_worker_new ("test");
  fixture->order = g_string_new (NULL);
  g_mutex_init (&fixture->mutex);
  g_cond_init (&fixture->cond);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  if (fixture->worker != NULL)
    g_assert_finalize_object (fixture->worker);
  g_string_free (fixture->order, TRUE);
  g_mutex_clear (&fixture->mutex);
  g_cond_clear (&fixture->cond);
}

typedef struct
{
  Fixture *fixture;
  char letter;
} Job;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Fixture *) user_data)->n_done++;
}

static void
note_on_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;

  job->fixture->thread = g_thread_self ();
  g_string_append_c (job->fixture->order, job->letter);
  g_task_return_boolean (task, TRUE);
}

/* Holds the worker until the test has queued what it wants to be sorted. */
static void
gate_on_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Fixture *fixture = ((const Job *) task_data)->fixture;

  g_mutex_lock (&fixture->mutex);
  fixture->waiting = TRUE;
  g_cond_signal (&fixture->cond);
  while (!fixture->open)
    g_cond_wait (&fixture->cond, &fixture->mutex);
  g_mutex_unlock (&fixture->mutex);
  g_task_return_boolean (task, TRUE);
}

/* A long task that lets others go in its middle. */
static void
yield_on_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Fixture *fixture = ((const Job *) task_data)->fixture;

  gate_on_worker (task, source, task_data, cancellable);
  g_string_append_c (fixture->order, '(');
  g_assert_true (crm_worker_is_wanted (fixture->worker));
  crm_worker_yield (fixture->worker);
  g_assert_false (crm_worker_is_wanted (fixture->worker));
  g_string_append_c (fixture->order, ')');
}

static void
push (Fixture *fixture, char letter, int priority, GTaskThreadFunc func, GCancellable *cancellable)
{
  GTask *task = g_task_new (NULL, cancellable, done_cb, fixture);
  Job *job = g_new0 (Job, 1);

  job->fixture = fixture;
  job->letter = letter;
  g_task_set_priority (task, priority);
  g_task_set_task_data (task, job, g_free);
  crm_worker_push (fixture->worker, task, func);
}

static void
wait_at_gate (Fixture *fixture)
{
  g_mutex_lock (&fixture->mutex);
  while (!fixture->waiting)
    g_cond_wait (&fixture->cond, &fixture->mutex);
  g_mutex_unlock (&fixture->mutex);
}

static void
open_gate (Fixture *fixture)
{
  g_mutex_lock (&fixture->mutex);
  fixture->open = TRUE;
  g_cond_broadcast (&fixture->cond);
  g_mutex_unlock (&fixture->mutex);
}

static void
wait_for (Fixture *fixture, guint n_done)
{
  while (fixture->n_done < n_done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_order (Fixture *fixture, gconstpointer unused)
{
  push (fixture, 'g', 0, gate_on_worker, NULL);
  wait_at_gate (fixture);
  push (fixture, 'x', 300, note_on_worker, NULL);
  push (fixture, 'a', 0, note_on_worker, NULL);
  push (fixture, 'y', 300, note_on_worker, NULL);
  push (fixture, 'b', 0, note_on_worker, NULL);
  push (fixture, '!', -100, note_on_worker, NULL);
  open_gate (fixture);
  wait_for (fixture, 6);
  g_assert_cmpstr (fixture->order->str, ==, "!abxy");
  g_assert_true (fixture->thread != g_thread_self ());
}

static void
test_yield (Fixture *fixture, gconstpointer unused)
{
  push (fixture, 'l', 300, yield_on_worker, NULL);
  wait_at_gate (fixture);
  push (fixture, 'z', 300, note_on_worker, NULL);
  push (fixture, 'a', 0, note_on_worker, NULL);
  push (fixture, 'b', 0, note_on_worker, NULL);
  open_gate (fixture);
  wait_for (fixture, 4);
  /* The urgent ones in its middle, those like itself after it. */
  g_assert_cmpstr (fixture->order->str, ==, "(ab)z");
}

static void
test_cancelled (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  push (fixture, 'g', 0, gate_on_worker, NULL);
  wait_at_gate (fixture);
  push (fixture, 'a', 0, note_on_worker, cancellable);
  push (fixture, 'b', 0, note_on_worker, NULL);
  g_cancellable_cancel (cancellable);
  open_gate (fixture);
  wait_for (fixture, 3);
  g_assert_cmpstr (fixture->order->str, ==, "b");
}

/* What waits is done before the thread ends. */
static void
test_finalize (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < 20; i++)
    push (fixture, 'a', 0, note_on_worker, NULL);
  g_assert_finalize_object (g_steal_pointer (&fixture->worker));
  g_assert_cmpuint (fixture->order->len, ==, 20);
  wait_for (fixture, 20);
}

static void
linger_on_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
  g_usleep (G_USEC_PER_SEC / 10);
}

static void
note_thread (gpointer data, GObject *where_the_object_was)
{
  *(GThread **) data = g_thread_self ();
}

/* The main loop is ready with the task before the worker is, which then holds the last reference.
 */
static void
test_last_reference (Fixture *fixture, gconstpointer unused)
{
  GThread *thread = NULL;
  GTask *task = g_task_new (fixture->worker, NULL, done_cb, fixture);

  g_object_weak_ref (G_OBJECT (fixture->worker), note_thread, &thread);
  crm_worker_push (fixture->worker, task, linger_on_worker);
  g_clear_object (&fixture->worker);
  wait_for (fixture, 1);
  while (thread == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (thread == g_thread_self ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/base/worker/order", test_order);
  ADD ("/base/worker/yield", test_yield);
  ADD ("/base/worker/cancelled", test_cancelled);
  ADD ("/base/worker/finalize", test_finalize);
  ADD ("/base/worker/last-reference", test_last_reference);
#undef ADD

  return g_test_run ();
}
