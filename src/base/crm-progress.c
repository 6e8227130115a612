#include "base/crm-progress.h"

/* 20 times a second is as often as people see. */
#define INTERVAL_MS 50

struct _CrmProgress
{
  GObject parent_instance;

  /* Where the properties notify: the context of the thread that made the object. */
  GMainContext *context;

  GMutex mutex;
  /* Guarded by the mutex, with the source that will notify; NULL when none is on its way. */
  guint64 done;
  guint64 total;
  GSource *source;
};

G_DEFINE_FINAL_TYPE (CrmProgress, crm_progress, G_TYPE_OBJECT)

typedef enum
{
  PROP_DONE = 1,
  PROP_TOTAL,
  PROP_FRACTION,
} CrmProgressProperty;

static GParamSpec *properties[PROP_FRACTION + 1];

static gboolean
notify_cb (gpointer user_data)
{
  CrmProgress *self = CRM_PROGRESS (user_data);

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->source, g_source_unref);
  g_mutex_unlock (&self->mutex);

  for (guint i = PROP_DONE; i < G_N_ELEMENTS (properties); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);

  return G_SOURCE_REMOVE;
}

/* Called with the mutex held. */
static void
schedule_notify (CrmProgress *self)
{
  if (self->source != NULL)
    return;

  self->source = g_timeout_source_new (INTERVAL_MS);
  g_source_set_static_name (self->source, "[crm] progress");
  g_source_set_callback (self->source, notify_cb, g_object_ref (self), g_object_unref);
  g_source_attach (self->source, self->context);
}

static void
crm_progress_finalize (GObject *object)
{
  CrmProgress *self = CRM_PROGRESS (object);

  g_mutex_clear (&self->mutex);
  g_main_context_unref (self->context);

  G_OBJECT_CLASS (crm_progress_parent_class)->finalize (object);
}

static void
crm_progress_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  CrmProgress *self = CRM_PROGRESS (object);

  switch ((CrmProgressProperty) prop_id)
    {
    case PROP_DONE:
      g_value_set_uint64 (value, crm_progress_get_done (self));
      break;

    case PROP_TOTAL:
      g_value_set_uint64 (value, crm_progress_get_total (self));
      break;

    case PROP_FRACTION:
      g_value_set_double (value, crm_progress_get_fraction (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
crm_progress_class_init (CrmProgressClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = crm_progress_finalize;
  object_class->get_property = crm_progress_get_property;

  properties[PROP_DONE] = g_param_spec_uint64 ("done", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_TOTAL] = g_param_spec_uint64 ("total", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
crm_progress_init (CrmProgress *self)
{
  g_mutex_init (&self->mutex);
  self->context = g_main_context_ref_thread_default ();
}

CrmProgress *
crm_progress_new (void)
{
  return g_object_new (CRM_TYPE_PROGRESS, NULL);
}

void
crm_progress_set (CrmProgress *self, guint64 done, guint64 total)
{
  if (self == NULL)
    return;

  g_return_if_fail (CRM_IS_PROGRESS (self));

  g_mutex_lock (&self->mutex);
  if (self->done != done || self->total != total)
    {
      self->done = done;
      self->total = total;
      schedule_notify (self);
    }
  g_mutex_unlock (&self->mutex);
}

guint64
crm_progress_get_done (CrmProgress *self)
{
  guint64 done;

  g_return_val_if_fail (CRM_IS_PROGRESS (self), 0);

  g_mutex_lock (&self->mutex);
  done = self->done;
  g_mutex_unlock (&self->mutex);

  return done;
}

guint64
crm_progress_get_total (CrmProgress *self)
{
  guint64 total;

  g_return_val_if_fail (CRM_IS_PROGRESS (self), 0);

  g_mutex_lock (&self->mutex);
  total = self->total;
  g_mutex_unlock (&self->mutex);

  return total;
}

double
crm_progress_get_fraction (CrmProgress *self)
{
  double fraction = 0;

  g_return_val_if_fail (CRM_IS_PROGRESS (self), 0);

  g_mutex_lock (&self->mutex);
  if (self->total > 0)
    fraction = MIN (1.0, (double) self->done / (double) self->total);
  g_mutex_unlock (&self->mutex);

  return fraction;
}
