#include "crm-ui-test-conflicts.h"
#include "crm-ui-test-input.h"
#include "crm-ui-test-records.h"
#include "store/sync/crm-conflict.h"
#include "ui/sync/crm-conflict-card.h"
#include "ui/sync/crm-inbox-page.h"
#include "ui/sync/crm-word-marks.h"
#include "ui/sync/crm-write-dialog.h"

typedef struct
{
  CrmUiTestWorld *world;
  GtkWidget *page;
  GtkWindow *window;
} Fixture;

static gboolean
shows (Fixture *fixture, const char *text)
{
  return crm_ui_test_find_text (GTK_WIDGET (fixture->window), text) != NULL;
}

#define WAIT_FOR(fixture, text) crm_ui_test_wait_until (shows (fixture, text))

static void
set_up (Fixture *fixture, gconstpointer width)
{
  fixture->world = crm_ui_test_world_new (TRUE);
  crm_ui_test_put_conflicts (fixture->world->store);
  fixture->page = GTK_WIDGET (crm_inbox_page_new (fixture->world->store));
  fixture->window = crm_ui_test_present (fixture->page,
                                         width != NULL ? GPOINTER_TO_INT (width) : 900,
                                         900);
  WAIT_FOR (fixture, "Jan de Vries · Town");
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  crm_ui_test_close (fixture->window);
  crm_ui_test_world_free (fixture->world);
}

