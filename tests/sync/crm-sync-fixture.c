#include "crm-sync-fixture.h"

#include "model/crm-record-json.h"
#include "server/crm-server-admin.h"
#include "store/crm-backup.h"
#include "store/log/crm-change-log.h"
#include "store/query/crm-query.h"

#include <glib/gstdio.h>
#include <string.h>

#define USER     "ilse"
#define PASSWORD "geheim wachtwoord"

static void
remove_folder (const char *dir)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (dir);
}

static void
free_client (gpointer data)
{
  CrmSyncClient *client = data;

  g_clear_pointer (&client->held, crm_sync_action_free);
  g_clear_pointer (&client->machine, crm_sync_machine_free);
  g_assert_finalize_object (client->replica);
  g_ptr_array_unref (client->stepped_back);
  crm_key_free (client->key);
  g_free (client->token);
  g_free (client->dir);
  g_free (client);
}

void
crm_sync_fixture_set_up (CrmSyncFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->dir = g_dir_make_tmp ("crm-sync-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->dir, "server.db", NULL);
  fixture->store = crm_server_store_open (path, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (crm_server_admin_add_user (fixture->store, USER, PASSWORD, NULL, TRUE, &error));
  g_assert_no_error (error);
  fixture->server = crm_server_machine_new (fixture->store, crm_model_get_default ());
  fixture->clients = g_ptr_array_new_with_free_func (free_client);
}

void
crm_sync_fixture_tear_down (CrmSyncFixture *fixture, gconstpointer unused)
{
  g_ptr_array_unref (fixture->clients);
  crm_server_machine_free (fixture->server);
  crm_server_store_free (fixture->store);
  remove_folder (fixture->dir);
  g_free (fixture->dir);
}

/* Closed in between, so that all is in the one file. */
static void
copy_database (CrmSyncFixture *fixture, const char *from, const char *to)
{
  g_autofree char *source = g_build_filename (fixture->dir, from, NULL);
  g_autofree char *target = g_build_filename (fixture->dir, to, NULL);
  g_autofree char *path = g_build_filename (fixture->dir, "server.db", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  crm_server_machine_free (fixture->server);
  crm_server_store_free (fixture->store);
  g_assert_true (g_file_get_contents (source, &content, &size, &error));
  g_assert_true (g_file_set_contents (target, content, (gssize) size, &error));
  g_assert_no_error (error);
  fixture->store = crm_server_store_open (path, FALSE, &error);
  g_assert_no_error (error);
  fixture->server = crm_server_machine_new (fixture->store, crm_model_get_default ());
}

void
crm_sync_fixture_back_up (CrmSyncFixture *fixture)
{
  copy_database (fixture, "server.db", "backup.db");
}

void
crm_sync_fixture_restore (CrmSyncFixture *fixture)
{
  copy_database (fixture, "backup.db", "server.db");
}

static gint64
get_time (gpointer unused)
{
  return G_GINT64_CONSTANT (1772352000000000);
}

static guint32
get_random (gpointer unused)
{
  return G_MAXUINT32;
}

void
crm_sync_client_restart (CrmSyncClient *client, gboolean watch)
{
  const CrmSyncSources sources = { get_time, get_random, NULL };

  g_clear_pointer (&client->held, crm_sync_action_free);
  g_clear_pointer (&client->machine, crm_sync_machine_free);
  client->machine = crm_sync_machine_new (client->replica, watch, &sources);
  client->timer = 0;
  client->done = FALSE;
  crm_sync_machine_set_token (client->machine, client->token);
  if (client->token == NULL)
    crm_sync_machine_set_password (client->machine, USER, PASSWORD, "laptop");
}

CrmSyncClient *
crm_sync_fixture_add_client (CrmSyncFixture *fixture, gboolean watch)
{
  CrmSyncClient *client = g_new0 (CrmSyncClient, 1);
  g_autoptr (GError) error = NULL;

  client->fixture = fixture;
  client->dir = g_strdup_printf ("%s/replica-%u", fixture->dir, fixture->clients->len);
  client->key = crm_key_new_random ();
  client->replica = crm_replica_create (client->dir, client->key, NULL, &error);
  g_assert_no_error (error);
  client->stepped_back = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (fixture->clients, client);
  crm_sync_client_restart (client, watch);

  return client;
}

/* ---- The wire ---- */

void
crm_sync_client_answer (CrmSyncClient *client,
                        const CrmSyncAction *request,
                        guint status,
                        const char *type,
                        const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  crm_sync_machine_response (client->machine, request->serial, status, type, bytes);
}

static GHashTable *
parse_query (const char *text)
{
  g_autoptr (GHashTable) query = NULL;
  g_auto (GStrv) pairs = g_strsplit (text, "&", -1);

  query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (char **pair = pairs; *pair != NULL; pair++)
    {
      g_auto (GStrv) parts = g_strsplit (*pair, "=", 2);

      if (g_strv_length (parts) == 2)
        g_hash_table_insert (query, g_strdup (parts[0]), g_strdup (parts[1]));
    }

  return g_steal_pointer (&query);
}

static CrmSyncAction *
copy_request (const CrmSyncAction *request)
{
  CrmSyncAction *copy = g_new0 (CrmSyncAction, 1);

  copy->type = request->type;
  copy->serial = request->serial;
  copy->method = request->method;
  copy->path = g_strdup (request->path);
  copy->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  copy->token = g_strdup (request->token);

  return copy;
}

static void
ask_server (CrmSyncClient *client, const CrmSyncAction *request, CrmServerResponse *response)
{
  g_auto (GStrv) parts = g_strsplit (request->path, "?", 2);
  g_autoptr (GHashTable) query = parse_query (parts[1] != NULL ? parts[1] : "");
  const CrmServerRequest message = { .method = request->method,
                                     .path = parts[0],
                                     .query = query,
                                     .token = request->token,
                                     .address = "127.0.0.1",
                                     .body = request->body };

  crm_server_machine_handle_whole (client->fixture->server, &message, response);
}

void
crm_sync_client_forward_only (CrmSyncClient *client, const CrmSyncAction *request)
{
  g_auto (CrmServerResponse) response = { 0 };

  ask_server (client, request, &response);
}

void
crm_sync_client_forward (CrmSyncClient *client, const CrmSyncAction *request)
{
  g_auto (CrmServerResponse) response = { 0 };
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);

  ask_server (client, request, &response);
  if (response.outcome == CRM_SERVER_WAIT)
    {
      CrmSyncAction *held = copy_request (request);

      g_clear_pointer (&client->held, crm_sync_action_free);
      client->held = held;
      return;
    }

  crm_sync_machine_response (client->machine,
                             request->serial,
                             response.status,
                             response.content_type,
                             response.body != NULL ? response.body : none);
}

void
crm_sync_client_wake (CrmSyncClient *client)
{
  g_autoptr (CrmSyncAction) held = g_steal_pointer (&client->held);

  g_assert_nonnull (held);
  crm_sync_client_forward (client, held);
  crm_sync_client_pump (client);
}

static void
note_stepped_back (CrmSyncClient *client, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const CrmSteppedBack *item = g_ptr_array_index (items, i);

      g_ptr_array_add (client->stepped_back,
                       g_strdup_printf ("%s %s %s",
                                        item->field != NULL ? item->field : "-",
                                        item->old_value != NULL ? item->old_value : "-",
                                        item->new_value != NULL ? item->new_value : "-"));
    }
}

static void
act (CrmSyncClient *client, const CrmSyncAction *action)
{
  switch (action->type)
    {
    case CRM_SYNC_ACTION_SEND:
      client->n_requests++;
      if (client->intercept == NULL || !client->intercept (client, action, client->data))
        crm_sync_client_forward (client, action);
      break;

    case CRM_SYNC_ACTION_CANCEL:
      g_clear_pointer (&client->held, crm_sync_action_free);
      break;

    case CRM_SYNC_ACTION_TIMER:
      client->timer = action->milliseconds;
      break;

    case CRM_SYNC_ACTION_TOKEN:
      g_set_str (&client->token, action->token);
      break;

    case CRM_SYNC_ACTION_STEPPED_BACK:
      note_stepped_back (client, action->stepped_back);
      break;

    case CRM_SYNC_ACTION_PARKED:
      client->n_parked++;
      break;

    case CRM_SYNC_ACTION_WIPE:
      client->wiped = TRUE;
      break;

    case CRM_SYNC_ACTION_DONE:
      client->done = TRUE;
      break;

    case CRM_SYNC_ACTION_STATE:
    default:
      g_debug ("state %s: %s",
               crm_sync_state_get_name (action->state),
               action->message != NULL ? action->message : "");
    }
}

void
crm_sync_client_pump (CrmSyncClient *client)
{
  CrmSyncAction *action;

  while ((action = crm_sync_machine_next_action (client->machine)) != NULL)
    {
      act (client, action);
      crm_sync_action_free (action);
    }
}

void
crm_sync_client_sync (CrmSyncClient *client, guint n_timers)
{
  client->done = FALSE;
  client->timer = 0;
  crm_sync_machine_start (client->machine);
  crm_sync_client_pump (client);
  for (guint i = 0; !client->done && client->timer > 0 && i < n_timers; i++)
    {
      client->timer = 0;
      crm_sync_machine_timer (client->machine);
      crm_sync_client_pump (client);
    }
}

/* ---- The user ---- */

static const CrmKind *
get_person (CrmSyncClient *client)
{
  return crm_model_find_kind (crm_replica_get_model (client->replica), "person");
}

static void
apply (CrmSyncClient *client, CrmChangeSet *set)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_replica_apply (client->replica, set, NULL, &error));
  g_assert_no_error (error);
}

