#include "crm-ui-test.h"
#include "ui/report/crm-days-chart.h"
#include "ui/report/crm-week-page.h"

#include <string.h>

/* A call and a visit this week, a letter before it, and a task to come; "now" is 1 March 2026. */
static void
add (CrmStore *store, const char *type, const char *subject, const char *done, const char *due)
{
  g_autoptr (CrmRecord)
      record = crm_record_new (crm_model_find_kind (crm_store_get_model (store), "activity"), NULL);
  CrmChangeSet *set = crm_change_set_new ("activity.new");
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = NULL;

  crm_record_set (record, "type", type);
  crm_record_set (record, "subject", subject);
  crm_record_set (record, "done", done);
  crm_record_set (record, "due", due);
  crm_record_set (record, "relation", CRM_UI_TEST_JAN);
  crm_change_set_put (set, record);
  crm_store_apply_async (store, set, NULL, crm_ui_test_result_cb, &result);
  crm_ui_test_wait_until (result != NULL);
  id = crm_store_apply_finish (store, result, NULL);
  g_assert_nonnull (id);
}

static CrmUiTestWorld *
make_world (void)
{
  CrmUiTestWorld *world = crm_ui_test_world_new (TRUE);

  add (world->store, "call", "Offerte", "2026-02-27T10:00:00Z", NULL);
  add (world->store, "visit", "Rondleiding", "2026-02-25T10:00:00Z", NULL);
  add (world->store, "call", "Afspraak", "2026-02-25T12:00:00Z", NULL);
  add (world->store, "letter", "Uitnodiging", "2026-02-18T10:00:00Z", NULL);
  add (world->store, "task", "Nabellen", NULL, "2026-03-03T09:00:00Z");
  return world;
}

static gboolean
says (CrmWeekPage *page, const char *text)
{
  return crm_ui_test_find_text (GTK_WIDGET (page), text) != NULL;
}

static void
opened_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_set_str (user_data, g_variant_get_string (parameter, NULL));
}

static void
test_rows_open (void)
{
  CrmUiTestWorld *world = make_world ();
  CrmWeekPage *page = crm_week_page_new (world->store);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (page), 900, 900);
  const GActionEntry entries[] = { { "open-record", opened_cb, "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autofree char *opened = NULL;
  GtkWidget *label;

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), &opened);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "win", G_ACTION_GROUP (group));

  crm_ui_test_wait_until (says (page, "Task · Nabellen"));
  g_assert_true (says (page, "Call · Offerte"));
  g_assert_false (says (page, "Letter · Uitnodiging"));
  g_assert_true (says (page, "Comes next"));
  g_assert_true (says (page, "1 before"));

  label = crm_ui_test_find_text (GTK_WIDGET (page), "Call · Offerte");
  gtk_widget_activate (gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW));
  crm_ui_test_wait_until (opened != NULL);
  g_assert_cmpstr (opened, ==, CRM_UI_TEST_JAN);

  crm_ui_test_close (window);
  crm_ui_test_world_free (world);
}

/* A week back and forth, another length, and what is logged meanwhile shows at once. */
static void
test_period (void)
{
  CrmUiTestWorld *world = make_world ();
  CrmWeekPage *page = crm_week_page_new (world->store);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (page), 900, 900);

  crm_ui_test_wait_until (says (page, "Call · Offerte"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "week.previous", NULL));
  crm_ui_test_wait_until (says (page, "Letter · Uitnodiging"));
  g_assert_false (says (page, "Call · Offerte"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "week.next", NULL));
  crm_ui_test_wait_until (says (page, "Call · Offerte"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "week.days", "s", "14"));
  crm_ui_test_wait_until (says (page, "Letter · Uitnodiging"));
  g_assert_true (says (page, "Call · Offerte"));

  add (world->store, "visit", "Zojuist", "2026-03-01T07:00:00Z", NULL);
  crm_ui_test_wait_until (says (page, "Visit · Zojuist"));

  crm_ui_test_close (window);
  crm_ui_test_world_free (world);
}

