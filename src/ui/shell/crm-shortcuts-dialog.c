#include "ui/shell/crm-shortcuts-dialog.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
static const CrmShortcut shortcuts[] = {
  { N_("Find"), N_("Find a relation, a page or an action"), "win.palette", NULL },
  { NULL, N_("Search relations; or just start typing"), "win.search", NULL },
  { NULL, N_("Open what is selected"), NULL, "Return" },
  { NULL, N_("Back"), NULL, "Escape" },

  { N_("Relations"), N_("New person"), "win.new-record::person", NULL },
  { NULL, N_("New organisation"), "win.new-record::organisation", NULL },
  { NULL, N_("Select all that is listed"), NULL, "<Control>a" },
  { NULL, N_("Import a file"), "win.import", NULL },

  { N_("A Relation"), N_("Edit it"), NULL, "<Control>e" },
  { NULL, N_("Write what happened"), NULL, "<Control>l" },
  { NULL, N_("Log or save what you wrote"), NULL, "<Control>Return" },

  { N_("Letters"), N_("Next letter"), NULL, "<Control>Page_Down" },
  { NULL, N_("Previous letter"), NULL, "<Control>Page_Up" },
  { NULL, N_("Print them"), NULL, "<Control>p" },

  { N_("Change"), N_("Undo the last change"), NULL, "<Control>z" },
  { NULL, N_("Do it again"), NULL, "<Control><Shift>z" },

  { N_("Go To"), N_("Relations"), "win.show::relations", NULL },
  { NULL, N_("Letters"), "win.show::letters", NULL },
  { NULL, N_("My Week"), "win.show::week", NULL },
  { NULL, N_("Inbox"), "win.show::inbox", NULL },

  { N_("Window"), N_("Main menu"), NULL, "F10" },
  { NULL, N_("Move the edge between panes with Left and Right"), NULL, "F8" },
  { NULL, N_("Help"), "app.help", NULL },
  { NULL, N_("Preferences"), "app.preferences", NULL },
  { NULL, N_("Keyboard shortcuts"), "win.show-help-overlay", NULL },
  { NULL, N_("Close the window"), "window.close", NULL },
  { NULL, N_("Quit"), "app.quit", NULL },
};
/* clang-format on */

const CrmShortcut *
crm_shortcuts_dialog_list (guint *n_shortcuts)
{
  *n_shortcuts = G_N_ELEMENTS (shortcuts);

  return shortcuts;
}

/* "Ctrl+Shift+N" in the language of the toolkit; NULL when the action has no key. */
static char *
dup_keys (const CrmShortcut *shortcut, GtkApplication *application)
{
  g_auto (GStrv) accels = NULL;
  const char *accel = shortcut->keys;
  GdkModifierType modifiers;
  guint key;

  if (shortcut->action != NULL && application != NULL)
    {
      accels = gtk_application_get_accels_for_action (application, shortcut->action);
      accel = accels[0];
    }
  if (accel == NULL || !gtk_accelerator_parse (accel, &key, &modifiers))
    return NULL;

  return gtk_accelerator_get_label (key, modifiers);
}

static GtkWidget *
make_caps (const char *keys)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_auto (GStrv) caps = g_strsplit (keys, "+", -1);

  for (guint i = 0; caps[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (caps[i]);

      gtk_widget_add_css_class (label, "crm-keycap");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);

  return box;
}

static GtkWidget *
make_row (const CrmShortcut *shortcut, const char *keys)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcut->label));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_caps (keys));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  keys,
                                  -1);

  return row;
}

static GtkWidget *
make_page (GtkApplication *application)
{
  GtkWidget *page = adw_preferences_page_new ();
  AdwPreferencesGroup *group = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      g_autofree char *keys = dup_keys (&shortcuts[i], application);

      if (shortcuts[i].group != NULL)
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _(shortcuts[i].group));
          gtk_widget_set_visible (GTK_WIDGET (group), FALSE);
          adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), group);
        }
      if (keys == NULL)
        continue;
      adw_preferences_group_add (group, make_row (&shortcuts[i], keys));
      gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
    }

  return page;
}

AdwDialog *
crm_shortcuts_dialog_new (GtkApplication *application)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), make_page (application));
  adw_dialog_set_title (dialog, _("Keyboard Shortcuts"));
  adw_dialog_set_content_width (dialog, 480);
  adw_dialog_set_content_height (dialog, 640);
  adw_dialog_set_child (dialog, view);

  return dialog;
}
