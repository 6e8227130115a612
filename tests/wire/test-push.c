#include "wire/crm-push.h"

#include "wire/crm-wire-limit.h"

#include "crm-wire-fixture.h"

#include <string.h>

#define ID "018f0000-0000-7000-8000-000000000001"

static void
test_request (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (41);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GString) json = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmPushRequest) back = NULL;
      CrmWireSet sets[5];
      const CrmPushRequest request = {
        .proto = CRM_WIRE_PROTO,
        .schema = 14,
        .epoch = "e1",
        .replica = ID,
        .now = "2026-03-01T08:00:00Z",
        .sets = sets,
        .n_sets = (guint) g_rand_int_range (rand, 0, 6),
      };

      for (guint j = 0; j < request.n_sets; j++)
        sets[j] = crm_make_set (arena, rand, 812 + j);
      crm_push_request_write (&request, json);
      back = crm_push_request_read (json->str, json->len, &error);
      g_assert_no_error (error);
      g_assert_cmpint (back->schema, ==, 14);
      g_assert_cmpstr (back->epoch, ==, "e1");
      g_assert_cmpstr (back->replica, ==, ID);
      g_assert_cmpstr (back->now, ==, request.now);
      g_assert_cmpuint (back->n_sets, ==, request.n_sets);
      for (guint j = 0; j < request.n_sets; j++)
        crm_assert_set (&back->sets[j], &sets[j]);
    }
}

/* Of a request that was cut anywhere nothing is taken. */
static void
test_truncated (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);
  g_autoptr (CrmArena) arena = crm_arena_new ();
  g_autoptr (GString) json = g_string_new (NULL);
  const CrmWireSet set = crm_make_set (arena, rand, 1);
  const CrmPushRequest request = {
    .proto = CRM_WIRE_PROTO, .schema = 1, .epoch = "e1", .replica = ID, .sets = &set, .n_sets = 1
  };

  crm_push_request_write (&request, json);
  for (gsize i = 0; i < json->len; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (crm_push_request_read (json->str, i, &error));
      g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
    }
}

#define REQUEST(sets) "{\"proto\":1,\"schema\":1,\"replica\":\"" ID "\",\"sets\":" sets "}"
#define SET(n)        "{\"id\":\"" ID "\",\"n\":" n ",\"action\":\"a\",\"mode\":\"all\",\"at\":\"2026\"}"

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    int code;
  } cases[] = {
    { REQUEST ("[]"), 0 },
    { REQUEST ("[" SET ("7") "," SET ("8") "]"), 0 },
    { REQUEST ("[" SET ("7") "," SET ("7") "]"), CRM_WIRE_ERROR_INVALID },
    { REQUEST ("[" SET ("7") "," SET ("9") "]"), CRM_WIRE_ERROR_INVALID },
    { REQUEST ("[" SET ("8") "," SET ("7") "]"), CRM_WIRE_ERROR_INVALID },
    { REQUEST ("{}"), CRM_WIRE_ERROR_INVALID },
    { "{\"proto\":2,\"schema\":1,\"replica\":\"" ID "\"}", CRM_WIRE_ERROR_PROTO },
    { "{\"proto\":\"1\",\"schema\":1,\"replica\":\"" ID "\"}", CRM_WIRE_ERROR_INVALID },
    { "{\"replica\":\"" ID "\"}", 0 },
    { "{\"proto\":0,\"replica\":\"" ID "\"}", CRM_WIRE_ERROR_PROTO },
    { "{\"proto\":1,\"schema\":0,\"replica\":\"" ID "\"}", CRM_WIRE_ERROR_INVALID },
    { "{\"proto\":1,\"schema\":1,\"replica\":\"r\"}", CRM_WIRE_ERROR_INVALID },
    { "{\"proto\":1,\"schema\":1}", CRM_WIRE_ERROR_INVALID },
    { "[]", CRM_WIRE_ERROR_INVALID },
    { "null", CRM_WIRE_ERROR_INVALID },
    { "", CRM_WIRE_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmPushRequest)
          request = crm_push_request_read (cases[i].text, strlen (cases[i].text), &error);

      g_test_message ("%s", cases[i].text);
      if (cases[i].code == 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, CRM_WIRE_ERROR, cases[i].code);
    }
}

static void
test_too_many (void)
{
  g_autoptr (GString)
      json = g_string_new ("{\"proto\":1,\"schema\":1,\"replica\":\"" ID "\",\"sets\":[");
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i <= CRM_WIRE_MAX_SETS + 1; i++)
    g_string_append_printf (json,
                            "%s{\"id\":\"" ID "\",\"n\":%u,\"action\":\"a\",\"mode\":\"all\","
                            "\"at\":\"2026\"}",
                            i > 1 ? "," : "",
                            i);
  g_string_append (json, "]}");
  g_assert_null (crm_push_request_read (json->str, json->len, &error));
  g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_TOO_BIG);
}

static void
test_reply (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (43);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GString) json = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmPushReply) back = NULL;
      CrmSetResult results[3];
      const CrmPushReply reply = { .results = results,
                                   .n_results = (guint) g_rand_int_range (rand, 0, 4) };

      for (guint j = 0; j < reply.n_results; j++)
        results[j] = crm_make_result (arena, rand);
      crm_push_reply_write (&reply, json);
      back = crm_push_reply_read (json->str, json->len, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (back->n_results, ==, reply.n_results);
      for (guint j = 0; j < reply.n_results; j++)
        crm_assert_result (&back->results[j], &results[j]);
    }
}

static void
test_reply_refused (void)
{
  static const char *const texts[] = { "{}",
                                       "[]",
                                       "{\"res\":[7]}",
                                       "{\"res\":[{\"st\":\"ok\"}]}",
                                       "{\"res\":[{\"n\":1}]}",
                                       "{\"res\":[{\"n\":1,\"st\":\"ok\",\"conf\":[7]}]}",
                                       "<html>" };
  static const char newer[] = "{\"res\":[{\"n\":1,\"st\":\"postponed\",\"x\":1}],\"y\":2}";
  g_autoptr (CrmPushReply) reply = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (crm_push_reply_read (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
    }

  /* The server has the set, whatever it calls that. */
  reply = crm_push_reply_read (newer, strlen (newer), NULL);
  g_assert_nonnull (reply);
  g_assert_cmpint (reply->results[0].status, ==, CRM_SET_STATUS_MERGED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/push/request", test_request);
  g_test_add_func ("/wire/push/truncated", test_truncated);
  g_test_add_func ("/wire/push/refused", test_refused);
  g_test_add_func ("/wire/push/too-many", test_too_many);
  g_test_add_func ("/wire/push/reply", test_reply);
  g_test_add_func ("/wire/push/reply-refused", test_reply_refused);

  return g_test_run ();
}
