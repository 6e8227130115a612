#include "crm-ui-test-records.h"
#include "ui/record/crm-timeline-data.h"
#include "ui/record/crm-timeline-row.h"
#include "ui/record/crm-timeline-view.h"
#include "ui/record/crm-timeline-words.h"
#include "ui/widgets/crm-long-list.h"

#include <string.h>

#define N_MANY 2000

typedef struct
{
  const char *id;
  const char *filter;
  GPtrArray *shown;
  guint limit;
} Request;

static gpointer
load_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;

  return crm_timeline_data_load (replica,
                                 request->id,
                                 request->filter,
                                 request->shown,
                                 request->limit,
                                 cancellable,
                                 error);
}

static CrmTimelineData *
load_of (CrmStore *store, const char *relation, const char *filter, GPtrArray *shown, guint limit)
{
  Request request = { relation, filter, shown, limit };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CrmTimelineData *data;

  crm_store_run_async (store,
                       CRM_STORE_READ,
                       load_on_worker,
                       &request,
                       NULL,
                       (GDestroyNotify) crm_timeline_data_free,
                       NULL,
                       crm_ui_test_result_cb,
                       &result);
  crm_ui_test_wait_until (result != NULL);
  data = crm_store_run_finish (store, result, &error);
  g_assert_no_error (error);

  return data;
}

static CrmTimelineData *
load (CrmStore *store, const char *filter, GPtrArray *shown, guint limit)
{
  return load_of (store, CRM_UI_TEST_JAN, filter, shown, limit);
}

/* As an import leaves them: hundreds on one day, all at midnight. */
static void
put_many (CrmStore *store)
{
  const CrmKind *kind = crm_model_find_kind (crm_store_get_model (store), "activity");

  for (guint done = 0; done < N_MANY;)
    {
      CrmChangeSet *set = crm_change_set_new ("import");

      for (guint i = 0; i < 500; i++, done++)
        {
          g_autoptr (CrmRecord) record = crm_record_new (kind, NULL);
          g_autofree char *at = g_strdup_printf ("2025-%02u-01T00:00:00Z", 1 + done % 3);

          crm_record_set (record, "type", done % 2 == 0 ? "call" : "note");
          crm_record_set (record, "done", at);
          crm_record_set (record, "relation", CRM_UI_TEST_JAN);
          crm_change_set_put (set, record);
        }
      crm_ui_test_apply (store, set);
    }
}

static void
put_jan (CrmStore *store, const char *action)
{
  const CrmKind *kind = crm_model_find_kind (crm_store_get_model (store), "person");
  g_autoptr (CrmRecord) jan = crm_record_new (kind, CRM_UI_TEST_JAN);
  CrmChangeSet *set = crm_change_set_new (action);

  crm_record_set (jan, "number", "R1");
  crm_record_set (jan, "given_name", "Jan");
  crm_record_set (jan, "surname", "Vries");
  crm_change_set_put (set, jan);
  crm_ui_test_apply (store, set);
}

/* Walks all pages; each item comes once, none is missed, newest first. */
static guint
walk (CrmStore *store, const char *filter)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (CrmTimelineData) data = load (store, filter, shown, 90);

      for (guint i = 0; i < data->items->len; i++)
        {
          CrmTimelineItem *item = g_ptr_array_index (data->items, i);

          g_assert_true (g_hash_table_add (seen, g_strdup (crm_timeline_item_get_id (item))));
          if (shown->len > 0)
            g_assert_cmpint (crm_timeline_item_compare (g_ptr_array_index (shown, shown->len - 1),
                                                        item),
                             <=,
                             0);
          g_ptr_array_add (shown, g_object_ref (item));
        }
      more = data->more;
      g_assert_true (!more || data->items->len > 0);
    }

  return shown->len;
}

static void
test_pages (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (TRUE);

  put_many (world->store);
  /* The set that made Jan comes on top of his activities. */
  g_assert_cmpuint (walk (world->store, CRM_TIMELINE_ALL), ==, N_MANY + 1);
  g_assert_cmpuint (walk (world->store, "call"), ==, N_MANY / 2);
  g_assert_cmpuint (walk (world->store, "visit"), ==, 0);
  g_assert_cmpuint (walk (world->store, CRM_TIMELINE_CHANGES), ==, 1);
}

