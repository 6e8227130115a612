#include "base/crm-progress.h"

typedef struct
{
  guint n_notified;
  double fraction;
  GThread *thread;
} Seen;

static void
fraction_cb (CrmProgress *progress, GParamSpec *pspec, Seen *seen)
{
  seen->n_notified++;
  seen->fraction = crm_progress_get_fraction (progress);
  seen->thread = g_thread_self ();
}

static gpointer
work (gpointer data)
{
  for (guint i = 0; i <= 100000; i++)
    crm_progress_set (data, i, 100000);

  return NULL;
}

/* Set 100,000 times on another thread, told a few times on this one, the last value for sure. */
static void
test_thread (void)
{
  g_autoptr (CrmProgress) progress = crm_progress_new ();
  Seen seen = { 0 };
  GThread *thread;
  guint64 done;
  guint64 total;

  g_signal_connect (progress, "notify::fraction", G_CALLBACK (fraction_cb), &seen);
  thread = g_thread_new ("work", work, progress);
  while (seen.fraction < 1)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);

  g_assert_true (seen.thread == g_thread_self ());
  g_assert_cmpuint (seen.n_notified, <, 1000);
  g_object_get (progress, "done", &done, "total", &total, NULL);
  g_assert_cmpuint (done, ==, 100000);
  g_assert_cmpuint (total, ==, 100000);
}

static void
test_fraction (void)
{
  g_autoptr (CrmProgress) progress = crm_progress_new ();

  g_assert_cmpfloat_with_epsilon (crm_progress_get_fraction (progress), 0, 1e-9);
  crm_progress_set (progress, 1, 4);
  g_assert_cmpfloat_with_epsilon (crm_progress_get_fraction (progress), 0.25, 1e-9);
  /* More done than was thought. */
  crm_progress_set (progress, 5, 4);
  g_assert_cmpfloat_with_epsilon (crm_progress_get_fraction (progress), 1, 1e-9);
  crm_progress_set (NULL, 1, 2);
  while (g_main_context_iteration (NULL, FALSE) || G_OBJECT (progress)->ref_count > 1)
    ;
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/progress/thread", test_thread);
  g_test_add_func ("/base/progress/fraction", test_fraction);

  return g_test_run ();
}