static CrmConflictCard *
find_card (GtkWidget *root, const char *id)
{
  if (CRM_IS_CONFLICT_CARD (root) &&
      g_str_equal (crm_conflict_card_get_id (CRM_CONFLICT_CARD (root)), id))
    return CRM_CONFLICT_CARD (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      CrmConflictCard *found = find_card (child, id);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
has_card (Fixture *fixture, const char *id)
{
  return find_card (fixture->page, id) != NULL;
}

static void
wait_for_all (Fixture *fixture)
{
  crm_ui_test_wait_until (has_card (fixture, CRM_UI_TEST_CITY) &&
                          has_card (fixture, CRM_UI_TEST_PHONE) &&
                          has_card (fixture, CRM_UI_TEST_DELETE) &&
                          has_card (fixture, CRM_UI_TEST_NUMBER) &&
                          has_card (fixture, CRM_UI_TEST_DOUBLE));
}

static void
press (Fixture *fixture, const char *action, const char *target)
{
  g_autoptr (GVariant)
      parameter = target != NULL ? g_variant_ref_sink (g_variant_new_string (target)) : NULL;

  g_assert_true (gtk_widget_activate_action_variant (fixture->page, action, parameter));
}

static gboolean
is (Fixture *fixture, const char *id, const char *field, const char *value)
{
  g_autoptr (CrmRecord) record = crm_ui_test_get (fixture->world->store, id);

  return record != NULL && g_strcmp0 (crm_record_get (record, field), value) == 0;
}

static void
undo_from_toast (Fixture *fixture)
{
  GtkWidget *button = NULL;

  crm_ui_test_wait_until ((button = crm_ui_test_find_named (GTK_WIDGET (fixture->window),
                                                            "Undo")) != NULL);
  g_assert_true (gtk_widget_activate (gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON)));
}

/* Each in its form: values, authors and reasons, and the choices that it has. */
static void
test_shows (Fixture *fixture, gconstpointer unused)
{
  static const char *const texts[] = { "Goor",
                                       "Almelo",
                                       "Ede",
                                       "anna · belde zelf",
                                       "bert · verhuisbericht",
                                       "Changed together · 2",
                                       "Inkoper techniek",
                                       "Hoofd inkoop techniek",
                                       "Marie <&> van der Berg",
                                       "Deleted by one, changed by another. It is still there.",
                                       "Deleted by anna, changed by bert",
                                       "Anna Özil · Number",
                                       "Anna Özil and Marie <&> van der Berg" };

  wait_for_all (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    WAIT_FOR (fixture, texts[i]);
  crm_ui_test_check_names (GTK_WIDGET (fixture->window));
}

static void
test_keeps_mine (Fixture *fixture, gconstpointer unused)
{
  press (fixture, "inbox.mine", CRM_UI_TEST_CITY);
  crm_ui_test_wait_until (!has_card (fixture, CRM_UI_TEST_CITY));
  g_assert_true (is (fixture, CRM_UI_TEST_JAN, "city", "Goor"));
  undo_from_toast (fixture);
  crm_ui_test_wait_until (has_card (fixture, CRM_UI_TEST_CITY));
  g_assert_true (is (fixture, CRM_UI_TEST_JAN, "city", "Ede"));
}

/* The other cards stay the very same widgets. */
static void
test_keeps_cards (Fixture *fixture, gconstpointer unused)
{
  CrmConflictCard *card;

  wait_for_all (fixture);
  card = find_card (fixture->page, CRM_UI_TEST_NUMBER);
  press (fixture, "inbox.theirs", CRM_UI_TEST_CITY);
  crm_ui_test_wait_until (!has_card (fixture, CRM_UI_TEST_CITY));
  g_assert_true (find_card (fixture->page, CRM_UI_TEST_NUMBER) == card);
  g_assert_true (is (fixture, CRM_UI_TEST_JAN, "city", "Ede"));
}

static void
test_decides_an_action (Fixture *fixture, gconstpointer unused)
{
  wait_for_all (fixture);
  press (fixture, "inbox.group-mine", "01900000-0000-7000-8000-00000000ca00");
  crm_ui_test_wait_until (!has_card (fixture, CRM_UI_TEST_CITY) &&
                          !has_card (fixture, CRM_UI_TEST_PHONE));
  g_assert_true (is (fixture, CRM_UI_TEST_JAN, "city", "Goor"));
  g_assert_true (has_card (fixture, CRM_UI_TEST_DELETE));
}

static void
mark (Fixture *fixture, const char *id)
{
  GtkWidget *card = GTK_WIDGET (find_card (fixture->page, id));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (crm_ui_test_find_type (card,
                                                                        GTK_TYPE_CHECK_BUTTON)),
                               TRUE);
}

/* Several by their marks; one undo opens them all. */
static void
test_decides_selected (Fixture *fixture, gconstpointer unused)
{
  wait_for_all (fixture);
  mark (fixture, CRM_UI_TEST_CITY);
  mark (fixture, CRM_UI_TEST_DELETE);
  /* One that cannot be decided so has no mark. */
  g_assert_null (crm_ui_test_find_type (GTK_WIDGET (find_card (fixture->page, CRM_UI_TEST_DOUBLE)),
                                        GTK_TYPE_CHECK_BUTTON));
  WAIT_FOR (fixture, "2 selected");
  press (fixture, "inbox.selected-mine", NULL);
  crm_ui_test_wait_until (!has_card (fixture, CRM_UI_TEST_CITY) &&
                          !has_card (fixture, CRM_UI_TEST_DELETE));
  g_assert_true (is (fixture, CRM_UI_TEST_JAN, "city", "Goor"));
  /* Anna's late delete. */
  g_assert_null (crm_ui_test_get (fixture->world->store, CRM_UI_TEST_MARIE));
  undo_from_toast (fixture);
  crm_ui_test_wait_until (has_card (fixture, CRM_UI_TEST_CITY) &&
                          has_card (fixture, CRM_UI_TEST_DELETE));
  g_assert_true (is (fixture, CRM_UI_TEST_MARIE, "city", "Ede"));
}

static void
test_writes_another (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *dialog = NULL;
  GtkWidget *row = NULL;

  press (fixture, "inbox.write", CRM_UI_TEST_CITY);
  crm_ui_test_wait_until ((dialog = crm_ui_test_find_type (GTK_WIDGET (fixture->window),
                                                           CRM_TYPE_WRITE_DIALOG)) != NULL);
  crm_ui_test_wait_until ((row = crm_ui_test_find_type (dialog, GTK_TYPE_TEXT)) != NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Goor");
  gtk_editable_set_text (GTK_EDITABLE (row), "Enter");
  gtk_widget_activate (gtk_widget_get_ancestor (crm_ui_test_find_named (dialog, "Save"),
                                                GTK_TYPE_BUTTON));
  crm_ui_test_wait_until (!has_card (fixture, CRM_UI_TEST_CITY));
  g_assert_true (is (fixture, CRM_UI_TEST_JAN, "city", "Enter"));
}

static void
test_compares_doubles (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *root = GTK_WIDGET (fixture->window);
  GtkWidget *dialog = NULL;

  wait_for_all (fixture);
  press (fixture, "inbox.compare", CRM_UI_TEST_DOUBLE);
  crm_ui_test_wait_until ((dialog = crm_ui_test_find_type (root, ADW_TYPE_DIALOG)) != NULL);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  crm_ui_test_wait_until (crm_ui_test_find_type (root, ADW_TYPE_DIALOG) == NULL);
  press (fixture, "inbox.leave", CRM_UI_TEST_DOUBLE);
  crm_ui_test_wait_until (!has_card (fixture, CRM_UI_TEST_DOUBLE));
  press (fixture, "inbox.leave", CRM_UI_TEST_NUMBER);
  crm_ui_test_wait_until (!has_card (fixture, CRM_UI_TEST_NUMBER));
}

/* Somebody else was first. */
static void
test_decided_already (Fixture *fixture, gconstpointer unused)
{
  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "Somebody decided this already: *");
  press (fixture, "inbox.mine", "01900000-0000-7000-8000-00000000dead");
  crm_ui_test_wait_until (g_strcmp0 (crm_ui_test_get_toast (GTK_WIDGET (fixture->window)),
                                     "Somebody decided this already") == 0);
  g_test_assert_expected_messages ();
}

/* In 360 pixels the values stand below each other, and nothing is wider than the window. */
static void
test_narrow (Fixture *fixture, gconstpointer unused)
{
  int least;

  wait_for_all (fixture);
  gtk_widget_measure (fixture->page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, 360);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 400);
}

