#include "ui/crm-ui-init.h"

#include "crm-ui-resources.h"

#include <adwaita.h>

/* A static library's constructors are dropped by the linker unless something refers to them, hence
 * the explicit registration. */
void
crm_ui_init (void)
{
  static gsize done = 0;
  GdkDisplay *display = gdk_display_get_default ();

  if (!g_once_init_enter (&done))
    return;

  adw_init ();
  g_resources_register (crm_ui_get_resource ());

  if (display != NULL)
    {
      g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

      /* A page that opens would show its first selectable label as if it were marked. */
      g_object_set (gtk_settings_get_for_display (display),
                    "gtk-label-select-on-focus",
                    FALSE,
                    NULL);
      gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                        "/org/example/Crm/icons");
      gtk_css_provider_load_from_resource (provider, "/org/example/Crm/style.css");
      gtk_style_context_add_provider_for_display (display,
                                                  GTK_STYLE_PROVIDER (provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    }

  g_once_init_leave (&done, 1);
}
