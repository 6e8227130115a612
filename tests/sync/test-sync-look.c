#include "sync/crm-sync-look.h"

#include "crm-sync-proxy.h"
#include "sync/crm-sync.h"

#include <string.h>

#define HELLO                                                                                      \
  "{\"company\":\"c1\",\"name\":\"De Vries BV\",\"epoch\":\"e1\","                                 \
  "\"now\":\"2026-03-01T08:00:00Z\",\"proto\":[%s],\"schema\":[1,1000]}"

typedef struct
{
  guint status;
  const char *type;
  char *body;
} Answer;

static GBytes *
answer (const char *line, GBytes *reply, gpointer data)
{
  const Answer *given = data;
  g_autofree char *headers = g_strdup_printf ("Content-Type: %s\r\n", given->type);

  g_assert_true (g_str_has_prefix (line, "GET /v1/hello "));

  return crm_sync_proxy_make_reply (given->status, headers, given->body);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static char *
look (const char *url, GCancellable *cancellable, char **name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  crm_sync_look_async (url, FALSE, cancellable, looked_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return crm_sync_look_finish (result, name, error);
}

static void
assert_state (const char *url, CrmSyncState wanted)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *server = look (url, NULL, NULL, &error);
  CrmSyncState state;

  g_assert_null (server);
  g_assert_true (crm_sync_error_get_state (error, &state));
  g_assert_cmpint (state, ==, wanted);
}

static void
test_answers (void)
{
  g_autofree char *good = g_strdup_printf (HELLO, "1,1");
  g_autofree char *new = g_strdup_printf (HELLO, "8,9");
  const struct
  {
    Answer answer;
    CrmSyncState state;
  } cases[] = {
    { { 200, "application/json", new }, CRM_SYNC_APP_TOO_OLD },
    { { 200, "text/html", good }, CRM_SYNC_PORTAL },
    { { 200, "application/json", (char *) "{}" }, CRM_SYNC_PORTAL },
    { { 200, "application/json", (char *) "" }, CRM_SYNC_PORTAL },
    { { 302, "text/html", (char *) "" }, CRM_SYNC_PORTAL },
    { { 404, "text/html", (char *) "no" }, CRM_SYNC_PORTAL },
    { { 407, "text/html", (char *) "no" }, CRM_SYNC_PROXY_LOGIN },
    { { 503, "application/json", (char *) "{}" }, CRM_SYNC_SERVER_ERROR },
  };
  g_autoptr (CrmSyncProxy) proxy = crm_sync_proxy_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      crm_sync_proxy_set_hook (proxy, answer, (gpointer) &cases[i].answer);
      assert_state (crm_sync_proxy_get_url (proxy), cases[i].state);
    }
}

static void
test_name (void)
{
  g_autofree char *good = g_strdup_printf (HELLO, "1,1");
  Answer given = { 200, "application/json", good };
  g_autoptr (CrmSyncProxy) proxy = crm_sync_proxy_new ();
  g_autofree char *url = NULL;
  g_autofree char *name = NULL;
  g_autofree char *server = NULL;
  g_autoptr (GError) error = NULL;

  crm_sync_proxy_set_hook (proxy, answer, &given);
  /* As people type it. */
  url = g_strconcat (strstr (crm_sync_proxy_get_url (proxy), "//") + 2, "/", NULL);
  server = look (url, NULL, &name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (server, ==, crm_sync_proxy_get_url (proxy));
  g_assert_cmpstr (name, ==, "De Vries BV");
}

static void
test_nobody (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *server = NULL;

  assert_state ("http://127.0.0.1:9", CRM_SYNC_OFFLINE);
  server = look ("no address at all", NULL, NULL, &error);
  g_assert_null (server);
  g_assert_error (error, CRM_SYNC_ERROR, CRM_SYNC_ERROR_ADDRESS);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *server = NULL;

  g_cancellable_cancel (cancellable);
  server = look ("http://127.0.0.1:9", cancellable, NULL, &error);
  g_assert_null (server);
  g_assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                 crm_sync_error_get_state (error, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/look/name", test_name);
  g_test_add_func ("/sync/look/answers", test_answers);
  g_test_add_func ("/sync/look/nobody", test_nobody);
  g_test_add_func ("/sync/look/cancelled", test_cancelled);

  return g_test_run ();
}
