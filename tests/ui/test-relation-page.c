#include "crm-ui-test-records.h"
#include "ui/record/crm-relation-page.h"

#include <string.h>

typedef struct
{
  CrmUiTestWorld *world;
  AdwNavigationPage *page;
  GtkWidget *widget;
  GtkWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->world = crm_ui_test_world_new (TRUE);
}

static void
open_page (Fixture *fixture, const char *id, int width)
{
  fixture->page = crm_relation_page_new (fixture->world->store, id);
  fixture->widget = GTK_WIDGET (fixture->page);
  fixture->window = crm_ui_test_present (fixture->widget, width, 900);
  g_object_add_weak_pointer (G_OBJECT (fixture->page), (gpointer *) &fixture->page);
  crm_ui_test_wait_until (crm_relation_page_get_record (CRM_RELATION_PAGE (fixture->page)) != NULL);
}

static void
close_page (Fixture *fixture)
{
  crm_ui_test_close (fixture->window);
  crm_ui_test_wait_until (fixture->page == NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  crm_ui_test_world_free (fixture->world);
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return crm_ui_test_find_text (fixture->widget, text) != NULL;
}

#define WAIT_FOR(fixture, text) crm_ui_test_wait_until (shows (fixture, text))

static gboolean
activate (Fixture *fixture, const char *action, const char *target)
{
  GVariant *variant = target != NULL ? g_variant_new_string (target) : NULL;

  return gtk_widget_activate_action_variant (fixture->widget, action, variant);
}

static void
press (Fixture *fixture, const char *name)
{
  GtkWidget *button = crm_ui_test_find_named (fixture->widget, name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_activate (button));
}

/* A story of some length. */
static void
fill_story (CrmStore *store)
{
  const char *const activities[][4] = {
    { "call",
      "Asked for a quote",
      "2026-02-27T10:15:00Z",
      "Wants 40 pieces before Easter.\nWill send the drawings." },
    { "visit", "Tour of the workshop", "2026-02-26T13:00:00Z", NULL },
    { "letter", "Price list 2026", "2026-02-26T08:00:00Z", NULL },
    { "email", "Drawings received", "2026-01-12T09:30:00Z", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (activities); i++)
    g_free (crm_ui_test_put (store,
                             "activity",
                             NULL,
                             "type",
                             activities[i][0],
                             "subject",
                             activities[i][1],
                             "done",
                             activities[i][2],
                             "note",
                             activities[i][3],
                             "owner",
                             "anna",
                             "relation",
                             CRM_UI_TEST_JAN,
                             NULL));
  g_free (crm_ui_test_put (store,
                           "activity",
                           NULL,
                           "type",
                           "task",
                           "subject",
                           "Send the quote",
                           "due",
                           "2026-02-27T23:00:00Z",
                           "relation",
                           CRM_UI_TEST_JAN,
                           NULL));
  g_free (crm_ui_test_put (store,
                           "activity",
                           NULL,
                           "type",
                           "call",
                           "subject",
                           "Ask what they thought of it",
                           "due",
                           "2026-03-03T09:00:00Z",
                           "relation",
                           CRM_UI_TEST_JAN,
                           NULL));
  crm_ui_test_set (store, CRM_UI_TEST_JAN, "mobile", "+31687654321");
  crm_ui_test_set (store, CRM_UI_TEST_JAN, "department", "Inkoop");
  crm_ui_test_set (store, CRM_UI_TEST_JAN, "mobile", "+31600000000");
}

static void
test_shows_facts (Fixture *fixture, gconstpointer unused)
{
  open_page (fixture, CRM_UI_TEST_JAN, 900);
  WAIT_FOR (fixture, "Jan de Vries");

  g_assert_cmpstr (adw_navigation_page_get_title (fixture->page), ==, "Jan de Vries");
  g_assert_true (shows (fixture, "jan@bakker.example"));
  g_assert_true (shows (fixture, "Bakker Techniek B.V."));
  g_assert_true (shows (fixture, "beurs2025"));
  /* Empty fields take no room. */
  g_assert_false (shows (fixture, "Mobile"));
  crm_ui_test_check_names (fixture->widget);
  close_page (fixture);
}

static void
test_story (Fixture *fixture, gconstpointer unused)
{
  fill_story (fixture->world->store);
  open_page (fixture, CRM_UI_TEST_JAN, 1000);
  WAIT_FOR (fixture, "Asked for a quote");

  g_assert_true (shows (fixture, "Send the quote"));
  g_assert_true (shows (fixture, "Yesterday") || shows (fixture, "Friday 27 February"));
  WAIT_FOR (fixture, "Monday 12 January");
  crm_ui_test_wait_until (shows (fixture, "Mobile: +31 6 87654321 → +31 6 00000000") ||
                          shows (fixture, "Mobile: 06 87654321 → 06 00000000"));
  crm_ui_test_check_names (fixture->widget);
  crm_ui_test_keep_picture (GTK_WIDGET (fixture->window), "relation-wide");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  crm_ui_test_keep_picture (GTK_WIDGET (fixture->window), "relation-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  close_page (fixture);
}

static void
test_narrow (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *facts;

  fill_story (fixture->world->store);
  open_page (fixture, CRM_UI_TEST_JAN, 360);
  WAIT_FOR (fixture, "Asked for a quote");
  crm_ui_test_settle (50);

  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 360);
  g_assert_false (shows (fixture, "jan@bakker.example"));
  crm_ui_test_keep_picture (GTK_WIDGET (fixture->window), "relation-narrow");

  facts = crm_ui_test_find_named (fixture->widget, "Facts");
  g_assert_nonnull (facts);
  g_object_set (gtk_widget_get_ancestor (facts, ADW_TYPE_TOGGLE_GROUP),
                "active-name",
                "facts",
                NULL);
  WAIT_FOR (fixture, "jan@bakker.example");
  g_assert_false (shows (fixture, "Asked for a quote"));
  crm_ui_test_check_names (fixture->widget);
  crm_ui_test_keep_picture (GTK_WIDGET (fixture->window), "relation-narrow-facts");
  close_page (fixture);
}

static void
test_organisation (Fixture *fixture, gconstpointer unused)
{
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *surname = g_strdup_printf ("Collega%u", i);

      g_free (crm_ui_test_put (fixture->world->store,
                               "person",
                               NULL,
                               "given_name",
                               "Piet",
                               "surname",
                               surname,
                               "organisation",
                               CRM_UI_TEST_BAKKER,
                               NULL));
    }

  open_page (fixture, CRM_UI_TEST_BAKKER, 900);
  WAIT_FOR (fixture, "People");
  g_assert_true (shows (fixture, "Kerkstraat 12\n6711 AB Ede"));
  g_assert_true (shows (fixture, "Piet Collega0"));
  g_assert_false (shows (fixture, "Piet Collega8"));
  g_assert_true (shows (fixture, "Show 4 More"));
  g_assert_true (shows (fixture, "Add Phone, E-mail") || shows (fixture, "Add E-mail, Phone"));
  crm_ui_test_keep_picture (GTK_WIDGET (fixture->window), "organisation-wide");

  g_assert_true (activate (fixture, "relation.more-people", NULL));
  WAIT_FOR (fixture, "Piet Collega8");
  g_assert_false (shows (fixture, "Show 4 More"));
  close_page (fixture);
}

static void
log_text (Fixture *fixture, const char *type, const char *text, const char *when)
{
  GtkWidget *view = crm_ui_test_find_type (fixture->widget, GTK_TYPE_TEXT_VIEW);
  GtkWidget *types = gtk_widget_get_ancestor (view, ADW_TYPE_PREFERENCES_GROUP);
  GtkWidget *entry = crm_ui_test_find_named (fixture->widget, "When");

  types = crm_ui_test_find_type (types, ADW_TYPE_TOGGLE_GROUP);
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (types), type);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  gtk_editable_set_text (GTK_EDITABLE (entry), when);
  g_assert_true (gtk_widget_activate_action (view, "quick.save", NULL));
}

