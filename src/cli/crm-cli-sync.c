#include "cli/crm-cli-commands.h"

#include "cli/crm-cli-progress.h"
#include "cli/crm-cli-terminal.h"
#include "store/crm-store.h"
#include "store/key/crm-key-finder.h"
#include "store/key/crm-wipe.h"
#include "sync/crm-sync.h"

#include <stdio.h>
#include <string.h>

static char *user;
static char *password_file;
static gboolean insecure;
static gboolean watch;

const GOptionEntry crm_cli_login_options[] = {
  { "user", 0, 0, G_OPTION_ARG_STRING, &user, "Name to log in with", "NAME" },
  { "password-file",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &password_file,
    "File whose first line is the password; else it is asked",
    "FILE" },
  { "insecure",
    0,
    0,
    G_OPTION_ARG_NONE,
    &insecure,
    "Also over plain http, where anybody on the way reads the password",
    NULL },
  G_OPTION_ENTRY_NULL,
};

const GOptionEntry crm_cli_sync_options[] = {
  { "watch", 0, 0, G_OPTION_ARG_NONE, &watch, "Go on until it is stopped", NULL },
  G_OPTION_ENTRY_NULL,
};

/* A run that has a main loop. */
typedef struct
{
  CrmCli *cli;
  CrmStore *store;
  CrmKeyring *keyring; /* nullable */
  char *key_file;      /* nullable */
  CrmSync *sync;
  GMainLoop *loop;
  GSource *stopped;
  gboolean is_stopped;
  gboolean wiped;
  GAsyncResult *result; /* of what was asked for */
} Session;

