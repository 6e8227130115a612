#include "ui/sync/crm-sync-words.h"

#include "ui/record/crm-when.h"

#include <glib/gi18n-lib.h>

/* Titles of dialogs and rows: in capitals; remedies are whole sentences. */
static const struct
{
  CrmSyncState state;
  const char *line;
  const char *icon;
  const char *title;
  const char *remedy;
} words[] = {
  { CRM_SYNC_PAUSED,
    N_ ("Paused"),
       "media-playback-pause-symbolic",
       N_ ("Paused"), N_ ("What you change waits here until you go on.") },
       { CRM_SYNC_WORKING,
         N_ ("Exchanging changes…"), "view-refresh-symbolic", N_ ("Exchanging Changes"), "" },
         { CRM_SYNC_IN_STEP,
           N_ ("In step"), "object-select-symbolic", N_ ("In Step"), "" },
           { CRM_SYNC_OFFLINE,
             N_ ("Offline"),
                "network-offline-symbolic",
                N_ ("No Connection"),
                   N_ ("The server does not answer. Everything works meanwhile; your changes go as soon as it "
        "does. If this lasts, check the address and the network.") },
                { CRM_SYNC_PORTAL,
                  N_ ("Not connected"),
                     "network-wireless-no-route-symbolic",
                     N_ ("No CRM Server There"),
                        N_ ("Something else answers at this address. On a guest network, open a web page in your "
        "browser and sign in there first; else check the address.") },
                     { CRM_SYNC_PROXY_LOGIN,
                       N_ ("Not connected"),
                          "network-error-symbolic",
                          N_ ("The Proxy Wants a Password"),
                             N_ ("Enter the proxy’s name and password in the network settings of this laptop.") },
                          { CRM_SYNC_TLS_ERROR,
                            N_ ("Not trusted"),
                               "channel-insecure-symbolic",
                               N_ ("The Server Cannot Be Trusted"),
                                  N_ ("Its certificate is not in order, so nothing was sent. Check the date of this laptop, and "
        "ask whoever runs the server.") },
                               { CRM_SYNC_WRONG_PASSWORD,
                                 N_ ("Sign in again"),
                                    "dialog-password-symbolic",
                                    N_ ("Name or Password Is Wrong"),
                                       N_ ("Type both once more. Whoever runs the server can give you a new password.") },
                                    { CRM_SYNC_SIGNED_OUT,
                                      N_ ("Sign in again"),
                                         "dialog-password-symbolic",
                                         N_ ("Signed Out"),
                                            N_ ("The server does not know this laptop any more. Sign in to go on; your changes are kept.") },
                                         { CRM_SYNC_REVOKED,
                                           N_ ("Access taken away"),
                                              "security-low-symbolic",
                                              N_ ("Access Taken Away"),
                                                 N_ ("Whoever runs the server took this laptop’s access away.") },
                                              { CRM_SYNC_SERVER_TOO_OLD,
                                                N_ ("Server too old"),
                                                   "software-update-urgent-symbolic",
                                                   N_ ("The Server Is Too Old"),
                                                      N_ ("It does not speak this program’s language yet. Ask whoever runs it to update it; your "
        "changes are kept.") },
                                                   { CRM_SYNC_APP_TOO_OLD,
                                                     N_ ("Update CRM"),
                                                        "software-update-urgent-symbolic",
                                                        N_ ("This Program Is Too Old"),
                                                           N_ ("The server was updated. Update CRM on this laptop too; your changes are kept.") },
                                                        { CRM_SYNC_OTHER_COMPANY,
                                                          N_ ("Another company"),
                                                             "dialog-warning-symbolic",
                                                             N_ ("Another Company’s Server"),
                                                                N_ ("This laptop holds the relations of another company. Open another folder for this one, so "
        "that they do not mix.") },
                                                             { CRM_SYNC_SERVER_ERROR,
                                                               N_ ("Server trouble"),
                                                                  "network-error-symbolic",
                                                                  N_ ("The Server Is in Trouble"),
                                                                     N_ ("It answers that it cannot do it now. It is tried again by itself; your changes are "
        "kept.") },
                                                                  { CRM_SYNC_STORE_ERROR,
                                                                    N_ ("Cannot write"),
                                                                       "drive-harddisk-symbolic",
                                                                       N_ ("This Laptop Cannot Write"),
                                                                          N_ ("Is the disk full? Make room and try again. If that does not help, check everything under "
        "Data in the preferences.") },
                                                                   };

