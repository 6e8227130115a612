#include "server/crm-server-run-private.h"

#include "server/crm-server-error.h"
#include "server/crm-server-http.h"
#include "server/crm-server-log.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#define DEFAULT_LISTEN "127.0.0.1:8470"

typedef struct
{
  CrmServerHttp *http;
  GMainLoop *loop;
} Serving;

static void
stopped_cb (gpointer data)
{
  g_main_loop_quit (((Serving *) data)->loop);
}

static gboolean
signal_cb (gpointer data)
{
  Serving *self = data;

  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "MESSAGE", "stopping");
  crm_server_http_stop (self->http, stopped_cb, self);

  return G_SOURCE_CONTINUE;
}

static gboolean
load_certificate (const CrmServerOptions *options, GTlsCertificate **certificate, GError **error)
{
  if (options->certificate == NULL && options->key == NULL)
    return TRUE;
  if (options->certificate == NULL || options->key == NULL)
    {
      g_set_error (error,
                   CRM_SERVER_ERROR,
                   CRM_SERVER_ERROR_USAGE,
                   "--tls-cert and --tls-key go together");
      return FALSE;
    }
  *certificate = g_tls_certificate_new_from_files (options->certificate, options->key, error);
  if (*certificate == NULL)
    g_prefix_error (error, "“%s” with “%s”: ", options->certificate, options->key);

  return *certificate != NULL;
}

/* A password or a token in the clear is for this machine only, or for a proxy in front. */
static gboolean
check_listen (const CrmServerOptions *options, const char *address, GError **error)
{
  gboolean is_loopback;

  if (!crm_server_http_check_address (address, &is_loopback, error))
    return FALSE;
  if (options->certificate != NULL || options->insecure || is_loopback)
    return TRUE;

  g_set_error (error,
               CRM_SERVER_ERROR,
               CRM_SERVER_ERROR_USAGE,
               "“%s” is not this machine only: give --tls-cert and --tls-key, or --insecure behind "
               "a proxy that has them",
               address);
  return FALSE;
}

/* Each laptop holds a connection. */
static void
raise_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

/* Beside the database, of which they are a part. */
static gboolean
keep_segments (CrmServerHttp *http, const char *database, GError **error)
{
  g_autofree char *dir = crm_server_store_dup_cache (database);

  return dir == NULL || crm_server_http_set_cache (http, dir, error);
}

gboolean
crm_server_serve (const CrmServerOptions *options, GError **error)
{
  const char *address = options->listen != NULL ? options->listen : DEFAULT_LISTEN;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (CrmServerHttp) http = NULL;
  g_autofree char *url = NULL;
  CrmServerStore *store;
  Serving serving;
  guint sources[2];

  if (!check_listen (options, address, error) || !load_certificate (options, &certificate, error) ||
      !(store = crm_server_store_open (options->database, FALSE, error)))
    return FALSE;
  if (!store->ops->claim (store, error))
    {
      crm_server_store_free (store);
      return FALSE;
    }

  raise_limit ();
  /* A file that may not grow is a full disk to whoever writes to it, not the end. */
  signal (SIGXFSZ, SIG_IGN);
  http = crm_server_http_new (store, crm_model_get_default ());
  if (!keep_segments (http, options->database, error))
    return FALSE;
  if (!(url = crm_server_http_listen (http, address, certificate, error)))
    return FALSE;

  loop = g_main_loop_new (NULL, FALSE);
  serving = (Serving) { http, loop };
  sources[0] = g_unix_signal_add (SIGTERM, signal_cb, &serving);
  sources[1] = g_unix_signal_add (SIGINT, signal_cb, &serving);
  printf ("listening on %s\n", url);
  fflush (stdout);
  g_main_loop_run (loop);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);

  return TRUE;
}
