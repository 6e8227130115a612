#include "crm-ui-test-records.h"
#include "store/log/crm-history.h"
#include "ui/record/crm-record-dialog.h"

typedef struct
{
  CrmUiTestWorld *world;
  CrmRecordDialog *dialog;
  GtkWidget *widget;
  GtkWindow *window;
  char *saved;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->world = crm_ui_test_world_new (TRUE);
}

static void
saved_cb (Fixture *fixture, const char *id)
{
  g_set_str (&fixture->saved, id);
}

static void
present (Fixture *fixture, CrmRecordDialog *dialog, int width)
{
  fixture->dialog = dialog;
  fixture->widget = GTK_WIDGET (dialog);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &fixture->dialog);
  g_signal_connect_swapped (dialog, "saved", G_CALLBACK (saved_cb), fixture);
  fixture->window = crm_ui_test_present (fixture->widget, width, 900);
  crm_ui_test_wait_until (gtk_widget_get_mapped (fixture->widget));
  /* The dialog takes the keyboard once it is up; what is typed before goes where it is then. */
  crm_ui_test_settle (100);
}

static void
open_new (Fixture *fixture, const char *kind, int width)
{
  const CrmModel *model = crm_store_get_model (fixture->world->store);

  present (fixture,
           crm_record_dialog_new (fixture->world->store, crm_model_find_kind (model, kind), NULL),
           width);
}

static void
open_edit (Fixture *fixture, const char *id, int width)
{
  g_autoptr (CrmRecord) record = crm_ui_test_get (fixture->world->store, id);

  present (fixture,
           crm_record_dialog_new (fixture->world->store, crm_record_get_kind (record), record),
           width);
}

