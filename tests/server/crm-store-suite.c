#include "crm-store-suite.h"

#include <string.h>

#define USER     "01900000-0000-7000-8000-0000000000a1"
#define DEVICE   "01900000-0000-7000-8000-0000000000d1"
#define REPLICA  "01900000-0000-7000-8000-0000000000e1"
#define P1       "01900000-0000-7000-8000-000000000001"
#define P2       "01900000-0000-7000-8000-000000000002"
#define P3       "01900000-0000-7000-8000-000000000003"
#define EVERYONE 1

typedef struct
{
  char *url;
  CrmServerStore *store;
} Fixture;

/* Every call in a test has to work. */
#define must(expression)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) error = NULL;                                                               \
    const gboolean done_ = (expression) ? TRUE : FALSE;                                            \
                                                                                                   \
    g_assert_no_error (error);                                                                     \
    g_assert_true (done_);                                                                         \
  }                                                                                                \
  G_STMT_END

/* A user with a device and a replica: what all else belongs to. */
static void
add_people (CrmServerStore *store)
{
  const CrmServerUser user = { .id = (char *) USER,
                               .name = (char *) "Andr\xc3\xa9",
                               .password = (char *) "hash",
                               .profile = (char *) "office",
                               .rights = 1,
                               .created = (char *) "2026-03-01T08:00:00Z" };
  const CrmServerDevice device = { .id = (char *) DEVICE,
                                   .user = (char *) USER,
                                   .replica = (char *) REPLICA,
                                   .name = (char *) "laptop",
                                   .token_hash = { 7 },
                                   .created = (char *) "2026-03-01T08:00:00Z",
                                   .seen = (char *) "2026-03-01T08:00:00Z" };
  const CrmServerReplica replica = { .id = (char *) REPLICA,
                                     .user = (char *) USER,
                                     .device = (char *) DEVICE };

  must (store->ops->put_user (store, &user, &error));
  must (store->ops->put_device (store, &device, &error));
  must (store->ops->put_replica (store, &replica, &error));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = ((const CrmStoreMaker *) data)->make (&fixture->url);
  add_people (fixture->store);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  crm_server_store_free (fixture->store);
  ((const CrmStoreMaker *) data)->remove (fixture->url);
  g_free (fixture->url);
}

static void
test_transactions (Fixture *fixture, gconstpointer data)
{
  CrmServerStore *store = fixture->store;
  CrmServerStore *other = ((const CrmStoreMaker *) data)->open (fixture->url);
  g_autofree char *kept = NULL;

  must (store->ops->begin (store, TRUE, &error));
  must (store->ops->set_meta (store, "a", "1", &error));
  g_assert_null (other->ops->get_meta (other, "a", NULL));
  store->ops->roll_back (store);
  g_assert_null (store->ops->get_meta (store, "a", NULL));
  /* Without one there is nothing to roll back. */
  store->ops->roll_back (store);

  must (store->ops->begin (store, TRUE, &error));
  must (store->ops->set_meta (store, "a", "1", &error));
  must (store->ops->set_meta (store, "a", "2", &error));
  must (store->ops->commit (store, &error));
  kept = other->ops->get_meta (other, "a", NULL);
  g_assert_cmpstr (kept, ==, "2");
  crm_server_store_free (other);
}

/* A reader sees one moment, whoever writes meanwhile. */
static void
test_snapshot (Fixture *fixture, gconstpointer data)
{
  CrmServerStore *store = fixture->store;
  CrmServerStore *other = ((const CrmStoreMaker *) data)->open (fixture->url);
  CrmServerHead before = { 0 };
  g_autoptr (CrmServerHead) first = NULL;
  g_autoptr (CrmServerHead) second = NULL;

  must (other->ops->begin (other, FALSE, &error));
  first = other->ops->get_head (other, NULL);
  must (store->ops->begin (store, TRUE, &error));
  must (store->ops->take_seqs (store, 3, &before, &error));
  must (store->ops->commit (store, &error));
  second = other->ops->get_head (other, NULL);
  g_assert_cmpint (first->seq, ==, second->seq);
  other->ops->roll_back (other);
  crm_server_head_free (g_steal_pointer (&second));
  second = other->ops->get_head (other, NULL);
  g_assert_cmpint (second->seq, ==, first->seq + 3);
  g_assert_cmpstr (second->epoch, ==, first->epoch);
  crm_server_store_free (other);
}