/* Open tasks are next steps and not here; a note without a moment comes last; moving the last
 * activity is nothing to read about. */
static void
test_what_counts (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (TRUE);
  g_autoptr (CrmTimelineData) data = NULL;
  g_autofree char *note = NULL;
  CrmTimelineItem *last;

  g_free (crm_ui_test_put (world->store,
                           "activity",
                           NULL,
                           "type",
                           "task",
                           "due",
                           "2026-03-03T09:00:00Z",
                           "relation",
                           CRM_UI_TEST_JAN,
                           NULL));
  note = crm_ui_test_put (world->store,
                          "activity",
                          NULL,
                          "type",
                          "note",
                          "subject",
                          "Undated",
                          "relation",
                          CRM_UI_TEST_JAN,
                          NULL);
  crm_ui_test_set (world->store, CRM_UI_TEST_JAN, "last_activity", "2026-02-28");
  data = load (world->store, CRM_TIMELINE_ALL, NULL, 30);
  g_assert_cmpuint (data->items->len, ==, 2);
  g_assert_false (data->more);
  last = g_ptr_array_index (data->items, 1);
  g_assert_cmpstr (crm_timeline_item_get_id (last), ==, note);
  g_assert_null (crm_timeline_item_get_at (last));
}

/* What was done with people of an organisation stands on its page too, with their names. */
static void
test_people_of_organisation (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (TRUE);
  g_autoptr (CrmTimelineData) data = NULL;
  g_autofree char *own = NULL;
  g_autofree char *of_jan = NULL;
  g_autofree char *meta = NULL;
  CrmTimelineItem *item;

  of_jan = crm_ui_test_put (world->store,
                            "activity",
                            NULL,
                            "type",
                            "call",
                            "done",
                            "2026-03-02T09:00:00Z",
                            "relation",
                            CRM_UI_TEST_JAN,
                            NULL);
  own = crm_ui_test_put (world->store,
                         "activity",
                         NULL,
                         "type",
                         "call",
                         "done",
                         "2026-03-01T09:00:00Z",
                         "relation",
                         CRM_UI_TEST_BAKKER,
                         NULL);
  data = load_of (world->store, CRM_UI_TEST_BAKKER, "call", NULL, 30);
  g_assert_cmpuint (data->items->len, ==, 2);
  item = g_ptr_array_index (data->items, 0);
  g_assert_cmpstr (crm_timeline_item_get_id (item), ==, of_jan);
  g_assert_cmpstr (crm_timeline_item_get_with (item), ==, "Jan de Vries");
  meta = crm_timeline_words_dup_activity_meta (item);
  g_assert_nonnull (strstr (meta, "Jan de Vries"));
  item = g_ptr_array_index (data->items, 1);
  g_assert_cmpstr (crm_timeline_item_get_id (item), ==, own);
  g_assert_null (crm_timeline_item_get_with (item));
}

/* The set that made the record is one quiet line, whatever it filled; a change says its field. */
static void
test_made_is_one_line (void)
{
  static const struct
  {
    const char *action;
    const char *start;
    const char *part;
  } cases[] = {
    { "person.new", "Made by ", "" },
    { "demo", "Made by ", " · Demo company · " },
    { "import", "Imported by ", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (FALSE);
      g_autoptr (CrmTimelineData) data = NULL;
      g_autofree char *made = NULL;
      g_autofree char *made_meta = NULL;
      g_autofree char *changed = NULL;

      put_jan (world->store, cases[i].action);
      crm_ui_test_set (world->store, CRM_UI_TEST_JAN, "function", "Directeur");
      data = load (world->store, CRM_TIMELINE_ALL, NULL, 30);
      g_assert_cmpuint (data->items->len, ==, 2);
      changed = crm_timeline_words_dup_change (g_ptr_array_index (data->items, 0));
      g_assert_cmpstr (changed, ==, "Function: Directeur");
      made = crm_timeline_words_dup_change (g_ptr_array_index (data->items, 1));
      g_assert_true (g_str_has_prefix (made, cases[i].start));
      g_assert_nonnull (strstr (made, cases[i].part));
      g_assert_null (strchr (made, '\n'));
      made_meta = crm_timeline_words_dup_change_meta (g_ptr_array_index (data->items, 1));
      g_assert_cmpstr (made_meta, ==, "");
    }
}

/* What is equal keeps its row, so that scroll and keyboard stay. */
static void
test_view_keeps_rows (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (TRUE);
  CrmTimelineView *view = crm_timeline_view_new ();
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (view), 500, 500);
  g_autoptr (CrmTimelineData) before = load (world->store, CRM_TIMELINE_ALL, NULL, 30);
  g_autoptr (CrmTimelineData) after = NULL;
  GtkWidget *row;

  crm_timeline_view_set_items (view, before->items, before->more);
  row = crm_ui_test_find_type (GTK_WIDGET (view), CRM_TYPE_TIMELINE_ROW);
  g_assert_nonnull (row);

  crm_ui_test_set (world->store, CRM_UI_TEST_JAN, "function", "Directeur");
  after = load (world->store, CRM_TIMELINE_ALL, NULL, 30);
  crm_timeline_view_set_items (view, after->items, after->more);
  g_assert_cmpuint (crm_timeline_view_get_n_items (view), ==, 2);
  g_assert_true (gtk_widget_get_mapped (row));
  crm_ui_test_wait_until (crm_ui_test_find_text (GTK_WIDGET (view),
                                                 "Function: Inkoper → Directeur") != NULL);
  crm_ui_test_check_names (GTK_WIDGET (view));
  crm_ui_test_close (window);
}

