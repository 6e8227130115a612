#include "crm-ui-test.h"
#include "ui/letters/crm-letter-paper.h"
#include "ui/letters/crm-letters-page.h"
#include "ui/letters/crm-letters-recipients.h"
#include "ui/relations/crm-filter-popover.h"

#include <glib/gstdio.h>

/* What a page needs of the window around it. */
typedef struct
{
  CrmUiTestWorld *world;
  CrmLettersPage *page;
  GtkWindow *window;
  char *edited; /* the id that win.edit-record was asked for */
} Fixture;

static void
edit_record_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_set_str (&fixture->edited, g_variant_get_string (parameter, NULL));
}

static void
open_page (Fixture *fixture, int width, int height)
{
  const GActionEntry entries[] = { { "edit-record", edit_record_cb, "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  fixture->world = crm_ui_test_world_new (TRUE);
  fixture->page = crm_letters_page_new (fixture->world->store);
  fixture->window = crm_ui_test_present (GTK_WIDGET (fixture->page), width, height);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), fixture);
  gtk_widget_insert_action_group (GTK_WIDGET (fixture->window), "win", G_ACTION_GROUP (group));
}

static void
close_page (Fixture *fixture)
{
  crm_ui_test_close (fixture->window);
  crm_ui_test_world_free (fixture->world);
  g_free (fixture->edited);
}

/* Into the folder that CRM_TEST_PICTURES names, when it does. */
static void
take_picture (Fixture *fixture, const char *name)
{
  const char *folder = g_getenv ("CRM_TEST_PICTURES");
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;

  path = g_strdup_printf ("%s/%s.png", folder, name);
  crm_ui_test_picture (GTK_WIDGET (fixture->window), path);
}

static const char *const everyone[] = {
  CRM_UI_TEST_JAN, CRM_UI_TEST_ANNA, CRM_UI_TEST_MARIE, NULL
};

static CrmLetterPaper *
get_paper (Fixture *fixture)
{
  GtkWidget *paper = crm_ui_test_find_type (GTK_WIDGET (fixture->page), CRM_TYPE_LETTER_PAPER);

  return paper != NULL ? CRM_LETTER_PAPER (paper) : NULL;
}

static gboolean
says (Fixture *fixture, const char *text)
{
  return crm_ui_test_find_text (GTK_WIDGET (fixture->page), text) != NULL;
}

static gboolean
paper_is_for (Fixture *fixture, const char *name)
{
  CrmLetterPaper *paper = get_paper (fixture);
  g_autofree char *said = paper != NULL ? crm_ui_test_dup_name (GTK_WIDGET (paper)) : NULL;

  return said != NULL && strstr (said, name) != NULL;
}

/* The result keeps the store, so it goes before the store must. */
static void
change (Fixture *fixture, const char *id, const char *field, const char *value)
{
  CrmStore *store = fixture->world->store;
  CrmChangeSet *set = crm_change_set_new ("person.edit");
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *set_id = NULL;

  crm_change_set_set (set,
                      crm_model_find_kind (crm_store_get_model (store), "person"),
                      id,
                      field,
                      value);
  crm_store_apply_async (store, set, NULL, crm_ui_test_result_cb, &result);
  crm_ui_test_wait_until (result != NULL);
  set_id = crm_store_apply_finish (store, result, NULL);
  g_assert_nonnull (set_id);
}

static void
test_preview (void)
{
  Fixture fixture = { NULL };

  open_page (&fixture, 1200, 800);
  g_assert_true (says (&fixture, "Who Gets This Letter?"));
  crm_ui_test_wait_until (says (&fixture, "Algemene brief"));

  crm_letters_page_set_recipients (fixture.page, everyone);
  crm_ui_test_wait_until (paper_is_for (&fixture, "Jan de Vries"));
  g_assert_cmpuint (crm_letter_paper_get_n_pages (get_paper (&fixture)), ==, 1);
  g_assert_true (says (&fixture, "1 of 3"));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.page), "letters.next", NULL));
  crm_ui_test_wait_until (paper_is_for (&fixture, "Anna Özil"));
  g_assert_true (says (&fixture, "2 of 3"));
  close_page (&fixture);
}

