#include "sync/crm-sync-machine-private.h"

#include "base/crm-id.h"
#include "wire/crm-hello.h"

#include <string.h>

#define STATUS_PROXY  407
#define STATUS_BIG    413
#define STATUS_PORTAL 511

static void
no_answer (CrmSyncMachine *self, CrmSyncState state, const GError *error)
{
  crm_sync_machine_set_state (self, state, error != NULL ? error->message : NULL);
  if (self->watch)
    crm_sync_machine_back_off (self, 0);
  else
    crm_sync_machine_halt (self, state, NULL);
}

void
crm_sync_answer_bad (CrmSyncMachine *self, const GError *error)
{
  no_answer (self, CRM_SYNC_PORTAL, error);
}

void
crm_sync_answer_cut (CrmSyncMachine *self, GBytes *body, const GError *error)
{
  static const char start[] = "{\"k\":\"hdr\"";
  gsize size;
  const char *text = g_bytes_get_data (body, &size);
  const gboolean ours = size > strlen (start) && memcmp (text, start, strlen (start)) == 0;

  no_answer (self, ours ? CRM_SYNC_OFFLINE : CRM_SYNC_PORTAL, error);
}

static void
sign_out (CrmSyncMachine *self, CrmSyncState state, const char *message)
{
  g_clear_pointer (&self->token, g_free);
  crm_sync_machine_act (self, CRM_SYNC_ACTION_TOKEN);
  crm_sync_machine_halt (self, state, message);
}

static void
forget_password (CrmSyncMachine *self)
{
  if (self->password != NULL)
    explicit_bzero (self->password, strlen (self->password));
  g_clear_pointer (&self->password, g_free);
}

static void
unauthorized (CrmSyncMachine *self, const GError *error)
{
  if (self->phase != CRM_SYNC_PHASE_LOGIN)
    {
      sign_out (self, CRM_SYNC_SIGNED_OUT, error->message);
      return;
    }

  forget_password (self);
  crm_sync_machine_halt (self, CRM_SYNC_WRONG_PASSWORD, error->message);
}

/* Whoever answers a login may be anybody: only who took the token before may have all destroyed. */
static void
revoked (CrmSyncMachine *self, const GError *error)
{
  if (self->phase != CRM_SYNC_PHASE_LOGIN)
    {
      crm_sync_machine_act (self, CRM_SYNC_ACTION_WIPE);
      sign_out (self, CRM_SYNC_REVOKED, error->message);
      return;
    }

  forget_password (self);
  crm_sync_machine_halt (self, CRM_SYNC_REVOKED, error->message);
}

void
crm_sync_answer_fork (CrmSyncMachine *self)
{
  g_autoptr (GError) error = NULL;

  if (!crm_sync_store_fork (self->replica, &error))
    {
      crm_sync_machine_store_failed (self, error);
      return;
    }

  self->pushed = 0;
  sign_out (self, CRM_SYNC_SIGNED_OUT, "This replica is a copy, or was copied");
}

static void
server_failed (CrmSyncMachine *self, const GError *error, guint retry_after)
{
  if (self->phase == CRM_SYNC_PHASE_PUSH)
    {
      crm_sync_push_failed (self, error);
      return;
    }

  crm_sync_machine_set_state (self, CRM_SYNC_SERVER_ERROR, error->message);
  crm_sync_machine_back_off (self, 1000 * (guint64) retry_after);
}

/* What an older or newer server says, or one of another company, whose hello tells it better. */
static gboolean
is_doubtful (const GError *error)
{
  return error->code == CRM_WIRE_ERROR_UNAUTHORIZED || error->code == CRM_WIRE_ERROR_PROTO ||
         error->code == CRM_WIRE_ERROR_SCHEMA;
}