static void
close_all (Fixture *fixture)
{
  if (fixture->dialog != NULL)
    adw_dialog_force_close (ADW_DIALOG (fixture->dialog));
  crm_ui_test_wait_until (fixture->dialog == NULL);
  crm_ui_test_close (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_free (fixture->saved);
  crm_ui_test_world_free (fixture->world);
}

/* The row with this title. */
static GtkWidget *
find_row (GtkWidget *root, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (root) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
type (Fixture *fixture, const char *title, const char *text)
{
  GtkWidget *row = find_row (fixture->widget, title);

  g_assert_true (ADW_IS_ENTRY_ROW (row));
  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static const char *
read_row (Fixture *fixture, const char *title)
{
  GtkWidget *row = find_row (fixture->widget, title);

  g_assert_true (ADW_IS_ENTRY_ROW (row));

  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
says (Fixture *fixture, const char *text)
{
  return crm_ui_test_find_text (GTK_WIDGET (fixture->window), text) != NULL;
}

static void
save (Fixture *fixture)
{
  gtk_widget_activate_action (fixture->widget, "record.save", NULL);
}

static void
save_and_wait (Fixture *fixture)
{
  save (fixture);
  crm_ui_test_wait_until (fixture->saved != NULL && fixture->dialog == NULL);
}

/* Fields of the newest set; the one must be @field, with the reason. */
static guint
count_fields_changed (Fixture *fixture, const char *id, const char *field)
{
  g_autoptr (GPtrArray) history = crm_ui_test_get_history (fixture->world->store, id);
  const CrmHistoryEntry *first;
  guint n = 0;

  g_assert_nonnull (history);
  first = g_ptr_array_index (history, 0);
  g_assert_cmpstr (first->field, ==, field);
  g_assert_cmpstr (first->why, ==, "promotion");
  while (n < history->len &&
         g_str_equal (((CrmHistoryEntry *) g_ptr_array_index (history, n))->set, first->set))
    n++;

  return n;
}

static void
test_new (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = NULL;

  open_new (fixture, "person", 700);
  crm_ui_test_keep_picture (GTK_WIDGET (fixture->window), "dialog-new");
  crm_ui_test_check_names (fixture->widget);
  type (fixture, "First name", "Anna Maria");
  g_assert_cmpstr (read_row (fixture, "Initials"), ==, "A.M.");
  type (fixture, "Surname", "  Jansen ");
  type (fixture, "Postcode", "1234ab");
  type (fixture, "Phone", "06-12 34 56 79");
  save_and_wait (fixture);

  record = crm_ui_test_get (fixture->world->store, fixture->saved);
  g_assert_nonnull (record);
  g_assert_cmpstr (crm_record_get (record, "surname"), ==, "Jansen");
  g_assert_cmpstr (crm_record_get (record, "initials"), ==, "A.M.");
  g_assert_cmpstr (crm_record_get (record, "postcode"), ==, "1234AB");
  g_assert_cmpstr (crm_record_get (record, "phone"), ==, "+31612345679");
  crm_ui_test_wait_until (crm_ui_test_get_toast (GTK_WIDGET (fixture->window)) != NULL);
  g_assert_cmpstr (crm_ui_test_get_toast (GTK_WIDGET (fixture->window)),
                   ==,
                   "Saved Anna Maria Jansen");
  close_all (fixture);
}

/* Initials that were typed are not proposed over. */
static void
test_own_initials (Fixture *fixture, gconstpointer unused)
{
  open_new (fixture, "person", 700);
  type (fixture, "Initials", "Chr.");
  type (fixture, "First name", "Christiaan");
  g_assert_cmpstr (read_row (fixture, "Initials"), ==, "Chr.");
  close_all (fixture);
}

static void
test_nameless (Fixture *fixture, gconstpointer unused)
{
  open_new (fixture, "person", 700);
  type (fixture, "E-mail", "nobody@example.org");
  save (fixture);
  crm_ui_test_wait_until (says (fixture, "Give at least a surname or a first name"));
  g_assert_null (fixture->saved);
  close_all (fixture);
}

static void
test_required (Fixture *fixture, gconstpointer unused)
{
  open_new (fixture, "organisation", 700);
  save (fixture);
  crm_ui_test_wait_until (says (fixture, "This is needed to save"));
  g_assert_null (fixture->saved);
  type (fixture, "Name", "Nieuw BV");
  crm_ui_test_wait_until (!says (fixture, "This is needed to save"));
  save_and_wait (fixture);
  close_all (fixture);
}

/* A value that looks odd is said to, and kept. */
static void
test_odd (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = NULL;

  open_edit (fixture, CRM_UI_TEST_JAN, 700);
  type (fixture, "E-mail", "jan at bakker");
  crm_ui_test_wait_until (says (fixture, "This does not look like an e-mail address"));
  crm_ui_test_keep_picture (GTK_WIDGET (fixture->window), "dialog-odd");
  save_and_wait (fixture);

  record = crm_ui_test_get (fixture->world->store, CRM_UI_TEST_JAN);
  g_assert_cmpstr (crm_record_get (record, "email"), ==, "jan at bakker");
  close_all (fixture);
}

/* What cannot be stored stops, at its row; natural dates are dates. */
static void
test_date (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = NULL;

  open_edit (fixture, CRM_UI_TEST_JAN, 700);
  type (fixture, "Birthday", "smurf");
  save (fixture);
  crm_ui_test_wait_until (says (fixture, "Not a date yet: try “24-11-2026” or “tomorrow”"));
  g_assert_null (fixture->saved);
  type (fixture, "Birthday", "29 feb 1988");
  save_and_wait (fixture);

  record = crm_ui_test_get (fixture->world->store, CRM_UI_TEST_JAN);
  g_assert_cmpstr (crm_record_get (record, "birthday"), ==, "1988-02-29");
  close_all (fixture);
}

/* Only what was touched is written, with the reason. */
static void
test_writes_changes_only (Fixture *fixture, gconstpointer unused)
{
  open_edit (fixture, CRM_UI_TEST_JAN, 700);
  g_assert_cmpstr (adw_dialog_get_title (ADW_DIALOG (fixture->dialog)), ==, "Jan de Vries");
  type (fixture, "Function", "Directeur");
  type (fixture, "Why this changes (optional)", "promotion");
  save_and_wait (fixture);

  g_assert_cmpuint (count_fields_changed (fixture, CRM_UI_TEST_JAN, "function"), ==, 1);
  close_all (fixture);
}

static void
test_unchanged (Fixture *fixture, gconstpointer unused)
{
  open_edit (fixture, CRM_UI_TEST_JAN, 700);
  crm_ui_test_settle (50);
  g_assert_true (adw_dialog_get_can_close (ADW_DIALOG (fixture->dialog)));
  save (fixture);
  crm_ui_test_wait_until (fixture->dialog == NULL);
  g_assert_null (fixture->saved);
  close_all (fixture);
}

/* Closing with changes asks first. */
static void
test_discard (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *label;

  open_edit (fixture, CRM_UI_TEST_JAN, 700);
  type (fixture, "Function", "Directeur");
  g_assert_false (adw_dialog_get_can_close (ADW_DIALOG (fixture->dialog)));
  gtk_widget_activate_action (fixture->widget, "record.cancel", NULL);
  crm_ui_test_wait_until (says (fixture, "Discard Changes?"));
  label = crm_ui_test_find_text (GTK_WIDGET (fixture->window), "Discard Changes?");
  g_signal_emit_by_name (gtk_widget_get_ancestor (label, ADW_TYPE_ALERT_DIALOG),
                         "response",
                         "discard");
  crm_ui_test_wait_until (fixture->dialog == NULL);
  g_assert_null (fixture->saved);
  close_all (fixture);
}

/* A change elsewhere: untouched fields follow, touched ones say so and win when saved. */
static void
test_follows (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = NULL;

  open_edit (fixture, CRM_UI_TEST_JAN, 700);
  type (fixture, "Function", "Directeur");
  crm_ui_test_set (fixture->world->store, CRM_UI_TEST_JAN, "department", "Inkoop");
  crm_ui_test_wait_until (g_str_equal (read_row (fixture, "Department"), "Inkoop"));
  crm_ui_test_set (fixture->world->store, CRM_UI_TEST_JAN, "function", "Planner");
  crm_ui_test_wait_until (says (fixture,
                                "Changed elsewhere meanwhile to “Planner”; saving keeps what is "
                                "here"));
  g_assert_cmpstr (read_row (fixture, "Function"), ==, "Directeur");
  save_and_wait (fixture);

  record = crm_ui_test_get (fixture->world->store, CRM_UI_TEST_JAN);
  g_assert_cmpstr (crm_record_get (record, "function"), ==, "Directeur");
  g_assert_cmpstr (crm_record_get (record, "department"), ==, "Inkoop");
  close_all (fixture);
}

static void
test_deleted_elsewhere (Fixture *fixture, gconstpointer unused)
{
  open_edit (fixture, CRM_UI_TEST_JAN, 700);
  type (fixture, "Function", "Directeur");
  crm_ui_test_delete (fixture->world->store, CRM_UI_TEST_JAN);
  crm_ui_test_wait_until (says (fixture, "Deleted elsewhere meanwhile"));
  g_assert_cmpstr (read_row (fixture, "Function"), ==, "Directeur");
  close_all (fixture);
}

static void
test_duplicate_hint (Fixture *fixture, gconstpointer unused)
{
  open_new (fixture, "person", 700);
  type (fixture, "Surname", "Vries");
  type (fixture, "E-mail", "JAN@bakker.example");
  crm_ui_test_wait_until (says (fixture, "Perhaps there already: Jan de Vries, Ede"));
  crm_ui_test_keep_picture (GTK_WIDGET (fixture->window), "dialog-duplicate");
  /* It is a hint: saving goes on. */
  save_and_wait (fixture);
  close_all (fixture);
}

static void
test_link (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = NULL;
  GtkWidget *suggestion;

  open_edit (fixture, CRM_UI_TEST_ANNA, 700);
  type (fixture, "Organisation", "bakk");
  crm_ui_test_wait_until (says (fixture, "Bakker Techniek B.V."));
  crm_ui_test_keep_picture (GTK_WIDGET (fixture->window), "dialog-link");
  suggestion = crm_ui_test_find_text (GTK_WIDGET (fixture->window), "Bakker Techniek B.V.");
  suggestion = gtk_widget_get_ancestor (suggestion, GTK_TYPE_LIST_BOX_ROW);
  g_signal_emit_by_name (gtk_widget_get_parent (suggestion), "row-activated", suggestion);
  g_assert_cmpstr (read_row (fixture, "Organisation"), ==, "Bakker Techniek B.V.");
  save_and_wait (fixture);

  record = crm_ui_test_get (fixture->world->store, CRM_UI_TEST_ANNA);
  g_assert_cmpstr (crm_record_get (record, "organisation"), ==, CRM_UI_TEST_BAKKER);
  close_all (fixture);
}

/* A name that was not chosen is no link; an organisation that is not there is made with the person.
 */
static void
test_link_new (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (CrmRecord) organisation = NULL;
  GtkWidget *suggestion;

  open_edit (fixture, CRM_UI_TEST_ANNA, 700);
  type (fixture, "Organisation", "Nieuw & Zoon");
  save (fixture);
  crm_ui_test_wait_until (says (fixture, "Choose one from the list"));
  crm_ui_test_wait_until (says (fixture, "New organisation “Nieuw & Zoon”"));
  suggestion = crm_ui_test_find_text (GTK_WIDGET (fixture->window),
                                      "New organisation “Nieuw & Zoon”");
  suggestion = gtk_widget_get_ancestor (suggestion, GTK_TYPE_LIST_BOX_ROW);
  g_signal_emit_by_name (gtk_widget_get_parent (suggestion), "row-activated", suggestion);
  save_and_wait (fixture);

  record = crm_ui_test_get (fixture->world->store, CRM_UI_TEST_ANNA);
  organisation = crm_ui_test_get (fixture->world->store, crm_record_get (record, "organisation"));
  g_assert_nonnull (organisation);
  g_assert_cmpstr (crm_record_get (organisation, "name"), ==, "Nieuw & Zoon");
  close_all (fixture);
}

/* The name of a link comes from the reader; nobody touched it, so nothing is asked at closing. */
static void
test_link_shown (Fixture *fixture, gconstpointer unused)
{
  open_edit (fixture, CRM_UI_TEST_JAN, 700);
  crm_ui_test_wait_until (g_str_equal (read_row (fixture, "Organisation"), "Bakker Techniek B.V."));
  g_assert_true (adw_dialog_get_can_close (ADW_DIALOG (fixture->dialog)));
  type (fixture, "Organisation", "");
  save_and_wait (fixture);
  {
    g_autoptr (CrmRecord) record = crm_ui_test_get (fixture->world->store, CRM_UI_TEST_JAN);

    g_assert_null (crm_record_get (record, "organisation"));
  }
  close_all (fixture);
}

static void
test_prefilled (Fixture *fixture, gconstpointer unused)
{
  const CrmModel *model = crm_store_get_model (fixture->world->store);
  CrmRecordDialog *dialog;
  g_autoptr (CrmRecord) record = NULL;

  dialog = crm_record_dialog_new (fixture->world->store,
                                  crm_model_find_kind (model, "person"),
                                  NULL);
  crm_record_dialog_set_value (dialog, "organisation", CRM_UI_TEST_BAKKER);
  present (fixture, dialog, 700);
  crm_ui_test_wait_until (g_str_equal (read_row (fixture, "Organisation"), "Bakker Techniek B.V."));
  g_assert_true (adw_dialog_get_can_close (ADW_DIALOG (dialog)));
  type (fixture, "Surname", "Nieuweling");
  save_and_wait (fixture);

  record = crm_ui_test_get (fixture->world->store, fixture->saved);
  g_assert_cmpstr (crm_record_get (record, "organisation"), ==, CRM_UI_TEST_BAKKER);
  close_all (fixture);
}

static void
test_activity (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (CrmRecord) record = NULL;

  id = crm_ui_test_put (fixture->world->store,
                        "activity",
                        NULL,
                        "type",
                        "call",
                        "due",
                        "2026-03-03T09:00:00Z",
                        "relation",
                        CRM_UI_TEST_JAN,
                        NULL);
  open_edit (fixture, id, 700);
  g_assert_cmpstr (read_row (fixture, "Due"), ==, "03-03-2026 10:00");
  type (fixture, "Due", "morgen 14u");
  type (fixture, "Subject", "Terugbellen");
  crm_ui_test_keep_picture (GTK_WIDGET (fixture->window), "dialog-activity");
  save_and_wait (fixture);

  record = crm_ui_test_get (fixture->world->store, id);
  g_assert_cmpstr (crm_record_get (record, "due"), ==, "2026-03-02T13:00:00Z");
  g_assert_cmpstr (crm_record_get (record, "subject"), ==, "Terugbellen");
  g_assert_cmpstr (crm_record_get (record, "relation"), ==, CRM_UI_TEST_JAN);
  close_all (fixture);
}

/* Values of any length and of any letters survive a form that does not touch them. */
static void
test_hostile_values (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *long_text = g_strnfill (20000, 'x');
  g_autoptr (CrmRecord) before = NULL;
  g_autoptr (CrmRecord) after = NULL;
  static const char *const odd[][2] = {
    { "email", "no e-mail <at> all" },
    { "phone", "bel me & <b>niet</b>" },
    { "postcode", "0000XX" },
    { "name_use", "neither" },
    { "form_of_address", "dr." },
    { "stage", "<stage>" },
    { "tags", "a&b;<i>" },
    { "note", "line\n\n\ttab & <b>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    crm_ui_test_set (fixture->world->store, CRM_UI_TEST_JAN, odd[i][0], odd[i][1]);
  crm_ui_test_set (fixture->world->store, CRM_UI_TEST_JAN, "title", long_text);
  before = crm_ui_test_get (fixture->world->store, CRM_UI_TEST_JAN);

  open_edit (fixture, CRM_UI_TEST_JAN, 700);
  crm_ui_test_settle (50);
  type (fixture, "Function", "Directeur");
  save_and_wait (fixture);

  after = crm_ui_test_get (fixture->world->store, CRM_UI_TEST_JAN);
  g_assert_cmpstr (crm_record_get (after, "function"), ==, "Directeur");
  crm_record_set (before, "function", "Directeur");
  g_assert_true (crm_record_equal (before, after));
  close_all (fixture);
}

static void
test_narrow (Fixture *fixture, gconstpointer unused)
{
  open_edit (fixture, CRM_UI_TEST_JAN, 360);
  crm_ui_test_settle (50);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture->window)), <=, 360);
  crm_ui_test_check_names (fixture->widget);
  crm_ui_test_keep_picture (GTK_WIDGET (fixture->window), "dialog-narrow");
  close_all (fixture);
}

/* Every kind makes a form, and a field that was added to a kind is in it. */
static void
test_new_field (Fixture *fixture, gconstpointer unused)
{
  static const CrmField field = { 900,
                                  "shoe_size",
                                  "Shoe size",
                                  CRM_FIELD_NUMBER,
                                  CRM_SECTION_STATUS,
                                  CRM_GROUP_PRIVATE,
                                  .letter_name = "schoenmaat",
                                  .aliases = "schoenmaat" };
  g_autoptr (CrmModel) model = NULL;
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_build_filename (fixture->world->dir, "wider", NULL);
  g_autoptr (CrmRecord) record = NULL;
  CrmStore *store;

  model = crm_model_new_with_field (crm_model_get_default (), "person", &field);
  store = crm_store_open (dir, key, model, TRUE, &error);
  g_assert_no_error (error);
  present (fixture,
           crm_record_dialog_new (store, crm_model_find_kind (model, "person"), NULL),
           700);
  type (fixture, "Surname", "Voet");
  type (fixture, "Shoe size", "43,5");
  save_and_wait (fixture);
  record = crm_ui_test_get (store, fixture->saved);
  g_assert_cmpstr (crm_record_get (record, "shoe_size"), ==, "43.5");
  g_clear_object (&record);
  close_all (fixture);

  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  g_object_unref (store);
  crm_ui_test_wait_until (store == NULL);
}

static void
test_every_kind (Fixture *fixture, gconstpointer unused)
{
  const CrmModel *model = crm_store_get_model (fixture->world->store);

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      if (crm_kind_is_system (crm_model_get_kind (model, i)))
        continue;
      open_new (fixture, crm_kind_get_name (crm_model_get_kind (model, i)), 700);
      crm_ui_test_check_names (fixture->widget);
      close_all (fixture);
    }
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

#define ADD(name, func)                                                                            \
  g_test_add ("/ui/record-dialog/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("new", test_new);
  ADD ("own-initials", test_own_initials);
  ADD ("nameless", test_nameless);
  ADD ("required", test_required);
  ADD ("odd", test_odd);
  ADD ("date", test_date);
  ADD ("writes-changes-only", test_writes_changes_only);
  ADD ("unchanged", test_unchanged);
  ADD ("discard", test_discard);
  ADD ("follows", test_follows);
  ADD ("deleted-elsewhere", test_deleted_elsewhere);
  ADD ("duplicate-hint", test_duplicate_hint);
  ADD ("link", test_link);
  ADD ("link-new", test_link_new);
  ADD ("link-shown", test_link_shown);
  ADD ("prefilled", test_prefilled);
  ADD ("activity", test_activity);
  ADD ("hostile-values", test_hostile_values);
  ADD ("narrow", test_narrow);
  ADD ("new-field", test_new_field);
  ADD ("every-kind", test_every_kind);
#undef ADD

  return g_test_run ();
}
