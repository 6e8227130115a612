/*
 * Paints the six pictures of the README, from the demo company on a fixed day:
 *
 *   build-aux/dev shell .build/plain/tests/ui/crm-readme-pictures [FOLDER]
 *
 * into data/screenshots unless another folder is named.
 */
#include "crm-ui-scenes.h"
#include "crm-ui-test-records.h"

#include "base/crm-clock.h"
#include "letters/crm-letter-settings.h"
#include "store/demo/crm-demo.h"
#include "ui/import/crm-import-dialog.h"
#include "ui/letters/crm-letter-paper.h"
#include "ui/relations/crm-relations-page.h"
#include "ui/shell/crm-window.h"

#include <locale.h>

#define NOW "2026-03-05T14:30:00Z"
/* One of those who log things in the demo company. */
#define USER "Kees Visser"

/* Without a compositor a window has a frame of five pixels inside its size. */
#define FRAME 10

static CrmStore *store;
/* People with a story, those with the longest first. */
static GPtrArray *people;

static gpointer
fill_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  static const char *const sender[][2] = {
    { "sender.organisation", "Van Dam Apparatenbouw B.V." },
    { "sender.street", "Industrieweg 8" },
    { "sender.postcode", "6716 AM" },
    { "sender.city", "Ede" },
    { "sender.name", USER },
    { "sender.function", "Verkoop" },
  };
  g_autoptr (CrmLetterSettings) settings = crm_letter_settings_load (replica);

  for (guint i = 0; i < G_N_ELEMENTS (sender); i++)
    crm_letter_settings_set (settings, sender[i][0], sender[i][1]);
  if (!crm_replica_set_setting (replica, "user", USER, error) ||
      !crm_letter_settings_save (settings, replica, error) ||
      !crm_demo_fill (replica, 1000, NULL, cancellable, error))
    return NULL;

  return g_strdup ("");
}

static void
fill (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *done = NULL;

  crm_store_run_async (store,
                       CRM_STORE_BULK,
                       fill_on_worker,
                       NULL,
                       NULL,
                       g_free,
                       NULL,
                       crm_ui_test_result_cb,
                       &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  done = crm_store_run_finish (store, result, &error);
  g_assert_no_error (error);
}

static guint
count_activities (CrmRecord *person)
{
  g_autoptr (GPtrArray)
      activities = crm_ui_test_list_activities (store, crm_record_get_id (person));

  return activities->len;
}

/* A colleague somewhere makes the better picture. */
static int
weigh (CrmRecord *person)
{
  return (int) count_activities (person) +
         (crm_record_get (person, "organisation") != NULL ? 100 : 0);
}

static int
compare_stories (gconstpointer a, gconstpointer b)
{
  return weigh (*(CrmRecord *const *) b) - weigh (*(CrmRecord *const *) a);
}

static void
find_people (void)
{
  g_autoptr (CrmQuery) query = crm_query_new ("person");
  g_autoptr (GAsyncResult) result = NULL;

  crm_store_list_async (store, query, 24, NULL, crm_ui_test_result_cb, &result);
  crm_ui_test_wait_until (result != NULL);
  people = crm_store_list_finish (store, result, NULL);
  g_assert_nonnull (people);
  g_ptr_array_sort (people, compare_stories);
}

static void
show_relation (GtkWidget *window)
{
  gtk_widget_activate_action (window,
                              "win.open-record",
                              "s",
                              crm_record_get_id (g_ptr_array_index (people, 0)));
  crm_ui_test_wait_until (crm_ui_test_find_text (window, "What Happened?") != NULL);
}

static void
show_table (GtkWidget *window)
{
  GtkWidget *page = crm_ui_test_find_type (window, CRM_TYPE_RELATIONS_PAGE);

  gtk_widget_activate_action (page, "relations.view", "s", "table");
}

static void
show_letters (GtkWidget *window)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GtkWidget *paper;

  for (guint i = 0; i < people->len; i++)
    g_ptr_array_add (ids, (char *) crm_record_get_id (g_ptr_array_index (people, i)));
  g_ptr_array_add (ids, NULL);
  gtk_widget_activate_action (window, "win.make-letters", "^as", ids->pdata);
  crm_ui_test_wait_until ((paper = crm_ui_test_find_type (window, CRM_TYPE_LETTER_PAPER)) != NULL &&
                          crm_letter_paper_get_n_pages (CRM_LETTER_PAPER (paper)) > 0);
}

