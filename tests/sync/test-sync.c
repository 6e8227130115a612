/* The adapter against a server over a socket of this machine. */
#include "crm-sync-laptop.h"

static void
test_exchange (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) one = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (CrmSyncLaptop) two = crm_sync_laptop_new (host, "two", FALSE);
  g_autofree char *id = crm_sync_laptop_put (one, "Jansen");

  crm_sync_laptop_must_log_in (one, host);
  g_assert_cmpstr (crm_sync_get_server (one->sync), ==, crm_sync_proxy_get_url (host->proxy));
  g_assert_cmpstr (crm_sync_get_user (one->sync), ==, CRM_SYNC_TEST_USER);
  g_assert_cmpint (crm_sync_laptop_exchange (one), ==, CRM_SYNC_IN_STEP);
  crm_sync_wait_until (crm_sync_get_pending (one->sync) == 0);
  g_assert_nonnull (crm_sync_get_last_contact (one->sync));

  crm_sync_laptop_must_log_in (two, host);
  g_assert_cmpint (crm_sync_laptop_exchange (two), ==, CRM_SYNC_IN_STEP);
  g_assert_true (crm_sync_laptop_has (two, id, "surname", "Jansen"));
}

/* Two windows that are open follow each other. */
static void
test_watch (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) one = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (CrmSyncLaptop) two = crm_sync_laptop_new (host, "two", FALSE);
  g_autofree char *id = crm_sync_laptop_put (one, "Jansen");

  crm_sync_laptop_must_log_in (one, host);
  crm_sync_laptop_must_log_in (two, host);
  crm_sync_start (one->sync, TRUE, NULL);
  crm_sync_start (two->sync, TRUE, NULL);
  crm_sync_wait_until (crm_sync_laptop_has (two, id, "surname", "Jansen"));
  crm_sync_wait_until (crm_sync_get_state (two->sync) == CRM_SYNC_IN_STEP);
  crm_sync_laptop_set_field (two, id, "city", "Goor");
  crm_sync_wait_until (crm_sync_laptop_has (one, id, "city", "Goor"));
  crm_sync_laptop_set_field (one, id, "city", "Ede");
  crm_sync_wait_until (crm_sync_laptop_has (two, id, "city", "Ede"));
  crm_sync_wait_until (crm_sync_get_pending (one->sync) == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/sync/exchange",
              CrmSyncHost,
              NULL,
              crm_sync_host_set_up,
              test_exchange,
              crm_sync_host_tear_down);
  g_test_add ("/sync/watch",
              CrmSyncHost,
              NULL,
              crm_sync_host_set_up,
              test_watch,
              crm_sync_host_tear_down);

  return g_test_run ();
}