static void
test_empty (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (FALSE);
  GtkWidget *page = GTK_WIDGET (crm_inbox_page_new (world->store));
  GtkWindow *window = crm_ui_test_present (page, 600, 500);

  crm_ui_test_wait_until (crm_ui_test_find_text (page, "Nothing Needs You") != NULL);
  /* Comes while it is looked at. */
  g_free (crm_ui_test_put (world->store, "person", CRM_UI_TEST_JAN, "surname", "Vries", NULL));
  crm_ui_test_put_conflicts (world->store);
  crm_ui_test_wait_until (crm_ui_test_find_text (page, "Vries · Town") != NULL);
  crm_ui_test_close (window);
}

/* ---- By hand ---- */

static GtkWidget *
find_on_card (Fixture *fixture, const char *id, const char *name)
{
  return crm_ui_test_find_button (GTK_WIDGET (find_card (fixture->page, id)), name);
}

static void
test_pointer (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *root = GTK_WIDGET (fixture->window);
  GtkWidget *button = NULL;

  wait_for_all (fixture);
  crm_ui_test_click (find_on_card (fixture, CRM_UI_TEST_CITY, "Keep Mine"));
  crm_ui_test_wait_until (!has_card (fixture, CRM_UI_TEST_CITY));
  crm_ui_test_wait_until ((button = crm_ui_test_find_button (root, "Undo")) != NULL);
  crm_ui_test_click (button);
  crm_ui_test_wait_until (has_card (fixture, CRM_UI_TEST_CITY));
  g_assert_true (is (fixture, CRM_UI_TEST_JAN, "city", "Ede"));

  /* Several: the marks, and the bar that they bring. */
  crm_ui_test_click (crm_ui_test_find_type (GTK_WIDGET (find_card (fixture->page,
                                                                   CRM_UI_TEST_DELETE)),
                                            GTK_TYPE_CHECK_BUTTON));
  WAIT_FOR (fixture, "1 selected");
  crm_ui_test_wait_until ((button = crm_ui_test_find_button (root, "Theirs")) != NULL);
  crm_ui_test_settle (50);
  crm_ui_test_click (button);
  crm_ui_test_wait_until (!has_card (fixture, CRM_UI_TEST_DELETE));
  g_assert_true (is (fixture, CRM_UI_TEST_MARIE, "city", "Ede"));
}

