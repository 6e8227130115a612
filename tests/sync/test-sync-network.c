/*
 * What is between a laptop and its server: portals, proxies, cut lines, answers of others. Nothing
 * of it may change what the replica holds, or cost the token; all of it has a state with a name.
 */
#include "crm-sync-laptop.h"

#include "sync/crm-sync-private.h"
#include "wire/crm-inflate.h"

#include <string.h>

#define HTML "<html><body>Welcome to our hotel! Please sign in.</body></html>"

/* What is answered in place of the server, or made of its answer, to requests of one path. */
typedef struct
{
  const char *path; /* "POST /v1/pull" */
  /* In place of the server. */
  guint status;
  const char *headers;
  const char *body;
  GBytes *raw;
  /* Of its answer. */
  gsize cut;
  const char *from;
  const char *to;
  guint n;     /* requests that it happened to */
  guint times; /* after that many all is well; 0: never */
} Trick;

static GBytes *
replace (GBytes *reply, const char *from, const char *to)
{
  gsize size;
  const char *data = g_bytes_get_data (reply, &size);
  g_autofree char *text = g_strndup (data, size);
  const char *body = strstr (text, "\r\n\r\n") + 4;
  g_autoptr (GString) changed = g_string_new (body);
  const char *status = "Content-Type: application/json\r\n";

  g_assert_cmpuint (g_string_replace (changed, from, to, 1), ==, 1);

  return crm_sync_proxy_make_reply (200, status, changed->str);
}

static GBytes *
play (const char *line, GBytes *reply, gpointer data)
{
  Trick *trick = data;

  if (!g_str_has_prefix (line, trick->path) || (trick->times > 0 && trick->n == trick->times))
    return NULL;
  if (reply == NULL)
    {
      trick->n++;
      if (trick->raw != NULL)
        return g_bytes_ref (trick->raw);

      return trick->status != 0
                 ? crm_sync_proxy_make_reply (trick->status, trick->headers, trick->body)
                 : NULL;
    }
  if (trick->from != NULL)
    return replace (reply, trick->from, trick->to);

  return crm_sync_proxy_cut (reply, trick->cut);
}

typedef struct
{
  Trick refusal;
  Trick greeting;
} Doubt;

static GBytes *
play_both (const char *line, GBytes *reply, gpointer data)
{
  Doubt *doubt = data;
  GBytes *refused = play (line, reply, &doubt->refusal);

  return refused != NULL ? refused : play (line, reply, &doubt->greeting);
}

/* ---- What must not change ---- */

static gpointer
dump_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *cursor = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_CURSOR);
  g_autofree char *epoch = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_EPOCH);
  g_autofree char *company = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_COMPANY);
  g_autofree char *token = crm_sync_store_dup_state (replica, CRM_SYNC_STATE_TOKEN);
  g_autoptr (CrmSyncCounts) counts = crm_sync_store_count (replica, error);

  return g_strdup_printf ("%s %s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                          cursor,
                          epoch,
                          company,
                          token,
                          counts->pending,
                          counts->parked,
                          counts->rejected,
                          counts->conflicts,
                          crm_sync_store_get_acked (replica));
}

static void
dumped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = crm_store_run_finish (CRM_STORE (source), result, NULL);
}

static char *
dump (CrmSyncLaptop *laptop)
{
  char *text = NULL;

  crm_store_run_async (laptop->store,
                       CRM_STORE_READ,
                       dump_on_worker,
                       NULL,
                       NULL,
                       NULL,
                       NULL,
                       dumped_cb,
                       &text);
  crm_sync_wait_until (text != NULL);

  return text;
}

/* One that was in step, with a change to send and one to fetch. */
static CrmSyncLaptop *
make_laptop (CrmSyncHost *host, CrmSyncLaptop **other, char **id)
{
  CrmSyncLaptop *laptop = crm_sync_laptop_new (host, "one", FALSE);

  *other = crm_sync_laptop_new (host, "two", FALSE);
  *id = crm_sync_laptop_put (laptop, "Jansen");
  crm_sync_laptop_must_log_in (laptop, host);
  crm_sync_laptop_must_log_in (*other, host);
  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_IN_STEP);
  g_assert_cmpint (crm_sync_laptop_exchange (*other), ==, CRM_SYNC_IN_STEP);
  crm_sync_laptop_set_field (*other, *id, "city", "Goor");
  g_assert_cmpint (crm_sync_laptop_exchange (*other), ==, CRM_SYNC_IN_STEP);
  crm_sync_laptop_set_field (laptop, *id, "email", "j@example.nl");
  /* It does not wait to try again. */
  laptop->sync->patience_ms = 100;

  return laptop;
}

