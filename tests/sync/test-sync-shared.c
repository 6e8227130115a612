/* What two laptops share beside relations: templates that came with the program, settings of the
 * company, and the decisions about conflicts. */
#include "crm-sync-fixture.h"

#include "model/crm-builtin.h"
#include "store/log/crm-change-log.h"
#include "store/log/crm-history.h"
#include "store/sync/crm-conflict.h"

typedef struct
{
  CrmSyncFixture base;
  CrmSyncClient *one;
  CrmSyncClient *two;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  crm_sync_fixture_set_up (&fixture->base, NULL);
  fixture->one = crm_sync_fixture_add_client (&fixture->base, FALSE);
  fixture->two = crm_sync_fixture_add_client (&fixture->base, FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  crm_sync_fixture_tear_down (&fixture->base, NULL);
}

static void
exchange (CrmSyncClient *client)
{
  crm_sync_client_sync (client, 20);
  g_assert_true (client->done);
  g_assert_cmpint (crm_sync_machine_get_state (client->machine), ==, CRM_SYNC_IN_STEP);
}

/* Both until neither has news for the other. */
static void
meet (Fixture *fixture)
{
  exchange (fixture->one);
  exchange (fixture->two);
  exchange (fixture->one);
  crm_sync_client_assert_equal (fixture->one, fixture->two);
  crm_sync_client_assert_clean (fixture->one);
  crm_sync_client_assert_clean (fixture->two);
}

static GPtrArray *
list (CrmSyncClient *client)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = crm_replica_list_conflicts (client->replica, FALSE, &error);

  g_assert_no_error (error);

  return items;
}

static void
assert_conflicts (Fixture *fixture, guint n)
{
  g_autoptr (GPtrArray) one = list (fixture->one);
  g_autoptr (GPtrArray) two = list (fixture->two);

  g_assert_cmpuint (one->len, ==, n);
  g_assert_cmpuint (two->len, ==, n);
}

static void
resolve (CrmSyncClient *client, CrmConflictChoice choice, const char *value)
{
  g_autoptr (GPtrArray) items = list (client);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (ids, ((CrmConflict *) items->pdata[i])->id);
  g_ptr_array_add (ids, NULL);
  g_assert_true (crm_replica_resolve_conflicts (client->replica,
                                                (const char *const *) ids->pdata,
                                                choice,
                                                value,
                                                "overlegd",
                                                NULL,
                                                &error));
  g_assert_no_error (error);
}

static void
undo (CrmSyncClient *client)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult) result = crm_replica_undo (client->replica, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
}

/* ---- Templates ---- */

static void
edit (CrmSyncClient *client, const char *id, const char *field, const char *value)
{
  g_autoptr (CrmRecord) record = crm_replica_find (client->replica, id);
  g_autoptr (CrmChangeSet) change = crm_change_set_new ("template.edit");
  g_autoptr (GError) error = NULL;

  crm_change_set_set (change, crm_record_get_kind (record), id, field, value);
  g_assert_true (crm_replica_apply (client->replica, change, NULL, &error));
  g_assert_no_error (error);
}

static char *
dup_template (CrmSyncClient *client)
{
  g_autoptr (CrmRecord) record = crm_builtin_new (crm_replica_get_model (client->replica), 0);

  return g_strdup (crm_record_get_id (record));
}

static void
test_template (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = dup_template (fixture->one);

  meet (fixture);
  edit (fixture->one, id, "subject", "Uw vraag");
  meet (fixture);
  crm_sync_client_assert (fixture->two, id, "subject", "Uw vraag");
  edit (fixture->two, id, "body", "Geachte lezer");
  meet (fixture);
  crm_sync_client_assert (fixture->one, id, "body", "Geachte lezer");
}

/* Neither had heard of the other: it is the first edit on both. */
static void
test_template_both (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = dup_template (fixture->one);

  edit (fixture->one, id, "subject", "Uw vraag");
  edit (fixture->two, id, "body", "Geachte lezer");
  meet (fixture);
  crm_sync_client_assert (fixture->one, id, "subject", "Uw vraag");
  crm_sync_client_assert (fixture->one, id, "body", "Geachte lezer");
  assert_conflicts (fixture, 0);
}