static gboolean
tick_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* What the threads of the store are still at, they must not be at when the program ends. */
static void
close_store (Session *self)
{
  const guint tick = g_timeout_add (10, tick_cb, NULL);
  gpointer left = self->store;

  crm_sync_stop (self->sync);
  g_object_add_weak_pointer (G_OBJECT (self->store), &left);
  g_clear_object (&self->result);
  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  while (g_atomic_pointer_get (&left) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

static void
session_free (Session *self)
{
  if (self == NULL)
    return;

  if (self->sync != NULL)
    close_store (self);
  if (self->stopped != NULL)
    g_source_destroy (self->stopped);
  g_clear_pointer (&self->stopped, g_source_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_object (&self->result);
  g_clear_object (&self->keyring);
  g_free (self->key_file);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Session, session_free)

static gboolean
stopped_cb (GCancellable *cancellable, gpointer data)
{
  Session *session = data;

  session->is_stopped = TRUE;
  g_main_loop_quit (session->loop);

  return G_SOURCE_REMOVE;
}

static void
wipe_cb (Session *session)
{
  session->wiped = TRUE;
}

static Session *
session_open (CrmCli *self, GError **error)
{
  g_autoptr (Session) session = g_new0 (Session, 1);
  g_autofree char *dir = crm_cli_dup_dir (self);
  g_autofree char *kept_in = NULL;
  g_autoptr (CrmKey) key = crm_cli_find_key (self, &kept_in, error);

  if (key == NULL)
    return NULL;

  /* Before there are threads, which are not to have the signals. */
  crm_cli_watch_signals (self);
  session->cli = self;
  session->key_file = g_strdup (self->key_file != NULL ? self->key_file : kept_in);
  session->keyring = session->key_file == NULL ? crm_keyring_new_system () : NULL;
  session->store = crm_store_open (dir, key, self->model, FALSE, error);
  if (session->store == NULL)
    return NULL;

  session->sync = crm_sync_new (session->store, session->keyring);
  g_signal_connect_swapped (session->sync, "wipe", G_CALLBACK (wipe_cb), session);
  session->loop = g_main_loop_new (NULL, FALSE);
  session->stopped = g_cancellable_source_new (self->cancellable);
  g_source_set_callback (session->stopped, G_SOURCE_FUNC (stopped_cb), session, NULL);
  g_source_attach (session->stopped, NULL);

  return g_steal_pointer (&session);
}

static gboolean
fail_stopped (GError **error)
{
  g_set_error_literal (error,
                       CRM_CLI_ERROR,
                       CRM_CLI_ERROR_FAILED,
                       "stopped; what was exchanged until then is kept");

  return FALSE;
}

/* The device was revoked: nothing of what it had may be left. */
static gboolean
wipe (Session *session, GError **error)
{
  g_autofree char *dir = crm_cli_dup_dir (session->cli);
  g_autofree char *key_file = g_strdup (session->key_file);
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_system ();

  close_store (session);

  return crm_wipe_run (dir, key_file, session->key_file == NULL ? keyring : NULL, error);
}

static gboolean
judge (Session *session, GError **error)
{
  const CrmSyncState state = crm_sync_get_state (session->sync);
  g_autofree char *text = NULL;

  if (session->is_stopped && !watch)
    return fail_stopped (error);
  if (state == CRM_SYNC_IN_STEP || session->is_stopped)
    return TRUE;

  text = crm_sync_describe (state,
                            crm_sync_get_server (session->sync),
                            crm_sync_get_message (session->sync));
  if (session->wiped && !wipe (session, error))
    return FALSE;

  g_set_error_literal (error, CRM_SYNC_ERROR, CRM_SYNC_ERROR_STATE + state, text);

  return FALSE;
}

/* ---- login ---- */

static char *
get_password (CrmCli *self, const char *url, GError **error)
{
  g_autofree char *question = NULL;

  if (password_file != NULL)
    return crm_cli_read_password (password_file, error);

  question = g_strdup_printf ("Password of %s at %s: ", user, url);

  return crm_cli_terminal_ask_password (question, self->cancellable, error);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Session *session = data;

  session->result = g_object_ref (result);
  g_main_loop_quit (session->loop);
}

static gboolean
log_in (Session *session, const char *url, const char *password, GError **error)
{
  crm_sync_set_insecure (session->sync, insecure);
  crm_sync_set_may_move (session->sync, TRUE);
  crm_sync_login_async (session->sync,
                        url,
                        user,
                        password,
                        session->cli->cancellable,
                        result_cb,
                        session);
  while (session->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return crm_sync_login_finish (session->sync, session->result, error);
}

static void
print_login (Session *session)
{
  JsonObject *object;

  if (!session->cli->json)
    {
      crm_cli_print ("logged in at %s as %s\n",
                     crm_sync_get_server (session->sync),
                     crm_sync_get_user (session->sync));
      return;
    }

  object = json_object_new ();
  crm_cli_add_string (object, "server", crm_sync_get_server (session->sync));
  crm_cli_add_string (object, "user", crm_sync_get_user (session->sync));
  crm_cli_print_json (object);
}

gboolean
crm_cli_login (CrmCli *self, char **args, GError **error)
{
  g_autoptr (Session) session = NULL;
  g_autofree char *server = NULL;
  g_autofree char *password = NULL;
  gboolean done;

  if (!crm_cli_expect (args, 1, 1, error))
    return FALSE;
  if (user == NULL || user[0] == '\0')
    return crm_cli_usage_error (error, "--user is missing");
  server = crm_sync_normalize_server (args[0], insecure, error);
  if (server == NULL || !(session = session_open (self, error)))
    return FALSE;
  password = get_password (self, server, error);
  if (password == NULL)
    return FALSE;

  done = log_in (session, server, password, error);
  explicit_bzero (password, strlen (password));
  if (!done && session->wiped)
    wipe (session, NULL);
  if (done)
    print_login (session);

  return done;
}

/* ---- history ---- */

static gboolean
load_past (Session *session, const char *id, GError **error)
{
  crm_sync_load_past_async (session->sync, id, session->cli->cancellable, result_cb, session);
  while (session->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return crm_sync_load_past_finish (session->sync, session->result, error);
}

void
crm_cli_fetch_past (CrmCli *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Session) session = session_open (self, &error);

  if (session == NULL || !load_past (session, id, &error))
    crm_cli_warn ("%s; this is what is known here", error->message);
}

/* ---- sync ---- */

static void
done_cb (Session *session)
{
  g_main_loop_quit (session->loop);
}

/* Each state that lasts is worth a line to who watches. */
static void
state_cb (Session *session)
{
  const CrmSyncState state = crm_sync_get_state (session->sync);
  g_autofree char *text = NULL;

  if (state == CRM_SYNC_WORKING || session->is_stopped)
    return;
  if (crm_sync_state_is_final (state) && state != CRM_SYNC_PAUSED)
    {
      g_main_loop_quit (session->loop);
      return;
    }

  text = crm_sync_describe (state,
                            crm_sync_get_server (session->sync),
                            crm_sync_get_message (session->sync));
  if (state == CRM_SYNC_IN_STEP)
    crm_cli_print ("%s\n", text);
  else
    crm_cli_warn ("%s", text);
  fflush (stdout);
}

static void
progress_cb (CrmSync *sync, GParamSpec *pspec, CrmProgress *progress)
{
  const double part = crm_sync_get_progress (sync);

  if (part >= 0)
    crm_progress_set (progress, (guint64) (part * 100), 100);
}

static gboolean
run_sync (Session *session, GError **error)
{
  g_autoptr (CrmCliProgress) progress = watch ? NULL : crm_cli_progress_start ();

  g_signal_connect_swapped (session->sync, "done", G_CALLBACK (done_cb), session);
  if (watch)
    g_signal_connect_swapped (session->sync, "notify::state", G_CALLBACK (state_cb), session);
  if (progress != NULL)
    g_signal_connect_object (session->sync,
                             "notify::progress",
                             G_CALLBACK (progress_cb),
                             crm_cli_progress_get (progress),
                             G_CONNECT_DEFAULT);
  if (!crm_sync_start (session->sync, watch, error))
    return FALSE;

  g_main_loop_run (session->loop);

  return TRUE;
}

gboolean
crm_cli_sync (CrmCli *self, char **args, GError **error)
{
  g_autoptr (Session) session = NULL;

  if (!crm_cli_expect (args, 0, 0, error))
    return FALSE;
  session = session_open (self, error);

  return session != NULL && run_sync (session, error) && judge (session, error);
}
