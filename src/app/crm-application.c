#include "app/crm-application.h"

#include "app/crm-application-actions.h"
#include "app/crm-opener.h"
#include "crm-config.h"
#include "store/key/crm-key-finder.h"
#include "ui/crm-ui-init.h"

#include <glib/gi18n-lib.h>

struct _CrmApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (CrmApplication, crm_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "data",
    'd',
    0,
    G_OPTION_ARG_FILENAME,
    NULL,
    N_ ("Folder of the relations"), N_ ("DIR") },
    { "key-file",
      'k',
      0,
      G_OPTION_ARG_FILENAME,
      NULL,
      N_ ("File with the key, instead of the keyring"), N_ ("FILE") },
      { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL }, { NULL },
     };

/* NULL when no window shows @dir. */
static GtkWindow *
find_window (CrmApplication *self, const char *dir)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      CrmOpener *opener = g_object_get_data (l->data, "opener");

      if (opener != NULL && g_str_equal (crm_opener_get_dir (opener), dir))
        return l->data;
    }

  return NULL;
}

/* @dir: nullable, the default one. */
static void
show_replica (CrmApplication *self, const char *dir, const char *key_file)
{
  g_autofree char *folder = dir != NULL ? g_strdup (dir) : crm_key_finder_dup_default_dir ();
  GtkWindow *old = find_window (self, folder);
  g_autoptr (CrmKeyring) keyring = crm_keyring_new_system ();
  GtkWidget *window;
  CrmOpener *opener;

  if (old != NULL)
    {
      gtk_window_present (old);
      return;
    }

  window = crm_window_new (GTK_APPLICATION (self));
  opener = crm_opener_new (CRM_WINDOW (window), folder, key_file, keyring);
  g_object_set_data_full (G_OBJECT (window), "opener", opener, g_object_unref);
  crm_opener_start (opener);
}

/* Of another page: a restored back-up, in a window of its own. */
static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_replica (CRM_APPLICATION (user_data), g_variant_get_string (parameter, NULL), NULL);
}

static const GActionEntry actions[] = {
  { .name = "open", .activate = open_action, .parameter_type = "s" },
};

static void
crm_application_activate (GApplication *application)
{
  show_replica (CRM_APPLICATION (application), NULL, NULL);
}

/* A relative path is of the folder where the command was typed, also when the program runs already.
 */
static char *
dup_path (GApplicationCommandLine *line, GVariantDict *dict, const char *name)
{
  const char *path = NULL;
  g_autoptr (GFile) file = NULL;

  if (!g_variant_dict_lookup (dict, name, "^&ay", &path))
    return NULL;
  file = g_application_command_line_create_file_for_arg (line, path);

  return g_file_get_path (file);
}

static int
crm_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  GVariantDict *dict = g_application_command_line_get_options_dict (line);
  g_autofree char *dir = dup_path (line, dict, "data");
  g_autofree char *key_file = dup_path (line, dict, "key-file");

  show_replica (CRM_APPLICATION (application), dir, key_file);

  return 0;
}

static int
crm_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  if (!g_variant_dict_contains (dict, "version"))
    return -1;

  g_print ("crm %s\n", CRM_VERSION);

  return 0;
}

static void
crm_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (crm_application_parent_class)->startup (application);

  crm_ui_init ();
  gtk_window_set_default_icon_name (CRM_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application),
                                   actions,
                                   G_N_ELEMENTS (actions),
                                   application);
  crm_application_add_actions (GTK_APPLICATION (application));
}

static void
crm_application_class_init (CrmApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = crm_application_activate;
  application_class->command_line = crm_application_command_line;
  application_class->handle_local_options = crm_application_handle_local_options;
  application_class->startup = crm_application_startup;
}

static void
crm_application_init (CrmApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

CrmApplication *
crm_application_new (void)
{
  return g_object_new (CRM_TYPE_APPLICATION,
                       "application-id",
                       CRM_APP_ID,
                       "resource-base-path",
                       "/org/example/Crm",
                       "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}
