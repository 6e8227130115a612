#include "model/crm-id-sum.h"

#include "base/crm-id.h"

#include <string.h>

static void
test_sum (void)
{
  g_autofree char *a = crm_id_new ();
  g_autofree char *b = crm_id_new ();
  g_autofree char *ab_hex = NULL;
  g_autofree char *empty = NULL;
  CrmIdSum ab = { 0 };
  CrmIdSum ba = { 0 };
  CrmIdSum back = { 0 };

  g_assert_true (crm_id_sum_add (&ab, a) && crm_id_sum_add (&ab, b));
  g_assert_true (crm_id_sum_add (&ba, b) && crm_id_sum_add (&ba, a));
  g_assert_cmpmem (&ab, sizeof ab, &ba, sizeof ba);
  ab_hex = crm_id_sum_to_hex (&ab);
  g_assert_true (crm_id_sum_from_hex (&back, ab_hex));
  g_assert_cmpmem (&ab, sizeof ab, &back, sizeof back);

  g_assert_true (crm_id_sum_add (&ab, a) && crm_id_sum_add (&ab, b));
  empty = crm_id_sum_to_hex (&ab);
  g_assert_cmpstr (empty, ==, "00000000000000000000000000000000");
}

static void
test_known (void)
{
  g_autofree char *hex = NULL;
  CrmIdSum sum = { 0 };

  crm_id_sum_add (&sum, "018f0000-0000-7000-8000-0000000000ff");
  crm_id_sum_add (&sum, "008f0000-0000-7000-8000-00000000000f");
  hex = crm_id_sum_to_hex (&sum);
  g_assert_cmpstr (hex, ==, "010000000000000000000000000000f0");
}

static void
test_refused (void)
{
  CrmIdSum sum = { 0 };
  CrmIdSum before = sum;

  g_assert_false (crm_id_sum_add (&sum, NULL));
  g_assert_false (crm_id_sum_add (&sum, "x"));
  g_assert_false (crm_id_sum_add (&sum, "018F0000-0000-7000-8000-0000000000ff"));
  g_assert_false (crm_id_sum_from_hex (&sum, NULL));
  g_assert_false (crm_id_sum_from_hex (&sum, "00"));
  g_assert_false (crm_id_sum_from_hex (&sum, "0000000000000000000000000000000G"));
  g_assert_cmpmem (&sum, sizeof sum, &before, sizeof before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/id-sum/sum", test_sum);
  g_test_add_func ("/model/id-sum/known", test_known);
  g_test_add_func ("/model/id-sum/refused", test_refused);

  return g_test_run ();
}
