/*
 * The program itself, as a desktop starts it: a process on a session bus of its own, its window on
 * the display, its actions by D-Bus.
 */
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <gio/gio.h>
#include <string.h>

#define NAME   "org.example.Crm"
#define OBJECT "/org/example/Crm"

static const char *program;

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  char *dir;
} World;

#define WAIT_SECONDS 20

/* Runs the main loop until @condition holds. */
#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 end_ = g_get_monotonic_time () + WAIT_SECONDS * G_USEC_PER_SEC;                         \
    guint timer_ = g_timeout_add (20, tick_cb, NULL);                                              \
    while (!(condition) && g_get_monotonic_time () < end_)                                         \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (timer_);                                                                      \
    if (!(condition))                                                                              \
      g_error ("Waited in vain for %s", #condition);                                               \
  }                                                                                                \
  G_STMT_END

static gboolean
tick_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

static void
set_up (World *world, gconstpointer unused)
{
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));
  g_autoptr (GError) error = NULL;

  world->dir = g_dir_make_tmp ("crm-e2e-XXXXXX", &error);
  g_assert_no_error (error);
  world->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  /* It takes the display away, too. */
  g_test_dbus_up (world->bus);
  g_assert_true (g_setenv ("DISPLAY", display, TRUE));
  world->connection =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (world->bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL,
                                              NULL,
                                              &error);
  g_assert_no_error (error);
}

static void
remove_all (GFile *file)
{
  g_autoptr (GFileEnumerator)
      files = g_file_enumerate_children (file, "", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child = NULL;

  while (files != NULL && g_file_enumerator_iterate (files, NULL, &child, NULL, NULL) &&
         child != NULL)
    remove_all (child);
  g_file_delete (file, NULL, NULL);
}

static void
tear_down (World *world, gconstpointer unused)
{
  g_autoptr (GFile) dir = g_file_new_for_path (world->dir);

  g_clear_object (&world->connection);
  g_test_dbus_down (world->bus);
  g_object_unref (world->bus);
  remove_all (dir);
  g_free (world->dir);
}

static GSubprocess *
start_program (World *world)
{
  g_autofree char *data = g_build_filename (world->dir, "replica", NULL);
  g_autofree char *key = g_build_filename (world->dir, "key", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_setenv (launcher, "GTK_A11Y", "none", TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", world->dir, TRUE);
  process = g_subprocess_launcher_spawn (launcher,
                                         &error,
                                         program,
                                         "--data",
                                         data,
                                         "--key-file",
                                         key,
                                         NULL);
  g_assert_no_error (error);

  return process;
}

/* The call's answer; NULL when there is none. */
static GVariant *
call (World *world,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *parameters)
{
  return g_dbus_connection_call_sync (world->connection,
                                      NAME,
                                      path,
                                      interface,
                                      method,
                                      parameters,
                                      NULL,
                                      G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                      20000,
                                      NULL,
                                      NULL);
}

/* Whether the program has put its window @number on the bus. */
static gboolean
has_window (World *world, guint number)
{
  g_autofree char *path = g_strdup_printf (OBJECT "/window/%u", number);
  g_autoptr (GVariant) actions = call (world, path, "org.gtk.Actions", "List", NULL);

  return actions != NULL;
}

static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0;
}

static gulong
get_pid (Display *display, Window window)
{
  Atom name = XInternAtom (display, "_NET_WM_PID", False);
  Atom type = None;
  int format = 0;
  gulong n_items = 0;
  gulong n_left = 0;
  guchar *data = NULL;
  gulong pid = 0;

  if (XGetWindowProperty (display,
                          window,
                          name,
                          0,
                          1,
                          False,
                          XA_CARDINAL,
                          &type,
                          &format,
                          &n_items,
                          &n_left,
                          &data) == Success &&
      n_items == 1)
    memcpy (&pid, data, sizeof pid);
  if (data != NULL)
    XFree (data);

  return pid;
}

/* How many windows of the process people can see. */
static guint
count_mapped (Display *display, gulong pid)
{
  Window root;
  Window parent;
  Window *windows = NULL;
  guint n_windows = 0;
  guint n_mapped = 0;

  if (!XQueryTree (display, DefaultRootWindow (display), &root, &parent, &windows, &n_windows))
    return 0;
  for (guint i = 0; i < n_windows; i++)
    {
      XWindowAttributes attributes;

      if (XGetWindowAttributes (display, windows[i], &attributes) &&
          attributes.map_state == IsViewable && attributes.width >= 360 &&
          get_pid (display, windows[i]) == pid)
        n_mapped++;
    }
  if (windows != NULL)
    XFree (windows);

  return n_mapped;
}

static void
activate (World *world, const char *action)
{
  GVariantBuilder parameter = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  GVariantBuilder platform = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sv}"));
  g_autoptr (GVariant) answer = call (world,
                                      OBJECT,
                                      "org.gtk.Actions",
                                      "Activate",
                                      g_variant_new ("(sava{sv})", action, &parameter, &platform));

  g_assert_nonnull (answer);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
wait_for_end (GSubprocess *process)
{
  gboolean ended = FALSE;

  g_subprocess_wait_async (process, NULL, ended_cb, &ended);
  wait_until (ended);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

/* Starts, shows one window, also when it is started again, and quits when asked. */
static void
test_window (World *world, gconstpointer unused)
{
  Display *display = XOpenDisplay (NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GSubprocess) second = NULL;
  g_autofree char *replica = g_build_filename (world->dir, "replica", "replica.db", NULL);
  gulong pid;

  g_assert_nonnull (display);
  XSetErrorHandler (ignore_error);
  process = start_program (world);
  pid = strtoul (g_subprocess_get_identifier (process), NULL, 10);
  wait_until (has_window (world, 1));
  wait_until (count_mapped (display, pid) == 1);
  g_assert_true (g_file_test (replica, G_FILE_TEST_EXISTS));

  second = start_program (world);
  wait_for_end (second);
  g_assert_true (has_window (world, 1));
  g_assert_false (has_window (world, 2));
  g_assert_cmpuint (count_mapped (display, pid), ==, 1);

  activate (world, "quit");
  wait_for_end (process);
  g_assert_cmpuint (count_mapped (display, pid), ==, 0);
  XCloseDisplay (display);
}

int
main (int argc, char **argv)
{
  if (argc < 3 || strcmp (argv[1], "--crm") != 0)
    g_error ("This test wants --crm PROGRAM");
  program = argv[2];
  memmove (argv + 1, argv + 3, (gsize) (argc - 2) * sizeof *argv);
  argc -= 2;
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/e2e/program/window", World, NULL, set_up, test_window, tear_down);

  return g_test_run ();
}