static CrmRecord *
wait_for_activity (Fixture *fixture, const char *relation)
{
  g_autoptr (GPtrArray) activities = NULL;

  crm_ui_test_wait_until (crm_ui_test_get_toast (fixture->widget) != NULL);
  activities = crm_ui_test_list_activities (fixture->world->store, relation);
  g_assert_cmpuint (activities->len, ==, 1);

  return g_object_ref (g_ptr_array_index (activities, 0));
}

/* Logging a call: done now, and the relation's last activity in the same set, so that one undo
 * takes both back. */
static void
test_log_call (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) activity = NULL;
  g_autoptr (CrmRecord) jan = NULL;
  g_autoptr (CrmRecord) after = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  CrmUndoResult *undone;

  open_page (fixture, CRM_UI_TEST_JAN, 900);
  WAIT_FOR (fixture, "Jan de Vries");
  log_text (fixture, "call", "  Wants a quote\n40 pieces\n", "");
  activity = wait_for_activity (fixture, CRM_UI_TEST_JAN);

  g_assert_cmpstr (crm_record_get (activity, "type"), ==, "call");
  g_assert_cmpstr (crm_record_get (activity, "subject"), ==, "Wants a quote");
  g_assert_cmpstr (crm_record_get (activity, "note"), ==, "40 pieces");
  g_assert_cmpstr (crm_record_get (activity, "done"), ==, "2026-03-01T08:00:00Z");
  g_assert_null (crm_record_get (activity, "due"));
  jan = crm_ui_test_get (fixture->world->store, CRM_UI_TEST_JAN);
  g_assert_cmpstr (crm_record_get (jan, "last_activity"), ==, "2026-03-01");
  WAIT_FOR (fixture, "Wants a quote");

  crm_store_undo_async (fixture->world->store, NULL, NULL, NULL, crm_ui_test_result_cb, &result);
  crm_ui_test_wait_until (result != NULL);
  undone = crm_store_undo_finish (fixture->world->store, result, NULL);
  g_assert_nonnull (undone);
  crm_undo_result_free (undone);
  after = crm_ui_test_get (fixture->world->store, CRM_UI_TEST_JAN);
  g_assert_cmpstr (crm_record_get (after, "last_activity"), ==, "2026-02-26");
  crm_ui_test_wait_until (!shows (fixture, "Wants a quote"));
  close_page (fixture);
}

