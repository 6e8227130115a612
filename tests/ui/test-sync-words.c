#include "ui/sync/crm-sync-words.h"

#include "crm-ui-test.h"

/* A name that the theme lacks is drawn as a broken picture. */
static void
test_icons_exist (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (CrmSyncState state = CRM_SYNC_PAUSED; state <= CRM_SYNC_STORE_ERROR; state++)
    {
      CrmSyncPicture picture = { .state = state, .connected = TRUE, .progress = -1 };
      const char *icon = crm_sync_words_get_icon (&picture);

      if (!gtk_icon_theme_has_icon (theme, icon))
        g_error ("There is no icon %s", icon);
    }
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/sync-words/icons", test_icons_exist);

  return g_test_run ();
}
