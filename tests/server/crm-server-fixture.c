#include "crm-server-fixture.h"

#include "base/crm-id.h"
#include "db/crm-db.h"
#include "server/crm-server-admin.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

static void
open_machine (CrmServerFixture *self, gboolean create)
{
  g_autoptr (GError) error = NULL;

  self->store = crm_server_store_open (self->path, create, &error);
  g_assert_no_error (error);
  self->machine = crm_server_machine_new (self->store, crm_model_get_default ());
}

void
crm_server_fixture_set_up (CrmServerFixture *self, gconstpointer unused)
{
  g_autoptr (CrmServerHead) head = NULL;
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("crm-server-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->dir, "server.db", NULL);
  open_machine (self, TRUE);

  crm_server_admin_add_user (self->store, "anna", CRM_SERVER_TEST_PASSWORD, NULL, TRUE, &error);
  g_assert_no_error (error);
  crm_server_admin_add_user (self->store, "bob", CRM_SERVER_TEST_PASSWORD, NULL, FALSE, &error);
  g_assert_no_error (error);
  head = self->store->ops->get_head (self->store, &error);
  g_assert_no_error (error);
  self->epoch = g_strdup (head->epoch);
}

static void
close_machine (CrmServerFixture *self)
{
  g_clear_pointer (&self->machine, crm_server_machine_free);
  g_clear_pointer (&self->store, crm_server_store_free);
}

void
crm_server_fixture_tear_down (CrmServerFixture *self, gconstpointer unused)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  close_machine (self);
  dir = g_dir_open (self->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (self->dir);
  g_free (self->dir);
  g_free (self->path);
  g_free (self->epoch);
}

void
crm_server_fixture_add_user (CrmServerFixture *self, const char *name)
{
  g_autoptr (GError) error = NULL;

  crm_server_admin_add_user (self->store, name, CRM_SERVER_TEST_PASSWORD, NULL, FALSE, &error);
  g_assert_no_error (error);
}

void
crm_server_fixture_reopen (CrmServerFixture *self)
{
  close_machine (self);
  open_machine (self, FALSE);
}

guint
crm_server_fixture_call (CrmServerFixture *self,
                         const char *method,
                         const char *address,
                         const char *token,
                         const char *body,
                         char **reply)
{
  g_auto (GStrv) parts = g_strsplit (address, "?", 2);
  g_autoptr (GHashTable) query = parts[1] != NULL ? soup_form_decode (parts[1]) : NULL;
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_auto (CrmServerResponse) response = { 0 };
  const CrmServerRequest request = { .method = method,
                                     .path = parts[0],
                                     .query = query,
                                     .token = token,
                                     .address = "192.0.2.1",
                                     .body = bytes };

  crm_server_machine_handle_whole (self->machine, &request, &response);
  if (response.outcome == CRM_SERVER_WAIT)
    {
      if (reply != NULL)
        *reply = g_strdup ("");
      return 0;
    }

  if (reply != NULL)
    {
      gsize size = 0;
      const char *data = response.body != NULL ? g_bytes_get_data (response.body, &size) : "";

      *reply = g_strndup (data, size);
    }

  return response.status;
}

/* (transfer full) (nullable) */
static JsonNode *
parse (const char *text)
{
  return json_from_string (text, NULL);
}

char *
crm_server_fixture_get_code (const char *reply)
{
  g_autoptr (JsonNode) root = parse (reply);
  JsonObject *error;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root) ||
      !json_object_has_member (json_node_get_object (root), "error"))
    return g_strdup ("");
  error = json_object_get_object_member (json_node_get_object (root), "error");

  return g_strdup (json_object_get_string_member (error, "code"));
}

gint64
crm_server_fixture_count (CrmServerFixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDb) db = crm_db_open (self->path, NULL, CRM_DB_READ_ONLY, &error);
  gint64 count = -1;

  g_assert_no_error (error);
  g_assert_true (crm_db_query_int64 (db, sql, &count, &error));
  g_assert_no_error (error);

  return count;
}

