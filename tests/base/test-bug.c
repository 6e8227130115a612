#include "base/crm-bug.h"

static void
test_plant (void)
{
  g_assert_false (CRM_BUG ("head-token"));

  crm_bug_plant ("head-token");
  g_assert_true (CRM_BUG ("head-token"));
  g_assert_false (CRM_BUG ("head"));

  crm_bug_plant (NULL);
  g_assert_false (CRM_BUG ("head-token"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/bug/plant", test_plant);

  return g_test_run ();
}
