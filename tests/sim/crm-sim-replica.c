#include "crm-sim-replica.h"

#include "crm-sim-user.h"
#include "crm-sim-vfs.h"

#include "base/crm-id.h"
#include "store/crm-backup.h"
#include "store/crm-replica-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* A machine that is killed again and again while it starts. */
#define MAX_KILLS_AT_START 3
#define USER               "sim"
#define DEVICE             "laptop"
#define DAY                (24 * 3600 * (gint64) G_USEC_PER_SEC)

struct _CrmSimReplica
{
  char *dir;
  CrmSimDisk *disk;
  CrmReplica *replica;
  gint64 clock_offset;
  guint n_kills;
  CrmSimNetwork *network;
  char *token;

  /* (element-type CrmSimModel): what the records were after each step that was not undone and what
   * they would be after each that was; as undo in a text editor. */
  GPtrArray *states;
  guint position;
  /* (element-type utf8): of each set that a call acknowledged, in order. */
  GPtrArray *log;
};

/* What a step leads to when it succeeds. */
typedef enum
{
  STEP_NOTHING,
  STEP_DO,
  STEP_UNDO,
  STEP_REDO,
} Step;

static const guint8 key_bytes[CRM_KEY_SIZE] = { 1, 2, 3 };

static gboolean
open_replica (CrmSimReplica *self, GError **error)
{
  g_autoptr (CrmKey) key = crm_key_new_from_bytes (key_bytes);

  self->replica = crm_replica_open (self->dir, key, NULL, CRM_REPLICA_READ_WRITE, error);

  return self->replica != NULL;
}

/* A real file by the name, since the store asks the file system whether there is a replica. */
static void
touch_database (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "replica.db", NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (dir, 0700);
  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);
}

CrmSimDisk *
crm_sim_replica_make_image (const char *dir, GError **error)
{
  g_autoptr (CrmSimDisk) disk = crm_sim_disk_new ();
  g_autoptr (CrmSimDisk) image = crm_sim_disk_new ();
  g_autoptr (CrmKey) key = crm_key_new_from_bytes (key_bytes);
  g_autoptr (CrmReplica) replica = NULL;
  gboolean made;

  crm_sim_vfs_mount (dir, disk);
  replica = crm_replica_create (dir, key, NULL, error);
  made = replica != NULL && crm_replica_set_setting (replica, "user", USER, error) &&
         crm_replica_set_setting (replica, "device", DEVICE, error);
  g_clear_object (&replica);
  crm_sim_vfs_unmount (dir);
  crm_sim_disk_copy_from (image, disk);

  return made ? g_steal_pointer (&image) : NULL;
}

CrmSimReplica *
crm_sim_replica_new (const char *dir, CrmSimDisk *image, guint64 seed)
{
  CrmSimReplica *self = g_new0 (CrmSimReplica, 1);
  g_autofree char *id = crm_id_new ();
  g_autoptr (GError) error = NULL;

  self->dir = g_strdup (dir);
  self->disk = crm_sim_disk_new ();
  self->states = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_sim_model_free);
  self->log = g_ptr_array_new_with_free_func (g_free);
  touch_database (dir);
  crm_sim_disk_copy_from (self->disk, image);
  crm_sim_vfs_mount (dir, self->disk);

  open_replica (self, &error);
  g_assert_no_error (error);
  crm_replica_set_meta (self->replica, "replica", id, &error);
  g_assert_no_error (error);
  g_clear_object (&self->replica);
  open_replica (self, &error);
  g_assert_no_error (error);
  g_ptr_array_add (self->states, crm_sim_model_new_from_replica (self->replica, &error));
  g_assert_no_error (error);

  return self;
}

void
crm_sim_replica_free (CrmSimReplica *self)
{
  g_clear_object (&self->replica);
  crm_sim_vfs_unmount (self->dir);
  crm_sim_disk_free (self->disk);
  g_ptr_array_unref (self->states);
  g_ptr_array_unref (self->log);
  g_free (self->token);
  g_free (self->dir);
  g_free (self);
}

CrmReplica *
crm_sim_replica_get_replica (CrmSimReplica *self)
{
  return self->replica;
}

CrmSimDisk *
crm_sim_replica_get_disk (CrmSimReplica *self)
{
  return self->disk;
}

gint64
crm_sim_replica_get_clock_offset (CrmSimReplica *self)
{
  return self->clock_offset;
}

guint
crm_sim_replica_get_n_kills (CrmSimReplica *self)
{
  return self->n_kills;
}

/* ---- what may be wrong ---- */

