#include "crm-ui-test-input.h"

#include <X11/Xlib.h>
#include <dlfcn.h>
#include <gdk/x11/gdkx.h>

/* The library comes with the accessibility bus; nothing else here wants its headers. */
static gpointer
find_function (const char *name)
{
  static gpointer library = NULL;
  gpointer function;

  if (library == NULL && (library = dlopen ("libXtst.so.6", RTLD_NOW)) == NULL)
    g_error ("libXtst.so.6 is not there: %s", dlerror ());
  function = dlsym (library, name);
  g_assert_nonnull (function);

  return function;
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static Display *
get_display (void)
{
  return gdk_x11_display_get_xdisplay (gdk_display_get_default ());
}

static void
find_place (GtkWidget *widget, int *x, int *y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  Window window = gdk_x11_surface_get_xid (gtk_native_get_surface (native));
  graphene_point_t middle = GRAPHENE_POINT_INIT ((float) gtk_widget_get_width (widget) / 2,
                                                 (float) gtk_widget_get_height (widget) / 2);
  graphene_point_t place;
  double left;
  double top;
  Window child;

  g_assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (native), &middle, &place));
  gtk_native_get_surface_transform (native, &left, &top);
  XTranslateCoordinates (get_display (),
                         window,
                         DefaultRootWindow (get_display ()),
                         (int) (place.x + left),
                         (int) (place.y + top),
                         x,
                         y,
                         &child);
}

static void
press_key (guint key, gboolean down)
{
  int (*fake_key) (Display *,
                   unsigned int,
                   int,
                   unsigned long) = find_function ("XTestFakeKeyEvent");

  fake_key (get_display (), XKeysymToKeycode (get_display (), key), down, 0);
}

/* Without a window manager the keys go to the window below the pointer. */
static void
point_at (GtkWidget *widget)
{
  int (*fake_motion) (Display *,
                      int,
                      int,
                      int,
                      unsigned long) = find_function ("XTestFakeMotionEvent");
  int x;
  int y;

  find_place (widget, &x, &y);
  fake_motion (get_display (), -1, x, y, 0);
}

static void
finish (void)
{
  XSync (get_display (), False);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
set_input_focus (GtkWindow *window)
{
  Window focus = window != NULL
                     ? gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (window)))
                     : None;

  XSetInputFocus (get_display (), focus, RevertToNone, CurrentTime);
  XSync (get_display (), False);
}

G_GNUC_END_IGNORE_DEPRECATIONS

void
crm_ui_test_set_active (GtkWindow *window, gboolean active)
{
  set_input_focus (active ? window : NULL);
  crm_ui_test_wait_until (gtk_window_is_active (window) == active);
}

/* Where it will stay: laid out, and not on its way. */
static void
wait_for_place (GtkWidget *widget)
{
  int x = -1;
  int y = -1;
  int old_x;
  int old_y;

  crm_ui_test_wait_until (gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) > 0);
  do
    {
      old_x = x;
      old_y = y;
      crm_ui_test_settle (30);
      find_place (widget, &x, &y);
    }
  while (x != old_x || y != old_y);
}

void
crm_ui_test_click (GtkWidget *widget)
{
  int (*fake_button) (Display *,
                      unsigned int,
                      int,
                      unsigned long) = find_function ("XTestFakeButtonEvent");

  wait_for_place (widget);
  point_at (widget);
  finish ();
  fake_button (get_display (), 1, True, 0);
  fake_button (get_display (), 1, False, 0);
  finish ();
}

void
crm_ui_test_type (GtkWidget *widget, guint key, guint modifier)
{
  XSetInputFocus (get_display (), PointerRoot, RevertToPointerRoot, CurrentTime);
  point_at (GTK_WIDGET (gtk_widget_get_root (widget)));
  finish ();
  if (modifier != 0)
    press_key (modifier, TRUE);
  press_key (key, TRUE);
  press_key (key, FALSE);
  if (modifier != 0)
    press_key (modifier, FALSE);
  finish ();
}

void
crm_ui_test_type_text (GtkWidget *widget, const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    crm_ui_test_type (widget,
                      (guint) g_ascii_tolower (*c),
                      g_ascii_isupper (*c) ? GDK_KEY_Shift_L : 0);
}