/* A visit that is still to come is a next step and no contact yet. */
static void
test_plan_visit (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) activity = NULL;
  g_autoptr (CrmRecord) jan = NULL;

  open_page (fixture, CRM_UI_TEST_JAN, 900);
  WAIT_FOR (fixture, "Plan a Next Step");
  log_text (fixture, "visit", "See the machine", "di 10:00");
  activity = wait_for_activity (fixture, CRM_UI_TEST_JAN);

  g_assert_null (crm_record_get (activity, "done"));
  g_assert_cmpstr (crm_record_get (activity, "due"), ==, "2026-03-03T09:00:00Z");
  jan = crm_ui_test_get (fixture->world->store, CRM_UI_TEST_JAN);
  g_assert_cmpstr (crm_record_get (jan, "last_activity"), ==, "2026-02-26");
  crm_ui_test_wait_until (crm_ui_test_find_named (fixture->widget, "Done: See the machine") !=
                          NULL);
  close_page (fixture);
}

/* What cannot be read as a moment is not guessed at. */
static void
test_log_misread (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *view;

  open_page (fixture, CRM_UI_TEST_JAN, 900);
  WAIT_FOR (fixture, "Jan de Vries");
  view = crm_ui_test_find_type (fixture->widget, GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "x", -1);
  gtk_editable_set_text (GTK_EDITABLE (crm_ui_test_find_named (fixture->widget, "When")), "smurf");
  g_assert_false (gtk_widget_is_sensitive (crm_ui_test_find_named (fixture->widget,
                                                                   "Log This (Ctrl+Enter)")));
  gtk_editable_set_text (GTK_EDITABLE (crm_ui_test_find_named (fixture->widget, "When")), "morgen");
  WAIT_FOR (fixture, "Planned for Tomorrow");
  g_assert_true (gtk_widget_is_sensitive (crm_ui_test_find_named (fixture->widget,
                                                                  "Log This (Ctrl+Enter)")));
  close_page (fixture);
}

