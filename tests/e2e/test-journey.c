/*
 * What a new user does in a first hour, from an empty replica to letters and the week.
 */
#include "crm-e2e.h"

#include "crm-ui-test-records.h"
#include "ui/import/crm-import-dialog.h"
#include "ui/letters/crm-letter-paper.h"
#include "ui/letters/crm-letters-page.h"
#include "ui/record/crm-record-dialog.h"
#include "ui/relations/crm-relations-page.h"
#include "ui/relations/crm-selection-bar.h"
#include "ui/shell/crm-relations-view.h"
#include "ui/start/crm-start-page.h"

#include <poppler.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

typedef struct
{
  CrmE2e *e2e;
  CrmStore *store; /* borrowed */
  char *dir;
  char *jan;
} Journey;

#define HEADER                                                                                     \
  "Nummer;Aanhef;Voornaam;Achternaam;Bedrijfsnaam;Functie;Adres;Postcode;Plaats;"                  \
  "E-mail;Telefoon;Kenmerken;Opmerking\r\n"

/* As people write them: names and initials in one cell, phone numbers in every notation, postcodes
 * with and without a space, quotes and line ends in a note. */
static const char *const special[] = {
  "K9001;Dhr.;Jan;\"Vries, de\";Bakker Techniek B.V.;Inkoper;Kerkstraat 12 bis;6711ab;EDE;"
  "jan@bakkertechniek.example;06-12345678;vip;\"Zegt: \"\"bel na tienen\"\"\r\nen niet op "
  "vrijdag\"",
  "K9002;Mevr.;Anna;Özil;Bakker Techniek B.V.;Directeur;Dorpsweg 3;6711 AC;Ede;"
  "Anna@BakkerTechniek.example;0318 - 61 23 45;vip,klant;",
  "K9003;Mw;Marie;van der Berg-Pietersen;Bakker Techniek B.V.;;Postbus 12;6710 AA;Ede;"
  "marie@bakkertechniek.example;+31 (0)6 87 65 43 21;;",
  ";;;;;;;;Ede;;;;",
  "K9002;Mevr.;Anna;Özil;Bakker Techniek B.V.;Directeur;Dorpsweg 3;6711 AC;Ede;;;;",
};

#define N_ROWS 300

static void
add_row (GString *text, guint i)
{
  static const char *const given[] = { "Piet", "Truus", "J.H.", "Fatima", "Chr.", "Wout" };
  static const char *const surnames[] = { "Bakker", "van Dijk", "de Boer", "Smit", "'t Hart" };
  static const char *const phones[] = { "06%08u", "+316%08u", "0031-6-%08u", "(06) %08u" };
  static const char *const postcodes[] = { "%uab", "%u AB", "%u  Ab", " %uAB" };
  g_autofree char *phone = NULL;
  g_autofree char *postcode = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  phone = g_strdup_printf (phones[i % G_N_ELEMENTS (phones)], 10000000 + i);
  postcode = g_strdup_printf (postcodes[i % G_N_ELEMENTS (postcodes)], 1000 + i);
#pragma GCC diagnostic pop
  g_string_append_printf (text,
                          "K%04u;%s;%s;%s%u;%s;;Lindelaan %u%s;%s;%s;%s%u@firma.example;%s;;\r\n",
                          i,
                          i % 3 == 0   ? "De heer"
                          : i % 3 == 1 ? "Mevrouw"
                                       : "",
                          given[i % G_N_ELEMENTS (given)],
                          surnames[i % G_N_ELEMENTS (surnames)],
                          i,
                          i % 4 == 0 ? "Nieuw & Zn." : "",
                          i + 1,
                          i % 5 == 0 ? " hs" : "",
                          postcode,
                          i % 2 == 0 ? "Utrecht" : "\"Bergen, L\"",
                          i % 7 == 0 ? "geen" : "p",
                          i,
                          phone);
}

/* Windows-1252, as spreadsheets here write it. */
static char *
write_table (Journey *journey)
{
  g_autoptr (GString) text = g_string_new (HEADER);
  g_autoptr (GError) error = NULL;
  g_autofree char *old = NULL;
  char *path = g_build_filename (journey->dir, "Relaties 2026.csv", NULL);
  gsize size;

  for (guint i = 0; i < N_ROWS; i++)
    add_row (text, i);
  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    g_string_append_printf (text, "%s\r\n", special[i]);
  old = g_convert (text->str, (gssize) text->len, "WINDOWS-1252", "UTF-8", NULL, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, old, (gssize) size, &error);
  g_assert_no_error (error);

  return path;
}

