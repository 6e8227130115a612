#include "ui/sync/crm-sync-group.h"

#include "ui/sync/crm-sync-words.h"

#include <glib/gi18n-lib.h>

struct _CrmSyncGroup
{
  AdwPreferencesGroup parent_instance;

  CrmSync *sync;
  GtkWidget *server_row;
  GtkWidget *user_row;
  GtkWidget *state_row;
  GtkWidget *connect_row;
  GtkWidget *again_row;
  GtkWidget *out_row;
};

G_DEFINE_FINAL_TYPE (CrmSyncGroup, crm_sync_group, ADW_TYPE_PREFERENCES_GROUP)

static void
set_subtitle (GtkWidget *row, const char *text)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text != NULL ? text : "");
  gtk_widget_set_visible (row, text != NULL);
}

static void
update_cb (CrmSyncGroup *self)
{
  CrmSyncPicture picture = crm_sync_words_look_at (self->sync);
  gboolean out = !picture.connected || picture.state == CRM_SYNC_SIGNED_OUT;
  g_autofree char *line = crm_sync_words_dup_line (&picture);
  const char *remedy = picture.connected ? crm_sync_words_get_remedy (picture.state) : "";
  g_autofree char *state = remedy[0] != '\0' ? g_strdup_printf ("%s\n%s", line, remedy)
                                             : g_strdup (line);

  set_subtitle (self->server_row, crm_sync_get_server (self->sync));
  set_subtitle (self->user_row, crm_sync_get_user (self->sync));
  set_subtitle (self->state_row, state);
  gtk_widget_set_visible (self->connect_row, out || picture.state == CRM_SYNC_WRONG_PASSWORD);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->connect_row),
                                 picture.connected
                                 ? _("_Sign In…")
                                 : _("_Connect to a Server…"));
  gtk_widget_set_visible (self->again_row, !out);
  gtk_widget_set_visible (self->out_row, !out);
}

static GtkWidget *
add_fact (CrmSyncGroup *self, const char *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return row;
}

static GtkWidget *
add_button (CrmSyncGroup *self, const char *title, const char *icon, const char *action)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (row), icon);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return row;
}

static void
crm_sync_group_dispose (GObject *object)
{
  crm_sync_group_close (CRM_SYNC_GROUP (object));

  G_OBJECT_CLASS (crm_sync_group_parent_class)->dispose (object);
}

static void
crm_sync_group_class_init (CrmSyncGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_sync_group_dispose;
}

static void
crm_sync_group_init (CrmSyncGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  adw_preferences_group_set_title (group, _("Your company’s server"));
  adw_preferences_group_set_description (group,
                                         _("Everything stays on this laptop too, and works without a connection."));
  self->server_row = add_fact (self, _("Server"));
  self->user_row = add_fact (self, _("User"));
  self->state_row = add_fact (self, _("State"));
  self->connect_row = add_button (self, "", "network-server-symbolic", "sync.connect");
  self->again_row = add_button (self, _("S_ync Now"), "view-refresh-symbolic", "sync.now");
  self->out_row = add_button (self, _("Sign _Out…"), "system-log-out-symbolic", "sync.sign-out");
}

GtkWidget *
crm_sync_group_new (CrmSync *sync)
{
  CrmSyncGroup *self;

  g_return_val_if_fail (CRM_IS_SYNC (sync), NULL);

  self = g_object_new (CRM_TYPE_SYNC_GROUP, NULL);
  self->sync = g_object_ref (sync);
  g_signal_connect_swapped (sync, "notify", G_CALLBACK (update_cb), self);
  update_cb (self);

  return GTK_WIDGET (self);
}

void
crm_sync_group_close (CrmSyncGroup *self)
{
  g_return_if_fail (CRM_IS_SYNC_GROUP (self));

  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_clear_object (&self->sync);
}