static void
test_tick_off (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (CrmRecord) task = NULL;
  GtkWidget *check;

  id = crm_ui_test_put (fixture->world->store,
                        "activity",
                        NULL,
                        "type",
                        "task",
                        "subject",
                        "Send the quote",
                        "due",
                        "2026-02-27T23:00:00Z",
                        "relation",
                        CRM_UI_TEST_JAN,
                        NULL);
  open_page (fixture, CRM_UI_TEST_JAN, 900);
  WAIT_FOR (fixture, "Send the quote");
  check = crm_ui_test_find_named (fixture->widget, "Done: Send the quote");
  g_assert_nonnull (check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  WAIT_FOR (fixture, "Plan a Next Step");

  task = crm_ui_test_get (fixture->world->store, id);
  g_assert_cmpstr (crm_record_get (task, "done"), ==, "2026-03-01T08:00:00Z");
  WAIT_FOR (fixture, "Send the quote");
  close_page (fixture);
}

static void
test_put_off (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (CrmRecord) task = NULL;

  id = crm_ui_test_put (fixture->world->store,
                        "activity",
                        NULL,
                        "type",
                        "call",
                        "due",
                        "2026-02-27T13:30:00Z",
                        "relation",
                        CRM_UI_TEST_JAN,
                        NULL);
  open_page (fixture, CRM_UI_TEST_JAN, 900);
  crm_ui_test_wait_until (crm_ui_test_find_named (fixture->widget, "Put Off") != NULL);
  g_assert_true (gtk_widget_activate_action (fixture->widget,
                                             "activity.postpone",
                                             "(ss)",
                                             id,
                                             "in 3 days"));
  crm_ui_test_wait_until (crm_ui_test_get_toast (fixture->widget) != NULL);
  task = crm_ui_test_get (fixture->world->store, id);
  g_assert_cmpstr (crm_record_get (task, "due"), ==, "2026-03-04T13:30:00Z");
  close_page (fixture);
}

static void
test_tags (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) jan = NULL;

  open_page (fixture, CRM_UI_TEST_JAN, 900);
  WAIT_FOR (fixture, "beurs2025");
  press (fixture, "Remove beurs2025");
  crm_ui_test_wait_until (!shows (fixture, "beurs2025"));
  g_assert_true (gtk_widget_activate_action (fixture->widget,
                                             "relation.change-tag",
                                             "(ss)",
                                             "nieuw",
                                             ""));
  WAIT_FOR (fixture, "nieuw");
  jan = crm_ui_test_get (fixture->world->store, CRM_UI_TEST_JAN);
  g_assert_cmpstr (crm_record_get (jan, "tags"), ==, "klant;nieuw");
  close_page (fixture);
}

/* A change elsewhere shows; the row that stays keeps the keyboard. */
static void
test_follows (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *row;
  GtkWidget *focus;

  open_page (fixture, CRM_UI_TEST_JAN, 900);
  WAIT_FOR (fixture, "jan@bakker.example");
  row = gtk_widget_get_ancestor (crm_ui_test_find_text (fixture->widget, "jan@bakker.example"),
                                 ADW_TYPE_ACTION_ROW);
  g_assert_true (gtk_widget_grab_focus (row));
  focus = gtk_window_get_focus (fixture->window);
  g_assert_nonnull (focus);
  g_assert_true (focus == row || gtk_widget_is_ancestor (focus, row));

  crm_ui_test_set (fixture->world->store, CRM_UI_TEST_JAN, "mobile", "+31611111111");
  WAIT_FOR (fixture, "Mobile");
  crm_ui_test_set (fixture->world->store, CRM_UI_TEST_JAN, "email", "j@bakker.example");
  WAIT_FOR (fixture, "j@bakker.example");
  g_assert_true (gtk_window_get_focus (fixture->window) == focus);
  crm_ui_test_set (fixture->world->store, CRM_UI_TEST_JAN, "mobile", NULL);
  crm_ui_test_wait_until (!shows (fixture, "Mobile"));
  close_page (fixture);
}

static void
test_deleted_elsewhere (Fixture *fixture, gconstpointer unused)
{
  open_page (fixture, CRM_UI_TEST_JAN, 900);
  WAIT_FOR (fixture, "Jan de Vries");
  crm_ui_test_delete (fixture->world->store, CRM_UI_TEST_JAN);
  WAIT_FOR (fixture, "This relation was deleted.");
  close_page (fixture);
}

static void
test_delete (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *view;
  AdwNavigationPage *root = adw_navigation_page_new (gtk_label_new ("list"), "list");

  fixture->window = crm_ui_test_present (GTK_WIDGET (root), 900, 600);
  view = gtk_widget_get_ancestor (GTK_WIDGET (root), ADW_TYPE_NAVIGATION_VIEW);
  fixture->page = crm_relation_page_new (fixture->world->store, CRM_UI_TEST_JAN);
  fixture->widget = GTK_WIDGET (fixture->page);
  g_object_add_weak_pointer (G_OBJECT (fixture->page), (gpointer *) &fixture->page);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), fixture->page);
  WAIT_FOR (fixture, "Jan de Vries");

  g_assert_true (activate (fixture, "relation.delete", NULL));
  crm_ui_test_wait_until (fixture->page == NULL);
  g_assert_true (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)) == root);
  g_assert_cmpstr (crm_ui_test_get_toast (view), ==, "Deleted Jan de Vries");
  g_assert_null (crm_ui_test_get (fixture->world->store, CRM_UI_TEST_JAN));
  crm_ui_test_close (fixture->window);
}