static GtkWidget *
find (Journey *journey, GType type)
{
  return crm_ui_test_find_type (journey->e2e->window, type);
}

static void
import_first_file (Journey *journey)
{
  CrmE2e *e2e = journey->e2e;
  g_autofree char *path = write_table (journey);
  GtkWidget *dialog;
  GObject *stack;

  crm_e2e_wait_for (e2e, "Welcome to CRM");
  crm_e2e_choose_row (e2e, "_Import a File");
  crm_ui_test_wait_until (find (journey, CRM_TYPE_IMPORT_DIALOG) != NULL);
  dialog = find (journey, CRM_TYPE_IMPORT_DIALOG);
  stack = gtk_widget_get_template_child (dialog, CRM_TYPE_IMPORT_DIALOG, "stack");
  crm_e2e_drop (GTK_WIDGET (stack), path);

  crm_e2e_wait_for (e2e, "Import 305 Rows");
  crm_e2e_wait_for (e2e, "303 new · 1 unchanged · 1 refused");
  g_assert_true (crm_e2e_shows (e2e, "13 of 13 columns are imported"));
  crm_e2e_act (e2e, CRM_TYPE_IMPORT_DIALOG, "import.start", NULL);
  crm_e2e_wait_for (e2e, "Imported");
  g_assert_true (crm_e2e_shows (e2e, "Relaties 2026.csv.rejected.csv"));

  crm_e2e_act (e2e, CRM_TYPE_IMPORT_DIALOG, "import.show", NULL);
  crm_ui_test_wait_until (find (journey, CRM_TYPE_IMPORT_DIALOG) == NULL);
  /* With two organisations that the rows name. */
  crm_e2e_wait_for (e2e, "305 relations");
  g_assert_null (find (journey, CRM_TYPE_START_PAGE));
}

static GtkEditable *
get_search (Journey *journey)
{
  GtkWidget *page = find (journey, CRM_TYPE_RELATIONS_PAGE);

  return GTK_EDITABLE (crm_relations_page_get_entry (CRM_RELATIONS_PAGE (page)));
}

/* The page of a relation has two parts when there is no room for both. */
static void
show_part (Journey *journey, const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  GtkWidget *toggle = NULL;

  crm_ui_test_wait_until ((toggle = crm_ui_test_find_named (journey->e2e->window, name)) != NULL);
  g_object_set (gtk_widget_get_ancestor (toggle, ADW_TYPE_TOGGLE_GROUP), "active-name", key, NULL);
}

/* Whatever people remember of him; typed a letter at a time, Enter opens the first. */
static void
search_and_open (Journey *journey)
{
  static const char *const words[] = { "devries", "Vries, de", "06 12345678",    "+31612345678",
                                       "6711 ab", "na tienen", "jan@bakkertech", "de vries" };
  GtkWidget *view = find (journey, CRM_TYPE_RELATIONS_VIEW);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      crm_e2e_type (get_search (journey), "zzzz");
      crm_e2e_wait_for (journey->e2e, "Nothing Found");
      g_test_message ("Searching “%s”", words[i]);
      crm_e2e_type (get_search (journey), words[i]);
      crm_ui_test_wait_until (crm_e2e_shows (journey->e2e, "1 relation") &&
                              crm_e2e_shows (journey->e2e, "Jan de Vries"));
    }

  g_signal_emit_by_name (get_search (journey), "activate");
  crm_e2e_wait_for (journey->e2e, "What Happened?");
  crm_ui_test_wait_until (crm_relations_view_get_open (CRM_RELATIONS_VIEW (view)) != NULL);
  journey->jan = g_strdup (crm_relations_view_get_open (CRM_RELATIONS_VIEW (view)));
  show_part (journey, "Facts");
  crm_e2e_wait_for (journey->e2e, "Kerkstraat 12 bis\n6711 AB EDE");
  show_part (journey, "Story");
}

static void
edit_with_reason (Journey *journey)
{
  CrmE2e *e2e = journey->e2e;
  g_autoptr (CrmRecord) jan = NULL;

  gtk_widget_activate_action (e2e->window, "win.edit-record", "s", journey->jan);
  crm_ui_test_wait_until (find (journey, CRM_TYPE_RECORD_DIALOG) != NULL);
  crm_e2e_wait_for (e2e, "Why this changes (optional)");
  crm_e2e_fill_row (e2e, "Function", "Hoofd inkoop");
  crm_e2e_fill_row (e2e, "Why this changes (optional)", "promotie");
  crm_e2e_act (e2e, CRM_TYPE_RECORD_DIALOG, "record.save", NULL);

  crm_e2e_wait_for_toast (e2e, "Saved Jan de Vries");
  crm_ui_test_wait_until (find (journey, CRM_TYPE_RECORD_DIALOG) == NULL);
  crm_e2e_wait_for (e2e, "Function: Inkoper → Hoofd inkoop");
  g_assert_true (crm_e2e_shows_part (e2e, "· promotie"));
  jan = crm_ui_test_get (journey->store, journey->jan);
  g_assert_cmpstr (crm_record_get (jan, "function"), ==, "Hoofd inkoop");
}

