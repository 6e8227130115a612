#include "wire/crm-pull.h"

#include <string.h>

static void
test_round_trip (void)
{
  static const gint64 booting[] = { 17, 9007199254740992 };
  const CrmPullRequest requests[] = {
    { .proto = CRM_WIRE_PROTO, .schema = 3, .boots = TRUE },
    { .proto = CRM_WIRE_PROTO,
      .schema = 3,
      .cursor = "b3BhcXVl",
      .max = 2000,
      .acked = 812,
      .booting = booting,
      .n_booting = 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmPullRequest) back = NULL;

      crm_pull_request_write (&requests[i], json);
      back = crm_pull_request_read (json->str, json->len, &error);
      g_assert_no_error (error);
      g_assert_cmpint (back->schema, ==, 3);
      g_assert_cmpstr (back->cursor, ==, requests[i].cursor);
      g_assert_cmpint (back->max, ==, requests[i].max);
      g_assert_cmpint (back->acked, ==, requests[i].acked);
      g_assert_cmpint (back->boots, ==, requests[i].boots);
      g_assert_cmpmem (back->booting,
                       back->n_booting * sizeof (gint64),
                       requests[i].booting,
                       requests[i].n_booting * sizeof (gint64));
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    int code;
  } cases[] = {
    { "{\"proto\":1,\"schema\":1,\"from_2030\":[]}", 0 },
    { "{}", 0 },
    { "{\"cur\":\"b3BhcXVl\",\"max\":2000,\"booting\":[17]}", 0 },
    { "{\"proto\":0}", CRM_WIRE_ERROR_PROTO },
    { "{\"boot\":\"yes\"}", CRM_WIRE_ERROR_INVALID },
    { "{\"proto\":3,\"schema\":1}", CRM_WIRE_ERROR_PROTO },
    { "{\"proto\":1,\"schema\":0}", CRM_WIRE_ERROR_INVALID },
    { "{\"proto\":1,\"schema\":1,\"cur\":7}", CRM_WIRE_ERROR_INVALID },
    { "{\"proto\":1,\"schema\":1,\"max\":-1}", CRM_WIRE_ERROR_INVALID },
    { "{\"proto\":1,\"schema\":1,\"acked\":1e3}", CRM_WIRE_ERROR_INVALID },
    { "{\"proto\":1,\"schema\":1,\"booting\":17}", CRM_WIRE_ERROR_INVALID },
    { "{\"proto\":1,\"schema\":1,\"booting\":[\"17\"]}", CRM_WIRE_ERROR_INVALID },
    { "{\"proto\":1,\"schema\":1,\"booting\":[null]}", CRM_WIRE_ERROR_INVALID },
    { "{\"proto\":1,\"schema\":1", CRM_WIRE_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmPullRequest)
          request = crm_pull_request_read (cases[i].text, strlen (cases[i].text), &error);

      g_test_message ("%s", cases[i].text);
      if (cases[i].code == 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, CRM_WIRE_ERROR, cases[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/pull/round-trip", test_round_trip);
  g_test_add_func ("/wire/pull/refused", test_refused);

  return g_test_run ();
}