static void
fail_wire (CrmSyncMachine *self, const GError *error, guint retry_after)
{
  if (self->trusted && is_doubtful (error))
    {
      self->trusted = FALSE;
      self->greeted = FALSE;
      crm_sync_machine_go_on (self);
      return;
    }

  switch ((CrmWireError) error->code)
    {
    case CRM_WIRE_ERROR_UNAUTHORIZED:
      unauthorized (self, error);
      break;

    case CRM_WIRE_ERROR_WIPE:
      revoked (self, error);
      break;

    case CRM_WIRE_ERROR_FORK:
      crm_sync_answer_fork (self);
      break;

    case CRM_WIRE_ERROR_GAP:
    case CRM_WIRE_ERROR_EPOCH:
    case CRM_WIRE_ERROR_TOO_OLD:
      crm_sync_machine_ask (self, error->message);
      break;

    case CRM_WIRE_ERROR_PROTO:
    case CRM_WIRE_ERROR_SCHEMA:
      crm_sync_machine_halt (self, CRM_SYNC_APP_TOO_OLD, error->message);
      break;

    case CRM_WIRE_ERROR_TOO_BIG:
      if (self->phase == CRM_SYNC_PHASE_PUSH)
        crm_sync_push_too_big (self, error);
      else
        server_failed (self, error, retry_after);
      break;

    case CRM_WIRE_ERROR_BUSY:
    case CRM_WIRE_ERROR_FULL:
      crm_sync_machine_set_state (self, CRM_SYNC_SERVER_ERROR, error->message);
      crm_sync_machine_back_off (self, 1000 * (guint64) retry_after);
      break;

    case CRM_WIRE_ERROR_FORBIDDEN:
      crm_sync_machine_halt (self, CRM_SYNC_SIGNED_OUT, error->message);
      break;

    case CRM_WIRE_ERROR_TRUNCATED:
    case CRM_WIRE_ERROR_INVALID:
    case CRM_WIRE_ERROR_NOT_FOUND:
    case CRM_WIRE_ERROR_INTERNAL:
    default:
      server_failed (self, error, retry_after);
    }
}

void
crm_sync_answer_fail (CrmSyncMachine *self, guint status, const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  guint retry_after = 0;

  crm_wire_error_read (status, text, size, &retry_after, &error);
  if (!g_error_matches (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_TRUNCATED))
    fail_wire (self, error, retry_after);
  else if (status == STATUS_PROXY)
    {
      crm_sync_machine_set_state (self, CRM_SYNC_PROXY_LOGIN, error->message);
      crm_sync_machine_back_off (self, 0);
    }
  /* A gateway that takes less at a time than the server; never a reason to set a change aside. */
  else if (status == STATUS_BIG && self->phase == CRM_SYNC_PHASE_PUSH &&
           self->batch_last > self->batch_first)
    crm_sync_push_too_big (self, error);
  /* A gateway that does not reach the server speaks for it. */
  else if (status >= 500 && status != STATUS_PORTAL)
    {
      crm_sync_machine_set_state (self, CRM_SYNC_SERVER_ERROR, error->message);
      crm_sync_machine_back_off (self, 0);
    }
  else
    crm_sync_answer_bad (self, error);
}

/* ---- Hello and login ---- */

/* Whether it is there to log in and leaves nothing behind. */
static gboolean
load_may_move (CrmSyncMachine *self, gboolean *may, GError **error)
{
  *may = FALSE;

  return !self->may_move || self->password == NULL ||
         crm_sync_store_may_move (self->replica, may, error);
}

/* FALSE when the machine has been told why not. */
static gboolean
check_company (CrmSyncMachine *self, const char *company, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *known = NULL;
  gboolean may_move;

  g_clear_pointer (&self->moving, g_free);
  if (!crm_sync_store_load_state (self->replica, CRM_SYNC_STATE_COMPANY, &known, &error) ||
      !load_may_move (self, &may_move, &error))
    {
      crm_sync_machine_store_failed (self, error);
      return FALSE;
    }
  if (known == NULL || g_strcmp0 (known, company) == 0)
    return TRUE;
  if (!may_move)
    {
      crm_sync_machine_halt (self, CRM_SYNC_OTHER_COMPANY, name);
      return FALSE;
    }

  self->moving = crm_id_new ();

  return TRUE;
}

