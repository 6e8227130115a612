#include "ui/sync/crm-sync-notices.h"

#include "store/sync/crm-sync-store.h"
#include "ui/record/crm-record-words.h"
#include "ui/sync/crm-sync-words.h"
#include "ui/widgets/crm-toast.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define NOTIFICATION  "attention"
#define MAX_CHARS     40
#define TOAST_SECONDS 10

struct _CrmSyncNotices
{
  GObject parent_instance;

  CrmSync *sync;
  GtkWindow *window; /* weak */
  gint64 attention;  /* -1: not counted yet */
};

G_DEFINE_FINAL_TYPE (CrmSyncNotices, crm_sync_notices, G_TYPE_OBJECT)

static char *
dup_one (const CrmSteppedBack *item)
{
  const char *title = item->title != NULL ? item->title : crm_kind_get_label (item->kind);
  const CrmField *field = item->field != NULL ? crm_kind_find_field (item->kind, item->field)
                                              : NULL;
  g_autofree char *value = NULL;

  if (field == NULL)
    /* Translators: %s is a relation */
    return g_strdup_printf (_("Your change to %s was not taken over"), title);
  if (item->new_value == NULL)
    /* Translators: a field, as in "Phone", and a relation */
    return g_strdup_printf (_("%1$s of %2$s is empty again"), crm_field_get_label (field), title);
  if (field->type == CRM_FIELD_LINK)
    /* Translators: a field, as in "Organisation", and a relation */
    return g_strdup_printf (_("%1$s of %2$s is what it was"), crm_field_get_label (field), title);

  value = crm_record_words_dup_value (field, item->new_value, NULL, MAX_CHARS);

  /* Translators: a field, as in "Phone", a relation, and its value: "Phone of Jan is 06 1 again" */
  return g_strdup_printf (_("%1$s of %2$s is “%3$s” again"),
                            crm_field_get_label (field),
                            title,
                            value);
}

char *
crm_sync_notices_dup_stepped_back (GPtrArray *items)
{
  g_return_val_if_fail (items != NULL && items->len > 0, NULL);

  if (items->len == 1)
    return dup_one (items->pdata[0]);

  return g_strdup_printf (ngettext ("%u value stepped back to the server’s",
                                    "%u values stepped back to the server’s",
                                    items->len),
                          items->len);
}

static void
stepped_back_cb (CrmSyncNotices *self, GPtrArray *items)
{
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (self->window == NULL || items->len == 0)
    return;
  text = crm_sync_notices_dup_stepped_back (items);
  toast = adw_toast_new (text);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  adw_toast_set_button_label (toast, _("_Show"));
  adw_toast_set_action_name (toast, "win.show");
  adw_toast_set_action_target (toast, "s", "inbox");
  crm_toast_add (gtk_window_get_child (self->window), toast);
}

/* NULL when there is no desktop to hear it. */
static GApplication *
get_application (CrmSyncNotices *self)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (self->window));

  return application != NULL && g_application_get_dbus_connection (application) != NULL
             ? application
             : NULL;
}

static void
notify_desktop (CrmSyncNotices *self, gint64 attention)
{
  GApplication *application = get_application (self);
  g_autoptr (GNotification) notification = g_notification_new (_("Something Needs You"));
  g_autofree char *body = NULL;

  if (application == NULL)
    return;
  body = g_strdup_printf (ngettext ("%'u thing waits in your inbox for a decision.",
                                    "%'u things wait in your inbox for a decision.",
                                    (gulong) attention),
                          (guint) attention);
  g_notification_set_body (notification, body);
  g_notification_set_default_action (notification, "app.show-inbox");
  g_application_send_notification (application, NOTIFICATION, notification);
}

static void
withdraw (CrmSyncNotices *self)
{
  GApplication *application = get_application (self);

  if (application != NULL)
    g_application_withdraw_notification (application, NOTIFICATION);
}

/* What waited already when the program started is no news, and who looks at the window sees it
 * there: the sidebar and the sync line say it. */
static void
counted_cb (CrmSyncNotices *self)
{
  CrmSyncPicture picture = crm_sync_words_look_at (self->sync);
  gint64 before = self->attention;

  if (self->window == NULL || picture.last_contact == NULL)
    return;
  self->attention = picture.attention;
  if (picture.attention == 0)
    withdraw (self);
  else if (before >= 0 && picture.attention > before && !gtk_window_is_active (self->window))
    notify_desktop (self, picture.attention);
}

static void
crm_sync_notices_dispose (GObject *object)
{
  CrmSyncNotices *self = CRM_SYNC_NOTICES (object);

  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_clear_object (&self->sync);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (crm_sync_notices_parent_class)->dispose (object);
}

static void
crm_sync_notices_class_init (CrmSyncNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_sync_notices_dispose;
}

static void
crm_sync_notices_init (CrmSyncNotices *self)
{
  self->attention = -1;
}

CrmSyncNotices *
crm_sync_notices_new (CrmSync *sync, GtkWindow *window)
{
  static const char *const counts[] = { "conflicts", "parked", "rejected", "last-contact" };
  CrmSyncNotices *self;

  g_return_val_if_fail (CRM_IS_SYNC (sync), NULL);
  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  self = g_object_new (CRM_TYPE_SYNC_NOTICES, NULL);
  self->sync = g_object_ref (sync);
  g_set_weak_pointer (&self->window, window);
  g_signal_connect_swapped (sync, "stepped-back", G_CALLBACK (stepped_back_cb), self);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *signal = g_strconcat ("notify::", counts[i], NULL);

      g_signal_connect_swapped (sync, signal, G_CALLBACK (counted_cb), self);
    }

  return self;
}

void
crm_sync_notices_withdraw (CrmSyncNotices *self)
{
  g_return_if_fail (CRM_IS_SYNC_NOTICES (self));

  if (self->window != NULL)
    withdraw (self);
}
