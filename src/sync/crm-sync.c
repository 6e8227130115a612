#include "sync/crm-sync-private.h"

#define PATIENCE_MS 10000

G_DEFINE_FINAL_TYPE (CrmSync, crm_sync, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
  PROP_PENDING,
  PROP_CONFLICTS,
  PROP_PARKED,
  PROP_REJECTED,
  PROP_LAST_CONTACT,
  PROP_SERVER,
  PROP_USER,
  PROP_PROGRESS,
} CrmSyncProperty;

static GParamSpec *properties[PROP_PROGRESS + 1];

typedef enum
{
  SIGNAL_STEPPED_BACK,
  SIGNAL_ARRIVED,
  SIGNAL_DONE,
  SIGNAL_WIPE,
  N_SIGNALS,
} CrmSyncSignal;

static guint signals[N_SIGNALS];

/* ---- What changes ---- */

void
crm_sync_set_state (CrmSync *self, CrmSyncState state, const char *message)
{
  g_set_str (&self->message, message);
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
crm_sync_set_progress (CrmSync *self, double progress)
{
  if (self->progress == progress)
    return;

  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

void
crm_sync_set_known (CrmSync *self, const char *server, const char *user)
{
  if (g_set_str (&self->server, server))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER]);
  if (g_set_str (&self->user, user))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USER]);
}

void
crm_sync_set_last_contact (CrmSync *self, const char *at)
{
  if (g_set_str (&self->last_contact, at))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_CONTACT]);
}

static void
set_count (CrmSync *self, gint64 *count, gint64 value, CrmSyncProperty property)
{
  if (*count == value)
    return;

  *count = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
crm_sync_set_counts (CrmSync *self, const CrmSyncCounts *counts)
{
  set_count (self, &self->pending, counts->pending, PROP_PENDING);
  set_count (self, &self->conflicts, counts->conflicts, PROP_CONFLICTS);
  set_count (self, &self->parked, counts->parked, PROP_PARKED);
  set_count (self, &self->rejected, counts->rejected, PROP_REJECTED);
}

static gpointer
count_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_sync_store_count (replica, error);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CrmSync) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmSyncCounts) counts = crm_store_run_finish (CRM_STORE (source), result, &error);

  self->counting = FALSE;
  if (counts != NULL)
    crm_sync_set_counts (self, counts);
  else
    g_message ("What is unsent cannot be counted: %s", error->message);
  if (self->count_again)
    crm_sync_count (self);
}

void
crm_sync_count (CrmSync *self)
{
  self->count_again = self->counting;
  if (self->counting)
    return;

  self->counting = TRUE;
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       count_on_worker,
                       NULL,
                       NULL,
                       (GDestroyNotify) crm_sync_counts_free,
                       NULL,
                       counted_cb,
                       g_object_ref (self));
}

void
crm_sync_emit_stepped_back (CrmSync *self, GPtrArray *items)
{
  g_signal_emit (self, signals[SIGNAL_STEPPED_BACK], 0, items);
}

void
crm_sync_emit_arrived (CrmSync *self, guint n)
{
  g_signal_emit (self, signals[SIGNAL_ARRIVED], 0, n);
}

void
crm_sync_emit_wipe (CrmSync *self)
{
  g_signal_emit (self, signals[SIGNAL_WIPE], 0);
}

/* ---- The object ---- */

static void
crm_sync_dispose (GObject *object)
{
  CrmSync *self = CRM_SYNC (object);

  /* Steps hold a reference, so none is on its way. */
  if (self->http != NULL)
    crm_sync_end_run (self);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->http, crm_sync_http_free);
  g_clear_pointer (&self->past_http, crm_sync_http_free);
  g_clear_pointer (&self->lock, crm_sync_lock_free);

  G_OBJECT_CLASS (crm_sync_parent_class)->dispose (object);
}

static void
crm_sync_finalize (GObject *object)
{
  CrmSync *self = CRM_SYNC (object);

  g_clear_pointer (&self->machine, crm_sync_machine_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->keyring);
  g_clear_object (&self->store);
  g_free (self->login_user);
  g_free (self->device);
  g_free (self->network_message);
  g_free (self->message);
  g_free (self->server);
  g_free (self->user);
  g_free (self->token);
  g_free (self->last_contact);

  G_OBJECT_CLASS (crm_sync_parent_class)->finalize (object);
}

