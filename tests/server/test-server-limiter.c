#include "server/crm-server-limiter.h"

#define MINUTE (60 * G_USEC_PER_SEC)

static void
test_pair (void)
{
  g_autoptr (CrmServerLimiter) limiter = crm_server_limiter_new ();

  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpuint (crm_server_limiter_check (limiter, "anna", "a", i), ==, 0);
      crm_server_limiter_add (limiter, "anna", "a", i);
    }
  g_assert_cmpuint (crm_server_limiter_check (limiter, "ANNA", "a", 5), >, 0);
  /* She herself, elsewhere, and others there. */
  g_assert_cmpuint (crm_server_limiter_check (limiter, "anna", "b", 5), ==, 0);
  g_assert_cmpuint (crm_server_limiter_check (limiter, "bob", "a", 5), ==, 0);
  g_assert_cmpuint (crm_server_limiter_check (limiter, "anna", "a", 16 * MINUTE), ==, 0);
}

static void
test_many_addresses (void)
{
  g_autoptr (CrmServerLimiter) limiter = crm_server_limiter_new ();

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *address = g_strdup_printf ("%u", i);

      crm_server_limiter_add (limiter, "anna", address, 0);
    }
  g_assert_cmpuint (crm_server_limiter_check (limiter, "anna", "new", 0), >, 0);
}

/* Who has one address of IPv6 has a network of them. */
static void
test_network (void)
{
  g_autoptr (CrmServerLimiter) limiter = crm_server_limiter_new ();

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *address = g_strdup_printf ("2001:db8:1:2::%u", i + 1);

      crm_server_limiter_add (limiter, "anna", address, 0);
    }
  g_assert_cmpuint (crm_server_limiter_check (limiter, "anna", "2001:db8:1:2::99", 0), >, 0);
  g_assert_cmpuint (crm_server_limiter_check (limiter, "anna", "2001:db8:1:3::1", 0), ==, 0);
  g_assert_cmpuint (crm_server_limiter_check (limiter, "anna", "192.0.2.1", 0), ==, 0);
}

static void
test_many_names (void)
{
  g_autoptr (CrmServerLimiter) limiter = crm_server_limiter_new ();

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      crm_server_limiter_add (limiter, name, "a", 0);
    }
  g_assert_cmpuint (crm_server_limiter_check (limiter, "anna", "a", 0), >, 0);
}

static void
test_forgive (void)
{
  g_autoptr (CrmServerLimiter) limiter = crm_server_limiter_new ();

  /* Who types it right each time is never kept out. */
  for (guint i = 0; i < 500; i++)
    {
      g_assert_cmpuint (crm_server_limiter_check (limiter, "anna", "a", i), ==, 0);
      crm_server_limiter_add (limiter, "anna", "a", i);
      crm_server_limiter_forgive (limiter, "anna", "a");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/limiter/pair", test_pair);
  g_test_add_func ("/server/limiter/many-addresses", test_many_addresses);
  g_test_add_func ("/server/limiter/network", test_network);
  g_test_add_func ("/server/limiter/many-names", test_many_names);
  g_test_add_func ("/server/limiter/forgive", test_forgive);

  return g_test_run ();
}