static guint
find (CrmSyncState state)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].state == state)
      return i;

  g_return_val_if_reached (0);
}

CrmSyncPicture
crm_sync_words_look_at (CrmSync *sync)
{
  CrmSyncPicture picture = { .state = crm_sync_get_state (sync),
                             .connected = crm_sync_get_server (sync) != NULL,
                             .paused = crm_sync_get_paused (sync),
                             .pending = crm_sync_get_pending (sync),
                             .progress = crm_sync_get_progress (sync),
                             .last_contact = crm_sync_get_last_contact (sync) };

  picture.attention = crm_sync_get_conflicts (sync) + crm_sync_get_parked (sync) +
                      crm_sync_get_rejected (sync);

  return picture;
}

char *
crm_sync_words_dup_ago (const char *at)
{
  g_autoptr (GDateTime) now = crm_when_now ();
  gboolean has_time = FALSE;
  g_autoptr (GDateTime) moment = crm_when_parse (at, &has_time);
  gint64 minutes;

  if (moment == NULL)
    return NULL;

  minutes = MAX (g_date_time_difference (now, moment) / G_TIME_SPAN_MINUTE, 0);
  if (minutes < 1)
    return g_strdup (_("just now"));
  if (minutes < 60)
    return g_strdup_printf (_("%u min"), (guint) minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf (_("%u h"), (guint) (minutes / 60));

  return crm_when_dup_short (moment, has_time, now);
}

static char *
dup_waiting (gint64 n)
{
  return g_strdup_printf (ngettext ("%'u change waits", "%'u changes wait", (gulong) n), (guint) n);
}

static char *
dup_attention (gint64 n)
{
  g_autofree char *count = g_strdup_printf (ngettext ("%'u conflict", "%'u conflicts", (gulong) n),
                                            (guint) n);

  /* Translators: %s is a number of things to decide, as in "Needs you · 2 conflicts" */
  return g_strdup_printf (_("Needs you · %s"), count);
}

char *
crm_sync_words_dup_line (const CrmSyncPicture *picture)
{
  const char *line = _(words[find (picture->state)].line);
  g_autofree char *detail = NULL;

  g_return_val_if_fail (picture != NULL, NULL);

  if (!picture->connected)
    return g_strdup (_("On this laptop only"));
  if (picture->progress >= 0)
    return g_strdup_printf (_("Loading · %u %%"), (guint) (picture->progress * 100));
  if (!crm_sync_state_is_final (picture->state) && picture->attention > 0)
    return dup_attention (picture->attention);
  if (picture->pending > 0 && picture->state != CRM_SYNC_WORKING)
    detail = dup_waiting (picture->pending);
  else if (picture->state == CRM_SYNC_IN_STEP)
    detail = crm_sync_words_dup_ago (picture->last_contact);
  if (detail == NULL)
    return g_strdup (line);

  /* Translators: where the exchange stands, and a detail: "In step · 2 min" */
  return g_strdup_printf (_("%s · %s"), line, detail);
}

const char *
crm_sync_words_get_icon (const CrmSyncPicture *picture)
{
  g_return_val_if_fail (picture != NULL, NULL);

  if (!picture->connected)
    return "computer-symbolic";
  if (!crm_sync_state_is_final (picture->state) && picture->attention > 0 && picture->progress < 0)
    return "dialog-warning-symbolic";

  return words[find (picture->state)].icon;
}

const char *
crm_sync_words_get_remedy (CrmSyncState state)
{
  const char *remedy = words[find (state)].remedy;

  return remedy[0] != '\0' ? _(remedy) : "";
}

const char *
crm_sync_words_get_title (CrmSyncState state)
{
  return _(words[find (state)].title);
}

const char *
crm_sync_words_get_error (const GError *error)
{
  CrmSyncState state;

  if (crm_sync_error_get_state (error, &state))
    return crm_sync_words_get_remedy (state);
  if (g_error_matches (error, CRM_SYNC_ERROR, CRM_SYNC_ERROR_BUSY))
    return _("Another program keeps these relations in step just now. Close it and try again.");
  if (g_error_matches (error, CRM_SYNC_ERROR, CRM_SYNC_ERROR_ADDRESS))
    return _("This is no address of a server. It looks like crm.example.org, and has to be "
             "encrypted (https).");

  return _("It did not work. Try again; nothing was changed.");
}
