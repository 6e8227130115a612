#include "app/crm-application-actions.h"

#include "crm-config.h"
#include "ui/settings/crm-settings-dialog.h"
#include "ui/shell/crm-window.h"
#include "ui/widgets/crm-toast.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  CrmStore *store = CRM_IS_WINDOW (window) ? crm_window_get_store (CRM_WINDOW (window)) : NULL;

  if (store != NULL)
    adw_dialog_present (crm_settings_dialog_new (store, crm_window_get_sync (CRM_WINDOW (window))),
                        GTK_WIDGET (window));
}

/* A click on what the desktop notified of. */
static void
show_inbox_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (!CRM_IS_WINDOW (window))
    return;
  gtk_window_present (window);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.show", "s", "inbox");
}

static void
help_shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error))
    crm_toast_show_error (GTK_WIDGET (window),
                          _("The help could not be shown; is a help viewer such as Yelp installed?"),
                            error);
}

static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new ("help:crm");

  if (window != NULL)
    gtk_uri_launcher_launch (launcher, window, NULL, help_shown_cb, g_object_ref (window));
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  adw_show_about_dialog (GTK_WIDGET (window),
                         "application-name",
                         _("CRM"),
                           "application-icon",
                           CRM_APP_ID,
                           "version",
                           CRM_VERSION,
                           "developer-name",
                           _("The CRM developers"),
                             "comments",
                             _("Relations, what was agreed with them, and letters; all on your own laptop."),
                               "license-type",
                               GTK_LICENSE_GPL_3_0,
                               /* Translators: your own name, a line each */
                               "translator-credits",
                               _("translator-credits"), NULL);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  /* Each window saves its size and may ask about an unsaved form. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  g_list_free (windows);
}

static const GActionEntry actions[] = {
  { .name = "preferences", .activate = preferences_action },
  { .name = "help", .activate = help_action },
  { .name = "about", .activate = about_action },
  { .name = "show-inbox", .activate = show_inbox_action },
  { .name = "quit", .activate = quit_action },
};

static const struct
{
  const char *action;
  const char *keys[3];
} keys[] = {
  { "app.preferences", { "<Control>comma" } },
  { "app.help", { "F1" } },
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.palette", { "<Control>k" } },
  { "win.search", { "<Control>f" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "win.import", { "<Control>i" } },
  { "win.new-record::person", { "<Control>n" } },
  { "win.new-record::organisation", { "<Control><Shift>n" } },
  { "win.show::relations", { "<Alt>1" } },
  { "win.show::letters", { "<Alt>2" } },
  { "win.show::week", { "<Alt>3" } },
  { "win.show::inbox", { "<Alt>4" } },
};

void
crm_application_add_actions (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  g_action_map_add_action_entries (G_ACTION_MAP (application),
                                   actions,
                                   G_N_ELEMENTS (actions),
                                   application);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, keys[i].keys);
}
