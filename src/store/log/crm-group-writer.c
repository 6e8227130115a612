#include "store/log/crm-action-private.h"

#include "base/crm-clock.h"

/* A transaction over many sets writes each index page once, not once per set. It ends when somebody
 * waits for the writer, and after this time, so that other programs get a turn. */
#define MAX_TRANSACTION_US (250 * 1000)
/* So small that a second set would not be worth a longer lock. */
#define MAX_TRANSACTION_SETS 40

struct _CrmGroupWriter
{
  CrmReplica *replica;
  CrmUndoStep *step;
  char *why;
  gboolean bulk;
  gboolean confirmed;

  /* While a transaction is open. */
  CrmLogWriter *writer;
  gint64 started;
  guint n_sets;
};

CrmGroupWriter *
crm_group_writer_new (CrmReplica *replica, CrmUndoStep *step, const char *why)
{
  CrmGroupWriter *self = g_new0 (CrmGroupWriter, 1);

  self->replica = g_object_ref (replica);
  self->step = step;
  self->why = g_strdup (why);

  return self;
}

void
crm_group_writer_free (CrmGroupWriter *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->writer, crm_log_writer_free);
  g_clear_pointer (&self->step, crm_undo_step_free);
  g_object_unref (self->replica);
  g_free (self->why);
  g_free (self);
}

CrmUndoStep *
crm_group_writer_get_step (CrmGroupWriter *self)
{
  return self->step;
}

void
crm_group_writer_set_bulk (CrmGroupWriter *self, gboolean bulk)
{
  self->bulk = bulk;
  if (self->writer != NULL)
    crm_log_writer_set_later (self->writer, bulk);
}

void
crm_group_writer_set_confirmed (CrmGroupWriter *self, gboolean confirmed)
{
  self->confirmed = confirmed;
  if (self->writer != NULL)
    crm_log_writer_set_confirmed (self->writer, confirmed);
}

gboolean
crm_group_writer_begin (CrmGroupWriter *self, GError **error)
{
  if (self->writer != NULL)
    return TRUE;

  self->writer = crm_log_writer_begin (self->replica, error);
  if (self->writer == NULL)
    return FALSE;

  crm_log_writer_set_later (self->writer, self->bulk);
  crm_log_writer_set_confirmed (self->writer, self->confirmed);
  self->started = crm_clock_get_monotonic ();
  self->n_sets = 0;

  return TRUE;
}

gboolean
crm_group_writer_commit (CrmGroupWriter *self, GError **error)
{
  g_autoptr (CrmLogWriter) writer = g_steal_pointer (&self->writer);

  if (writer == NULL)
    return TRUE;

  return crm_undo_step_save (self->step, self->replica->db, error) &&
         crm_log_writer_commit (writer, error);
}

static gboolean
is_wanted (CrmGroupWriter *self)
{
  return self->replica->wanted_hook != NULL &&
         self->replica->wanted_hook (self->replica->yield_data);
}

static gboolean
is_time_to_commit (CrmGroupWriter *self)
{
  return self->n_sets >= MAX_TRANSACTION_SETS ||
         crm_clock_get_monotonic () - self->started > MAX_TRANSACTION_US || is_wanted (self);
}

static gboolean
let_go (CrmGroupWriter *self, GError **error)
{
  if (!crm_group_writer_commit (self, error))
    return FALSE;
  if (self->replica->yield_hook != NULL)
    self->replica->yield_hook (self->replica->yield_data);

  return TRUE;
}

gboolean
crm_group_writer_yield (CrmGroupWriter *self, GError **error)
{
  return !is_wanted (self) || let_go (self, error);
}

gboolean
crm_group_writer_write (CrmGroupWriter *self, GPtrArray *edits, GError **error)
{
  CrmUndoStep *step = self->step;
  guint n_changed = 0;

  if (!crm_group_writer_begin (self, error))
    return FALSE;
  if (!crm_log_writer_write (self->writer,
                             step->action,
                             self->why,
                             step->id,
                             edits,
                             NULL,
                             &n_changed,
                             error))
    return FALSE;

  if (n_changed > 0)
    {
      step->last_n = crm_log_writer_get_n (self->writer);
      if (step->first_n == 0)
        step->first_n = step->last_n;
      step->n_records += n_changed;
    }
  self->n_sets++;

  return !is_time_to_commit (self) || let_go (self, error);
}