static void
go_on_greeted (CrmSyncMachine *self, const CrmHello *hello)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *epoch = NULL;

  if (!crm_sync_store_load_state (self->replica, CRM_SYNC_STATE_EPOCH, &epoch, &error))
    {
      crm_sync_machine_store_failed (self, error);
      return;
    }

  self->greeted = TRUE;
  g_set_str (&self->epoch, epoch != NULL ? epoch : hello->epoch);
  crm_sync_machine_go_on (self);
}

void
crm_sync_answer_hello (CrmSyncMachine *self, const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmHello) hello = crm_hello_read (text, size, &error);
  gboolean server_is_older = FALSE;

  if (hello == NULL)
    crm_sync_answer_bad (self, error);
  else if (!crm_hello_check (hello, &server_is_older, &error))
    crm_sync_machine_halt (self,
                           server_is_older ? CRM_SYNC_SERVER_TOO_OLD : CRM_SYNC_APP_TOO_OLD,
                           error->message);
  else if (check_company (self, hello->company, hello->name))
    go_on_greeted (self, hello);
}

static gboolean
save_move (CrmSyncMachine *self, const CrmDeviceReply *reply, GError **error)
{
  if (!crm_sync_store_move (self->replica, self->moving, reply->epoch, error))
    return FALSE;

  g_clear_pointer (&self->moving, g_free);
  g_set_str (&self->epoch, reply->epoch);
  self->pushed = 0;

  return TRUE;
}

static gboolean
save_login (CrmSyncMachine *self, const CrmDeviceReply *reply, GError **error)
{
  const char *user = reply->user != NULL ? reply->user : self->user;

  if (self->moving != NULL && !save_move (self, reply, error))
    return FALSE;

  return crm_sync_store_save_login (self->replica, reply->company, reply->device, user, error);
}

void
crm_sync_answer_login (CrmSyncMachine *self, const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDeviceReply) reply = crm_device_reply_read (text, size, &error);

  if (reply == NULL)
    {
      crm_sync_answer_bad (self, error);
      return;
    }
  /* A move was decided upon when it greeted, under the id that it has now. */
  if (self->moving == NULL && !check_company (self, reply->company, NULL))
    return;
  if (!save_login (self, reply, &error))
    {
      crm_sync_machine_store_failed (self, error);
      return;
    }

  forget_password (self);
  g_set_str (&self->token, reply->token);
  crm_sync_machine_add_action (self, CRM_SYNC_ACTION_TOKEN)->token = g_strdup (reply->token);
  crm_sync_machine_go_on (self);
}

/* ---- Names ---- */

static const struct
{
  const char *name;
  gboolean final;
} states[] = {
  [CRM_SYNC_PAUSED] = { "paused", TRUE },
  [CRM_SYNC_WORKING] = { "working", FALSE },
  [CRM_SYNC_IN_STEP] = { "in_step", FALSE },
  [CRM_SYNC_OFFLINE] = { "offline", FALSE },
  [CRM_SYNC_PORTAL] = { "portal", FALSE },
  [CRM_SYNC_PROXY_LOGIN] = { "proxy_login", FALSE },
  [CRM_SYNC_TLS_ERROR] = { "tls_error", FALSE },
  [CRM_SYNC_WRONG_PASSWORD] = { "wrong_password", TRUE },
  [CRM_SYNC_SIGNED_OUT] = { "signed_out", TRUE },
  [CRM_SYNC_REVOKED] = { "revoked", TRUE },
  [CRM_SYNC_SERVER_TOO_OLD] = { "server_too_old", TRUE },
  [CRM_SYNC_APP_TOO_OLD] = { "app_too_old", TRUE },
  [CRM_SYNC_OTHER_COMPANY] = { "other_company", TRUE },
  [CRM_SYNC_SERVER_ERROR] = { "server_error", FALSE },
  [CRM_SYNC_STORE_ERROR] = { "store_error", FALSE },
};

gboolean
crm_sync_state_is_final (CrmSyncState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), FALSE);

  return states[state].final;
}

const char *
crm_sync_state_get_name (CrmSyncState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (states), NULL);

  return states[state].name;
}
