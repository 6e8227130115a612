/* First loads, and loads that put right what a restored server lost. */
#include "crm-pull-fixture.h"

#include "model/crm-builtin.h"
#include "store/crm-replica-private.h"
#include "store/query/crm-query.h"

#define ONE   "01234567-0000-7000-8000-000000000001"
#define TWO   "01234567-0000-7000-8000-000000000002"
#define THREE "01234567-0000-7000-8000-000000000003"

#define LEARNED "01234567-0000-7000-8000-0000000000e1"

typedef CrmStoreFixture Fixture;

static gint64
load_boot (Fixture *fixture, char **after)
{
  g_autoptr (GError) error = NULL;
  gint64 scope = -1;

  g_assert_true (crm_sync_store_load_boot (fixture->replica, &scope, after, &error));
  g_assert_no_error (error);

  return scope;
}

static CrmPullWriter *
begin_page (Fixture *fixture, gint64 seq, const char *after)
{
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  g_assert_true (crm_pull_writer_set_boot (writer, 1, seq, after, &error));
  g_assert_no_error (error);

  return writer;
}

static void
finish_page (CrmPullWriter *writer)
{
  crm_pull_result_free (crm_pull_fixture_finish (writer, NULL, 0));
}

static void
begin_boot (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_sync_store_begin_boot (fixture->replica, 1, &error));
  g_assert_no_error (error);
}

static void
finish_boot (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_sync_store_finish_boot (fixture->replica, NULL, &error));
  g_assert_no_error (error);
}

static guint
count_found (Fixture *fixture, const char *text)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GError) error = NULL;
  gint64 n;

  crm_query_set_text (query, text);
  n = crm_replica_count (fixture->replica, query, NULL, &error);
  g_assert_no_error (error);

  return (guint) n;
}

/* Page by page, closed in between; lists and search are there at the end. */
static void
test_boot (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  CrmPullWriter *writer;

  begin_boot (fixture);
  g_assert_cmpint (load_boot (fixture, &first), ==, 1);
  g_assert_null (first);
  writer = begin_page (fixture, 50, ONE);
  crm_pull_fixture_row (writer, ONE, 10, TRUE, "surname=Jansen@10");
  finish_page (writer);

  crm_store_fixture_reopen (fixture);
  begin_boot (fixture);
  g_assert_cmpint (load_boot (fixture, &second), ==, 1);
  g_assert_cmpstr (second, ==, ONE);
  writer = begin_page (fixture, 52, NULL);
  crm_pull_fixture_row (writer, ONE, 10, TRUE, "surname=Jansen@10");
  crm_pull_fixture_row (writer, TWO, 11, TRUE, "surname=Bakker@11;city=Ede@12");
  finish_page (writer);
  finish_boot (fixture);

  g_assert_cmpint (load_boot (fixture, NULL), ==, 0);
  g_assert_cmpuint (count_found (fixture, "bakker ede"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "jansen"), ==, 1);
  crm_pull_fixture_check (fixture);
}

/* Pitfall 59: what has gone since does not rise again. */
static void
test_stale (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_gone (writer, ONE, 60);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c60", 60));
  begin_boot (fixture);
  writer = crm_pull_fixture_begin (fixture);
  g_assert_false (crm_pull_writer_set_boot (writer, 1, 59, ONE, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_STALE);
  crm_pull_writer_free (writer);
  record = crm_replica_find (fixture->replica, ONE);
  g_assert_null (record);
}

/* An edit between two pages of a boot is neither lost nor shown as the server's. */
static void
test_edit_while_booting (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) person = NULL;
  g_autofree char *set = NULL;
  CrmPullWriter *writer;

  begin_boot (fixture);
  writer = begin_page (fixture, 50, ONE);
  crm_pull_fixture_row (writer, ONE, 10, TRUE, "surname=Jansen@10");
  finish_page (writer);
  person = crm_replica_find (fixture->replica, ONE);
  set = crm_store_fixture_set (fixture, person, "surname", "Janssen");
  writer = begin_page (fixture, 52, NULL);
  crm_pull_fixture_row (writer, ONE, 10, TRUE, "surname=Jansens@51");
  finish_page (writer);
  finish_boot (fixture);

  crm_store_fixture_assert_value (fixture, ONE, "surname", "Janssen");
  g_assert_cmpuint (count_found (fixture, "janssen"), ==, 1);
  crm_pull_fixture_check (fixture);
}

static void
pull_three (Fixture *fixture)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_row (writer, ONE, 10, TRUE, "surname=Jansen@10;city=Ede@90");
  crm_pull_fixture_row (writer, TWO, 91, TRUE, "surname=Bakker@91");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c91", 91));
}

