#include "crm-ui-test.h"
#include "ui/letters/crm-letters-page.h"

#include <glib/gstdio.h>
#include <gtk/gtkunixprint.h>

/* GtkDialog is deprecated, but its print dialog is one. */
#define ANSWER_OK     (-5)
#define ANSWER_CANCEL (-6)

static const char *const everyone[] = {
  CRM_UI_TEST_JAN, CRM_UI_TEST_ANNA, CRM_UI_TEST_MARIE, NULL
};

typedef struct
{
  CrmUiTestWorld *world;
  GtkWindow *window;
  char *tmp; /* nothing but what is made here */
} Fixture;

/* NULL when there is none. */
static char *
find_print_folder (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->tmp, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "crm-print-"))
      return g_build_filename (fixture->tmp, name, NULL);

  return NULL;
}

static gboolean
has_print_folder (Fixture *fixture)
{
  g_autofree char *folder = find_print_folder (fixture);

  return folder != NULL;
}

/* What was given to the printer. */
static GBytes *
read_print (Fixture *fixture)
{
  g_autofree char *folder = find_print_folder (fixture);
  g_autofree char *name = g_strdup_printf ("crm-%s.pdf", g_get_user_name ());
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (data, size);
}

static GtkPrintUnixDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (GTK_IS_PRINT_UNIX_DIALOG (l->data))
      return l->data;

  return NULL;
}

static GtkPrintUnixDialog *
ask_to_print (Fixture *fixture)
{
  CrmLettersPage *page;
  GtkPrintUnixDialog *dialog = NULL;

  fixture->world = crm_ui_test_world_new (TRUE);
  page = crm_letters_page_new (fixture->world->store);
  fixture->window = crm_ui_test_present (GTK_WIDGET (page), 1200, 800);
  crm_letters_page_set_recipients (page, everyone);
  crm_ui_test_wait_until (crm_ui_test_find_text (GTK_WIDGET (page), "1 of 3") != NULL);
  crm_ui_test_wait_until (gtk_widget_activate_action (GTK_WIDGET (page), "letters.print", NULL));
  crm_ui_test_wait_until ((dialog = find_dialog ()) != NULL);

  return dialog;
}

static void
finish (Fixture *fixture)
{
  /* Personal letters do not stay behind. */
  crm_ui_test_wait_until (!has_print_folder (fixture));
  crm_ui_test_close (fixture->window);
  crm_ui_test_world_free (fixture->world);
}

/* GTK's own printer that prints to a file gets the pages of the PDF as they are. */
static void
test_print (Fixture *fixture, gconstpointer unused)
{
  GtkPrintUnixDialog *dialog = ask_to_print (fixture);
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr (GBytes) given = read_print (fixture);
  g_autofree char *path = g_build_filename (fixture->tmp, "printed.pdf", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *data = NULL;
  gsize size = 0;

  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_URI, uri);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf");
  gtk_print_settings_set_printer (settings, "Print to File");
  gtk_print_unix_dialog_set_settings (dialog, settings);
  crm_ui_test_wait_until (gtk_print_unix_dialog_get_selected_printer (dialog) != NULL);
  g_signal_emit_by_name (dialog, "response", ANSWER_OK);

  crm_ui_test_wait_until (g_file_test (path, G_FILE_TEST_EXISTS));
  finish (fixture);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_assert_cmpmem (data, size, g_bytes_get_data (given, NULL), g_bytes_get_size (given));
}

static void
test_cancel (Fixture *fixture, gconstpointer unused)
{
  GtkPrintUnixDialog *dialog = ask_to_print (fixture);

  g_signal_emit_by_name (dialog, "response", ANSWER_CANCEL);
  crm_ui_test_wait_until (crm_ui_test_find_text (GTK_WIDGET (fixture->window),
                                                 "Nothing was printed; the letters are logged") !=
                          NULL);
  finish (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer tmp)
{
  fixture->tmp = g_strdup (tmp);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_free (fixture->tmp);
}

/* A temporary folder for this process alone; GLib must not have looked yet where that is. */
static char *
make_tmp (void)
{
  const char *base = g_getenv ("TMPDIR");
  char *tmp = g_build_filename (base != NULL ? base : "/tmp", "crm-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (tmp));
  g_assert_true (g_setenv ("TMPDIR", tmp, TRUE));

  return tmp;
}

int
main (int argc, char **argv)
{
  g_autofree char *tmp = make_tmp ();
  int result;

  crm_ui_test_init (&argc, &argv);
#define ADD(path, func) g_test_add (path, Fixture, tmp, set_up, func, tear_down)
  ADD ("/ui/letters-page-make/print", test_print);
  ADD ("/ui/letters-page-make/cancel", test_cancel);
#undef ADD
  result = g_test_run ();
  crm_ui_test_remove_folder (tmp);

  return result;
}