guint
crm_server_fixture_count_faults (CrmServerFixture *fixture)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (fixture->store->ops->check (fixture->store, problems, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) problems->pdata[i]);

  return problems->len;
}

char *
crm_server_fixture_id (guint n)
{
  return g_strdup_printf ("01900000-0000-7000-8000-%012x", n);
}

CrmLaptop *
crm_laptop_new (CrmServerFixture *fixture, const char *user)
{
  CrmLaptop *self = g_new0 (CrmLaptop, 1);
  g_autofree char *body = NULL;
  g_autofree char *reply = NULL;
  g_autoptr (JsonNode) root = NULL;

  self->fixture = fixture;
  self->user = g_strdup (user);
  self->replica = crm_id_new ();
  body = g_strdup_printf ("{\"user\":\"%s\",\"password\":\"" CRM_SERVER_TEST_PASSWORD
                          "\",\"replica\":\"%s\",\"device\":\"laptop of %s\"}",
                          user,
                          self->replica,
                          user);
  g_assert_cmpuint (crm_server_fixture_call (fixture, "POST", "/v1/device", NULL, body, &reply),
                    ==,
                    200);
  root = parse (reply);
  self->token = g_strdup (json_object_get_string_member (json_node_get_object (root), "token"));

  return self;
}

CrmLaptop *
crm_laptop_new_in_step (CrmServerFixture *fixture, const char *user)
{
  CrmLaptop *self = crm_laptop_new (fixture, user);

  g_free (crm_laptop_pull (self, 0));

  return self;
}

void
crm_laptop_free (CrmLaptop *self)
{
  g_free (self->user);
  g_free (self->replica);
  g_free (self->token);
  g_free (self->cursor);
  g_free (self->last_reply);
  g_free (self);
}

char *
crm_laptop_write_push (CrmLaptop *self,
                       gint64 n,
                       const char *id,
                       const char *mode,
                       const char *extra,
                       const char *ops)
{
  g_autofree char *own_id = id == NULL ? crm_id_new () : NULL;
  char *body =
      g_strdup_printf ("{'proto':1,'schema':1,'epoch':'%s','replica':'%s',"
                       "'now':'2026-03-01T08:00:00Z','sets':[{'id':'%s','n':%" G_GINT64_FORMAT
                       ",'action':'test','mode':'%s','at':'2026-03-01T08:00:00Z'%s,"
                       "'ops':[%s]}]}",
                       self->fixture->epoch,
                       self->replica,
                       id != NULL ? id : own_id,
                       n,
                       mode,
                       extra,
                       ops);

  for (char *c = body; *c != '\0'; c++)
    if (*c == '\'')
      *c = '"';

  return body;
}

static char *
read_result (const char *reply)
{
  g_autoptr (JsonNode) root = parse (reply);
  JsonArray *results = json_object_get_array_member (json_node_get_object (root), "res");
  JsonObject *result = json_array_get_object_element (results, 0);
  const char *code = json_object_get_string_member_with_default (result, "code", NULL);
  const char *status = json_object_get_string_member (result, "st");

  return code != NULL ? g_strconcat (status, " ", code, NULL) : g_strdup (status);
}

char *
crm_laptop_push_why (CrmLaptop *self,
                     const char *mode,
                     const char *group,
                     const char *why,
                     const char *ops)
{
  g_autoptr (GString) extra = g_string_new (NULL);
  g_autofree char *body = NULL;
  guint status;

  if (group != NULL)
    g_string_append_printf (extra, ",'group':'%s'", group);
  if (why != NULL)
    g_string_append_printf (extra, ",'why':'%s'", why);
  body = crm_laptop_write_push (self, self->n + 1, NULL, mode, extra->str, ops);
  g_clear_pointer (&self->last_reply, g_free);
  status = crm_server_fixture_call (self->fixture,
                                    "POST",
                                    "/v1/push",
                                    self->token,
                                    body,
                                    &self->last_reply);
  if (status != 200)
    return crm_server_fixture_get_code (self->last_reply);
  self->n++;

  return read_result (self->last_reply);
}