static void
add_set (CrmServerStore *store, gint64 seq, const char *id, const char *status, const char *group)
{
  const CrmServerSet set = { .seq = seq,
                             .h = { (guint8) seq },
                             .id = (char *) id,
                             .replica = (char *) REPLICA,
                             .n = seq,
                             .digest = { (guint8) (100 + seq) },
                             .user = (char *) USER,
                             .action = (char *) "test",
                             .group = (char *) group,
                             .server_ts = (char *) "2026-03-01T08:00:00Z",
                             .all = TRUE,
                             .status = (char *) status,
                             .n_deletes = group != NULL ? 2 : 0 };

  must (store->ops->add_set (store, &set, &error));
}

static void
test_sets (Fixture *fixture, gconstpointer unused)
{
  CrmServerStore *store = fixture->store;
  const CrmServerSet twice = { .seq = 9,
                               .replica = (char *) REPLICA,
                               .n = 2,
                               .user = (char *) USER,
                               .action = (char *) "test",
                               .server_ts = (char *) "x",
                               .status = (char *) "ok" };
  g_autoptr (CrmServerSet) by_id = NULL;
  g_autoptr (CrmServerSet) by_number = NULL;
  g_autoptr (GPtrArray) results = NULL;
  guint8 h[CRM_SERVER_HASH_SIZE];
  gint64 n = 0;

  add_set (store, 1, P1, "ok", NULL);
  add_set (store, 2, P2, "rejected", "group");
  add_set (store, 5, P3, "conflict", "group");
  by_id = store->ops->find_set (store, P2, NULL);
  g_assert_cmpint (by_id->seq, ==, 2);
  g_assert_cmpstr (by_id->user_name, ==, "Andr\xc3\xa9");
  g_assert_cmpstr (by_id->device, ==, "laptop");
  g_assert_true (by_id->all);
  by_number = store->ops->find_replica_set (store, REPLICA, 5, NULL);
  g_assert_cmpstr (by_number->id, ==, P3);
  g_assert_cmpint (by_number->digest[0], ==, 105);
  g_assert_null (store->ops->find_set (store, USER, NULL));
  g_assert_null (store->ops->get_set (store, 4, NULL));
  /* One replica has each number once. */
  g_assert_false (store->ops->add_set (store, &twice, NULL));

  results = store->ops->list_results (store, REPLICA, 0, NULL);
  g_assert_cmpuint (results->len, ==, 2);
  g_assert_cmpint (((CrmServerSet *) results->pdata[0])->n, ==, 2);
  must (store->ops->count_deletes (store, "group", &n, &error));
  g_assert_cmpint (n, ==, 4);

  /* Of the last set up to there. */
  must (store->ops->get_hash (store, 4, h, &error));
  g_assert_cmpint (h[0], ==, 2);
  must (store->ops->get_hash (store, 0, h, &error));
  g_assert_cmpint (h[0], ==, 0);
}

static void
test_changes (Fixture *fixture, gconstpointer unused)
{
  CrmServerStore *store = fixture->store;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) older = NULL;
  g_autoptr (GPtrArray) few = NULL;
  gboolean more;

  for (gint64 seq = 1; seq <= 3; seq++)
    {
      const CrmServerChange change = { .seq = seq,
                                       .kind = (char *) "person",
                                       .id = (char *) P1,
                                       .field = (char *) "city",
                                       .new_value = (char *) "\"Delft\"" };

      add_set (store, seq, seq == 1 ? P1 : seq == 2 ? P2 : P3, "ok", NULL);
      must (store->ops->add_change (store, &change, &error));
    }
  all = store->ops->list_changes (store, P1, 0, 2, G_MAXSIZE, &more, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_true (more);
  g_assert_cmpint (((CrmServerChange *) all->pdata[0])->seq, ==, 3);
  g_assert_null (((CrmServerChange *) all->pdata[0])->old_value);
  older = store->ops->list_changes (store, P1, 2, 9, G_MAXSIZE, &more, NULL);
  g_assert_cmpuint (older->len, ==, 1);
  g_assert_false (more);
  few = store->ops->list_changes (store, P1, 0, 9, strlen ("\"Delft\""), &more, NULL);
  g_assert_cmpuint (few->len, ==, 1);
  g_assert_true (more);
}

static CrmServerRecord *
put_record (CrmServerStore *store, const char *id, gint64 seq, gboolean deleted)
{
  CrmServerRecord *record = crm_server_record_new ("person", id);
  const CrmWireValue city = { CRM_WIRE_TEXT, "Delft" };
  const CrmWireValue size = { CRM_WIRE_NUMBER, "44" };

  crm_server_record_clear (record, seq);
  crm_server_record_set (record, "city", &city, seq);
  crm_server_record_set (record, "shoe_size", &size, seq + 1);
  record->deleted = deleted;
  must (store->ops->put_record (store, record, &error));

  return record;
}

