#include "sync/crm-sync.h"

G_DEFINE_QUARK (crm-sync-error-quark, crm_sync_error)

/* What is the matter, with the server's address in it, and what to do. */
static const struct
{
  const char *what;
  const char *advice;
} words[] = {
  [CRM_SYNC_PAUSED] = { "%s: stopped", NULL },
  [CRM_SYNC_WORKING] = { "%s: not finished", "try again" },
  [CRM_SYNC_IN_STEP] = { "%s: in step", NULL },
  [CRM_SYNC_OFFLINE] = { "%s cannot be reached",
                         "look at the network and the address; your changes are kept" },
  [CRM_SYNC_PORTAL] = { "What answers at %s is no CRM server",
                        "the network may want you to sign in first: open a web page in a browser" },
  [CRM_SYNC_PROXY_LOGIN] = { "The proxy on the way to %s wants a password",
                             "sign in to the proxy, or change it in the settings of the network" },
  [CRM_SYNC_TLS_ERROR] = { "The certificate of %s cannot be trusted",
                           "nothing was sent; ask who runs the server" },
  [CRM_SYNC_WRONG_PASSWORD] = { "%s does not know this user name and password",
                                "type them again, or ask for a new password" },
  [CRM_SYNC_SIGNED_OUT] = { "This replica is not signed in at %s",
                            "run “crm-cli login URL --user NAME”" },
  [CRM_SYNC_REVOKED] = { "%s has revoked this device",
                         "its records are removed from here; ask who runs the server" },
  [CRM_SYNC_SERVER_TOO_OLD] = { "%s is too old for this program",
                                "have the server brought up to date" },
  [CRM_SYNC_APP_TOO_OLD] = { "This program is too old for %s", "install the newest version of it" },
  [CRM_SYNC_OTHER_COMPANY] = { "%s is the server of another company than this replica's",
                               "send or dismiss what waits here first, or make a new replica for "
                               "it with “crm-cli --data DIR init”" },
  [CRM_SYNC_SERVER_ERROR] = { "%s cannot do it now", "try again later; your changes are kept" },
  [CRM_SYNC_STORE_ERROR] = { "What %s sent cannot be written to the replica",
                             "make room on the disk, or run “crm-cli check”" },
};

char *
crm_sync_describe (CrmSyncState state, const char *server, const char *detail)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (state < G_N_ELEMENTS (words), NULL);

  g_string_append (text, words[state].what);
  g_string_replace (text, "%s", server != NULL ? server : "any server", 1);
  if (detail != NULL)
    g_string_append_printf (text, " (%s)", detail);
  if (words[state].advice != NULL)
    g_string_append_printf (text, "; %s", words[state].advice);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

gboolean
crm_sync_error_get_state (const GError *error, CrmSyncState *state)
{
  if (error == NULL || error->domain != CRM_SYNC_ERROR || error->code < CRM_SYNC_ERROR_STATE)
    return FALSE;

  if (state != NULL)
    *state = (CrmSyncState) (error->code - CRM_SYNC_ERROR_STATE);

  return TRUE;
}
