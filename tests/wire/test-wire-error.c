#include "wire/crm-wire-error.h"

#include <gio/gio.h>
#include <string.h>

static void
test_names (void)
{
  for (int code = CRM_WIRE_ERROR_INVALID; code < CRM_WIRE_ERROR_TRUNCATED; code++)
    {
      CrmWireError found;

      g_assert_true (crm_wire_error_find (crm_wire_error_get_name (code), &found));
      g_assert_cmpint ((int) found, ==, code);
      g_assert_cmpuint (crm_wire_error_get_status (code), >=, 400);
      g_assert_cmpuint (crm_wire_error_get_status (code), <, 600);
    }

  g_assert_cmpstr (crm_wire_error_get_name (CRM_WIRE_ERROR_TRUNCATED), ==, "internal");
  g_assert_cmpstr (crm_wire_error_get_name (999), ==, "internal");
  g_assert_cmpuint (crm_wire_error_get_status (999), ==, 500);
}

static void
test_round_trip (void)
{
  for (int code = CRM_WIRE_ERROR_INVALID; code < CRM_WIRE_ERROR_TRUNCATED; code++)
    {
      g_autoptr (GError) error = g_error_new (CRM_WIRE_ERROR, code, "What “%s” is", "wrong");
      g_autoptr (GError) back = NULL;
      g_autoptr (GString) json = g_string_new (NULL);
      guint retry_after;

      crm_wire_error_write (error, 30, json);
      crm_wire_error_read (crm_wire_error_get_status (code),
                           json->str,
                           json->len,
                           &retry_after,
                           &back);
      g_assert_error (back, CRM_WIRE_ERROR, code);
      g_assert_cmpstr (back->message, ==, error->message);
      g_assert_cmpuint (retry_after, ==, 30);
    }
}

/* What went wrong inside is for the log alone. */
static void
test_foreign (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "/srv/crm.db is full");
  g_autoptr (GString) json = g_string_new (NULL);

  crm_wire_error_write (error, 0, json);
  g_assert_nonnull (strstr (json->str, "\"internal\""));
  g_assert_null (strstr (json->str, "/srv"));
  g_assert_null (strstr (json->str, "retry_after"));
}

static void
test_strangers (void)
{
  static const struct
  {
    guint status;
    const char *text;
    int code;
  } cases[] = {
    { 200, "<html>Log in</html>", CRM_WIRE_ERROR_TRUNCATED },
    { 502, "Bad Gateway", CRM_WIRE_ERROR_TRUNCATED },
    { 500, "", CRM_WIRE_ERROR_TRUNCATED },
    { 500, "{}", CRM_WIRE_ERROR_TRUNCATED },
    { 500, "{\"error\":\"no\"}", CRM_WIRE_ERROR_TRUNCATED },
    { 500, "{\"error\":{\"message\":\"no\"}}", CRM_WIRE_ERROR_TRUNCATED },
    { 429, "{\"error\":{\"code\":\"tired\"}}", CRM_WIRE_ERROR_BUSY },
    { 503, "{\"error\":{\"code\":\"tired\"}}", CRM_WIRE_ERROR_BUSY },
    { 401, "{\"error\":{\"code\":\"who\"}}", CRM_WIRE_ERROR_UNAUTHORIZED },
    { 403, "{\"error\":{\"code\":\"who\"}}", CRM_WIRE_ERROR_FORBIDDEN },
    { 404, "{\"error\":{\"code\":\"who\"}}", CRM_WIRE_ERROR_NOT_FOUND },
    { 413, "{\"error\":{\"code\":\"fat\"}}", CRM_WIRE_ERROR_TOO_BIG },
    { 422, "{\"error\":{\"code\":\"odd\"}}", CRM_WIRE_ERROR_INVALID },
    { 500, "{\"error\":{\"code\":\"odd\"}}", CRM_WIRE_ERROR_INTERNAL },
    { 401, "{\"error\":{\"code\":\"wipe\"}}", CRM_WIRE_ERROR_WIPE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      guint retry_after = 7;

      g_test_message ("%u %s", cases[i].status, cases[i].text);
      crm_wire_error_read (cases[i].status,
                           cases[i].text,
                           strlen (cases[i].text),
                           &retry_after,
                           &error);
      g_assert_error (error, CRM_WIRE_ERROR, cases[i].code);
      g_assert_cmpuint (retry_after, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/error/names", test_names);
  g_test_add_func ("/wire/error/round-trip", test_round_trip);
  g_test_add_func ("/wire/error/foreign", test_foreign);
  g_test_add_func ("/wire/error/strangers", test_strangers);

  return g_test_run ();
}