/*
 * The server went back from 95 to 50: it never heard of Bakker, which a colleague made, has Ede as
 * it was before, and has lost our set 2. That one goes again; numbers above 50 mean other things.
 */
static void
test_reconcile (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) kept = crm_store_fixture_new_person (fixture, "Vos", "Goor");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *epoch = NULL;
  g_autoptr (CrmRecord) gone = NULL;
  g_autoptr (CrmRecord) jansen = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer;

  pull_three (fixture);
  first = crm_store_fixture_put (fixture, kept);
  jansen = crm_replica_find (fixture->replica, ONE);
  second = crm_store_fixture_set (fixture, jansen, "email", "j@x.nl");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, crm_record_get_id (kept), 94, TRUE, "surname=Vos@94;city=Goor@94");
  crm_pull_fixture_row (writer, ONE, 10, FALSE, "email=j@x.nl@95");
  crm_pull_fixture_ack (fixture, writer, 2);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c95", 95));

  g_assert_true (crm_sync_store_reconcile (fixture->replica, "e2", 0, &error));
  g_assert_no_error (error);
  epoch = crm_sync_store_dup_state (fixture->replica, CRM_SYNC_STATE_EPOCH);
  g_assert_cmpstr (epoch, ==, "e2");
  begin_boot (fixture);
  writer = begin_page (fixture, 50, NULL);
  crm_pull_fixture_row (writer, ONE, 10, TRUE, "surname=Jansen@10;city=Wehl@20");
  finish_page (writer);
  finish_boot (fixture);

  gone = crm_replica_find (fixture->replica, TWO);
  g_assert_null (gone);
  crm_store_fixture_assert_value (fixture, ONE, "city", "Wehl");
  /* What was taken here and lost there is offered again, and still shown. */
  crm_store_fixture_assert_value (fixture, ONE, "email", "j@x.nl");
  crm_store_fixture_assert_value (fixture, crm_record_get_id (kept), "city", "Goor");
  g_assert_cmpint (crm_sync_store_get_acked (fixture->replica), ==, 0);
  sets = crm_sync_store_list_sets (fixture->replica, 0, 500, G_MAXSIZE, &error);
  g_assert_cmpuint (sets->len, ==, 2);
  crm_pull_fixture_check (fixture);

  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, crm_record_get_id (kept), 51, TRUE, "surname=Vos@51;city=Goor@51");
  crm_pull_fixture_row (writer, ONE, 10, FALSE, "email=j@x.nl@52");
  crm_pull_fixture_ack (fixture, writer, 2);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c52", 52));
  crm_store_fixture_assert_value (fixture, ONE, "email", "j@x.nl");
  crm_pull_fixture_check (fixture);
}

/*
 * Our set 1 came too late for the city, and was told so; then the server went back and forgot it.
 * It goes again, and is late again: what others wrote is what stays.
 */
static void
test_late_again (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) jansen = NULL;
  g_autoptr (CrmChangeSet) both = crm_change_set_new ("person.edit");
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer;

  pull_three (fixture);
  jansen = crm_replica_find (fixture->replica, ONE);
  crm_change_set_set (both, crm_record_get_kind (jansen), ONE, "city", "Goor");
  crm_change_set_set (both, crm_record_get_kind (jansen), ONE, "email", "j@x.nl");
  g_assert_true (crm_replica_apply (fixture->replica, both, NULL, &error));
  g_assert_no_error (error);

  for (guint i = 0; i < 2; i++)
    {
      writer = crm_pull_fixture_begin (fixture);
      crm_pull_fixture_row (writer, ONE, 10, FALSE, "city=Almelo@94;email=j@x.nl@95");
      g_assert_true (crm_pull_writer_add_result (writer, 1, "conflict", NULL, NULL, &error));
      crm_pull_fixture_ack (fixture, writer, 1);
      crm_pull_result_free (crm_pull_fixture_finish (writer, "c95", 95));
      crm_store_fixture_assert_value (fixture, ONE, "city", "Almelo");
      crm_store_fixture_assert_value (fixture, ONE, "email", "j@x.nl");
      if (i > 0)
        break;

      g_assert_true (crm_sync_store_reconcile (fixture->replica, "e2", 0, &error));
      begin_boot (fixture);
      writer = begin_page (fixture, 94, NULL);
      crm_pull_fixture_row (writer, ONE, 10, TRUE, "surname=Jansen@10;city=Almelo@94");
      finish_page (writer);
      finish_boot (fixture);
    }
  crm_pull_fixture_check (fixture);
}

