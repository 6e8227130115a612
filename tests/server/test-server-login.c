#include "crm-server-fixture.h"

#include "base/crm-id.h"
#include "server/crm-server-admin.h"

#include <string.h>

static guint
log_in (CrmServerFixture *fixture,
        const char *user,
        const char *password,
        const char *replica,
        char **code)
{
  g_autofree char
      *body = g_strdup_printf ("{\"user\":\"%s\",\"password\":\"%s\",\"replica\":\"%s\"}",
                               user,
                               password,
                               replica);
  g_autofree char *reply = NULL;
  const guint status = crm_server_fixture_call (fixture, "POST", "/v1/device", NULL, body, &reply);

  if (code != NULL)
    *code = crm_server_fixture_get_code (reply);

  return status;
}

static void
test_wrong (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autofree char *replica = crm_id_new ();
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  /* Who exists is not told. */
  g_assert_cmpuint (log_in (fixture, "anna", "not the one", replica, &one), ==, 401);
  g_assert_cmpuint (log_in (fixture, "nobody", "not the one", replica, &two), ==, 401);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpuint (log_in (fixture, "ANNA", CRM_SERVER_TEST_PASSWORD, replica, NULL), ==, 200);
  g_assert_cmpuint (log_in (fixture, "anna", CRM_SERVER_TEST_PASSWORD, "no id", NULL), ==, 400);
}

/* The machine has a password compared for whoever asks, and tells the rest of it not apart. */
static void
test_nobody (CrmServerFixture *fixture, gconstpointer unused)
{
  static const char *const names[] = { "anna", "nobody", "bob" };

  g_assert_true (crm_server_admin_disable_user (fixture->store, "bob", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"user\":\"%s\",\"password\":\"x\",\"replica\":"
                                               "\"01900000-0000-7000-8000-000000000001\"}",
                                               names[i]);
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
      const CrmServerRequest request = {
        .method = "POST", .path = "/v1/device", .address = "192.0.2.1", .body = bytes
      };
      g_auto (CrmServerResponse) response = { 0 };

      crm_server_machine_handle (fixture->machine, &request, &response);
      g_assert_cmpint (response.outcome, ==, CRM_SERVER_VERIFY);
      g_assert_cmpstr (response.password, ==, "x");
      g_assert_true ((response.hash != NULL) == (i == 0));
    }
}

static void
test_limit (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autofree char *replica = crm_id_new ();
  g_autofree char *code = NULL;

  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (log_in (fixture, "anna", "not the one", replica, NULL), ==, 401);
  log_in (fixture, "anna", CRM_SERVER_TEST_PASSWORD, replica, &code);
  g_assert_cmpstr (code, ==, "busy");
  g_assert_cmpuint (log_in (fixture, "bob", CRM_SERVER_TEST_PASSWORD, replica, NULL), ==, 200);
}

static void
test_other_user (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autofree char *replica = crm_id_new ();

  g_assert_cmpuint (log_in (fixture, "anna", CRM_SERVER_TEST_PASSWORD, replica, NULL), ==, 200);
  g_assert_cmpuint (log_in (fixture, "bob", CRM_SERVER_TEST_PASSWORD, replica, NULL), ==, 403);
  g_assert_cmpuint (log_in (fixture, "anna", CRM_SERVER_TEST_PASSWORD, replica, NULL), ==, 200);
}

static void
assert_code (CrmLaptop *laptop, const char *expected)
{
  g_autofree char *reply = NULL;
  g_autofree char *code = NULL;

  crm_server_fixture_call (laptop->fixture,
                           "POST",
                           "/v1/pull",
                           laptop->token,
                           "{\"proto\":1,\"schema\":1}",
                           &reply);
  code = crm_server_fixture_get_code (reply);
  g_assert_cmpstr (code, ==, expected);
}

static void
test_shut_out (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) lost = crm_laptop_new (fixture, "anna");
  g_autoptr (CrmLaptop) gone = crm_laptop_new (fixture, "bob");
  g_autoptr (CrmLaptop) left = crm_laptop_new (fixture, "anna");
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *replica = crm_id_new ();
  g_autofree char *code = NULL;

  assert_code (lost, "");
  /* It has a device more; either stands for the laptop. */
  g_assert_cmpuint (log_in (fixture, "anna", CRM_SERVER_TEST_PASSWORD, lost->replica, NULL),
                    ==,
                    200);
  devices = fixture->store->ops->list_devices (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (devices->len, ==, 4);
  g_assert_true (crm_server_admin_revoke (fixture->store,
                                          ((CrmServerDevice *) devices->pdata[0])->id,
                                          &error));
  assert_code (lost, "wipe");
  g_assert_cmpuint (log_in (fixture, "anna", CRM_SERVER_TEST_PASSWORD, lost->replica, &code),
                    ==,
                    401);
  g_assert_cmpstr (code, ==, "wipe");

  /* Signing out is not losing the device. */
  g_assert_cmpuint (crm_server_fixture_call (fixture,
                                             "DELETE",
                                             "/v1/device",
                                             left->token,
                                             NULL,
                                             NULL),
                    ==,
                    200);
  assert_code (left, "unauthorized");

  g_assert_true (crm_server_admin_disable_user (fixture->store, "bob", &error));
  assert_code (gone, "unauthorized");
  g_assert_cmpuint (log_in (fixture, "bob", CRM_SERVER_TEST_PASSWORD, replica, NULL), ==, 401);
}

/* What stands in the database opens nothing. */
static void
test_stored (CrmServerFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmLaptop) anna = crm_laptop_new (fixture, "anna");
  g_autofree char *bytes = NULL;
  gsize size = 0;

  crm_server_fixture_reopen (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  g_assert_null (memmem (bytes, size, anna->token, strlen (anna->token)));
  g_assert_null (memmem (bytes, size, CRM_SERVER_TEST_PASSWORD, strlen (CRM_SERVER_TEST_PASSWORD)));
  g_assert_nonnull (memmem (bytes, size, "$argon2id$", strlen ("$argon2id$")));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/server/login/" path,                                                               \
              CrmServerFixture,                                                                    \
              NULL,                                                                                \
              crm_server_fixture_set_up,                                                           \
              func,                                                                                \
              crm_server_fixture_tear_down)
  ADD ("wrong", test_wrong);
  ADD ("nobody", test_nobody);
  ADD ("limit", test_limit);
  ADD ("other-user", test_other_user);
  ADD ("shut-out", test_shut_out);
  ADD ("stored", test_stored);
#undef ADD

  return g_test_run ();
}
