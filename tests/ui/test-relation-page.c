#include "crm-ui-test.h"

#include "ui/record/crm-relation-page.h"

static void
test_shows (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (TRUE);
  AdwNavigationPage *page = crm_relation_page_new (world->store, CRM_UI_TEST_JAN);
  GtkWindow *window = crm_ui_test_present (GTK_WIDGET (page), 900, 900);

  crm_ui_test_wait_until (crm_ui_test_find_text (GTK_WIDGET (page), "Jan de Vries") != NULL);
  crm_ui_test_settle (300);
  crm_ui_test_picture (GTK_WIDGET (window), "/root/w/record/.pictures/page.png");
  crm_ui_test_close (window);
}

int
main (int argc, char **argv)
{
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/relation-page/shows", test_shows);

  return g_test_run ();
}