static void
log_activity (Journey *journey, const char *type, const char *text)
{
  GtkWidget *view = find (journey, GTK_TYPE_TEXT_VIEW);
  GtkWidget *types = gtk_widget_get_ancestor (view, ADW_TYPE_PREFERENCES_GROUP);

  types = crm_ui_test_find_type (types, ADW_TYPE_TOGGLE_GROUP);
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (types), type);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  g_assert_true (gtk_widget_activate_action (view, "quick.save", NULL));
  crm_e2e_wait_for (journey->e2e, text);
}

static guint
count_activities (Journey *journey, const char *relation)
{
  g_autoptr (GPtrArray) activities = crm_ui_test_list_activities (journey->store, relation);

  return activities->len;
}

/* A call that was not his, and a visit that was. */
static void
log_and_undo (Journey *journey)
{
  g_autoptr (CrmRecord) jan = NULL;

  log_activity (journey, "call", "Vraagt een offerte");
  g_assert_cmpuint (count_activities (journey, journey->jan), ==, 1);

  gtk_widget_activate_action (journey->e2e->window, "win.undo", NULL);
  crm_ui_test_wait_until (!crm_e2e_shows (journey->e2e, "Vraagt een offerte"));
  g_assert_cmpuint (count_activities (journey, journey->jan), ==, 0);
  jan = crm_ui_test_get (journey->store, journey->jan);
  g_assert_null (crm_record_get (jan, "last_activity"));
  /* Only the last thing was undone. */
  g_assert_cmpstr (crm_record_get (jan, "function"), ==, "Hoofd inkoop");

  log_activity (journey, "visit", "Rondleiding");
  g_assert_cmpuint (count_activities (journey, journey->jan), ==, 1);
}

/* What must be on the letter of each, of those who answer to "bakkertech". */
static const struct
{
  const char *number;
  const char *lines[5];
} letters[] = {
  { "K9001",
    { "Bakker Techniek B.V.",
      "De heer J. de Vries",
      "Kerkstraat 12 bis",
      "6711 AB  EDE",
      "Geachte heer De Vries," } },
  { "K9002",
    { "Bakker Techniek B.V.",
      "Mevrouw A. Özil",
      "Dorpsweg 3",
      "6711 AC  EDE",
      "Geachte mevrouw Özil," } },
  { "K9003",
    { "Bakker Techniek B.V.",
      "Mevrouw M. van der Berg-Pietersen",
      "Postbus 12",
      "6710 AA  EDE",
      "Geachte mevrouw Van der Berg-Pietersen," } },
};

static char *
dup_page_text (PopplerDocument *document, int index)
{
  g_autoptr (PopplerPage) page = poppler_document_get_page (document, index);

  return poppler_page_get_text (page);
}

/* White space apart, as a reader sees it. */
static gboolean
has_words (const char *text, const char *words)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \n\t", -1);
  g_auto (GStrv) wanted = g_strsplit (words, " ", -1);
  g_autoptr (GString) all = g_string_new (" ");
  g_autoptr (GString) some = g_string_new (" ");

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_string_append_printf (all, "%s ", parts[i]);
  for (guint i = 0; wanted[i] != NULL; i++)
    if (wanted[i][0] != '\0')
      g_string_append_printf (some, "%s ", wanted[i]);

  return strstr (all->str, some->str) != NULL;
}

static void
check_letter (const char *text)
{
  guint n_fitting = 0;

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      if (!has_words (text, letters[i].lines[1]))
        continue;
      n_fitting++;
      for (guint j = 0; j < G_N_ELEMENTS (letters[i].lines); j++)
        if (!has_words (text, letters[i].lines[j]))
          g_error ("The letter of %s lacks “%s”:\n%s",
                   letters[i].number,
                   letters[i].lines[j],
                   text);
    }
  g_assert_cmpuint (n_fitting, ==, 1);
}

static void
check_pdf (const char *path)
{
  g_autofree char *data = NULL;
  gsize size;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PopplerDocument) document = NULL;

  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  bytes = g_bytes_new (data, size);
  document = poppler_document_new_from_bytes (bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (poppler_document_get_n_pages (document), ==, G_N_ELEMENTS (letters));
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autofree char *text = dup_page_text (document, (int) i);

      check_letter (text);
    }
}