static GPtrArray *
make_notes (CrmStore *store, guint from, guint n)
{
  const CrmKind *kind = crm_model_find_kind (crm_store_get_model (store), "activity");
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = from; i < from + n; i++)
    {
      g_autofree char *id = g_strdup_printf ("01900000-0000-7000-8000-%012u", i);
      g_autofree char *subject = g_strdup_printf ("Note %u", i);
      g_autoptr (CrmRecord) record = crm_record_new (kind, id);

      crm_record_set (record, "type", "note");
      crm_record_set (record, "subject", subject);
      g_ptr_array_add (items, crm_timeline_item_new_activity (record, NULL));
    }

  return items;
}

/* As on the page of a relation: it scrolls as a whole, other things above the timeline. */
typedef struct
{
  CrmUiTestWorld *world;
  GtkWindow *window;
  CrmTimelineView *view;
  CrmLongList *list;
  GtkAdjustment *scroll;
} Page;

static void
open_page (Page *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *above = gtk_label_new ("Above");
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  page->world = crm_ui_test_world_new (FALSE);
  page->view = crm_timeline_view_new ();
  gtk_widget_set_size_request (above, -1, 200);
  gtk_box_append (GTK_BOX (box), above);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (page->view));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  page->window = crm_ui_test_present (scrolled, 500, 500);
  page->scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
}

static void
close_page (Page *page)
{
  crm_ui_test_close (page->window);
  crm_ui_test_world_free (page->world);
}

static void
show_notes (Page *page, guint n)
{
  g_autoptr (GPtrArray) notes = make_notes (page->world->store, 0, n);

  crm_timeline_view_set_items (page->view, notes, FALSE);
  crm_ui_test_wait_until (crm_ui_test_find_text (GTK_WIDGET (page->view), "Note 0") != NULL);
  crm_ui_test_wait_until (gtk_adjustment_get_upper (page->scroll) > n * 20);
  page->list = CRM_LONG_LIST (crm_ui_test_find_type (GTK_WIDGET (page->view), CRM_TYPE_LONG_LIST));
}

/* Where the row of the note stands in the window; -1 when it has none. */
static double
find_y (Page *page, const char *text)
{
  GtkWidget *label = crm_ui_test_find_text (GTK_WIDGET (page->view), text);
  graphene_point_t zero = GRAPHENE_POINT_INIT (0, 0);
  graphene_point_t place;

  if (label == NULL || !gtk_widget_compute_point (label, GTK_WIDGET (page->window), &zero, &place))
    return -1;

  return place.y;
}