static CrmFilterPopover *
get_filter (Fixture *fixture)
{
  GtkWidget *button = crm_ui_test_find_icon_button (GTK_WIDGET (fixture->page), "funnel-symbolic");

  return CRM_FILTER_POPOVER (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
}

/* In the words of the list; while a condition waits for its value nothing is chosen. */
static void
test_filter_in_words (void)
{
  g_autoptr (CrmFilter) waiting = crm_filter_new ();
  CrmFilterTerm term = { .op = CRM_FILTER_IS };
  Fixture fixture = { NULL };

  open_page (&fixture, 1200, 800);
  crm_ui_test_wait_until (says (&fixture, "Nobody yet"));
  term.field = crm_kind_find_field (crm_model_find_kind (crm_model_get_default (), "person"),
                                    "city");
  crm_filter_add (waiting, &term);
  crm_filter_popover_set (get_filter (&fixture), "relation", waiting);
  crm_ui_test_settle (100);
  g_assert_true (says (&fixture, "Nobody yet"));

  crm_filter_popover_set_only (get_filter (&fixture), "city", "Ede");
  crm_ui_test_wait_until (says (&fixture, "3 relations"));
  g_assert_true (says (&fixture, "Town is Ede"));
  crm_ui_test_wait_until (paper_is_for (&fixture, "Bakker Techniek"));

  /* Cleared: not everybody, but nobody. */
  crm_filter_popover_set (get_filter (&fixture), "relation", NULL);
  crm_ui_test_wait_until (says (&fixture, "Nobody yet"));
  close_page (&fixture);
}

static void
test_chosen_in_list (void)
{
  Fixture fixture = { NULL };

  open_page (&fixture, 1200, 800);
  crm_filter_popover_set (get_filter (&fixture), "person", NULL);
  crm_ui_test_wait_until (says (&fixture, "3 relations") && says (&fixture, "Persons only"));
  crm_letters_page_set_recipients (fixture.page, (const char *[]) { CRM_UI_TEST_JAN, NULL });
  crm_ui_test_wait_until (says (&fixture, "1 relation"));
  g_assert_true (says (&fixture, "Chosen in the list"));
  g_assert_cmpstr (crm_filter_popover_get_kinds (get_filter (&fixture)), ==, "relation");

  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "letters.everybody", NULL);
  crm_ui_test_wait_until (says (&fixture, "4 relations") && says (&fixture, "Everybody"));
  close_page (&fixture);
}

static void
test_expression (void)
{
  Fixture fixture = { NULL };
  GtkWidget *recipients;
  GtkWidget *row;

  open_page (&fixture, 1200, 800);
  recipients = crm_ui_test_find_type (GTK_WIDGET (fixture.page), CRM_TYPE_LETTERS_RECIPIENTS);
  row = GTK_WIDGET (gtk_widget_get_template_child (recipients,
                                                   CRM_TYPE_LETTERS_RECIPIENTS,
                                                   "expression_row"));
  gtk_editable_set_text (GTK_EDITABLE (row), "city = \"Utrecht\" or given_name = \"Jan\"");
  g_signal_emit_by_name (row, "apply");
  crm_ui_test_wait_until (says (&fixture, "2 relations"));

  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "This filter cannot be read: *");
  gtk_editable_set_text (GTK_EDITABLE (row), "city = ");
  g_signal_emit_by_name (row, "apply");
  g_test_assert_expected_messages ();
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_assert_true (says (&fixture, "2 relations"));
  close_page (&fixture);
}

/* What needs attention says so, and opens the record to mend; mended, it is checked again. */
static void
test_mend (void)
{
  static const char *const ids[] = { CRM_UI_TEST_BAKKER, CRM_UI_TEST_MARIE, NULL };
  Fixture fixture = { NULL };
  GtkWidget *row;

  open_page (&fixture, 1200, 800);
  crm_letters_page_set_recipients (fixture.page, ids);
  crm_ui_test_wait_until (says (&fixture, "1 needs attention"));
  row = crm_ui_test_find_text (GTK_WIDGET (fixture.page),
                               "Form of address unknown: the letter uses the name alone");
  g_assert_nonnull (row);
  gtk_widget_activate (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX_ROW));
  crm_ui_test_wait_until (fixture.edited != NULL);
  g_assert_cmpstr (fixture.edited, ==, CRM_UI_TEST_MARIE);

  change (&fixture, CRM_UI_TEST_MARIE, "form_of_address", "mrs");
  change (&fixture, CRM_UI_TEST_MARIE, "street", "Kerkstraat");
  crm_ui_test_wait_until (says (&fixture, "All is well"));
  close_page (&fixture);
}

/* From the button to the toast: a file, letters at the relations, and Undo. */
static void
test_make (void)
{
  Fixture fixture = { NULL };
  g_autofree char *path = NULL;

  open_page (&fixture, 1200, 800);
  path = g_build_filename (fixture.world->dir, "letters.pdf", NULL);
  crm_letters_page_set_recipients (fixture.page, everyone);
  crm_ui_test_wait_until (paper_is_for (&fixture, "Jan de Vries"));

  crm_letters_page_make (fixture.page, path, FALSE, FALSE);
  crm_ui_test_wait_until (crm_ui_test_get_toast (GTK_WIDGET (fixture.page)) != NULL);
  g_assert_cmpstr (crm_ui_test_get_toast (GTK_WIDGET (fixture.page)),
                   ==,
                   "3 letters made and logged");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  crm_ui_test_settle (400);
  take_picture (&fixture, "letters-made");
  close_page (&fixture);
}

