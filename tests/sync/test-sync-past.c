/* The past of one record, asked of the server: a first load brings none. */
#include "crm-sync-laptop.h"

#include "base/crm-id.h"
#include "store/log/crm-history.h"

#include <string.h>

typedef struct
{
  gboolean done;
  GError *error;
} Answer;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  crm_sync_load_past_finish (CRM_SYNC (source), result, &answer->error);
  answer->done = TRUE;
}

/* CRM_SYNC_IN_STEP when it was told. */
static CrmSyncState
ask (CrmSyncLaptop *laptop, const char *id)
{
  Answer answer = { FALSE, NULL };
  CrmSyncState state = CRM_SYNC_IN_STEP;

  crm_sync_load_past_async (laptop->sync, id, NULL, loaded_cb, &answer);
  crm_sync_wait_until (answer.done);
  g_assert_true (answer.error == NULL || crm_sync_error_get_state (answer.error, &state));
  g_clear_error (&answer.error);

  return state;
}

typedef struct
{
  const char *id;
  char *text;
  gboolean done;
} Reading;

/* "anna person.edit city Ede>Goor" a line, newest first. */
static gpointer
read_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;
  g_autoptr (GPtrArray) entries = crm_replica_get_history (replica, reading->id, error);
  GString *text = g_string_new (NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const CrmHistoryEntry *entry = entries->pdata[i];

      g_string_append_printf (text,
                              "%s %s %s>%s\n",
                              entry->author,
                              entry->field != NULL ? entry->field : "-",
                              entry->old_value != NULL ? entry->old_value : "",
                              entry->new_value != NULL ? entry->new_value : "");
    }

  return g_string_free_and_steal (text);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;

  reading->text = crm_store_run_finish (CRM_STORE (source), result, &error);
  g_assert_no_error (error);
  reading->done = TRUE;
}

static char *
read_history (CrmSyncLaptop *laptop, const char *id)
{
  Reading reading = { id, NULL, FALSE };

  crm_store_run_async (laptop->store,
                       CRM_STORE_READ,
                       read_on_worker,
                       &reading,
                       NULL,
                       g_free,
                       NULL,
                       read_cb,
                       &reading);
  crm_sync_wait_until (reading.done);

  return reading.text;
}

#define assert_history(laptop, id, expected)                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_ = read_history (laptop, id);                                           \
    g_assert_cmpstr (found_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

/* A person whose city was changed; the id. */
static char *
make_past (CrmSyncLaptop *laptop, CrmSyncHost *host)
{
  char *id = crm_sync_laptop_put (laptop, "Jansen");

  crm_sync_laptop_set_field (laptop, id, "city", "Ede");
  crm_sync_laptop_set_field (laptop, id, "city", "Goor");
  crm_sync_laptop_must_log_in (laptop, host);
  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_IN_STEP);

  return id;
}

static void
join (CrmSyncLaptop *laptop, CrmSyncHost *host)
{
  crm_sync_laptop_must_log_in (laptop, host);
  g_assert_cmpint (crm_sync_laptop_exchange (laptop), ==, CRM_SYNC_IN_STEP);
}

#define PAST                                                                                       \
  "ilse city Ede>Goor\n"                                                                           \
  "ilse city >Ede\n"                                                                               \
  "ilse surname >Jansen\n"                                                                         \
  "ilse number >1\n"

/* Kept for when there is no network; what is asked again is there once. */
static void
test_load (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) one = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (CrmSyncLaptop) two = crm_sync_laptop_new (host, "two", FALSE);
  g_autofree char *id = make_past (one, host);

  join (two, host);
  assert_history (two, id, "");
  g_assert_cmpint (ask (two, id), ==, CRM_SYNC_IN_STEP);
  assert_history (two, id, PAST);
  g_assert_cmpint (ask (two, id), ==, CRM_SYNC_IN_STEP);
  assert_history (two, id, PAST);

  crm_sync_host_stop (host);
  g_assert_cmpint (ask (two, id), ==, CRM_SYNC_OFFLINE);
  assert_history (two, id, PAST);
  g_assert_cmpint (crm_sync_get_state (two->sync), ==, CRM_SYNC_IN_STEP);
}

/* What it did itself is in its log, and is not there twice. */
static void
test_own (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) one = crm_sync_laptop_new (host, "one", TRUE);
  g_autofree char *id = make_past (one, host);
  g_autofree char *before = read_history (one, id);
  g_autofree char *unsent = crm_sync_laptop_put (one, "Pieters");

  g_assert_cmpint (ask (one, id), ==, CRM_SYNC_IN_STEP);
  assert_history (one, id, before);
  /* The server has never heard of it. */
  g_assert_cmpint (ask (one, unsent), ==, CRM_SYNC_IN_STEP);
}

/* Between two pulls a field had a value that only the server knows. */
static void
test_between (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) one = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (CrmSyncLaptop) two = crm_sync_laptop_new (host, "two", FALSE);
  g_autofree char *id = make_past (one, host);

  join (two, host);
  crm_sync_laptop_set_field (one, id, "city", "Delden");
  crm_sync_laptop_set_field (one, id, "city", "Almelo");
  g_assert_cmpint (crm_sync_laptop_exchange (one), ==, CRM_SYNC_IN_STEP);
  g_assert_cmpint (crm_sync_laptop_exchange (two), ==, CRM_SYNC_IN_STEP);
  assert_history (two, id, "ilse city Goor>Almelo\n");
  g_assert_cmpint (ask (two, id), ==, CRM_SYNC_IN_STEP);
  assert_history (two, id, "ilse city Delden>Almelo\nilse city Goor>Delden\n" PAST);
}