/* However long it is: rows for what is in sight and a bit around it, also at the end. */
static void
test_view_is_virtual (void)
{
  Page page;

  open_page (&page);
  show_notes (&page, 10000);
  crm_ui_test_settle (200);
  g_assert_cmpuint (crm_long_list_get_n_rows (page.list), <, 40);
  g_assert_cmpfloat (gtk_adjustment_get_upper (page.scroll), >, 10000 * 30);
  g_assert_nonnull (crm_ui_test_find_text (GTK_WIDGET (page.view), "Without a Date"));

  gtk_adjustment_set_value (page.scroll, gtk_adjustment_get_upper (page.scroll));
  crm_ui_test_wait_until (find_y (&page, "Note 9999") >= 0);
  crm_ui_test_settle (200);
  g_assert_cmpfloat (find_y (&page, "Note 9999"), <, 500);
  g_assert_cmpuint (crm_long_list_get_n_rows (page.list), <, 40);
  g_assert_cmpfloat (find_y (&page, "Note 0"), ==, -1);
  gtk_adjustment_set_value (page.scroll, 0);
  crm_ui_test_wait_until (find_y (&page, "Note 0") >= 0);
  close_page (&page);
}

/* A note in the middle of the window; NULL when none is there yet. */
static char *
dup_middle (Page *page)
{
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *text = g_strdup_printf ("Note %u", i);
      double y = find_y (page, text);

      if (y >= 200 && y <= 300)
        return g_steal_pointer (&text);
    }

  return NULL;
}

static gboolean
is_at (Page *page, const char *text, double y)
{
  return ABS (find_y (page, text) - y) <= 2;
}

/* What is read stays where it is, whatever comes above it or turns out higher than guessed. */
static void
test_view_stays_in_place (void)
{
  Page page;

  open_page (&page);
  show_notes (&page, 400);
  gtk_adjustment_set_value (page.scroll, gtk_adjustment_get_upper (page.scroll) / 2);
  crm_ui_test_settle (300);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *text = NULL;
      double y;

      crm_ui_test_wait_until (text != NULL || (text = dup_middle (&page)) != NULL);
      y = find_y (&page, text);
      gtk_adjustment_set_value (page.scroll, gtk_adjustment_get_value (page.scroll) - 100);
      crm_ui_test_wait_until (is_at (&page, text, y + 100));
    }
  close_page (&page);
}

/* Somebody else logs a call while an old one is read. */
static void
test_view_stays_when_more_comes (void)
{
  Page page;
  g_autoptr (GPtrArray) now = NULL;
  GPtrArray *shown;
  g_autofree char *text = NULL;
  double y;

  open_page (&page);
  show_notes (&page, 400);
  gtk_adjustment_set_value (page.scroll, 4000);
  crm_ui_test_wait_until (text != NULL || (text = dup_middle (&page)) != NULL);
  crm_ui_test_settle (100);
  y = find_y (&page, text);
  now = make_notes (page.world->store, 1000, 3);
  shown = make_notes (page.world->store, 0, 400);
  g_ptr_array_extend_and_steal (now, g_steal_pointer (&shown));
  crm_timeline_view_set_items (page.view, now, FALSE);
  crm_ui_test_wait_until (crm_timeline_view_get_n_items (page.view) == 403);
  crm_ui_test_settle (100);
  crm_ui_test_wait_until (is_at (&page, text, y));
  close_page (&page);
}