char *
crm_laptop_push (CrmLaptop *self, const char *mode, const char *ops)
{
  return crm_laptop_push_why (self, mode, NULL, NULL, ops);
}

static gboolean
read_end (CrmLaptop *self, const char *page)
{
  g_autoptr (GPtrArray) ends = crm_laptop_find (page, "end", NULL);
  JsonObject *end;

  g_assert_cmpuint (ends->len, ==, 1);
  end = json_node_get_object (ends->pdata[0]);
  g_set_str (&self->cursor, json_object_get_string_member (end, "cur"));
  if (json_object_has_member (end, "ack"))
    self->acked = json_object_get_int_member (json_object_get_object_member (end, "ack"), "n");

  return json_object_get_boolean_member_with_default (end, "more", FALSE);
}

char *
crm_laptop_pull (CrmLaptop *self, guint max)
{
  GString *all = g_string_new (NULL);
  gboolean more = TRUE;

  while (more)
    {
      g_autofree char *cursor = self->cursor != NULL
                                    ? g_strdup_printf (",\"cur\":\"%s\"", self->cursor)
                                    : g_strdup (",\"boot\":true");
      g_autofree char *rows = max > 0 ? g_strdup_printf (",\"max\":%u", max) : g_strdup ("");
      g_autofree char
          *body = g_strdup_printf ("{\"proto\":1,\"schema\":1,\"acked\":%" G_GINT64_FORMAT "%s%s}",
                                   self->acked,
                                   cursor,
                                   rows);
      g_autofree char *page = NULL;

      g_assert_cmpuint (crm_server_fixture_call (self->fixture,
                                                 "POST",
                                                 "/v1/pull",
                                                 self->token,
                                                 body,
                                                 &page),
                        ==,
                        200);
      more = read_end (self, page);
      g_string_append (all, page);
    }

  return g_string_free_and_steal (all);
}

GPtrArray *
crm_laptop_find (const char *text, const char *k, const char *id)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = lines[i][0] != '\0' ? parse (lines[i]) : NULL;
      JsonObject *object;

      if (node == NULL)
        continue;
      object = json_node_get_object (node);
      if (strcmp (json_object_get_string_member (object, "k"), k) == 0 &&
          (id == NULL ||
           g_strcmp0 (json_object_get_string_member_with_default (object, "id", NULL), id) == 0))
        g_ptr_array_add (found, g_steal_pointer (&node));
    }

  return found;
}

static char *
value_to_text (JsonNode *value)
{
  if (JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (value));

  return json_to_string (value, FALSE);
}

char *
crm_laptop_get_field (const char *text, const char *id, const char *field)
{
  g_autoptr (GPtrArray) rows = crm_laptop_find (text, "row", id);
  g_autoptr (GPtrArray) conflicts = crm_laptop_find (text, "conf", id);
  JsonNode *line = rows->len > 0        ? rows->pdata[rows->len - 1]
                   : conflicts->len > 0 ? conflicts->pdata[conflicts->len - 1]
                                        : NULL;
  JsonObject *fields;

  if (line == NULL || !json_object_has_member (json_node_get_object (line), "f"))
    return NULL;
  fields = json_object_get_object_member (json_node_get_object (line), "f");
  if (!json_object_has_member (fields, field))
    return NULL;

  return value_to_text (json_array_get_element (json_object_get_array_member (fields, field), 0));
}

void
crm_laptop_assert_field (CrmLaptop *self, const char *id, const char *field, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmServerRecord)
      record = self->fixture->store->ops->get_record (self->fixture->store, id, FALSE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
  g_assert_cmpstr (crm_server_record_get (record, field), ==, expected);
}