/* What is known of the server already is only asked anew at a login. */
static CrmSyncState
run (CrmSyncHost *host, CrmSyncLaptop *laptop, const char *path)
{
  CrmSyncState state = CRM_SYNC_IN_STEP;
  g_autoptr (GError) error = NULL;

  if (!g_str_has_prefix (path, "GET /v1/hello"))
    return crm_sync_laptop_exchange (laptop);
  if (!crm_sync_laptop_log_in (laptop,
                               crm_sync_proxy_get_url (host->proxy),
                               CRM_SYNC_TEST_PASSWORD,
                               &error))
    g_assert_true (crm_sync_error_get_state (error, &state));

  return state;
}

/* @trick happens, and nothing has changed then. */
static void
endure (CrmSyncHost *host, CrmSyncLaptop *laptop, Trick *trick, CrmSyncState expected)
{
  g_autofree char *before = dump (laptop);
  g_autofree char *after = NULL;
  CrmSyncState state;

  trick->n = 0;
  crm_sync_proxy_set_hook (host->proxy, play, trick);
  state = run (host, laptop, trick->path);
  if (state != expected || trick->n == 0)
    g_error ("%s %u: %s, not %s; %s",
             trick->path,
             trick->status,
             crm_sync_state_get_name (state),
             crm_sync_state_get_name (expected),
             crm_sync_get_message (laptop->sync));
  crm_sync_proxy_set_hook (host->proxy, NULL, NULL);
  after = dump (laptop);
  g_assert_cmpstr (before, ==, after);
}

static void
heal (CrmSyncLaptop *laptop, CrmSyncLaptop *other, const char *id)
{
  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_IN_STEP);
  g_assert_cmpint (crm_sync_laptop_exchange (other), ==, CRM_SYNC_IN_STEP);
  g_assert_true (crm_sync_laptop_has (laptop, id, "city", "Goor"));
  g_assert_true (crm_sync_laptop_has (other, id, "email", "j@example.nl"));
  crm_sync_wait_until (crm_sync_get_pending (laptop->sync) == 0);
}

/* ---- Tests ---- */

#define JSON "Content-Type: application/json\r\n"
#define PAGE "Content-Type: application/x-ndjson\r\n"
#define TEXT "Content-Type: text/html\r\n"

static const struct
{
  guint status;
  const char *headers;
  const char *body;
  CrmSyncState state;
} answers[] = {
  /* Pitfall 34 */
  { 200, TEXT, HTML, CRM_SYNC_PORTAL },
  { 200, JSON, HTML, CRM_SYNC_PORTAL },
  { 200, PAGE, HTML, CRM_SYNC_PORTAL },
  { 200, JSON, "", CRM_SYNC_PORTAL },
  { 200, PAGE, "", CRM_SYNC_PORTAL },
  { 200, JSON, "{}", CRM_SYNC_PORTAL },
  { 200, "", "", CRM_SYNC_PORTAL },
  { 204, "", "", CRM_SYNC_PORTAL },
  { 302, "Location: https://portal.example.com/\r\n", "", CRM_SYNC_PORTAL },
  { 307, "Location: /login\r\n", "", CRM_SYNC_PORTAL },
  { 401, "WWW-Authenticate: Basic realm=\"hotel\"\r\n" TEXT, HTML, CRM_SYNC_PORTAL },
  { 403, TEXT, HTML, CRM_SYNC_PORTAL },
  { 404, TEXT, HTML, CRM_SYNC_PORTAL },
  { 511, TEXT, HTML, CRM_SYNC_PORTAL },
  { 200, "Content-Encoding: gzip\r\n" JSON, "not packed at all", CRM_SYNC_PORTAL },
  { 200, "Set-Cookie: a=b\r\nContent-Encoding: br\r\n" JSON, "packed?", CRM_SYNC_PORTAL },
  /* Pitfall 36 */
  { 407, "Proxy-Authenticate: Basic realm=\"office\"\r\n" TEXT, HTML, CRM_SYNC_PROXY_LOGIN },
  /* Pitfall 48, and a gateway before the server */
  { 429,
    JSON,
    "{\"error\":{\"code\":\"busy\",\"message\":\"wait\",\"retry_after\":30}}",
    CRM_SYNC_SERVER_ERROR },
  { 500, TEXT, HTML, CRM_SYNC_SERVER_ERROR },
  { 502, TEXT, HTML, CRM_SYNC_SERVER_ERROR },
  { 503, "Retry-After: 30\r\n" TEXT, HTML, CRM_SYNC_SERVER_ERROR },
  { 503,
    JSON,
    "{\"error\":{\"code\":\"internal\",\"message\":\"the disk is full\"}}",
    CRM_SYNC_SERVER_ERROR },
};

static const char *const paths[] = { "GET /v1/hello", "POST /v1/push", "POST /v1/pull" };

