#include "server/crm-server-metrics.h"

#include <string.h>

static void
test_write (void)
{
  g_autoptr (CrmServerMetrics) metrics = crm_server_metrics_new ();
  const CrmServerCounts counts = { .sets = { 0, 4, 3, 2, 1 }, .rows_sent = 9 };
  const CrmServerLogRequest requests[] = {
    { .path = "/v1/push", .status = 200, .usec = 700, .received = 10, .sent = 20 },
    { .path = "/v1/push", .status = 200, .usec = 3000 },
    { .path = "/v1/history/01900000-0000-7000-8000-000000000001", .status = 200, .usec = 5 },
    { .path = "/../\"\n", .status = 404, .usec = 5 },
  };
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    crm_server_metrics_add (metrics, &requests[i]);
  text = crm_server_metrics_write (metrics, &counts, 5, 6, 7);

  g_assert_nonnull (strstr (text, "crm_requests_total{path=\"/v1/push\",status=\"200\"} 2\n"));
  /* No name of a record, and nothing that who asks could choose. */
  g_assert_nonnull (strstr (text, "crm_requests_total{path=\"/v1/history\",status=\"200\"} 1\n"));
  g_assert_nonnull (strstr (text, "crm_requests_total{path=\"other\",status=\"404\"} 1\n"));
  g_assert_nonnull (strstr (text, "crm_request_seconds_bucket{le=\"0.001\"} 3\n"));
  g_assert_nonnull (strstr (text, "crm_request_seconds_bucket{le=\"0.005\"} 4\n"));
  g_assert_nonnull (strstr (text, "crm_request_seconds_sum 0.003710\n"));
  g_assert_nonnull (strstr (text, "crm_sets_total{status=\"rejected\"} 1\n"));
  g_assert_nonnull (strstr (text, "\ncrm_connections 5\n"));
  g_assert_nonnull (strstr (text, "\ncrm_waiting 6\n"));
  g_assert_nonnull (strstr (text, "\ncrm_head 7\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/metrics/write", test_write);

  return g_test_run ();
}