static void
test_stopped (void)
{
  Fixture fixture = { NULL };
  GtkWidget *dialog = NULL;

  open_page (&fixture, 1200, 800);
  change (&fixture, CRM_UI_TEST_ANNA, "city", NULL);
  crm_letters_page_set_recipients (fixture.page, everyone);
  crm_ui_test_wait_until (says (&fixture, "1 letter cannot be made"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.page), "letters.make", NULL));
  crm_ui_test_wait_until (crm_ui_test_find_text (GTK_WIDGET (fixture.window),
                                                 "1 Letter Cannot Be Made") != NULL);
  dialog = gtk_widget_get_ancestor (crm_ui_test_find_text (GTK_WIDGET (fixture.window),
                                                           "1 Letter Cannot Be Made"),
                                    ADW_TYPE_DIALOG);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  g_assert_nonnull (crm_ui_test_find_named (dialog, "Make the Other 2"));
  adw_dialog_close (ADW_DIALOG (dialog));
  crm_ui_test_wait_until (dialog == NULL);
  close_page (&fixture);
}

/* Where typing starts: on a button, a space would press it. */
static void
assert_first_row (Fixture *fixture, const char *title)
{
  GtkWidget *focus = gtk_window_get_focus (fixture->window);
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, ADW_TYPE_ENTRY_ROW) : NULL;

  g_assert_nonnull (row);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, title);
}

static void
test_templates (void)
{
  Fixture fixture = { NULL };
  AdwDialog *dialog;

  open_page (&fixture, 1200, 800);
  crm_letters_page_set_recipients (fixture.page, everyone);
  crm_ui_test_wait_until (paper_is_for (&fixture, "Jan de Vries"));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.page),
                                             "letters.duplicate-template",
                                             NULL));
  crm_ui_test_wait_until (crm_ui_test_find_named (GTK_WIDGET (fixture.window),
                                                  "Text of the letter") != NULL);
  dialog = ADW_DIALOG (gtk_widget_get_ancestor (crm_ui_test_find_named (GTK_WIDGET (fixture.window),
                                                                        "Text of the letter"),
                                                ADW_TYPE_DIALOG));
  crm_ui_test_settle (400);
  assert_first_row (&fixture, "Name");
  take_picture (&fixture, "letters-template");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "template.save", NULL));
  crm_ui_test_wait_until (says (&fixture, "Algemene brief (copy)"));
  close_page (&fixture);
}

static void
test_sender (void)
{
  Fixture fixture = { NULL };
  GtkWidget *dialog = NULL;

  open_page (&fixture, 1200, 800);
  crm_ui_test_wait_until (says (&fixture, "Algemene brief"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.page), "letters.sender", NULL));
  crm_ui_test_wait_until (crm_ui_test_find_text (GTK_WIDGET (fixture.window), "Print Letterhead") !=
                          NULL);
  dialog = gtk_widget_get_ancestor (crm_ui_test_find_text (GTK_WIDGET (fixture.window),
                                                           "Print Letterhead"),
                                    ADW_TYPE_DIALOG);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  crm_ui_test_settle (400);
  assert_first_row (&fixture, "Your name");
  take_picture (&fixture, "letters-sender");
  g_assert_true (gtk_widget_activate_action (dialog, "sender.save", NULL));
  crm_ui_test_wait_until (dialog == NULL);
  close_page (&fixture);
}

/* Wide and as narrow as a phone; everything that can be focused has a name. */
static void
test_shapes (void)
{
  static const struct
  {
    const char *name;
    int width;
    int height;
    AdwColorScheme scheme;
  } shapes[] = { { "letters-wide", 1300, 850, ADW_COLOR_SCHEME_FORCE_LIGHT },
                 { "letters-middle", 800, 800, ADW_COLOR_SCHEME_FORCE_DARK },
                 { "letters-narrow", 360, 720, ADW_COLOR_SCHEME_FORCE_LIGHT } };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      Fixture fixture = { NULL };
      g_autoptr (GPtrArray) nameless = NULL;

      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), shapes[i].scheme);
      open_page (&fixture, shapes[i].width, shapes[i].height);
      crm_letters_page_set_recipients (fixture.page, everyone);
      crm_ui_test_wait_until (paper_is_for (&fixture, "Jan de Vries"));
      crm_ui_test_settle (100);
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture.page)), <=, shapes[i].width);

      nameless = crm_ui_test_list_nameless (GTK_WIDGET (fixture.page));
      for (guint j = 0; j < nameless->len; j++)
        g_test_message ("%s", (const char *) g_ptr_array_index (nameless, j));
      g_assert_cmpuint (nameless->len, ==, 0);

      take_picture (&fixture, shapes[i].name);
      close_page (&fixture);
    }
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/letters-page/preview", test_preview);
  g_test_add_func ("/ui/letters-page/filter-in-words", test_filter_in_words);
  g_test_add_func ("/ui/letters-page/chosen-in-list", test_chosen_in_list);
  g_test_add_func ("/ui/letters-page/expression", test_expression);
  g_test_add_func ("/ui/letters-page/mend", test_mend);
  g_test_add_func ("/ui/letters-page/make", test_make);
  g_test_add_func ("/ui/letters-page/stopped", test_stopped);
  g_test_add_func ("/ui/letters-page/templates", test_templates);
  g_test_add_func ("/ui/letters-page/sender", test_sender);
  g_test_add_func ("/ui/letters-page/shapes", test_shapes);

  return g_test_run ();
}