static void
show_week (GtkWidget *window)
{
  gtk_widget_activate_action (window, "win.show", "s", "week");
  crm_ui_test_wait_until (crm_ui_test_find_text (window, "Comes next") != NULL);
}

#define TABLE                                                                                      \
  "Nummer;Bedrijfsnaam;Aanhef;Voornaam;Achternaam;Adres;Postcode;Plaats;E-mail;Telefoon\n"         \
  "K4001;Zonneveld Kassen B.V.;Dhr.;Jan;Vries, "                                                   \
  "de;Kerkstraat 12 bis;6711ab;Ede;jan@zonneveld.example;06-12345678\n"                            \
  "K4002;Zonneveld Kassen B.V.;Mevr.;Anna;Özil;Dorpsweg 3;6711 AC;Ede;anna@zonneveld.example;"     \
  "0318 - 61 23 45\n"                                                                              \
  "K4003;Drukkerij Holt;Mw;Marie;van der Berg;Lindelaan 7;3511 AB;Utrecht;marie@holt.example;"     \
  "geen\n"                                                                                         \
  ";;;;;;;Ede;;\n"

static void
show_import (GtkWidget *window)
{
  g_autofree char *folder = g_dir_make_tmp ("crm-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "klanten.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, TABLE, -1, NULL));
  adw_dialog_present (ADW_DIALOG (crm_import_dialog_new (store, file)), window);
  crm_ui_test_wait_until (crm_ui_test_find_text (window, "3 new · 1 refused") != NULL);
  crm_ui_test_remove_folder (folder);
}

static const struct
{
  const char *name;
  void (*show) (GtkWidget *window);
  gboolean narrow;
} pictures[] = {
  { "relations", show_table, FALSE }, { "relation", show_relation, FALSE },
  { "letters", show_letters, FALSE }, { "week", show_week, FALSE },
  { "import", show_import, FALSE },   { "narrow-dark", show_relation, TRUE },
};

static void
paint (guint i, const char *folder)
{
  g_autofree char *name = g_strconcat (pictures[i].name, ".png", NULL);
  g_autofree char *file = g_build_filename (folder, name, NULL);
  GtkWidget *page;
  GtkWidget *window = crm_window_new (NULL);

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      pictures[i].narrow ? ADW_COLOR_SCHEME_FORCE_DARK
                                                         : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_window_set_default_size (GTK_WINDOW (window),
                               (pictures[i].narrow ? 360 : 1300) + FRAME,
                               (pictures[i].narrow ? 720 : 850) + FRAME);
  crm_window_set_store (CRM_WINDOW (window), store);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_activate_action (window, "win.show", "s", "relations");
  crm_ui_test_wait_until (crm_ui_test_find_text (window, "1,000 relations") != NULL ||
                          crm_ui_test_find_text (window, "1000 relations") != NULL);
  pictures[i].show (window);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  crm_ui_test_settle (800);
  crm_ui_test_picture (window, file);
  gtk_widget_activate_action (window, "win.show", "s", "relations");
  /* In a narrow window the relation has its place. */
  page = crm_ui_test_find_type (window, CRM_TYPE_RELATIONS_PAGE);
  if (page != NULL)
    gtk_widget_activate_action (page, "relations.view", "s", "list");
  crm_ui_test_close (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  const char *folder = argc > 1 ? argv[1] : "data/screenshots";
  g_autofree char *dir = NULL;
  g_autofree char *replica = NULL;
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (GError) error = NULL;
  char *test_argv[] = { argv[0], NULL };
  char **test_args = test_argv;
  int one = 1;

  g_assert_true (g_setenv ("CRM_NOW", NOW, TRUE));
  setlocale (LC_ALL, "en_US.UTF-8");
  crm_ui_test_init (&one, &test_args);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  dir = g_dir_make_tmp ("crm-XXXXXX", NULL);
  replica = g_build_filename (dir, "default", NULL);
  store = crm_store_open (replica, key, NULL, TRUE, &error);
  g_assert_no_error (error);
  fill ();
  find_people ();
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    paint (i, folder);

  g_ptr_array_unref (people);
  g_object_unref (store);
  crm_ui_test_remove_folder (dir);

  return 0;
}