char *
crm_sync_client_put (CrmSyncClient *client, const char *surname, const char *city)
{
  g_autoptr (CrmRecord) record = crm_record_new (get_person (client), NULL);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.new");

  crm_record_set (record, "surname", surname);
  crm_record_set (record, "city", city);
  crm_change_set_put (set, record);
  apply (client, set);

  return g_strdup (crm_record_get_id (record));
}

void
crm_sync_client_set (CrmSyncClient *client, const char *id, const char *field, const char *value)
{
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.edit");

  crm_change_set_set (set, get_person (client), id, field, value);
  apply (client, set);
}

void
crm_sync_client_delete (CrmSyncClient *client, const char *id)
{
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("person.delete");

  crm_change_set_delete (set, get_person (client), id);
  apply (client, set);
}

void
crm_sync_client_assert (CrmSyncClient *client, const char *id, const char *field, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_replica_get (client->replica, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (crm_record_get (record, field), ==, value);
}

gboolean
crm_sync_client_has (CrmSyncClient *client, const char *id)
{
  g_autoptr (CrmRecord) record = crm_replica_find (client->replica, id);

  return record != NULL;
}

void
crm_sync_client_assert_clean (CrmSyncClient *client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = crm_replica_check (client->replica, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpint (crm_sync_store_get_acked (client->replica),
                   ==,
                   crm_sync_store_get_last (client->replica));
}

static gboolean
add_json_cb (CrmRecord *record, gpointer data)
{
  g_ptr_array_add (data, crm_record_to_json_line (record));

  return TRUE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
dump (CrmSyncClient *client, const char *kinds)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CrmQuery) query = crm_query_new (kinds);
  g_autoptr (GError) error = NULL;

  crm_replica_each (client->replica, query, 0, add_json_cb, lines, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

void
crm_sync_client_assert_equal (CrmSyncClient *client, CrmSyncClient *other)
{
  static const char *const kinds[] = { "relation", "activity", "template" };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmSyncCounts) first = crm_sync_store_count (client->replica, &error);
  g_autoptr (CrmSyncCounts) second = crm_sync_store_count (other->replica, &error);

  g_assert_no_error (error);
  g_assert_cmpint (first->conflicts, ==, second->conflicts);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *one = dump (client, kinds[i]);
      g_autofree char *two = dump (other, kinds[i]);

      g_assert_cmpstr (one, ==, two);
    }
}