static void
test_template_clash (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = dup_template (fixture->one);

  edit (fixture->one, id, "body", "Beste");
  edit (fixture->two, id, "body", "Geachte");
  meet (fixture);
  crm_sync_client_assert (fixture->two, id, "body", "Beste");
  assert_conflicts (fixture, 1);
  resolve (fixture->one, CRM_CONFLICT_MINE, NULL);
  meet (fixture);
  crm_sync_client_assert (fixture->two, id, "body", "Geachte");
  assert_conflicts (fixture, 0);
}

static void
delete_template (CrmSyncClient *client, const char *id)
{
  const CrmKind *kind = crm_model_find_kind (crm_replica_get_model (client->replica), "template");
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("template.delete");
  g_autoptr (GError) error = NULL;

  crm_change_set_delete (set, kind, id);
  g_assert_true (crm_replica_apply (client->replica, set, NULL, &error));
  g_assert_no_error (error);
}

/* Thrown away by one it is gone everywhere, and undo brings it back everywhere. */
static void
test_template_deleted (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = dup_template (fixture->one);

  meet (fixture);
  delete_template (fixture->one, id);
  meet (fixture);
  g_assert_false (crm_sync_client_has (fixture->two, id));
  undo (fixture->one);
  meet (fixture);
  g_assert_true (crm_sync_client_has (fixture->two, id));
}

/* ---- Settings ---- */

static void
set (CrmSyncClient *client, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_replica_set_setting (client->replica, name, value, &error));
  g_assert_no_error (error);
}

static void
assert_setting (Fixture *fixture, const char *name, const char *value)
{
  g_autofree char *one = crm_replica_dup_setting (fixture->one->replica, name);
  g_autofree char *two = crm_replica_dup_setting (fixture->two->replica, name);

  g_assert_cmpstr (one, ==, value);
  g_assert_cmpstr (two, ==, value);
}

static void
test_setting (Fixture *fixture, gconstpointer unused)
{
  set (fixture->one, "sender.city", "Goor");
  meet (fixture);
  assert_setting (fixture, "sender.city", "Goor");
  set (fixture->two, "sender.city", NULL);
  meet (fixture);
  assert_setting (fixture, "sender.city", NULL);
  assert_conflicts (fixture, 0);
}

/* Both filled in the letterhead before they met. */
static void
test_setting_both (Fixture *fixture, gconstpointer unused)
{
  set (fixture->one, "sender.city", "Goor");
  set (fixture->one, "sender.street", "Kerkstraat 1");
  set (fixture->two, "sender.city", "Goor");
  set (fixture->two, "sender.street", "Kerkstraat 2");
  meet (fixture);
  assert_setting (fixture, "sender.city", "Goor");
  assert_setting (fixture, "sender.street", "Kerkstraat 1");
  assert_conflicts (fixture, 1);
  resolve (fixture->two, CRM_CONFLICT_MINE, NULL);
  meet (fixture);
  assert_setting (fixture, "sender.street", "Kerkstraat 2");
  assert_conflicts (fixture, 0);
}

/* ---- Decisions ---- */

static char *
share (Fixture *fixture)
{
  char *id = crm_sync_client_put (fixture->one, "Jansen", "Ede");

  meet (fixture);

  return id;
}

/* Decided on one, then taken back there: the other follows both times. */
static void
test_decided (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = share (fixture);

  crm_sync_client_set (fixture->one, id, "city", "Goor");
  crm_sync_client_set (fixture->two, id, "city", "Borne");
  meet (fixture);
  assert_conflicts (fixture, 1);
  crm_sync_client_assert (fixture->two, id, "city", "Goor");
  resolve (fixture->two, CRM_CONFLICT_VALUE, "Almelo");
  meet (fixture);
  crm_sync_client_assert (fixture->one, id, "city", "Almelo");
  assert_conflicts (fixture, 0);
  undo (fixture->two);
  meet (fixture);
  crm_sync_client_assert (fixture->one, id, "city", "Goor");
  assert_conflicts (fixture, 1);
}