/* More than one answer holds. */
static void
test_long (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) one = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (CrmSyncLaptop) two = crm_sync_laptop_new (host, "two", FALSE);
  g_autofree char *id = crm_sync_laptop_put (one, "Jansen");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  const guint n = 1100;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *city = g_strdup_printf ("Plaats %u", i);

      crm_sync_laptop_set_field (one, id, "city", city);
    }
  join (one, host);
  join (two, host);
  crm_sync_proxy_reset (host->proxy);
  g_assert_cmpint (ask (two, id), ==, CRM_SYNC_IN_STEP);
  g_assert_cmpuint (crm_sync_proxy_get_n_requests (host->proxy), ==, 2);
  text = read_history (two, id);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, n + 3);
}

static GBytes *
answer_for_it (const char *line, GBytes *reply, gpointer data)
{
  return reply == NULL && strstr (line, "/v1/history/") != NULL ? g_bytes_ref (data) : NULL;
}

/* What another one says in the server's place changes nothing, and has its name. */
static void
test_answers (CrmSyncHost *host, gconstpointer unused)
{
  static const struct
  {
    guint status;
    const char *type;
    const char *body;
    CrmSyncState state;
  } answers[] = {
    { 200, "text/html", "<html>Welcome!</html>", CRM_SYNC_PORTAL },
    { 200, "application/json", "{\"sets\":[{\"seq\":1}", CRM_SYNC_PORTAL },
    { 404, "text/html", "<html>Not here</html>", CRM_SYNC_PORTAL },
    { 407, "text/html", "Who are you?", CRM_SYNC_PROXY_LOGIN },
    { 502, "text/html", "<html>Bad gateway</html>", CRM_SYNC_SERVER_ERROR },
    { 401, "application/json", "{\"error\":{\"code\":\"unauthorized\"}}", CRM_SYNC_SIGNED_OUT },
    { 500, "application/json", "{\"error\":{\"code\":\"internal\"}}", CRM_SYNC_SERVER_ERROR },
  };
  g_autoptr (CrmSyncLaptop) one = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (CrmSyncLaptop) two = crm_sync_laptop_new (host, "two", FALSE);
  g_autofree char *id = make_past (one, host);

  join (two, host);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *type = g_strdup_printf ("Content-Type: %s\r\n", answers[i].type);
      g_autoptr (GBytes)
          reply = crm_sync_proxy_make_reply (answers[i].status, type, answers[i].body);

      crm_sync_proxy_set_hook (host->proxy, answer_for_it, reply);
      g_assert_cmpint (ask (two, id), ==, answers[i].state);
      crm_sync_proxy_set_hook (host->proxy, NULL, NULL);
      assert_history (two, id, "");
    }
  g_assert_cmpint (ask (two, id), ==, CRM_SYNC_IN_STEP);
  assert_history (two, id, PAST);
}

static void
test_signed_out (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) laptop = crm_sync_laptop_new (host, "one", TRUE);
  g_autofree char *id = crm_sync_laptop_put (laptop, "Jansen");

  g_assert_cmpint (ask (laptop, id), ==, CRM_SYNC_SIGNED_OUT);
}

/* Who does not wait any more holds nobody up, whether it was asked already or not. */
static void
test_cancel (CrmSyncHost *host, gconstpointer unused)
{
  g_autoptr (CrmSyncLaptop) one = crm_sync_laptop_new (host, "one", TRUE);
  g_autoptr (CrmSyncLaptop) two = crm_sync_laptop_new (host, "two", FALSE);
  g_autofree char *id = make_past (one, host);
  g_autofree char *other = crm_id_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer answers[4] = { { FALSE, NULL } };

  join (two, host);
  crm_sync_load_past_async (two->sync, other, cancellable, loaded_cb, &answers[0]);
  crm_sync_load_past_async (two->sync, other, cancellable, loaded_cb, &answers[1]);
  crm_sync_load_past_async (two->sync, id, NULL, loaded_cb, &answers[2]);
  g_cancellable_cancel (cancellable);
  crm_sync_wait_until (answers[0].done && answers[1].done && answers[2].done);
  g_assert_error (answers[0].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_error (answers[1].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_no_error (answers[2].error);
  assert_history (two, id, PAST);

  crm_sync_load_past_async (two->sync, id, NULL, loaded_cb, &answers[3]);
  crm_sync_stop (two->sync);
  crm_sync_wait_until (answers[3].done);
  g_assert_error (answers[3].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    g_clear_error (&answers[i].error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add ("/sync/past/" path,                                                                  \
              CrmSyncHost,                                                                         \
              NULL,                                                                                \
              crm_sync_host_set_up,                                                                \
              func,                                                                                \
              crm_sync_host_tear_down)

  ADD ("load", test_load);
  ADD ("own", test_own);
  ADD ("between", test_between);
  ADD ("long", test_long);
  ADD ("answers", test_answers);
  ADD ("signed-out", test_signed_out);
  ADD ("cancel", test_cancel);
#undef ADD

  return g_test_run ();
}