static void
test_answers (CrmSyncHost *host, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (CrmSyncLaptop) other = NULL;
  g_autoptr (CrmSyncLaptop) laptop = make_laptop (host, &other, &id);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    for (guint path = 0; path < G_N_ELEMENTS (paths); path++)
      {
        Trick trick = { .path = paths[path],
                        .status = answers[i].status,
                        .headers = answers[i].headers,
                        .body = answers[i].body };

        endure (host, laptop, &trick, answers[i].state);
      }
  heal (laptop, other, id);
}

/* Something to send, and something to fetch. */
static void
make_work (CrmSyncLaptop *laptop, CrmSyncLaptop *other, const char *id, guint round)
{
  g_autofree char *city = g_strdup_printf ("Plaats %u", round);
  g_autofree char *email = g_strdup_printf ("j%u@example.nl", round);

  crm_sync_laptop_set_field (other, id, "city", city);
  g_assert_cmpint (crm_sync_laptop_exchange (other), ==, CRM_SYNC_IN_STEP);
  crm_sync_laptop_set_field (laptop, id, "email", email);
}

/* Until the answers to @path come whole; how often they did not. */
static guint
cut_each (CrmSyncHost *host, CrmSyncLaptop *laptop, const char *path)
{
  const gsize step = g_test_slow () ? 1 : 7;
  Trick trick = { .path = path };
  CrmSyncState state = CRM_SYNC_OFFLINE;
  guint n = 0;

  for (; state != CRM_SYNC_IN_STEP; n++, trick.cut += step)
    {
      g_autofree char *before = dump (laptop);
      g_autofree char *after = NULL;

      crm_sync_proxy_set_hook (host->proxy, play, &trick);
      state = run (host, laptop, path);
      crm_sync_proxy_set_hook (host->proxy, NULL, NULL);
      if (state == CRM_SYNC_IN_STEP)
        break;

      if (state != CRM_SYNC_OFFLINE && state != CRM_SYNC_PORTAL)
        g_error ("Cut at %" G_GSIZE_FORMAT ": %s", trick.cut, crm_sync_state_get_name (state));
      after = dump (laptop);
      g_assert_cmpstr (before, ==, after);
    }

  return n;
}

/* Pitfall 34: each answer is cut at each of its bytes. */
static void
test_cut (CrmSyncHost *host, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (CrmSyncLaptop) other = NULL;
  g_autoptr (CrmSyncLaptop) laptop = make_laptop (host, &other, &id);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      guint n;

      make_work (laptop, other, id, i);
      n = cut_each (host, laptop, paths[i]);
      g_test_message ("%s: cut %u times", paths[i], n);
      g_assert_cmpuint (n, >, 30);
      g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_IN_STEP);
      g_assert_true (crm_sync_laptop_has (laptop,
                                          id,
                                          "city",
                                          i == 0   ? "Plaats 0"
                                          : i == 1 ? "Plaats 1"
                                                   : "Plaats 2"));
    }
  g_assert_cmpint (crm_sync_laptop_exchange (other), ==, CRM_SYNC_IN_STEP);
  g_assert_true (crm_sync_laptop_has (other, id, "email", "j2@example.nl"));
}

/* Pitfall 32: what unpacks to more than any answer of a server has. */
static void
test_bomb (CrmSyncHost *host, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (CrmSyncLaptop) other = NULL;
  g_autoptr (CrmSyncLaptop) laptop = make_laptop (host, &other, &id);
  g_autofree char *zeros = g_malloc0 (100 * 1024 * 1024);
  g_autoptr (GBytes) plain = g_bytes_new_take (g_steal_pointer (&zeros), 100 * 1024 * 1024);
  g_autoptr (GBytes) packed = crm_wire_gzip (plain, 9);
  g_autoptr (GByteArray) raw = g_byte_array_new ();
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n" PAGE
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           g_bytes_get_size (packed));
  Trick trick = { .path = "POST /v1/pull" };

  g_byte_array_append (raw, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (raw, g_bytes_get_data (packed, NULL), (guint) g_bytes_get_size (packed));
  trick.raw = g_bytes_new (raw->data, raw->len);
  endure (host, laptop, &trick, CRM_SYNC_PORTAL);
  g_bytes_unref (trick.raw);
  heal (laptop, other, id);
}