static void
test_records (Fixture *fixture, gconstpointer unused)
{
  CrmServerStore *store = fixture->store;
  g_autoptr (CrmServerRecord) made = put_record (store, P1, 3, FALSE);
  g_autoptr (CrmServerRecord) read = store->ops->get_record (store, P1, FALSE, NULL);
  g_autoptr (CrmServerRecord) gone = NULL;

  g_assert_cmpstr (read->kind, ==, "person");
  g_assert_cmpint (read->born, ==, 3);
  g_assert_cmpint (read->row_seq, ==, 4);
  g_assert_cmpstr (crm_server_record_get (read, "shoe_size"), ==, "44");
  g_assert_cmpint (crm_server_record_get_value (read, "shoe_size").type, ==, CRM_WIRE_NUMBER);
  g_assert_cmpint (crm_server_record_get_version (read, "city"), ==, 3);
  g_assert_cmpint (crm_server_record_get_version (read, "shoe_size"), ==, 4);
  g_assert_null (store->ops->get_record (store, P2, TRUE, NULL));
  gone = put_record (store, P1, 5, TRUE);
  crm_server_record_free (g_steal_pointer (&read));
  read = store->ops->get_record (store, P1, TRUE, NULL);
  g_assert_true (read->deleted);
}

static void
put_entry (CrmServerStore *store, CrmServerRecord *record, gint64 seq, gboolean joined)
{
  must (store->ops->put_entry (store, EVERYONE, record, seq, joined, &error));
}

