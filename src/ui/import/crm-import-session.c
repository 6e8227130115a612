#include "ui/import/crm-import-session.h"

/* Long enough to choose the next column before the file is tried again. */
#define TRIAL_DELAY 250

struct _CrmImportSession
{
  GObject parent_instance;

  CrmStore *store;
  CrmImportState state;
  GFile *file;
  char *kind; /* nullable: as guessed */
  CrmCsvFormat format;
  CrmImportPlan *plan;
  GError *error;
  CrmImportResult *preview;
  GError *preview_error;
  CrmImportResult *result;
  CrmProgress *progress;
  /* Of reading or importing, and of the trial; each new one cancels the one before. */
  GCancellable *cancellable;
  GCancellable *trial;
  guint trial_timer;
};

G_DEFINE_FINAL_TYPE (CrmImportSession, crm_import_session, G_TYPE_OBJECT)

enum
{
  STATE_CHANGED,
  PREVIEW_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What a thread works on: copies. */
typedef struct
{
  CrmModel *model;
  GFile *file;
  char *kind;
  CrmCsvFormat format;
  CrmImportPlan *plan;
  CrmImportFlags flags;
  CrmProgress *progress;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->model, crm_model_unref);
  g_clear_object (&job->file);
  g_free (job->kind);
  g_clear_pointer (&job->plan, crm_import_plan_free);
  g_clear_object (&job->progress);
  g_free (job);
}

static void
set_state (CrmImportSession *self, CrmImportState state)
{
  self->state = state;
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

static GCancellable *
renew (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();

  return *cancellable;
}

static gpointer
import_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return crm_import_run (replica, job->plan, job->flags, job->progress, cancellable, error);
}

static Job *
import_job_new (CrmImportSession *self, CrmImportFlags flags)
{
  Job *job = g_new0 (Job, 1);

  job->plan = crm_import_plan_copy (self->plan);
  job->flags = flags;
  if ((flags & CRM_IMPORT_DRY_RUN) == 0)
    job->progress = g_object_ref (self->progress);

  return job;
}

static void
tried_cb (GObject *source, GAsyncResult *async, gpointer user_data)
{
  g_autoptr (CrmImportSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportResult) preview = crm_store_run_finish (CRM_STORE (source), async, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->trial);
  g_clear_error (&self->preview_error);
  g_clear_pointer (&self->preview, crm_import_result_free);
  self->preview = g_steal_pointer (&preview);
  self->preview_error = g_steal_pointer (&error);
  if (self->preview_error != NULL && self->preview_error->domain != CRM_EXCHANGE_ERROR)
    g_message ("Trying an import failed: %s", self->preview_error->message);
  g_signal_emit (self, signals[PREVIEW_CHANGED], 0);
}

static gboolean
try_cb (gpointer user_data)
{
  CrmImportSession *self = user_data;

  self->trial_timer = 0;
  /* On the writer, which has nothing else to do under this dialog: lists go on reading. */
  crm_store_run_async (self->store,
                       CRM_STORE_BULK,
                       import_on_worker,
                       import_job_new (self, CRM_IMPORT_DRY_RUN),
                       job_free,
                       (GDestroyNotify) crm_import_result_free,
                       renew (&self->trial),
                       tried_cb,
                       g_object_ref (self));
  g_signal_emit (self, signals[PREVIEW_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

static void
stop_trial (CrmImportSession *self)
{
  g_clear_handle_id (&self->trial_timer, g_source_remove);
  g_cancellable_cancel (self->trial);
  g_clear_object (&self->trial);
}

static void
plan_changed (CrmImportSession *self)
{
  stop_trial (self);
  self->trial_timer = g_timeout_add (TRIAL_DELAY, try_cb, self);
  g_signal_emit (self, signals[PREVIEW_CHANGED], 0);
}

static void
read_on_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  CrmImportOptions options = { .kind = job->kind, .format = job->format };
  g_autoptr (GError) error = NULL;
  CrmImportPlan *plan = crm_import_plan_new (job->model, job->file, &options, cancellable, &error);

  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) crm_import_plan_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CrmImportSession *self = CRM_IMPORT_SESSION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportPlan) plan = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_pointer (&self->plan, crm_import_plan_free);
  g_clear_error (&self->error);
  self->plan = g_steal_pointer (&plan);
  self->error = g_steal_pointer (&error);
  if (self->plan == NULL)
    {
      g_message ("Reading a file to import failed: %s", self->error->message);
      set_state (self, CRM_IMPORT_STATE_UNREADABLE);
      return;
    }

  self->format = *crm_import_plan_get_format (self->plan);
  set_state (self, CRM_IMPORT_STATE_READY);
  plan_changed (self);
}

static void
read_file (CrmImportSession *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job = g_new0 (Job, 1);

  stop_trial (self);
  job->model = crm_model_ref (crm_store_get_model (self->store));
  job->file = g_object_ref (self->file);
  job->kind = g_strdup (self->kind);
  job->format = self->format;

  task = g_task_new (self, renew (&self->cancellable), read_cb, NULL);
  g_task_set_source_tag (task, read_file);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, read_on_thread);
  set_state (self, CRM_IMPORT_STATE_READING);
}

static void
imported_cb (GObject *source, GAsyncResult *async, gpointer user_data)
{
  g_autoptr (CrmImportSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportResult) result = crm_store_run_finish (CRM_STORE (source), async, &error);

  g_clear_error (&self->error);
  if (result != NULL)
    {
      g_clear_pointer (&self->result, crm_import_result_free);
      self->result = g_steal_pointer (&result);
      set_state (self, CRM_IMPORT_STATE_DONE);
      return;
    }

  /* Nothing was imported, so the plan can be mended and tried again. */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_message ("Importing failed: %s", error->message);
      self->error = g_steal_pointer (&error);
    }
  set_state (self, CRM_IMPORT_STATE_READY);
}