/* A program that knows more asks for what the one before it left out. */
static void
test_learned (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);
  gint64 scope = -1;

  g_assert_true (crm_pull_writer_add_scope (writer, 1, "a", &error));
  crm_pull_fixture_row (writer, LEARNED, 1, TRUE, "surname=Jansen@1");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c", 1));
  g_assert_true (crm_sync_store_begin_boot (fixture->replica, 1, &error));
  g_assert_true (crm_sync_store_finish_boot (fixture->replica, NULL, &error));
  g_assert_true (crm_sync_store_load_next_boot (fixture->replica, &scope, &error));
  g_assert_cmpint (scope, ==, 0);

  g_assert_true (crm_replica_set_meta (fixture->replica, "model", "older", &error));
  crm_store_fixture_reopen (fixture);
  g_assert_true (crm_sync_store_load_next_boot (fixture->replica, &scope, &error));
  g_assert_cmpint (scope, ==, 1);

  /* Its version says that it is not new, for the row is of that set. */
  g_assert_true (crm_sync_store_begin_boot (fixture->replica, 1, &error));
  writer = crm_pull_fixture_begin (fixture);
  g_assert_true (crm_pull_writer_set_boot (writer, 1, 1, NULL, &error));
  crm_pull_fixture_row (writer, LEARNED, 1, TRUE, "surname=Jansen@1;city=Ede@1");
  crm_pull_result_free (crm_pull_fixture_finish (writer, NULL, 1));
  g_assert_true (crm_sync_store_finish_boot (fixture->replica, NULL, &error));
  g_assert_no_error (error);
  crm_store_fixture_assert_value (fixture, LEARNED, "city", "Ede");
  crm_pull_fixture_check (fixture);
}

/* A colleague's words for a built-in template, which a load does not bring. */
static void
reconcile_builtin (Fixture *fixture, const char *epoch)
{
  g_autoptr (CrmRecord) plain = crm_builtin_new (crm_replica_get_model (fixture->replica), 0);
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer;

  crm_sync_store_set_state (fixture->replica, CRM_SYNC_STATE_EPOCH, "e1", &error);
  g_assert_no_error (error);
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_set (writer, 20, "bert", NULL);
  crm_pull_fixture_row_of (writer,
                           "template",
                           crm_record_get_id (plain),
                           20,
                           TRUE,
                           "name=Brief@20;body=Dag@20");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
  crm_store_fixture_assert_value (fixture, crm_record_get_id (plain), "name", "Brief");

  g_assert_true (crm_sync_store_reconcile (fixture->replica, epoch, 0, &error));
  /* Cut short, and started anew. */
  g_assert_true (crm_sync_store_reconcile (fixture->replica, epoch, 0, &error));
  begin_boot (fixture);
  finish_page (begin_page (fixture, 1, NULL));
  finish_boot (fixture);
  crm_pull_fixture_check (fixture);
}

/* A restored server has lost it: as it came with the program, until the colleague sends it again.
 */
static void
test_restored_builtin (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) plain = crm_builtin_new (crm_replica_get_model (fixture->replica), 0);
  const char *id = crm_record_get_id (plain);
  CrmPullWriter *writer;

  reconcile_builtin (fixture, "e2");
  crm_store_fixture_assert_value (fixture, id, "name", crm_record_get (plain, "name"));
  crm_store_fixture_assert_value (fixture, id, "body", crm_record_get (plain, "body"));
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row_of (writer, "template", id, 5, TRUE, "name=Brief@5;body=Dag@5");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c5", 5));
  crm_store_fixture_assert_value (fixture, id, "name", "Brief");
}

/* A server that kept its epoch has deleted it. */
static void
test_deleted_builtin (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) plain = crm_builtin_new (crm_replica_get_model (fixture->replica), 0);
  g_autoptr (CrmRecord) left = NULL;

  reconcile_builtin (fixture, "e1");
  left = crm_replica_find (fixture->replica, crm_record_get_id (plain));
  g_assert_null (left);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, Fixture, NULL, crm_store_fixture_set_up, func, crm_store_fixture_tear_down)
  ADD ("/store/sync-reconcile/boot", test_boot);
  ADD ("/store/sync-reconcile/stale", test_stale);
  ADD ("/store/sync-reconcile/edit-while-booting", test_edit_while_booting);
  ADD ("/store/sync-reconcile/reconcile", test_reconcile);
  ADD ("/store/sync-reconcile/late-again", test_late_again);
  ADD ("/store/sync-reconcile/learned", test_learned);
  ADD ("/store/sync-reconcile/restored-builtin", test_restored_builtin);
  ADD ("/store/sync-reconcile/deleted-builtin", test_deleted_builtin);
#undef ADD

  return g_test_run ();
}