G_GNUC_PRINTF (2, 3)
static gboolean
fail (char **failure, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  *failure = g_strdup_vprintf (format, args);
  va_end (args);

  return FALSE;
}

static GPtrArray *
read_log (CrmSimReplica *self, GError **error)
{
  static const char sql[] =
      "SELECT n || ' ' || user || '@' || device || ' ' || id || ' ' || hex (digest) FROM change_set"
      " ORDER BY n";
  g_autoptr (GPtrArray) log = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (crm_replica_get_db (self->replica), sql, error);
  CrmStep step;

  if (stmt == NULL)
    return NULL;

  while ((step = crm_stmt_step (stmt, error)) == CRM_STEP_ROW)
    g_ptr_array_add (log, crm_stmt_dup_text (stmt, 0));

  return step == CRM_STEP_DONE ? g_steal_pointer (&log) : NULL;
}

/* What was acknowledged is there, in its place; more only when @may_grow. */
static gboolean
check_log (CrmSimReplica *self, gboolean may_grow, char **failure)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *log = read_log (self, &error);

  if (log == NULL)
    return fail (failure, "the log cannot be read: %s", error->message);

  for (guint i = 0; i < self->log->len; i++)
    if (i >= log->len || !g_str_equal (log->pdata[i], self->log->pdata[i]))
      {
        g_ptr_array_unref (log);
        return fail (failure,
                     "acknowledged set “%s” is not in the log",
                     (char *) self->log->pdata[i]);
      }
  for (guint i = self->log->len; i < log->len; i++)
    if (strstr (log->pdata[i], " " USER "@" DEVICE " ") == NULL)
      {
        g_ptr_array_unref (log);
        return fail (failure, "a set names another author");
      }
  if (log->len > self->log->len && !may_grow)
    {
      g_ptr_array_unref (log);
      return fail (failure, "the log grew though nothing was done");
    }

  g_ptr_array_unref (self->log);
  self->log = log;

  return TRUE;
}

static CrmSimModel *
get_state (CrmSimReplica *self)
{
  return g_ptr_array_index (self->states, self->position);
}

/* ---- one step ---- */

static CrmSimModel *
get_expected (CrmSimReplica *self, Step step, CrmSimModel *after)
{
  switch (step)
    {
    case STEP_DO:
      return after;

    case STEP_UNDO:
      return g_ptr_array_index (self->states, self->position - 1);

    case STEP_REDO:
      return g_ptr_array_index (self->states, self->position + 1);

    case STEP_NOTHING:
    default:
      return get_state (self);
    }
}

/* The step was made: it is part of what is true from now on. */
static void
adopt (CrmSimReplica *self, Step step, CrmSimModel *after)
{
  g_autofree char *difference = NULL;

  if (step == STEP_UNDO)
    self->position--;
  else if (step == STEP_REDO)
    self->position++;
  /* A step that changes nothing is none. */
  else if (step == STEP_DO &&
           (difference = crm_sim_model_dup_difference (get_state (self), after)) != NULL)
    {
      g_ptr_array_set_size (self->states, (int) self->position + 1);
      g_ptr_array_add (self->states, crm_sim_model_copy (after));
      self->position++;
    }
}

/* @done: the call succeeded, so only the state after it will do. */
static gboolean
check_state (CrmSimReplica *self, Step step, CrmSimModel *after, gboolean done, char **failure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmSimModel) state = crm_sim_model_new_from_replica (self->replica, &error);
  g_autofree char *to_after = NULL;
  g_autofree char *to_before = NULL;

  if (state == NULL)
    return fail (failure, "the records cannot be read: %s", error->message);

  to_after = crm_sim_model_dup_difference (state, get_expected (self, step, after));
  if (to_after == NULL)
    {
      adopt (self, step, after);
      return TRUE;
    }
  if (done)
    return fail (failure, "after the call returned: %s", to_after);

  to_before = crm_sim_model_dup_difference (state, get_state (self));
  if (to_before != NULL)
    return fail (failure, "neither before (%s) nor after (%s)", to_before, to_after);

  return TRUE;
}

static gboolean
run_edit (CrmSimReplica *self, CrmSimRandom *random, CrmSimModel *after, GError **error)
{
  g_autoptr (CrmChangeSet)
      set = crm_sim_user_edit (crm_replica_get_model (self->replica), random, after);

  return crm_replica_apply (self->replica, set, NULL, error);
}

/* Somebody else wants to write: a long action commits after each set. */
static gboolean
is_wanted (gpointer data)
{
  return TRUE;
}