/* A real one, set on paper. */
static gboolean
shows_letter (Journey *journey)
{
  GtkWidget *paper = find (journey, CRM_TYPE_LETTER_PAPER);

  return paper != NULL && crm_letter_paper_get_n_pages (CRM_LETTER_PAPER (paper)) == 1;
}

static void
select_and_write (Journey *journey)
{
  CrmE2e *e2e = journey->e2e;
  g_autofree char *path = g_build_filename (journey->dir, "brieven.pdf", NULL);
  CrmLettersPage *page;

  crm_e2e_type (get_search (journey), "bakkertech");
  crm_e2e_wait_for (e2e, "3 relations");
  crm_e2e_act (e2e, CRM_TYPE_RELATIONS_PAGE, "relations.select-all", NULL);
  crm_e2e_wait_for (e2e, "3 selected");
  crm_e2e_act (e2e, CRM_TYPE_SELECTION_BAR, "selection.letter", NULL);

  crm_ui_test_wait_until (find (journey, CRM_TYPE_LETTERS_PAGE) != NULL);
  page = CRM_LETTERS_PAGE (find (journey, CRM_TYPE_LETTERS_PAGE));
  crm_ui_test_wait_until (crm_letters_page_get_n_recipients (page) == G_N_ELEMENTS (letters));
  crm_e2e_wait_for (e2e, "1 of 3");
  crm_ui_test_wait_until (shows_letter (journey));
  crm_letters_page_make (page, path, FALSE, FALSE);
  crm_e2e_wait_for_toast (e2e, "3 letters made and logged");
  check_pdf (path);
}

static guint
count_letters (Journey *journey, const char *relation)
{
  g_autoptr (GPtrArray) activities = crm_ui_test_list_activities (journey->store, relation);
  guint n = 0;

  for (guint i = 0; i < activities->len; i++)
    n += g_strcmp0 (crm_record_get (g_ptr_array_index (activities, i), "type"), "letter") == 0;

  return n;
}

/* One undo takes the mailing back, and nothing else. */
static void
undo_letters (Journey *journey)
{
  CrmE2e *e2e = journey->e2e;

  g_assert_cmpuint (count_letters (journey, journey->jan), ==, 1);
  gtk_widget_activate_action (e2e->window, "win.show", "s", "week");
  crm_e2e_wait_for (e2e, "Visit · Rondleiding");
  g_assert_true (crm_e2e_shows_part (e2e, "Letter · "));

  gtk_widget_activate_action (e2e->window, "win.undo", NULL);
  crm_ui_test_wait_until (!crm_e2e_shows_part (e2e, "Letter · "));
  g_assert_cmpuint (count_letters (journey, journey->jan), ==, 0);
  g_assert_true (crm_e2e_shows (e2e, "Visit · Rondleiding"));
  g_assert_false (crm_e2e_shows_part (e2e, "Vraagt een offerte"));
}

static void
live_first_hour (CrmE2e *e2e, gpointer data)
{
  Journey *journey = data;

  journey->e2e = e2e;
  journey->store = crm_e2e_wait_for_store (e2e);
  import_first_file (journey);
  search_and_open (journey);
  edit_with_reason (journey);
  log_and_undo (journey);
  select_and_write (journey);
  undo_letters (journey);
}

/* The next day all is where it was. */
static void
look_again (CrmE2e *e2e, gpointer data)
{
  Journey *journey = data;

  journey->e2e = e2e;
  crm_e2e_wait_for (e2e, "305 relations");
  g_assert_null (find (journey, CRM_TYPE_START_PAGE));
  gtk_widget_activate_action (e2e->window, "win.open-record", "s", journey->jan);
  crm_e2e_wait_for (e2e, "Rondleiding");
  g_assert_true (crm_e2e_shows (e2e, "Function: Inkoper → Hoofd inkoop"));
}

static void
test_first_hour (void)
{
  Journey journey = { NULL };
  g_autoptr (GError) error = NULL;

  journey.dir = g_dir_make_tmp ("crm-e2e-XXXXXX", &error);
  g_assert_no_error (error);
  crm_e2e_run (journey.dir, "key", live_first_hour, &journey);
  crm_e2e_run (journey.dir, "key", look_again, &journey);

  crm_ui_test_remove_folder (journey.dir);
  g_free (journey.dir);
  g_free (journey.jan);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/e2e/journey/first-hour", test_first_hour);

  return g_test_run ();
}
