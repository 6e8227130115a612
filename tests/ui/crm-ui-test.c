#include "crm-ui-test.h"

#include "ui/crm-ui-init.h"

#include <unistd.h>

/*
 * Each test program has an X server of its own: two on one screen without a window manager take the
 * focus from each other. It ends with the test. CRM_TEST_DISPLAY=:1 shows the windows there
 * instead.
 */
static void
start_display (void)
{
  /* Servers that look for a free number themselves find the same one at the same time. */
  g_autofree char *own = g_strdup_printf (":%d", 100 + (int) getpid ());
  const char *const argv[] = { "setpriv",    "--pdeathsig", "TERM",      "Xvfb",
                               own,          "-screen",     "0",         "1300x1000x24",
                               "-displayfd", "1",           "-nolisten", "tcp",
                               NULL };
  const char *wanted = g_getenv ("CRM_TEST_DISPLAY");
  g_autoptr (GError) error = NULL;
  int out = -1;
  char c = '\0';

  g_unsetenv ("WAYLAND_DISPLAY");
  g_setenv ("DISPLAY", wanted != NULL ? wanted : own, TRUE);
  if (wanted != NULL)
    return;

  g_spawn_async_with_pipes (NULL,
                            (char **) argv,
                            NULL,
                            /* A child of this process itself, whose end it shall share. */
                            G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL |
                                G_SPAWN_DO_NOT_REAP_CHILD,
                            NULL,
                            NULL,
                            NULL,
                            NULL,
                            &out,
                            NULL,
                            &error);
  g_assert_no_error (error);
  /* It writes its number and a newline when it answers, and keeps the pipe. */
  while (read (out, &c, 1) == 1 && c != '\n')
    continue;
}

void
crm_ui_test_init (int *argc, char ***argv)
{
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GDK_BACKEND", "x11", FALSE);
  g_setenv ("GTK_A11Y", "test", FALSE);
  g_setenv ("ADW_DISABLE_PORTAL", "1", TRUE);
  g_setenv ("GDK_DEBUG", "no-portals", TRUE);

  start_display ();
  if (!gtk_init_check ())
    g_error ("The X server for the test did not start (Xvfb)");
  g_test_init (argc, argv, NULL);
  crm_ui_init ();
  /* Tests look at the end of an animation, pictures too. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

guint
crm_ui_test_start_ticking (void)
{
  return g_timeout_add (10, tick_cb, NULL);
}

gint64
crm_ui_test_get_patience (void)
{
  return (g_getenv ("CRM_SANITIZED") != NULL ? 90 : 20) * G_USEC_PER_SEC;
}

void
crm_ui_test_settle (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;
  guint timer = crm_ui_test_start_ticking ();

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
}

static GtkWidget *
wrap_content (GtkWidget *child)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  if (ADW_IS_NAVIGATION_PAGE (child))
    {
      GtkWidget *view = adw_navigation_view_new ();

      adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (child));
      child = view;
    }
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), child);

  return overlay;
}

GtkWindow *
crm_ui_test_present (GtkWidget *child, int width, int height)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_widget_set_size_request (window, MIN (width, 360), MIN (height, 294));
  if (ADW_IS_DIALOG (child))
    adw_window_set_content (ADW_WINDOW (window), wrap_content (adw_bin_new ()));
  else
    adw_window_set_content (ADW_WINDOW (window), wrap_content (child));

  gtk_window_present (GTK_WINDOW (window));
  crm_ui_test_wait_until (gtk_widget_get_width (window) > 0);
  if (ADW_IS_DIALOG (child))
    adw_dialog_present (ADW_DIALOG (child), window);

  return GTK_WINDOW (window);
}

void
crm_ui_test_close (GtkWindow *window)
{
  GtkWindow *pointer = window;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &pointer);
  gtk_window_destroy (window);
  crm_ui_test_wait_until (pointer == NULL);
}

/* A popover has a surface of its own, above that of its window. */
static void
snapshot_popovers (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GtkWidget *child;

  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    {
      g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
      GdkPopup *popup = GDK_POPUP (gtk_native_get_surface (GTK_NATIVE (widget)));
      graphene_point_t place = GRAPHENE_POINT_INIT ((float) gdk_popup_get_position_x (popup),
                                                    (float) gdk_popup_get_position_y (popup));

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &place);
      gdk_paintable_snapshot (paintable,
                              snapshot,
                              gtk_widget_get_width (widget),
                              gtk_widget_get_height (widget));
      gtk_snapshot_restore (snapshot);
    }
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    snapshot_popovers (child, snapshot);
}

void
crm_ui_test_picture (GtkWidget *widget, const char *file)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  paintable = gtk_widget_paintable_new (widget);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  snapshot_popovers (widget, snapshot);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)),
                                         node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (!gdk_texture_save_to_png (texture, file))
    g_error ("The picture %s could not be written", file);
}