static void
test_duplicates (Fixture *fixture, gconstpointer unused)
{
  AdwDialog *dialog;

  g_free (crm_ui_test_put (fixture->world->store,
                           "person",
                           NULL,
                           "given_name",
                           "J.",
                           "surname",
                           "Vries",
                           "email",
                           "jan@bakker.example",
                           "city",
                           "Arnhem",
                           NULL));
  open_page (fixture, CRM_UI_TEST_JAN, 900);
  WAIT_FOR (fixture, "Perhaps twice: J. Vries");
  g_assert_true (activate (fixture, "relation.compare", NULL));
  crm_ui_test_wait_until (crm_ui_test_find_text (GTK_WIDGET (fixture->window), "Arnhem") != NULL);
  crm_ui_test_keep_picture (GTK_WIDGET (fixture->window), "compare");
  dialog = ADW_DIALOG (gtk_widget_get_ancestor (crm_ui_test_find_text (GTK_WIDGET (fixture->window),
                                                                       "Arnhem"),
                                                ADW_TYPE_DIALOG));
  adw_dialog_force_close (dialog);
  close_page (fixture);
}

/* The same town, surname or shared mailbox is no reason to think so. */
static void
test_no_duplicates (Fixture *fixture, gconstpointer unused)
{
  g_free (crm_ui_test_put (fixture->world->store,
                           "person",
                           NULL,
                           "given_name",
                           "Kees",
                           "surname",
                           "Vries",
                           "phone",
                           "+31612345678",
                           "city",
                           "Ede",
                           NULL));
  open_page (fixture, CRM_UI_TEST_JAN, 900);
  WAIT_FOR (fixture, "Jan de Vries");
  crm_ui_test_settle (100);
  g_assert_false (shows (fixture, "Perhaps twice: Kees Vries"));
  close_page (fixture);
}

static void
test_unknown (Fixture *fixture, gconstpointer unused)
{
  fixture->page = crm_relation_page_new (fixture->world->store,
                                         "01900000-0000-7000-8000-00000000dead");
  fixture->widget = GTK_WIDGET (fixture->page);
  fixture->window = crm_ui_test_present (fixture->widget, 500, 500);
  g_object_add_weak_pointer (G_OBJECT (fixture->page), (gpointer *) &fixture->page);
  WAIT_FOR (fixture, "This relation was deleted.");
  g_assert_false (gtk_widget_is_sensitive (crm_ui_test_find_named (fixture->widget,
                                                                   "Edit (Ctrl+E)")));
  close_page (fixture);
}

/* Closed before anything was read: nothing comes late. */
static void
test_closed_at_once (Fixture *fixture, gconstpointer unused)
{
  fixture->page = crm_relation_page_new (fixture->world->store, CRM_UI_TEST_JAN);
  g_object_add_weak_pointer (G_OBJECT (fixture->page), (gpointer *) &fixture->page);
  g_object_ref_sink (fixture->page);
  g_object_unref (fixture->page);
  crm_ui_test_wait_until (fixture->page == NULL);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

#define ADD(name, func)                                                                            \
  g_test_add ("/ui/relation-page/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("facts", test_shows_facts);
  ADD ("story", test_story);
  ADD ("narrow", test_narrow);
  ADD ("organisation", test_organisation);
  ADD ("log-call", test_log_call);
  ADD ("plan-visit", test_plan_visit);
  ADD ("log-misread", test_log_misread);
  ADD ("tick-off", test_tick_off);
  ADD ("put-off", test_put_off);
  ADD ("tags", test_tags);
  ADD ("follows", test_follows);
  ADD ("deleted-elsewhere", test_deleted_elsewhere);
  ADD ("delete", test_delete);
  ADD ("duplicates", test_duplicates);
  ADD ("no-duplicates", test_no_duplicates);
  ADD ("unknown", test_unknown);
  ADD ("closed-at-once", test_closed_at_once);
#undef ADD

  return g_test_run ();
}