static gboolean
run_action (CrmSimReplica *self, CrmSimRandom *random, CrmSimModel *after, GError **error)
{
  g_autoptr (GPtrArray)
      records = crm_sim_user_import (crm_replica_get_model (self->replica), random, after);
  g_autoptr (CrmAction) action = crm_action_begin (self->replica, "import", NULL, error);

  if (action == NULL)
    return FALSE;

  crm_replica_set_yield_hooks (self->replica,
                               NULL,
                               crm_sim_random_chance (random, 70) ? is_wanted : NULL,
                               NULL);
  crm_action_set_bulk (action, crm_sim_random_chance (random, 30));
  for (guint i = 0; i < records->len; i++)
    if (!crm_action_put (action, records->pdata[i], error))
      return FALSE;

  return crm_action_finish (action, NULL, error);
}

static gboolean
run_undo (CrmSimReplica *self, Step step, GError **error)
{
  g_autoptr (CrmUndoResult) result = step == STEP_UNDO
                                         ? crm_replica_undo (self->replica, NULL, NULL, NULL, error)
                                         : crm_replica_redo (self->replica, NULL, NULL, error);

  return result != NULL;
}

static Step
choose_step (CrmSimReplica *self, CrmSimEventType type)
{
  switch (type)
    {
    case CRM_SIM_EVENT_EDIT:
    case CRM_SIM_EVENT_ACTION:
      return STEP_DO;

    case CRM_SIM_EVENT_UNDO:
      return self->position > 0 ? STEP_UNDO : STEP_NOTHING;

    case CRM_SIM_EVENT_REDO:
      return self->position + 1 < self->states->len ? STEP_REDO : STEP_NOTHING;

    case CRM_SIM_EVENT_RESTART:
    case CRM_SIM_EVENT_CLOCK:
    case CRM_SIM_EVENT_CHECK:
    case CRM_SIM_EVENT_SYNC:
    case CRM_SIM_EVENT_LATE:
    case CRM_SIM_N_EVENTS:
    default:
      return STEP_NOTHING;
    }
}

static void
set_clock (CrmSimReplica *self, CrmSimRandom *random)
{
  static const gint64 offsets[] = {
    0, -3600 * (gint64) G_USEC_PER_SEC, DAY, 3650 * DAY, -3650 * DAY
  };

  self->clock_offset = offsets[crm_sim_random_below (random, G_N_ELEMENTS (offsets))];
}

static gboolean
run_step (CrmSimReplica *self,
          const CrmSimEvent *event,
          Step step,
          CrmSimRandom *random,
          CrmSimModel *after,
          GError **error)
{
  if (event->type == CRM_SIM_EVENT_EDIT)
    return run_edit (self, random, after, error);
  if (event->type == CRM_SIM_EVENT_ACTION)
    return run_action (self, random, after, error);
  if (step != STEP_NOTHING)
    return run_undo (self, step, error);
  if (event->type == CRM_SIM_EVENT_CLOCK)
    set_clock (self, random);
  if (event->type != CRM_SIM_EVENT_RESTART)
    return TRUE;

  g_clear_object (&self->replica);

  return open_replica (self, error);
}

/* Starts the program, now and then killed while it does. */
static gboolean
start_again (CrmSimReplica *self, gboolean power, CrmSimRandom *random, char **failure)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->replica);
  for (guint i = 0; i < MAX_KILLS_AT_START; i++)
    {
      crm_sim_disk_restart (self->disk, power, random);
      if (i + 1 < MAX_KILLS_AT_START && crm_sim_random_chance (random, 30))
        crm_sim_disk_plan (self->disk,
                           CRM_SIM_FAULT_KILL,
                           CRM_SIM_OP_ANY & ~CRM_SIM_OP_READ,
                           crm_sim_random_below (random, 12),
                           1);
      g_clear_error (&error);
      if (open_replica (self, &error))
        break;
      if (!crm_sim_disk_is_dead (self->disk))
        return fail (failure, "the replica does not open any more: %s", error->message);
    }
  if (self->replica == NULL)
    return fail (failure, "the replica does not open any more: %s", error->message);
  crm_sim_disk_heal (self->disk);

  return TRUE;
}

gboolean
crm_sim_replica_check (CrmSimReplica *self, char **failure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = crm_replica_check (self->replica, NULL, &error);

  if (problems == NULL)
    return fail (failure, "checking failed: %s", error->message);
  if (problems->len > 0)
    return fail (failure, "%s", (char *) g_ptr_array_index (problems, 0));

  return TRUE;
}

