/* Connecting to what answers in every way but the right one; that is tried with real servers. */
#include "crm-ui-test-input.h"
#include "crm-ui-test-records.h"
#include "ui/sync/crm-connect-dialog.h"

#include <string.h>

typedef struct
{
  CrmUiTestWorld *world;
  CrmSync *sync;
  GtkWidget *dialog;
  GtkWindow *window;

  GSocketService *server;
  char *url;
  const char *answer; /* NULL: never */
  guint n_asked;
} Fixture;

/* Held open until the other end has enough of it. */
static gboolean
incoming_cb (Fixture *fixture, GSocketConnection *connection)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  fixture->n_asked++;
  if (fixture->answer == NULL)
    g_object_set_data_full (G_OBJECT (fixture->server),
                            "silent",
                            g_object_ref (connection),
                            g_object_unref);
  else
    g_output_stream_write_all (out, fixture->answer, strlen (fixture->answer), NULL, NULL, NULL);

  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer width)
{
  guint16 port;

  fixture->server = g_socket_service_new ();
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (fixture->server), NULL, NULL);
  g_signal_connect_swapped (fixture->server, "incoming", G_CALLBACK (incoming_cb), fixture);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%u", port);

  fixture->world = crm_ui_test_world_new (FALSE);
  fixture->sync = crm_sync_new (fixture->world->store, NULL);
  fixture->dialog = GTK_WIDGET (crm_connect_dialog_new (fixture->sync));
  fixture->window = crm_ui_test_present (fixture->dialog, GPOINTER_TO_INT (width), 600);
  crm_ui_test_wait_until (crm_ui_test_find_type (fixture->dialog, GTK_TYPE_TEXT) != NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  crm_ui_test_close (fixture->window);
  g_object_unref (fixture->sync);
  crm_ui_test_world_free (fixture->world);
  g_socket_service_stop (fixture->server);
  g_object_unref (fixture->server);
  g_free (fixture->url);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return crm_ui_test_find_text (GTK_WIDGET (fixture->window), text) != NULL;
}

static GtkEditable *
get_address (Fixture *fixture)
{
  return GTK_EDITABLE (crm_ui_test_find_type (fixture->dialog, ADW_TYPE_ENTRY_ROW));
}

static void
try_address (Fixture *fixture, const char *address)
{
  gtk_editable_set_text (get_address (fixture), address);
  crm_ui_test_wait_until (crm_ui_test_find_button (fixture->dialog, "Continue") != NULL);
  gtk_widget_activate (crm_ui_test_find_button (fixture->dialog, "Continue"));
}

/* Each says what is the matter, and leaves what was typed. */
static void
test_problems (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *address; /* NULL: of the one who answers */
    const char *answer;
    const char *title;
  } cases[] = {
    { "no address at all", NULL, "Not an Address" },
    /* Anybody on the way would read the password. */
    { "http://crm.example.org", NULL, "Not an Address" },
    { "http://127.0.0.1:1", NULL, "No Connection" },
    { NULL,
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
      "No CRM Server There" },
    { NULL,
      "HTTP/1.1 407 Proxy\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n",
      "The Proxy Wants a Password" },
    { NULL,
      "HTTP/1.1 500 Oh\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n",
      "The Server Is in Trouble" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *address = cases[i].address != NULL ? cases[i].address : fixture->url;

      fixture->answer = cases[i].answer;
      g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "The server: *");
      try_address (fixture, address);
      crm_ui_test_wait_until (shows (fixture, cases[i].title));
      g_test_assert_expected_messages ();
      g_assert_cmpstr (gtk_editable_get_text (get_address (fixture)), ==, address);
      crm_ui_test_check_names (fixture->dialog);
      /* The next key takes the complaint away. */
      gtk_editable_set_text (get_address (fixture), "");
      g_assert_false (shows (fixture, cases[i].title));
    }
}

/* With keys alone; who waits in vain goes back, and nothing typed is lost. */
static void
test_cancels (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *text = crm_ui_test_find_type (fixture->dialog, GTK_TYPE_TEXT);
  GtkWidget *cancel = NULL;

  gtk_editable_set_text (get_address (fixture), fixture->url);
  gtk_widget_grab_focus (text);
  crm_ui_test_type (text, GDK_KEY_Return, 0);
  crm_ui_test_wait_until ((cancel = crm_ui_test_find_button (fixture->dialog, "Cancel")) != NULL);
  g_assert_false (gtk_editable_get_editable (get_address (fixture)));
  crm_ui_test_wait_until (fixture->n_asked == 1);
  for (guint i = 0; i < 10 && gtk_window_get_focus (fixture->window) != cancel; i++)
    crm_ui_test_type (text, GDK_KEY_Tab, 0);
  crm_ui_test_type (cancel, GDK_KEY_Return, 0);

  crm_ui_test_wait_until (crm_ui_test_find_button (fixture->dialog, "Continue") != NULL);
  g_assert_cmpstr (gtk_editable_get_text (get_address (fixture)), ==, fixture->url);
  g_assert_true (gtk_editable_get_editable (get_address (fixture)));
  crm_ui_test_wait_until (gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window),
                                                  GTK_WIDGET (get_address (fixture))));
  g_object_set_data (G_OBJECT (fixture->server), "silent", NULL);
}

/* Closed while it waits: nothing comes after it. */
static void
test_closes (Fixture *fixture, gconstpointer unused)
{
  try_address (fixture, fixture->url);
  crm_ui_test_wait_until (fixture->n_asked == 1);
  adw_dialog_force_close (ADW_DIALOG (fixture->dialog));
  crm_ui_test_wait_until (crm_ui_test_find_type (GTK_WIDGET (fixture->window),
                                                 CRM_TYPE_CONNECT_DIALOG) == NULL);
}

static void
test_narrow (Fixture *fixture, gconstpointer unused)
{
  int least;

  gtk_widget_measure (fixture->dialog, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer), int width)
{
  g_test_add (path, Fixture, GINT_TO_POINTER (width), set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  add ("/ui/connect-dialog/problems", test_problems, 700);
  add ("/ui/connect-dialog/cancels", test_cancels, 700);
  add ("/ui/connect-dialog/closes", test_closes, 700);
  add ("/ui/connect-dialog/narrow", test_narrow, 360);

  return g_test_run ();
}