/* Each figure shows the rows that it counts, and no more. */
static void
test_figures_open (void)
{
  CrmUiTestWorld *world = make_world ();
  CrmWeekPage *page = crm_week_page_new (world->store);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (page), 900, 900);
  GtkWidget *calls;

  crm_ui_test_wait_until (says (page, "Call · Offerte"));
  calls = gtk_widget_get_ancestor (crm_ui_test_find_text (GTK_WIDGET (page), "Calls"),
                                   GTK_TYPE_TOGGLE_BUTTON);
  gtk_widget_activate (calls);
  crm_ui_test_wait_until (!says (page, "Visit · Rondleiding"));
  g_assert_true (says (page, "Call · Offerte"));
  g_assert_true (says (page, "Call · Afspraak"));
  g_assert_false (says (page, "Comes next"));

  /* It stays pressed when something is logged. */
  add (world->store, "call", "Zojuist", "2026-03-01T07:00:00Z", NULL);
  crm_ui_test_wait_until (says (page, "Call · Zojuist"));
  g_assert_false (says (page, "Visit · Rondleiding"));

  calls = gtk_widget_get_ancestor (crm_ui_test_find_text (GTK_WIDGET (page), "Calls"),
                                   GTK_TYPE_TOGGLE_BUTTON);
  gtk_widget_activate (calls);
  crm_ui_test_wait_until (says (page, "Visit · Rondleiding"));
  g_assert_true (says (page, "Comes next"));

  crm_ui_test_close (window);
  crm_ui_test_world_free (world);
}

/* A period in which nothing was done has no empty chart. */
static void
test_empty (void)
{
  CrmUiTestWorld *world = crm_ui_test_world_new (FALSE);
  CrmWeekPage *page = crm_week_page_new (world->store);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (page), 900, 900);

  crm_ui_test_wait_until (says (page, "Nothing was logged in this period"));
  g_assert_null (crm_ui_test_find_type (GTK_WIDGET (page), CRM_TYPE_DAYS_CHART));

  crm_ui_test_close (window);
  crm_ui_test_world_free (world);
}

static void
test_export (void)
{
  static const char *const names[] = { "week.pdf", "week.csv", "week.xlsx" };
  CrmUiTestWorld *world = make_world ();
  CrmWeekPage *page = crm_week_page_new (world->store);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (page), 900, 900);

  crm_ui_test_wait_until (says (page, "Call · Offerte"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (world->dir, names[i], NULL);

      crm_week_page_export (page, path);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  crm_ui_test_wait_until (crm_ui_test_get_toast (GTK_WIDGET (page)) != NULL);
  g_assert_cmpstr (crm_ui_test_get_toast (GTK_WIDGET (page)), ==, "Report saved");

  crm_ui_test_close (window);
  crm_ui_test_world_free (world);
}

static void
test_shapes (void)
{
  static const struct
  {
    const char *name;
    int width;
    AdwColorScheme scheme;
  } shapes[] = { { "week-wide", 1000, ADW_COLOR_SCHEME_FORCE_LIGHT },
                 { "week-dark", 1000, ADW_COLOR_SCHEME_FORCE_DARK },
                 { "week-narrow", 360, ADW_COLOR_SCHEME_FORCE_LIGHT } };
  const char *folder = g_getenv ("CRM_TEST_PICTURES");

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      CrmUiTestWorld *world = make_world ();
      CrmWeekPage *page = crm_week_page_new (world->store);
      GtkWindow *window = crm_ui_test_present (GTK_WIDGET (page), shapes[i].width, 860);
      g_autoptr (GPtrArray) nameless = NULL;
      g_autofree char *chart = NULL;

      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), shapes[i].scheme);
      crm_ui_test_wait_until (says (page, "Call · Offerte"));
      crm_ui_test_settle (100);
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (page)), <=, shapes[i].width);
      nameless = crm_ui_test_list_nameless (GTK_WIDGET (page));
      for (guint j = 0; j < nameless->len; j++)
        g_test_message ("%s", (const char *) g_ptr_array_index (nameless, j));
      g_assert_cmpuint (nameless->len, ==, 0);
      chart = crm_ui_test_dup_name (crm_ui_test_find_type (GTK_WIDGET (page), CRM_TYPE_DAYS_CHART));
      g_assert_cmpstr (chart, ==, "Activities by day: 3 in this period, 1 before");

      if (folder != NULL)
        {
          g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, shapes[i].name);

          crm_ui_test_picture (GTK_WIDGET (window), path);
        }
      crm_ui_test_close (window);
      crm_ui_test_world_free (world);
    }
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/week-page/rows-open", test_rows_open);
  g_test_add_func ("/ui/week-page/period", test_period);
  g_test_add_func ("/ui/week-page/figures-open", test_figures_open);
  g_test_add_func ("/ui/week-page/empty", test_empty);
  g_test_add_func ("/ui/week-page/export", test_export);
  g_test_add_func ("/ui/week-page/shapes", test_shapes);

  return g_test_run ();
}
