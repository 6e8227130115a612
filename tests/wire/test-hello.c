#include "wire/crm-hello.h"

#include <string.h>

#define ID "018f0000-0000-7000-8000-000000000001"

static const CrmHello hello = {
  .company = "c1",
  .name = "Bakker \"Techniek\"",
  .epoch = "e1",
  .now = "2026-03-01T08:00:00Z",
  .server = "0.1.0",
  .proto_min = 1,
  .proto_max = 2,
  .schema_min = 1,
  .schema_max = 14,
  .max_body = 8388608,
};

static void
test_hello (void)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmHello) back = NULL;

  crm_hello_write (&hello, json);
  back = crm_hello_read (json->str, json->len, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->company, ==, hello.company);
  g_assert_cmpstr (back->name, ==, hello.name);
  g_assert_cmpstr (back->epoch, ==, hello.epoch);
  g_assert_cmpstr (back->now, ==, hello.now);
  g_assert_cmpstr (back->server, ==, hello.server);
  g_assert_cmpint (back->proto_min, ==, 1);
  g_assert_cmpint (back->proto_max, ==, 2);
  g_assert_cmpint (back->schema_min, ==, 1);
  g_assert_cmpint (back->schema_max, ==, 14);
  g_assert_cmpint (back->max_body, ==, hello.max_body);
}

/* Which of the two is too old, so that people know what to bring up to date. */
static void
test_check (void)
{
  static const struct
  {
    gint64 proto[2];
    gint64 schema[2];
    int code;
    gboolean older;
  } cases[] = {
    { { 1, 1 }, { 1, 1 }, 0, FALSE },
    { { 1, 5 }, { 1, 14 }, 0, FALSE },
    { { 2, 5 }, { 1, 14 }, CRM_WIRE_ERROR_PROTO, FALSE },
    { { 0, 0 }, { 1, 14 }, CRM_WIRE_ERROR_PROTO, TRUE },
    { { 1, 1 }, { 2, 14 }, CRM_WIRE_ERROR_SCHEMA, FALSE },
    { { 1, 1 }, { 0, 0 }, CRM_WIRE_ERROR_SCHEMA, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CrmHello other = hello;
      g_autoptr (GError) error = NULL;
      gboolean older = FALSE;

      other.proto_min = cases[i].proto[0];
      other.proto_max = cases[i].proto[1];
      other.schema_min = cases[i].schema[0];
      other.schema_max = cases[i].schema[1];
      g_assert_cmpint (crm_hello_check (&other, &older, &error), ==, cases[i].code == 0);
      if (cases[i].code == 0)
        continue;
      g_assert_error (error, CRM_WIRE_ERROR, cases[i].code);
      g_assert_cmpint (older, ==, cases[i].older);
    }
}

static void
test_hello_refused (void)
{
  static const char *const texts[] = {
    "<html>",
    "{}",
    "{\"company\":\"c\",\"epoch\":\"e\"}",
    "{\"company\":\"c\",\"epoch\":\"e\",\"proto\":[1],\"schema\":[1,1]}",
    "{\"company\":\"c\",\"epoch\":\"e\",\"proto\":[2,1],\"schema\":[1,1]}",
    "{\"company\":\"c\",\"epoch\":\"e\",\"proto\":[1,\"1\"],\"schema\":[1,1]}",
    "{\"epoch\":\"e\",\"proto\":[1,1],\"schema\":[1,1]}",
    "{\"company\":\"c\",\"epoch\":\"e\",\"proto\":[1,1],\"schema\":[1,1],\"limits\":7}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_null (crm_hello_read (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
    }
}

static void
test_device (void)
{
  const CrmDeviceRequest request = {
    .user = "ilse", .password = "geheim\"\\\n", .replica = ID, .device = "laptop"
  };
  const CrmDeviceReply reply = {
    .device = "d1", .user = "Ilse", .epoch = "e1", .company = "c1", .token = "t0ken"
  };
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (CrmDeviceRequest) request_back = NULL;
  g_autoptr (CrmDeviceReply) reply_back = NULL;

  crm_device_request_write (&request, json);
  request_back = crm_device_request_read (json->str, json->len, NULL);
  g_assert_nonnull (request_back);
  g_assert_cmpstr (request_back->user, ==, request.user);
  g_assert_cmpstr (request_back->password, ==, request.password);
  g_assert_cmpstr (request_back->replica, ==, request.replica);
  g_assert_cmpstr (request_back->device, ==, request.device);

  g_string_truncate (json, 0);
  crm_device_reply_write (&reply, json);
  reply_back = crm_device_reply_read (json->str, json->len, NULL);
  g_assert_nonnull (reply_back);
  g_assert_cmpstr (reply_back->device, ==, reply.device);
  g_assert_cmpstr (reply_back->user, ==, reply.user);
  g_assert_cmpstr (reply_back->epoch, ==, reply.epoch);
  g_assert_cmpstr (reply_back->company, ==, reply.company);
  g_assert_cmpstr (reply_back->token, ==, reply.token);
}

static void
test_device_refused (void)
{
  static const char *const texts[] = {
    "{}",
    "{\"user\":\"u\",\"replica\":\"" ID "\"}",
    "{\"user\":\"\",\"password\":\"p\",\"replica\":\"" ID "\"}",
    "{\"user\":\"u\",\"password\":\"p\",\"replica\":\"r\"}",
    "{\"user\":\"u\",\"password\":[],\"replica\":\"" ID "\"}",
    "{\"user\":\"u\",\"password\":\"p\\u0000\",\"replica\":\"" ID "\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (crm_device_request_read (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
      g_assert_null (crm_device_reply_read (texts[i], strlen (texts[i]), NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/hello/hello", test_hello);
  g_test_add_func ("/wire/hello/check", test_check);
  g_test_add_func ("/wire/hello/refused", test_hello_refused);
  g_test_add_func ("/wire/hello/device", test_device);
  g_test_add_func ("/wire/hello/device-refused", test_device_refused);

  return g_test_run ();
}