static gboolean
has_focus (Fixture *fixture, GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (fixture->window);

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
tab_to (Fixture *fixture, GtkWidget *widget)
{
  for (guint i = 0; i < 60 && !has_focus (fixture, widget); i++)
    crm_ui_test_type (fixture->page, GDK_KEY_Tab, 0);
  g_assert_true (has_focus (fixture, widget));
}

/* From the top to the bottom with Tab and Enter; whoever decides one has the focus on the next. */
static void
test_keys (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *dialog = NULL;
  GtkWidget *text = NULL;

  wait_for_all (fixture);
  tab_to (fixture, find_on_card (fixture, CRM_UI_TEST_CITY, "Keep Mine"));
  crm_ui_test_type (fixture->page, GDK_KEY_Return, 0);
  crm_ui_test_wait_until (!has_card (fixture, CRM_UI_TEST_CITY));
  crm_ui_test_wait_until (has_focus (fixture,
                                     GTK_WIDGET (find_card (fixture->page, CRM_UI_TEST_PHONE))));

  tab_to (fixture, find_on_card (fixture, CRM_UI_TEST_PHONE, "Write Another…"));
  crm_ui_test_type (fixture->page, GDK_KEY_space, 0);
  crm_ui_test_wait_until ((dialog = crm_ui_test_find_type (GTK_WIDGET (fixture->window),
                                                           CRM_TYPE_WRITE_DIALOG)) != NULL &&
                          (text = crm_ui_test_find_type (dialog, GTK_TYPE_TEXT)) != NULL &&
                          has_focus (fixture, text));
  crm_ui_test_type (text, GDK_KEY_a, GDK_KEY_Control_L);
  crm_ui_test_type_text (text, "Chef");
  crm_ui_test_type (text, GDK_KEY_Return, 0);
  crm_ui_test_wait_until (!has_card (fixture, CRM_UI_TEST_PHONE));
  crm_ui_test_wait_until (is (fixture, CRM_UI_TEST_JAN, "function", "Chef"));
}

/* All that can be, at once. */
static void
test_select_all (Fixture *fixture, gconstpointer unused)
{
  wait_for_all (fixture);
  tab_to (fixture, GTK_WIDGET (find_card (fixture->page, CRM_UI_TEST_CITY)));
  crm_ui_test_type (fixture->page, GDK_KEY_a, GDK_KEY_Control_L);
  WAIT_FOR (fixture, "3 selected");
  press (fixture, "inbox.select-none", NULL);
  crm_ui_test_wait_until (!shows (fixture, "3 selected"));
}

/* ---- Marks ---- */

static guint
count_marks (const char *text, const char *other)
{
  g_autoptr (PangoAttrList) marks = crm_word_marks_new (text, other);
  g_autofree char *said = pango_attr_list_to_string (marks);
  guint n = 0;

  for (const char *p = said; (p = strstr (p, "underline")) != NULL; p++)
    n++;

  return n;
}

static void
test_marks (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *other = NULL;

  g_assert_cmpuint (count_marks ("Hoofd inkoop techniek", "Inkoper techniek"), ==, 2);
  g_assert_cmpuint (count_marks ("a b c", "a b c"), ==, 0);
  g_assert_cmpuint (count_marks ("a b c", "a c"), ==, 1);
  g_assert_cmpuint (count_marks ("Goor", "Almelo"), ==, 0);
  g_assert_cmpuint (count_marks ("", "a"), ==, 0);
  g_assert_cmpuint (count_marks ("a", NULL), ==, 0);
  g_assert_cmpuint (count_marks ("één  twee\nÉÉN", "één twee"), ==, 1);

  /* A long one is marked from the first to the last difference. */
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "w%u ", i);
  other = g_strdup (text->str);
  g_string_append (text, "x");
  g_assert_cmpuint (count_marks (text->str, other), ==, 1);
}

/* A field of a relation that somebody else deleted: his side of it is no value. */
static void
test_deleted (void)
{
  CrmConflict *conflict = g_new0 (CrmConflict, 1);
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (CrmInboxItem) item = NULL;
  GtkWidget *card;
  GtkWindow *window;

  conflict->id = g_strdup (CRM_UI_TEST_CITY);
  conflict->group = g_strdup ("g");
  conflict->type = CRM_CONFLICT_DELETE;
  conflict->kind = crm_model_find_kind (crm_model_get_default (), "person");
  conflict->field = g_strdup ("city");
  conflict->mine = g_strdup ("Goor");
  conflict->mine_is_late = TRUE;
  conflict->gone = TRUE;
  item = crm_inbox_item_new (conflict, titles);
  card = GTK_WIDGET (crm_conflict_card_new (item));
  window = crm_ui_test_present (card, 600, 400);

  crm_ui_test_wait_until (crm_ui_test_find_text (card, "Goor") != NULL);
  g_assert_nonnull (crm_ui_test_find_text (card, "Deleted"));
  g_assert_null (crm_ui_test_find_text (card, "Empty"));
  crm_ui_test_close (window);
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

  add ("/ui/inbox-page/shows", test_shows, 900);
  add ("/ui/inbox-page/mine", test_keeps_mine, 900);
  add ("/ui/inbox-page/keeps-cards", test_keeps_cards, 900);
  add ("/ui/inbox-page/action", test_decides_an_action, 900);
  add ("/ui/inbox-page/selected", test_decides_selected, 900);
  add ("/ui/inbox-page/another", test_writes_another, 900);
  add ("/ui/inbox-page/double", test_compares_doubles, 900);
  add ("/ui/inbox-page/decided", test_decided_already, 900);
  add ("/ui/inbox-page/narrow", test_narrow, 360);
  add ("/ui/inbox-page/pointer", test_pointer, 900);
  add ("/ui/inbox-page/keys", test_keys, 900);
  add ("/ui/inbox-page/select-all", test_select_all, 900);
  g_test_add_func ("/ui/inbox-page/empty", test_empty);
  g_test_add_func ("/ui/inbox-page/deleted", test_deleted);
  g_test_add_func ("/ui/inbox-page/marks", test_marks);

  return g_test_run ();
}