static void
crm_import_session_dispose (GObject *object)
{
  CrmImportSession *self = CRM_IMPORT_SESSION (object);

  stop_trial (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_import_session_parent_class)->dispose (object);
}

static void
crm_import_session_finalize (GObject *object)
{
  CrmImportSession *self = CRM_IMPORT_SESSION (object);

  g_clear_object (&self->file);
  g_free (self->kind);
  g_clear_pointer (&self->plan, crm_import_plan_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->preview, crm_import_result_free);
  g_clear_error (&self->preview_error);
  g_clear_pointer (&self->result, crm_import_result_free);
  g_clear_object (&self->progress);

  G_OBJECT_CLASS (crm_import_session_parent_class)->finalize (object);
}

static void
crm_import_session_class_init (CrmImportSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_import_session_dispose;
  object_class->finalize = crm_import_session_finalize;

  signals[STATE_CHANGED] = g_signal_new ("state-changed",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         0);
  signals[PREVIEW_CHANGED] = g_signal_new ("preview-changed",
                                           G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           0);
}

static void
crm_import_session_init (CrmImportSession *self)
{
  self->progress = crm_progress_new ();
}

CrmImportSession *
crm_import_session_new (CrmStore *store)
{
  CrmImportSession *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_IMPORT_SESSION, NULL);
  self->store = g_object_ref (store);

  return self;
}

CrmStore *
crm_import_session_get_store (CrmImportSession *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SESSION (self), NULL);

  return self->store;
}

CrmImportState
crm_import_session_get_state (CrmImportSession *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SESSION (self), CRM_IMPORT_STATE_EMPTY);

  return self->state;
}

const CrmImportPlan *
crm_import_session_get_plan (CrmImportSession *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SESSION (self), NULL);

  return self->plan;
}

const GError *
crm_import_session_get_error (CrmImportSession *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SESSION (self), NULL);

  return self->error;
}

const CrmImportResult *
crm_import_session_get_preview (CrmImportSession *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SESSION (self), NULL);

  return self->preview;
}

const GError *
crm_import_session_get_preview_error (CrmImportSession *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SESSION (self), NULL);

  return self->preview_error;
}

gboolean
crm_import_session_is_trying (CrmImportSession *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SESSION (self), FALSE);

  return self->trial_timer != 0 || self->trial != NULL;
}

const CrmImportResult *
crm_import_session_get_result (CrmImportSession *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SESSION (self), NULL);

  return self->result;
}

CrmProgress *
crm_import_session_get_progress (CrmImportSession *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_SESSION (self), NULL);

  return self->progress;
}

void
crm_import_session_set_file (CrmImportSession *self, GFile *file)
{
  g_return_if_fail (CRM_IS_IMPORT_SESSION (self));
  g_return_if_fail (G_IS_FILE (file));

  g_set_object (&self->file, file);
  self->format = (CrmCsvFormat) { 0 };
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->preview, crm_import_result_free);
  g_clear_error (&self->preview_error);
  read_file (self);
}

void
crm_import_session_set_kind (CrmImportSession *self, const char *kind)
{
  g_return_if_fail (CRM_IS_IMPORT_SESSION (self));

  if (g_set_str (&self->kind, kind))
    read_file (self);
}

void
crm_import_session_set_format (CrmImportSession *self, const CrmCsvFormat *format)
{
  g_return_if_fail (CRM_IS_IMPORT_SESSION (self));
  g_return_if_fail (format != NULL);

  self->format = *format;
  read_file (self);
}

void
crm_import_session_set_target (CrmImportSession *self, guint column, const CrmImportTarget *target)
{
  g_return_if_fail (CRM_IS_IMPORT_SESSION (self));
  g_return_if_fail (self->state == CRM_IMPORT_STATE_READY);

  crm_import_plan_set_target (self->plan, column, target);
  plan_changed (self);
}

void
crm_import_session_set_date_order (CrmImportSession *self, CrmDateOrder order)
{
  g_return_if_fail (CRM_IS_IMPORT_SESSION (self));
  g_return_if_fail (self->state == CRM_IMPORT_STATE_READY);

  for (guint i = 0; i < crm_import_plan_get_n_columns (self->plan); i++)
    if (crm_import_plan_get_column (self->plan, i)->has_dates)
      crm_import_plan_set_date_order (self->plan, i, order);
  plan_changed (self);
}

void
crm_import_session_start (CrmImportSession *self)
{
  g_return_if_fail (CRM_IS_IMPORT_SESSION (self));
  g_return_if_fail (self->state == CRM_IMPORT_STATE_READY);

  stop_trial (self);
  crm_progress_set (self->progress, 0, crm_import_plan_get_n_rows (self->plan));
  crm_store_run_async (self->store,
                       CRM_STORE_BULK,
                       import_on_worker,
                       import_job_new (self, CRM_IMPORT_DEFAULT),
                       job_free,
                       (GDestroyNotify) crm_import_result_free,
                       renew (&self->cancellable),
                       imported_cb,
                       g_object_ref (self));
  set_state (self, CRM_IMPORT_STATE_IMPORTING);
}

void
crm_import_session_cancel (CrmImportSession *self)
{
  g_return_if_fail (CRM_IS_IMPORT_SESSION (self));

  g_cancellable_cancel (self->cancellable);
}
