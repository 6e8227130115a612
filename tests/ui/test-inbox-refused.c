/* An Inbox with very many cards, and with what the server did not take. */
#include "crm-ui-test-conflicts.h"
#include "crm-ui-test-records.h"
#include "ui/sync/crm-conflict-card.h"
#include "ui/sync/crm-inbox-page.h"
#include "ui/widgets/crm-long-list.h"

/* ---- Many ---- */

#define N_MANY 500

static guint
count_cards (GtkWidget *page)
{
  GtkWidget *list = crm_ui_test_find_type (page, CRM_TYPE_LONG_LIST);

  return list != NULL ? crm_long_list_get_n_rows (CRM_LONG_LIST (list)) : 0;
}

/* However many there are: cards for what is in sight, the last one reached, all decided at once. */
static void
test_many (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (FALSE);
  GtkWidget *page = GTK_WIDGET (crm_inbox_page_new (world->store));
  GtkWindow *window = crm_ui_test_present (page, 900, 700);
  g_autofree char *last = g_strdup_printf ("Many %u · Town", N_MANY - 1);
  g_autofree char *many = g_strdup_printf ("%'u selected", N_MANY);
  GtkAdjustment *scroll;
  GtkWidget *scrolled;

  crm_ui_test_put_many_conflicts (world->store, N_MANY);
  crm_ui_test_wait_until (count_cards (page) > 3);
  scrolled = crm_ui_test_find_type (page, GTK_TYPE_SCROLLED_WINDOW);
  scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  crm_ui_test_wait_until (gtk_adjustment_get_upper (scroll) > N_MANY * 50);
  g_assert_cmpuint (count_cards (page), <, 40);

  gtk_adjustment_set_value (scroll, gtk_adjustment_get_upper (scroll));
  crm_ui_test_wait_until (crm_ui_test_find_text (page, last) != NULL);
  g_assert_cmpuint (count_cards (page), <, 40);

  gtk_widget_activate_action (page, "inbox.select-all", NULL);
  crm_ui_test_wait_until (crm_ui_test_find_text (page, many) != NULL);
  gtk_widget_activate_action (page, "inbox.selected-theirs", NULL);
  crm_ui_test_wait_until (crm_ui_test_find_text (page, "Nothing Needs You") != NULL);
  crm_ui_test_close (window);
}

/* ---- What the server did not take ---- */

#define MANY_0 "01900000-0000-7000-8000-000100000000"

typedef struct
{
  CrmUiTestWorld *world;
  GtkWidget *page;
  GtkWindow *window;
} Refused;

static void
set_up_refused (Refused *refused, gconstpointer unused)
{
  refused->world = crm_ui_test_world_new (FALSE);
  crm_ui_test_put_many_conflicts (refused->world->store, 2);
  refused->page = GTK_WIDGET (crm_inbox_page_new (refused->world->store));
  refused->window = crm_ui_test_present (refused->page, 900, 900);
}

static void
tear_down_refused (Refused *refused, gconstpointer unused)
{
  crm_ui_test_close (refused->window);
  crm_ui_test_world_free (refused->world);
}

static gboolean
has_city (Refused *refused, const char *city)
{
  g_autoptr (CrmRecord) record = crm_ui_test_get (refused->world->store, MANY_0);

  return record != NULL && g_strcmp0 (crm_record_get (record, "city"), city) == 0;
}

static void
press_refused (Refused *refused, const char *label)
{
  GtkWidget *button = NULL;

  crm_ui_test_wait_until ((button = crm_ui_test_find_button (GTK_WIDGET (refused->window),
                                                             label)) != NULL);
  g_assert_true (gtk_widget_activate (button));
}

/* What was typed is shown with why, goes again when it is wanted, and no more when it is not. */
static void
test_refused (Refused *refused, gconstpointer unused)
{
  GtkWidget *page = refused->page;

  crm_ui_test_set (refused->world->store, MANY_0, "city", "Borne");
  crm_ui_test_answer (refused->world->store, "forbidden");
  crm_ui_test_wait_until (crm_ui_test_find_text (page,
                                                 "Not taken over: you have no right to this "
                                                 "change.") != NULL);
  g_assert_nonnull (crm_ui_test_find_text (page, "Town: Borne"));
  g_assert_true (has_city (refused, "Ede"));

  press_refused (refused, "Try Again");
  crm_ui_test_wait_until (crm_ui_test_find_text (page, "Town: Borne") == NULL);
  g_assert_true (has_city (refused, "Borne"));

  crm_ui_test_answer (refused->world->store, "forbidden");
  press_refused (refused, "Let It Go");
  crm_ui_test_wait_until (crm_ui_test_find_text (page, "Town: Borne") == NULL);
  g_assert_true (has_city (refused, "Ede"));
}

/* It stands here only, until it is let go. */
static void
test_parked (Refused *refused, gconstpointer unused)
{
  GtkWidget *page = refused->page;

  crm_ui_test_set (refused->world->store, MANY_0, "city", "Borne");
  crm_ui_test_answer (refused->world->store, NULL);
  crm_ui_test_wait_until (crm_ui_test_find_text (page,
                                                 "The server cannot take this change. It stands on "
                                                 "this laptop only.") != NULL);
  g_assert_true (has_city (refused, "Borne"));
  press_refused (refused, "Let It Go");
  crm_ui_test_wait_until (crm_ui_test_find_text (page, "Town: Borne") == NULL);
  g_assert_true (has_city (refused, "Ede"));
}

/* The server asks about it: so does the window, with how many they are. */
static void
test_mass_delete (Refused *refused, gconstpointer unused)
{
  GtkWidget *page = refused->page;
  GtkWidget *window = GTK_WIDGET (refused->window);

  crm_ui_test_delete (refused->world->store, MANY_0);
  crm_ui_test_answer (refused->world->store, "mass_delete");
  crm_ui_test_wait_until (crm_ui_test_find_text (page, "1 deletion") != NULL);
  g_assert_true (has_city (refused, "Ede"));
  press_refused (refused, "Delete…");
  crm_ui_test_wait_until (crm_ui_test_find_text (window, "Delete Them All?") != NULL);
  press_refused (refused, "Cancel");
  crm_ui_test_wait_until (crm_ui_test_find_type (window, ADW_TYPE_ALERT_DIALOG) == NULL);
  g_assert_true (has_city (refused, "Ede"));

  press_refused (refused, "Delete…");
  crm_ui_test_wait_until (crm_ui_test_find_text (window, "Delete Them All?") != NULL);
  press_refused (refused, "Delete");
  crm_ui_test_wait_until (crm_ui_test_find_text (page, "1 deletion") == NULL);
  g_assert_null (crm_ui_test_get (refused->world->store, MANY_0));
}

static void
add (const char *path, void (*func) (Refused *, gconstpointer))
{
  g_test_add (path, Refused, NULL, set_up_refused, func, tear_down_refused);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/inbox-refused/many", test_many);
  add ("/ui/inbox-refused/refused", test_refused);
  add ("/ui/inbox-refused/parked", test_parked);
  add ("/ui/inbox-refused/mass-delete", test_mass_delete);

  return g_test_run ();
}