/* The keyboard takes along what it has, and goes on to rows that were not in sight. */
static void
test_view_keyboard (void)
{
  Page page;
  GtkWidget *row;

  open_page (&page);
  show_notes (&page, 1000);
  row = gtk_widget_get_ancestor (crm_ui_test_find_text (GTK_WIDGET (page.view), "Note 0"),
                                 CRM_TYPE_TIMELINE_ROW);
  gtk_widget_grab_focus (row);
  gtk_adjustment_set_value (page.scroll, 20000);
  crm_ui_test_settle (200);
  /* It keeps the focus where nobody sees it. */
  g_assert_true (gtk_window_get_focus (page.window) == row);

  gtk_widget_child_focus (GTK_WIDGET (page.window), GTK_DIR_DOWN);
  crm_ui_test_wait_until (find_y (&page, "Note 0") > 0 && find_y (&page, "Note 0") < 500);
  g_assert_true (gtk_window_get_focus (page.window) == row);
  for (guint i = 1; i < 60; i++)
    {
      g_autofree char *text = g_strdup_printf ("Note %u", i);

      crm_ui_test_wait_until (find_y (&page, text) >= 0);
      gtk_widget_child_focus (GTK_WIDGET (page.window), GTK_DIR_DOWN);
      row = gtk_widget_get_ancestor (gtk_window_get_focus (page.window), CRM_TYPE_TIMELINE_ROW);
      g_assert_nonnull (crm_ui_test_find_text (row, text));
    }
  crm_ui_test_wait_until (find_y (&page, "Note 59") > 0 && find_y (&page, "Note 59") < 500);
  close_page (&page);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

/* Whoever reads on gets the next page without asking; nobody asks twice. */
static void
test_view_asks_for_more (void)
{
  Page page;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  guint n = 0;

  open_page (&page);
  g_signal_connect_swapped (page.view, "more", G_CALLBACK (count_cb), &n);
  first = make_notes (page.world->store, 0, 60);
  crm_timeline_view_set_items (page.view, first, TRUE);
  crm_ui_test_wait_until (find_y (&page, "Note 0") >= 0);
  crm_ui_test_settle (200);
  g_assert_cmpuint (n, ==, 0);

  gtk_adjustment_set_value (page.scroll, gtk_adjustment_get_upper (page.scroll));
  crm_ui_test_wait_until (n == 1);
  crm_ui_test_settle (100);
  g_assert_cmpuint (n, ==, 1);
  second = make_notes (page.world->store, 60, 60);
  crm_timeline_view_add_items (page.view, second, FALSE);
  g_assert_cmpuint (crm_timeline_view_get_n_items (page.view), ==, 120);
  crm_ui_test_settle (100);
  gtk_adjustment_set_value (page.scroll, gtk_adjustment_get_upper (page.scroll));
  crm_ui_test_wait_until (find_y (&page, "Note 119") >= 0);
  g_assert_cmpuint (n, ==, 1);
  g_assert_null (crm_ui_test_find_named (GTK_WIDGET (page.view), "Show Older"));
  close_page (&page);
}

/* What did not change is the very same item afterwards, so that nobody compares it again. */
static void
test_keeps_equal_items (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (FALSE);
  g_autoptr (GPtrArray) shown = make_notes (world->store, 0, 10);
  CrmTimelineData data = { make_notes (world->store, 0, 12), FALSE };
  g_autoptr (GPtrArray) changed = make_notes (world->store, 100, 1);

  g_set_object (&g_ptr_array_index (data.items, 5), changed->pdata[0]);
  crm_timeline_data_keep (&data, shown);
  for (guint i = 0; i < 5; i++)
    g_assert_true (data.items->pdata[i] == shown->pdata[i]);
  g_assert_true (data.items->pdata[5] == changed->pdata[0]);
  g_ptr_array_unref (data.items);

  data.items = make_notes (world->store, 0, 10);
  crm_timeline_data_keep (&data, shown);
  for (guint i = 0; i < 10; i++)
    g_assert_true (data.items->pdata[i] == shown->pdata[i]);
  g_ptr_array_unref (data.items);
}

static void
test_view_empty (void)
{
  CrmTimelineView *view = crm_timeline_view_new ();
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (view), 500, 500);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  crm_timeline_view_set_items (view, none, FALSE);
  crm_ui_test_wait_until (crm_ui_test_find_text (GTK_WIDGET (view),
                                                 "Nothing here yet. What you log above comes "
                                                 "here.") != NULL);
  crm_timeline_view_set_filter (view, "letter");
  g_assert_cmpstr (crm_timeline_view_get_filter (view), ==, "letter");
  crm_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/timeline/pages", test_pages);
  g_test_add_func ("/ui/timeline/what-counts", test_what_counts);
  g_test_add_func ("/ui/timeline/people", test_people_of_organisation);
  g_test_add_func ("/ui/timeline/made", test_made_is_one_line);
  g_test_add_func ("/ui/timeline/view-keeps-rows", test_view_keeps_rows);
  g_test_add_func ("/ui/timeline/view-is-virtual", test_view_is_virtual);
  g_test_add_func ("/ui/timeline/view-stays-in-place", test_view_stays_in_place);
  g_test_add_func ("/ui/timeline/view-stays-when-more-comes", test_view_stays_when_more_comes);
  g_test_add_func ("/ui/timeline/view-keyboard", test_view_keyboard);
  g_test_add_func ("/ui/timeline/view-asks-for-more", test_view_asks_for_more);
  g_test_add_func ("/ui/timeline/keeps-equal-items", test_keeps_equal_items);
  g_test_add_func ("/ui/timeline/view-empty", test_view_empty);

  return g_test_run ();
}
