#include "cli/crm-cli-progress.h"

#include <stdio.h>
#include <unistd.h>

struct _CrmCliProgress
{
  CrmProgress *progress;
  GThread *thread;
  GMutex mutex;
  GCond stopped;
  gboolean stop;
};

/* How far it is, or how long it takes when nothing tells. */
static void
show_once (CrmCliProgress *self, gint64 started)
{
  const guint64 total = crm_progress_get_total (self->progress);

  if (total > 0)
    fprintf (stderr,
             "\r%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " ",
             MIN (crm_progress_get_done (self->progress), total),
             total);
  else
    fprintf (stderr,
             "\r%" G_GINT64_FORMAT " s ",
             (g_get_monotonic_time () - started) / G_TIME_SPAN_SECOND);
  fflush (stderr);
}

static gpointer
show (gpointer data)
{
  CrmCliProgress *self = data;
  const gint64 started = g_get_monotonic_time ();
  gboolean shown = FALSE;

  g_mutex_lock (&self->mutex);
  while (!self->stop)
    {
      /* What is over at once needs no word. */
      g_cond_wait_until (&self->stopped,
                         &self->mutex,
                         g_get_monotonic_time () + G_TIME_SPAN_SECOND / (shown ? 4 : 2));
      if (self->stop)
        break;
      show_once (self, started);
      shown = TRUE;
    }
  g_mutex_unlock (&self->mutex);
  if (shown)
    fputs ("\r\033[K", stderr);

  return NULL;
}

CrmCliProgress *
crm_cli_progress_start (void)
{
  CrmCliProgress *self;

  if (!isatty (STDERR_FILENO))
    return NULL;

  self = g_new0 (CrmCliProgress, 1);
  self->progress = crm_progress_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->stopped);
  self->thread = g_thread_new ("progress", show, self);

  return self;
}

void
crm_cli_progress_stop (CrmCliProgress *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->stop = TRUE;
  g_cond_signal (&self->stopped);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_cond_clear (&self->stopped);
  g_mutex_clear (&self->mutex);
  g_object_unref (self->progress);
  g_free (self);
}

CrmProgress *
crm_cli_progress_get (CrmCliProgress *self)
{
  return self != NULL ? self->progress : NULL;
}
