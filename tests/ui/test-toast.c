#include "crm-ui-test.h"
#include "ui/widgets/crm-toast.h"

static void
test_shows_text_as_it_is (void)
{
  GtkWidget *label = gtk_label_new ("page");
  GtkWindow *window = crm_ui_test_present (label, 400, 300);

  crm_toast_show (label, "Bakker & <Zoon> saved");
  crm_ui_test_wait_until (crm_ui_test_get_toast (label) != NULL);
  g_assert_cmpstr (crm_ui_test_get_toast (label), ==, "Bakker & <Zoon> saved");

  crm_ui_test_close (window);
}

/* Who works fast is not told of what was done before. */
static void
test_last_is_shown_at_once (void)
{
  GtkWidget *label = gtk_label_new ("page");
  GtkWindow *window = crm_ui_test_present (label, 400, 300);

  crm_toast_show (label, "First");
  crm_ui_test_wait_until (g_strcmp0 (crm_ui_test_get_toast (label), "First") == 0);
  crm_toast_show (label, "Second");
  crm_toast_show (label, "Third");
  crm_ui_test_settle (100);
  g_assert_cmpstr (crm_ui_test_get_toast (label), ==, "Third");

  crm_ui_test_close (window);
}

static void
test_error_is_shown_and_logged (void)
{
  GtkWidget *label = gtk_label_new ("page");
  GtkWindow *window = crm_ui_test_present (label, 400, 300);
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "disk full");

  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "Not saved: disk full");
  crm_toast_show_error (label, "Not saved", error);
  g_test_assert_expected_messages ();
  crm_ui_test_wait_until (crm_ui_test_get_toast (label) != NULL);
  g_assert_cmpstr (crm_ui_test_get_toast (label), ==, "Not saved");

  crm_ui_test_close (window);
}

static void
test_cancelling_is_no_error (void)
{
  GtkWidget *label = gtk_label_new ("page");
  GtkWindow *window = crm_ui_test_present (label, 400, 300);
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");

  crm_toast_show_error (label, "Not saved", error);
  crm_ui_test_settle (50);
  g_assert_null (crm_ui_test_get_toast (label));

  crm_ui_test_close (window);
}

static void
test_without_overlay_is_logged (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new ("alone"));

  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "Nobody sees this");
  crm_toast_show (label, "Nobody sees this");
  g_test_assert_expected_messages ();

  g_object_unref (label);
}

/* What it holds, as the store that its Undo is for, goes with it. */
static void
test_without_overlay_is_freed (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new ("alone"));
  AdwToast *toast = adw_toast_new ("Nobody sees this");

  g_object_add_weak_pointer (G_OBJECT (toast), (gpointer *) &toast);
  g_test_expect_message ("crm", G_LOG_LEVEL_MESSAGE, "Nobody sees this");
  crm_toast_add (label, toast);
  g_test_assert_expected_messages ();
  g_assert_null (toast);

  g_object_unref (label);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/toast/text", test_shows_text_as_it_is);
  g_test_add_func ("/ui/toast/last", test_last_is_shown_at_once);
  g_test_add_func ("/ui/toast/error", test_error_is_shown_and_logged);
  g_test_add_func ("/ui/toast/cancelled", test_cancelling_is_no_error);
  g_test_add_func ("/ui/toast/without-overlay", test_without_overlay_is_logged);
  g_test_add_func ("/ui/toast/freed", test_without_overlay_is_freed);

  return g_test_run ();
}