static void
assert_entries (CrmServerStore *store, gint64 after, gint64 head, guint limit, const char *expected)
{
  const CrmServerPosition position = { after, "", "" };
  g_autoptr (GPtrArray)
      entries = store->ops->list_entries (store, USER, &position, head, limit, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const CrmServerEntry *entry = entries->pdata[i];

      g_string_append_printf (text,
                              "%c%" G_GINT64_FORMAT "%s ",
                              entry->id[strlen (entry->id) - 1],
                              entry->seq,
                              entry->gone ? "x" : "");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_scopes (Fixture *fixture, gconstpointer unused)
{
  CrmServerStore *store = fixture->store;
  g_autoptr (CrmServerRecord) one = put_record (store, P1, 1, FALSE);
  g_autoptr (CrmServerRecord) two = put_record (store, P2, 2, FALSE);
  g_autoptr (GPtrArray) scopes = store->ops->list_user_scopes (store, USER, NULL);
  g_autoptr (GPtrArray) live = NULL;
  const CrmIdSum none = { 0 };
  CrmServerScopeHead head;
  gboolean gone = TRUE;
  gint64 n = 0;

  g_assert_cmpuint (scopes->len, ==, 1);
  put_entry (store, one, 1, TRUE);
  put_entry (store, two, 2, TRUE);
  assert_entries (store, 0, 9, 9, "11 22 ");
  assert_entries (store, 0, 1, 9, "11 ");
  assert_entries (store, 0, 9, 1, "11 ");
  /* It moves up in place. */
  put_entry (store, one, 3, FALSE);
  assert_entries (store, 0, 9, 9, "22 13 ");
  must (store->ops->has_gone (store, EVERYONE, 0, &gone, &error));
  g_assert_false (gone);
  live = store->ops->list_live (store, EVERYONE, "person", P1, 9, NULL);
  g_assert_cmpuint (live->len, ==, 1);
  must (store->ops->count_records (store, &n, &error));
  g_assert_cmpint (n, ==, 2);

  one->deleted = TRUE;
  must (store->ops->put_record (store, one, &error));
  put_entry (store, one, 4, FALSE);
  assert_entries (store, 3, 9, 9, "14x ");
  must (store->ops->has_gone (store, EVERYONE, 3, &gone, &error));
  g_assert_true (gone);
  must (store->ops->has_gone (store, EVERYONE, 4, &gone, &error));
  g_assert_false (gone);
  two->deleted = TRUE;
  must (store->ops->put_record (store, two, &error));
  put_entry (store, two, 5, FALSE);
  must (store->ops->get_scope_head (store, EVERYONE, &head, &error));
  g_assert_cmpint (head.live, ==, 0);
  g_assert_cmpmem (&head.ids, sizeof head.ids, &none, sizeof none);
}

static void
test_unique (Fixture *fixture, gconstpointer unused)
{
  CrmServerStore *store = fixture->store;
  g_autofree char *holder = NULL;
  gint64 number = 0;

  must (store->ops->put_unique (store, "relation", "number", P1, "7", &error));
  holder = store->ops->find_unique (store, "relation", "number", "7", NULL);
  g_assert_cmpstr (holder, ==, P1);
  g_assert_null (store->ops->find_unique (store, "quote", "number", "7", NULL));
  g_assert_false (store->ops->put_unique (store, "relation", "number", P2, "7", NULL));
  must (store->ops->put_unique (store, "relation", "number", P1, NULL, &error));
  g_assert_null (store->ops->find_unique (store, "relation", "number", "7", NULL));
  must (store->ops->put_unique (store, "relation", "number", P2, "7", &error));

  must (store->ops->next_number (store, "relation", &number, &error));
  g_assert_cmpint (number, ==, 1);
  must (store->ops->raise_number (store, "relation", 40, &error));
  must (store->ops->raise_number (store, "relation", 9, &error));
  must (store->ops->next_number (store, "relation", &number, &error));
  g_assert_cmpint (number, ==, 41);
}

static void
put_key (CrmServerStore *store, const char *id, const char *key)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  g_ptr_array_add (keys, (gpointer) key);
  must (store->ops->put_keys (store, id, keys, &error));
}

static void
test_found_again (Fixture *fixture, gconstpointer unused)
{
  CrmServerStore *store = fixture->store;
  CrmServerConflict conflict = { .id = (char *) P3,
                                 .kind = (char *) "person",
                                 .record = (char *) P1,
                                 .field = (char *) "city",
                                 .user = (char *) USER,
                                 .open = TRUE };
  g_autoptr (GPtrArray) alike = NULL;
  g_autoptr (GPtrArray) open = NULL;

  put_key (store, P1, "a");
  put_key (store, P2, "a");
  alike = store->ops->find_alike (store, "a", P2, NULL);
  g_assert_cmpuint (alike->len, ==, 1);
  g_assert_cmpstr (alike->pdata[0], ==, P1);
  put_key (store, P1, "b");
  g_ptr_array_unref (alike);
  alike = store->ops->find_alike (store, "a", P2, NULL);
  g_assert_cmpuint (alike->len, ==, 0);

  must (store->ops->put_conflict (store, &conflict, &error));
  open = store->ops->list_conflicts (store, P1, NULL);
  g_assert_cmpuint (open->len, ==, 1);
  conflict.open = FALSE;
  must (store->ops->put_conflict (store, &conflict, &error));
  g_ptr_array_unref (open);
  open = store->ops->list_conflicts (store, P1, NULL);
  g_assert_cmpuint (open->len, ==, 0);
}

static void
test_accounts (Fixture *fixture, gconstpointer unused)
{
  CrmServerStore *store = fixture->store;
  const guint8 token[CRM_SERVER_HASH_SIZE] = { 7 };
  const guint8 other[CRM_SERVER_HASH_SIZE] = { 8 };
  g_autoptr (CrmServerUser) user = store->ops->find_user (store, "ANDRE", NULL);
  g_autoptr (CrmServerDevice) device = store->ops->find_device (store, token, NULL);
  g_autoptr (CrmServerReplica) replica = NULL;
  g_autoptr (GPtrArray) profiles = store->ops->list_profiles (store, NULL);

  g_assert_cmpstr (user->id, ==, USER);
  g_assert_cmpstr (device->id, ==, DEVICE);
  g_assert_null (store->ops->find_device (store, other, NULL));
  g_assert_cmpuint (profiles->len, >=, 1);
  must (store->ops->move_replica (store, REPLICA, 9, &error));
  must (store->ops->move_replica (store, REPLICA, 4, &error));
  replica = store->ops->get_replica (store, REPLICA, TRUE, NULL);
  g_assert_cmpint (replica->cursor_seq, ==, 9);
  g_assert_cmpint (replica->last_n, ==, 0);
}

void
crm_store_suite_add (const CrmStoreMaker *maker)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "transactions", test_transactions },
    { "snapshot", test_snapshot },
    { "sets", test_sets },
    { "changes", test_changes },
    { "records", test_records },
    { "scopes", test_scopes },
    { "unique", test_unique },
    { "found-again", test_found_again },
    { "accounts", test_accounts },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server/store/", maker->name, "/", tests[i].name, NULL);

      g_test_add (path, Fixture, maker, set_up, tests[i].func, tear_down);
    }
}