static void
crm_sync_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  CrmSync *self = CRM_SYNC (object);

  switch ((CrmSyncProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;

    case PROP_PENDING:
      g_value_set_int64 (value, self->pending);
      break;

    case PROP_CONFLICTS:
      g_value_set_int64 (value, self->conflicts);
      break;

    case PROP_PARKED:
      g_value_set_int64 (value, self->parked);
      break;

    case PROP_REJECTED:
      g_value_set_int64 (value, self->rejected);
      break;

    case PROP_LAST_CONTACT:
      g_value_set_string (value, self->last_contact);
      break;

    case PROP_SERVER:
      g_value_set_string (value, self->server);
      break;

    case PROP_USER:
      g_value_set_string (value, self->user);
      break;

    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static GParamSpec *
make_count (const char *name)
{
  return g_param_spec_int64 (name,
                             NULL,
                             NULL,
                             0,
                             G_MAXINT64,
                             0,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
make_text (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  properties[PROP_STATE] = g_param_spec_int ("state",
                                             NULL,
                                             NULL,
                                             CRM_SYNC_PAUSED,
                                             CRM_SYNC_STORE_ERROR,
                                             CRM_SYNC_PAUSED,
                                             flags);
  properties[PROP_PENDING] = make_count ("pending");
  properties[PROP_CONFLICTS] = make_count ("conflicts");
  properties[PROP_PARKED] = make_count ("parked");
  properties[PROP_REJECTED] = make_count ("rejected");
  properties[PROP_LAST_CONTACT] = make_text ("last-contact");
  properties[PROP_SERVER] = make_text ("server");
  properties[PROP_USER] = make_text ("user");
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static guint
make_signal (const char *name, guint n_params, GType type)
{
  return g_signal_new (name,
                       CRM_TYPE_SYNC,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       n_params,
                       type);
}

static void
crm_sync_class_init (CrmSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_sync_dispose;
  object_class->finalize = crm_sync_finalize;
  object_class->get_property = crm_sync_get_property;

  install_properties (object_class);

  /**
   * CrmSync::stepped-back:
   * @items: (element-type CrmSteppedBack): what the server did not take
   */
  signals[SIGNAL_STEPPED_BACK] = make_signal ("stepped-back", 1, G_TYPE_PTR_ARRAY);
  /**
   * CrmSync::arrived:
   * @n: how many records changed
   */
  signals[SIGNAL_ARRIVED] = make_signal ("arrived", 1, G_TYPE_UINT);
  signals[SIGNAL_DONE] = make_signal ("done", 0, G_TYPE_NONE);
  signals[SIGNAL_WIPE] = make_signal ("wipe", 0, G_TYPE_NONE);
}

static void
crm_sync_init (CrmSync *self)
{
  self->progress = -1;
  self->patience_ms = PATIENCE_MS;
  self->cancellable = g_cancellable_new ();
  self->http = crm_sync_http_new (crm_sync_answered_cb, self);
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_swapped (self->monitor,
                            "network-changed",
                            G_CALLBACK (crm_sync_network_changed_cb),
                            self);
}

CrmSync *
crm_sync_new (CrmStore *store, CrmKeyring *keyring)
{
  CrmSync *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (keyring == NULL || CRM_IS_KEYRING (keyring), NULL);

  self = g_object_new (CRM_TYPE_SYNC, NULL);
  self->store = g_object_ref (store);
  g_set_object (&self->keyring, keyring);
  g_signal_connect_object (store,
                           "changed",
                           G_CALLBACK (crm_sync_store_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);

  return self;
}

/* ---- What is known ---- */

CrmSyncState
crm_sync_get_state (CrmSync *self)
{
  g_return_val_if_fail (CRM_IS_SYNC (self), CRM_SYNC_PAUSED);

  return self->state;
}

const char *
crm_sync_get_message (CrmSync *self)
{
  g_return_val_if_fail (CRM_IS_SYNC (self), NULL);

  return self->message;
}

const char *
crm_sync_get_server (CrmSync *self)
{
  g_return_val_if_fail (CRM_IS_SYNC (self), NULL);

  return self->server;
}

const char *
crm_sync_get_user (CrmSync *self)
{
  g_return_val_if_fail (CRM_IS_SYNC (self), NULL);

  return self->user;
}

const char *
crm_sync_get_last_contact (CrmSync *self)
{
  g_return_val_if_fail (CRM_IS_SYNC (self), NULL);

  return self->last_contact;
}

gint64
crm_sync_get_pending (CrmSync *self)
{
  g_return_val_if_fail (CRM_IS_SYNC (self), 0);

  return self->pending;
}

gint64
crm_sync_get_conflicts (CrmSync *self)
{
  g_return_val_if_fail (CRM_IS_SYNC (self), 0);

  return self->conflicts;
}

gint64
crm_sync_get_parked (CrmSync *self)
{
  g_return_val_if_fail (CRM_IS_SYNC (self), 0);

  return self->parked;
}

gint64
crm_sync_get_rejected (CrmSync *self)
{
  g_return_val_if_fail (CRM_IS_SYNC (self), 0);

  return self->rejected;
}

double
crm_sync_get_progress (CrmSync *self)
{
  g_return_val_if_fail (CRM_IS_SYNC (self), -1);

  return self->progress;
}

gboolean
crm_sync_get_paused (CrmSync *self)
{
  g_return_val_if_fail (CRM_IS_SYNC (self), FALSE);

  return self->paused;
}

void
crm_sync_set_insecure (CrmSync *self, gboolean insecure)
{
  g_return_if_fail (CRM_IS_SYNC (self));

  self->insecure = insecure;
}

void
crm_sync_set_may_move (CrmSync *self, gboolean may_move)
{
  g_return_if_fail (CRM_IS_SYNC (self));

  self->may_move = may_move;
}

void
crm_sync_set_device (CrmSync *self, const char *name)
{
  g_return_if_fail (CRM_IS_SYNC (self));

  g_set_str (&self->device, name != NULL && name[0] != '\0' ? name : NULL);
}