/* Brings the program back to where its user can go on. */
static gboolean
recover (CrmSimReplica *self,
         const CrmSimEvent *event,
         gboolean done,
         CrmSimRandom *random,
         const GError *error,
         char **failure)
{
  const gboolean had_fault = crm_sim_disk_has_failed (self->disk);

  self->n_kills += crm_sim_disk_is_dead (self->disk);
  if (crm_sim_disk_is_dead (self->disk))
    return start_again (self, event->power, random, failure);

  crm_sim_disk_heal (self->disk);
  if (!done && !had_fault)
    return fail (failure, "failed for no reason: %s", error->message);
  /* What is half done of an action is taken back at the next start; and some people start their
   * program anew after an error. */
  /* A page that was not read whole is a forged one to SQLCipher, which refuses all work on the
   * connection from then on. */
  if (had_fault && (event->fault_ops & CRM_SIM_OP_READ) != 0)
    return start_again (self, FALSE, random, failure);
  if (!done && (self->replica == NULL || event->type != CRM_SIM_EVENT_EDIT ||
                crm_sim_random_chance (random, 50)))
    return start_again (self, FALSE, random, failure);

  return TRUE;
}

gboolean
crm_sim_replica_run (CrmSimReplica *self, const CrmSimEvent *event, char **told, char **failure)
{
  const Step step = choose_step (self, event->type);
  g_autoptr (CrmSimModel) after = crm_sim_model_copy (get_state (self));
  g_autoptr (GError) error = NULL;
  CrmSimRandom random;
  gboolean done;

  crm_sim_random_seed (&random, event->seed);
  /* Only a program that was just started still reads. */
  if (event->fault_ops == CRM_SIM_OP_READ && !start_again (self, FALSE, &random, failure))
    return FALSE;
  if (event->fault != CRM_SIM_FAULT_NONE)
    crm_sim_disk_plan (self->disk,
                       event->fault,
                       event->fault_ops,
                       event->fault_at,
                       event->fault_times);
  done = run_step (self, event, step, &random, after, &error);
  if (!recover (self, event, done, &random, error, failure) ||
      !check_log (self, step != STEP_NOTHING || !done, failure) ||
      !check_state (self, step, after, done, failure))
    return FALSE;
  if (event->type == CRM_SIM_EVENT_CHECK && !crm_sim_replica_check (self, failure))
    return FALSE;

  *told = g_strdup_printf ("%s, %u records, %s, %" G_GUINT64_FORMAT " operations",
                           done ? "done" : "failed",
                           crm_sim_model_get_n (get_state (self)),
                           self->log->len > 0
                               ? (char *) g_ptr_array_index (self->log, self->log->len - 1)
                               : "no log",
                           crm_sim_disk_get_n_ops (self->disk));

  return TRUE;
}

/* ---- with the server ---- */

void
crm_sim_replica_connect (CrmSimReplica *self, CrmSimNetwork *network)
{
  self->network = network;
  self->token = crm_sim_server_add_replica (network->server, crm_replica_get_id (self->replica));
}

CrmSimModel *
crm_sim_replica_get_model (CrmSimReplica *self)
{
  return get_state (self);
}

/* What others did is true now, and what could be undone before is not the oracle's to know. */
static gboolean
take_state (CrmSimReplica *self, char **failure)
{
  g_autoptr (GError) error = NULL;
  CrmSimModel *state = crm_sim_model_new_from_replica (self->replica, &error);

  if (state == NULL)
    return fail (failure, "the records cannot be read: %s", error->message);

  g_ptr_array_set_size (self->states, 0);
  g_ptr_array_add (self->states, state);
  self->position = 0;

  return TRUE;
}

gboolean
crm_sim_replica_sync (CrmSimReplica *self,
                      const CrmSimEvent *event,
                      gboolean *complete,
                      char **told,
                      char **failure)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const CrmSimEvent fair = { .type = CRM_SIM_EVENT_SYNC };

  if (event == NULL)
    event = &fair;
  if (event->fault != CRM_SIM_FAULT_NONE)
    crm_sim_disk_plan (self->disk,
                       event->fault,
                       event->fault_ops,
                       event->fault_at,
                       event->fault_times);
  *complete = crm_sim_client_sync (self->replica, self->token, self->network, text, failure);
  if (*failure != NULL && !crm_sim_disk_has_failed (self->disk))
    return FALSE;
  g_clear_pointer (failure, g_free);
  if (!recover (self, event, TRUE, self->network->random, NULL, failure) ||
      !check_log (self, FALSE, failure) || !take_state (self, failure))
    return FALSE;

  *told = g_strdup_printf ("%s%s, %u records",
                           text->str,
                           *complete ? " complete" : "",
                           crm_sim_model_get_n (get_state (self)));

  return TRUE;
}