/* Both decide before they hear of each other: the second loses nothing in silence. */
static void
test_decided_twice (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = share (fixture);

  crm_sync_client_set (fixture->one, id, "city", "Goor");
  crm_sync_client_set (fixture->two, id, "city", "Borne");
  meet (fixture);
  resolve (fixture->one, CRM_CONFLICT_VALUE, "Almelo");
  resolve (fixture->two, CRM_CONFLICT_VALUE, "Wierden");
  meet (fixture);
  crm_sync_client_assert (fixture->two, id, "city", "Almelo");
  assert_conflicts (fixture, 1);
}

/* The one who deleted restores what the other had edited, and the other way round. */
static void
test_restored (Fixture *fixture, gconstpointer by_deleter)
{
  CrmSyncClient *decider = by_deleter != NULL ? fixture->one : fixture->two;
  g_autofree char *id = share (fixture);

  crm_sync_client_delete (fixture->one, id);
  crm_sync_client_set (fixture->two, id, "city", "Borne");
  meet (fixture);
  g_assert_false (crm_sync_client_has (fixture->two, id));
  assert_conflicts (fixture, 1);
  resolve (decider, CRM_CONFLICT_MINE, NULL);
  meet (fixture);
  crm_sync_client_assert (fixture->one, id, "surname", "Jansen");
  crm_sync_client_assert (fixture->two, id, "city", "Borne");
  assert_conflicts (fixture, 0);
}

/* The delete came late. */
static void
test_late_delete (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = share (fixture);

  crm_sync_client_set (fixture->one, id, "city", "Borne");
  exchange (fixture->one);
  crm_sync_client_delete (fixture->two, id);
  meet (fixture);
  crm_sync_client_assert (fixture->two, id, "city", "Borne");
  assert_conflicts (fixture, 1);
  resolve (fixture->one, CRM_CONFLICT_MINE, NULL);
  meet (fixture);
  g_assert_false (crm_sync_client_has (fixture->two, id));
  assert_conflicts (fixture, 0);
}

/* Who deleted a record stands in its history on every device. */
static void
test_delete_in_history (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = share (fixture);
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;
  const CrmHistoryEntry *last;

  crm_sync_client_delete (fixture->one, id);
  meet (fixture);
  history = crm_replica_get_history (fixture->two->replica, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, >, 0);
  last = history->pdata[0];
  g_assert_null (last->field);
  g_assert_cmpstr (last->author, ==, "ilse");
}

static void
test_refused_again (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *id = share (fixture);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  guint n_parked = 0;

  crm_sync_client_set (fixture->two, id, "city", "Borne");
  g_assert_true (crm_sync_store_park (fixture->two->replica, 1, "internal", &n_parked, &error));
  exchange (fixture->two);
  exchange (fixture->one);
  crm_sync_client_assert (fixture->one, id, "city", "Ede");
  items = list (fixture->two);
  g_assert_cmpuint (items->len, ==, 1);
  g_assert_true (crm_replica_retry_refusal (fixture->two->replica,
                                            ((CrmConflict *) items->pdata[0])->id,
                                            NULL,
                                            &error));
  g_assert_no_error (error);
  exchange (fixture->two);
  meet (fixture);
  crm_sync_client_assert (fixture->one, id, "city", "Borne");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD_WITH(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)
#define ADD(path, func)            ADD_WITH (path, NULL, func)
  ADD ("/sync/shared/template", test_template);
  ADD ("/sync/shared/template-both", test_template_both);
  ADD ("/sync/shared/template-clash", test_template_clash);
  ADD ("/sync/shared/template-deleted", test_template_deleted);
  ADD ("/sync/shared/setting", test_setting);
  ADD ("/sync/shared/setting-both", test_setting_both);
  ADD ("/sync/shared/decided", test_decided);
  ADD ("/sync/shared/decided-twice", test_decided_twice);
  ADD_WITH ("/sync/shared/restored-by-editor", NULL, test_restored);
  ADD_WITH ("/sync/shared/restored-by-deleter", "deleter", test_restored);
  ADD ("/sync/shared/late-delete", test_late_delete);
  ADD ("/sync/shared/delete-in-history", test_delete_in_history);
  ADD ("/sync/shared/refused-again", test_refused_again);
#undef ADD
#undef ADD_WITH

  return g_test_run ();
}