/* A gateway that takes less at a time than the server does gets less at a time. */
static void
test_small_gateway (CrmSyncHost *host, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (CrmSyncLaptop) other = NULL;
  g_autoptr (CrmSyncLaptop) laptop = make_laptop (host, &other, &id);
  Trick trick = { .path = "POST /v1/push",
                  .status = 413,
                  .headers = TEXT,
                  .body = "<html>Request Entity Too Large</html>",
                  .times = 3 };

  /* One set alone that does not pass is the gateway's fault, and stays. */
  endure (host,
          laptop,
          &(Trick) { .path = trick.path, .status = 413, .headers = TEXT, .body = HTML },
          CRM_SYNC_PORTAL);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *city = g_strdup_printf ("Plaats %u", i);

      g_free (crm_sync_laptop_put (laptop, city));
    }
  crm_sync_proxy_set_hook (host->proxy, play, &trick);
  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_IN_STEP);
  g_assert_cmpuint (trick.n, ==, 3);
  crm_sync_proxy_set_hook (host->proxy, NULL, NULL);
  crm_sync_wait_until (crm_sync_get_pending (laptop->sync) == 0);
  g_assert_cmpint (crm_sync_get_parked (laptop->sync), ==, 0);
  heal (laptop, other, id);
}

/* ---- The server's own words ---- */

static const struct
{
  const char *from;
  const char *to;
  CrmSyncState state;
} greetings[] = {
  { "\"proto\":[1,", "\"proto\":[2,2],\"was\":[1,", CRM_SYNC_APP_TOO_OLD },
  { "\"proto\":[1,1]", "\"proto\":[0,0]", CRM_SYNC_SERVER_TOO_OLD },
  { "\"company\":\"", "\"company\":\"x", CRM_SYNC_OTHER_COMPANY },
};

static void
test_greetings (CrmSyncHost *host, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (CrmSyncLaptop) other = NULL;
  g_autoptr (CrmSyncLaptop) laptop = make_laptop (host, &other, &id);

  for (guint i = 0; i < G_N_ELEMENTS (greetings); i++)
    {
      Trick trick = { .path = "GET /v1/hello", .from = greetings[i].from, .to = greetings[i].to };

      endure (host, laptop, &trick, greetings[i].state);
    }
  heal (laptop, other, id);
}

/* An answer of a server that is another by now: its hello is asked, and says what it is. */
static void
test_doubt (CrmSyncHost *host, gconstpointer unused)
{
  static const char *const codes[] = { "proto", "schema", "unauthorized" };
  g_autofree char *id = NULL;
  g_autoptr (CrmSyncLaptop) other = NULL;
  g_autoptr (CrmSyncLaptop) laptop = make_laptop (host, &other, &id);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"error\":{\"code\":\"%s\",\"message\":\"no\"}}",
                                               codes[i]);
      Doubt doubt = {
        .refusal = { .path = "POST /v1/push", .status = 400, .headers = JSON, .body = body },
        .greeting = { .path = "GET /v1/hello", .from = "\"company\":\"", .to = "\"company\":\"x" }
      };
      g_autofree char *before = dump (laptop);
      g_autofree char *after = NULL;

      crm_sync_proxy_set_hook (host->proxy, play_both, &doubt);
      g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_OTHER_COMPANY);
      g_assert_cmpuint (doubt.refusal.n, ==, 1);
      crm_sync_proxy_set_hook (host->proxy, NULL, NULL);
      after = dump (laptop);
      g_assert_cmpstr (before, ==, after);
    }
  heal (laptop, other, id);
}

/* Only the server itself can take a token away, and the device. */
static void
test_tokens (CrmSyncHost *host, gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (CrmSyncLaptop) other = NULL;
  g_autoptr (CrmSyncLaptop) laptop = make_laptop (host, &other, &id);
  Trick trick = { .path = "POST /v1/push",
                  .status = 401,
                  .headers = JSON,
                  .body = "{\"error\":{\"code\":\"unauthorized\",\"message\":\"who?\"}}" };

  crm_sync_proxy_set_hook (host->proxy, play, &trick);
  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_SIGNED_OUT);
  g_assert_false (laptop->wiped);
  crm_sync_proxy_set_hook (host->proxy, NULL, NULL);
  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_SIGNED_OUT);
  crm_sync_laptop_must_log_in (laptop, host);
  heal (laptop, other, id);

  trick.body = "{\"error\":{\"code\":\"wipe\",\"message\":\"revoked\"}}";
  trick.path = "POST /v1/pull";
  crm_sync_proxy_set_hook (host->proxy, play, &trick);
  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_REVOKED);
  g_assert_true (laptop->wiped);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/sync/network/" path,                                                               \
              CrmSyncHost,                                                                         \
              NULL,                                                                                \
              crm_sync_host_set_up,                                                                \
              func,                                                                                \
              crm_sync_host_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("answers", test_answers);
  ADD ("cut", test_cut);
  ADD ("bomb", test_bomb);
  ADD ("small-gateway", test_small_gateway);
  ADD ("greetings", test_greetings);
  ADD ("doubt", test_doubt);
  ADD ("tokens", test_tokens);

  return g_test_run ();
}
