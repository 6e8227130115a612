/* What people see of conflicts, and what deciding them writes. */
#include "crm-pull-fixture.h"

#include "model/crm-model-error.h"
#include "store/crm-replica-private.h"
#include "store/sync/crm-conflict.h"

#include <string.h>

#define PERSON  "01234567-0000-7000-8000-000000000001"
#define OTHER   "01234567-0000-7000-8000-000000000002"
#define FIRST   "01234567-0000-7000-8000-00000000000a"
#define SECOND  "01234567-0000-7000-8000-00000000000b"
#define GROUP   "01234567-0000-7000-8000-0000000000aa"
#define PENDING "SELECT count(*) FROM change_set WHERE state = 0"

typedef CrmStoreFixture Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  crm_store_fixture_set_up (fixture, unused);
  crm_sync_store_set_state (fixture->replica, CRM_SYNC_STATE_USER, "anna", &error);
  g_assert_no_error (error);
}

/* A page with the person and conflicts about it. */
static void
pull (Fixture *fixture, gint64 seq, const char *first, const char *second)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Ede@10;email=j@x.nl@10");
  crm_pull_fixture_row_of (writer, "conflict", FIRST, seq, TRUE, first);
  if (second != NULL)
    crm_pull_fixture_row_of (writer, "conflict", SECOND, seq, TRUE, second);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
}

#define CITY                                                                                       \
  "type=field@11;record=" PERSON "@11;record_kind=person@11;field=city@11;kept=Ede@11;"            \
  "kept_user=bert@11;kept_why=verhuisd@11;late=Goor@11;late_user=anna@11;late_why=gebeld@11;"      \
  "original=Almelo@11;action_group=" GROUP "@11;state=open@11;at=2026-03-01T08:00:00Z@11"
#define EMAIL                                                                                      \
  "type=field@11;record=" PERSON "@11;record_kind=person@11;field=email@11;kept=j@x.nl@11;"        \
  "kept_user=carla@11;late=jan@x.nl@11;late_user=bert@11;action_group=" GROUP "@11;state=open@11;" \
  "at=2026-03-01T08:00:00Z@11"

static void
pull_city (Fixture *fixture)
{
  pull (fixture, 11, CITY, NULL);
}

static CrmConflict *
find (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  CrmConflict *item = crm_replica_find_conflict (fixture->replica, id, &error);

  g_assert_no_error (error);

  return item;
}

static gboolean
is_open (Fixture *fixture, const char *id)
{
  g_autoptr (CrmConflict) item = find (fixture, id);

  return item->open;
}

static gboolean
resolve (Fixture *fixture,
         const char *ids,
         CrmConflictChoice choice,
         const char *value,
         GError **error)
{
  g_auto (GStrv) list = g_strsplit (ids, " ", -1);
  g_autofree char *set = NULL;
  const gboolean done = crm_replica_resolve_conflicts (fixture->replica,
                                                       (const char *const *) list,
                                                       choice,
                                                       value,
                                                       "nagevraagd",
                                                       &set,
                                                       error);

  g_assert_cmpint (done, ==, set != NULL);
  if (!done)
    g_assert_cmpint (crm_pull_fixture_count (fixture, PENDING), ==, 0);

  return done;
}

static void
decide (Fixture *fixture, const char *ids, CrmConflictChoice choice, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (resolve (fixture, ids, choice, value, &error));
  g_assert_no_error (error);
  g_assert_cmpint (crm_pull_fixture_count (fixture, PENDING), ==, 1);
  crm_pull_fixture_check (fixture);
}

static void
undo (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmUndoResult) result = crm_replica_undo (fixture->replica, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->kept->len, ==, 0);
  crm_pull_fixture_check (fixture);
}

static void
assert_sides (Fixture *fixture, const char *user, const char *mine, const char *mine_author)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmConflict) item = NULL;
  const gboolean late = g_str_equal (mine, "Goor");

  crm_sync_store_set_state (fixture->replica, CRM_SYNC_STATE_USER, user, &error);
  g_assert_no_error (error);
  item = find (fixture, FIRST);
  g_assert_cmpstr (item->mine, ==, mine);
  g_assert_cmpstr (item->theirs, ==, late ? "Ede" : "Goor");
  g_assert_cmpstr (item->mine_author, ==, mine_author);
  g_assert_cmpstr (item->theirs_author, ==, late ? "bert" : "anna");
  g_assert_cmpstr (item->mine_why, ==, late ? "gebeld" : "verhuisd");
  g_assert_cmpstr (item->theirs_why, ==, late ? "verhuisd" : "gebeld");
  g_assert_cmpint (item->mine_is_late, ==, late);
  g_assert_cmpstr (item->original, ==, "Almelo");
  g_assert_cmpstr (item->title, ==, "Jansen");
  g_assert_cmpstr (item->field, ==, "city");
  g_assert_cmpstr (item->group, ==, GROUP);
  g_assert_cmpint (item->type, ==, CRM_CONFLICT_FIELD);
  g_assert_true (item->open && item->can_decide && !item->gone);
}

/* Mine is my own; who wrote neither has the late one. */
static void
test_sides (Fixture *fixture, gconstpointer unused)
{
  pull_city (fixture);
  assert_sides (fixture, "anna", "Goor", "anna");
  assert_sides (fixture, "bert", "Ede", "bert");
  assert_sides (fixture, "carla", "Goor", "anna");
}

static void
test_field (Fixture *fixture, gconstpointer unused)
{
  pull_city (fixture);
  decide (fixture, FIRST, CRM_CONFLICT_MINE, NULL);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  g_assert_false (is_open (fixture, FIRST));
  undo (fixture);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");
  g_assert_true (is_open (fixture, FIRST));
}

/* What is chosen is what was on the screen, also when the field was changed since. */
static void
test_changed_since (Fixture *fixture, gconstpointer left)
{
  CrmPullWriter *writer;

  pull_city (fixture);
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_row (writer, PERSON, 10, FALSE, "city=Wierden@21");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c21", 21));
  decide (fixture, FIRST, left != NULL ? CRM_CONFLICT_LEAVE : CRM_CONFLICT_THEIRS, NULL);
  crm_store_fixture_assert_value (fixture, PERSON, "city", left != NULL ? left : "Ede");
  g_assert_false (is_open (fixture, FIRST));
}

static void
test_several (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) all = NULL;

  pull (fixture, 11, CITY, EMAIL);
  open = crm_replica_list_conflicts (fixture->replica, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (open->len, ==, 2);
  decide (fixture, FIRST " " SECOND " " FIRST, CRM_CONFLICT_MINE, NULL);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  crm_store_fixture_assert_value (fixture, PERSON, "email", "jan@x.nl");
  left = crm_replica_list_conflicts (fixture->replica, FALSE, &error);
  g_assert_cmpuint (left->len, ==, 0);
  all = crm_replica_list_conflicts (fixture->replica, TRUE, &error);
  g_assert_cmpuint (all->len, ==, 2);
  undo (fixture);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");
  crm_store_fixture_assert_value (fixture, PERSON, "email", "j@x.nl");
  g_assert_true (is_open (fixture, FIRST) && is_open (fixture, SECOND));
}

static void
test_value (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  pull (fixture, 11, CITY, EMAIL);
  g_assert_false (resolve (fixture, SECOND, CRM_CONFLICT_VALUE, "geen adres", &error));
  g_assert_error (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "an e-mail address"));
  /* All or nothing: the first of the two would have done. */
  g_clear_error (&error);
  g_assert_false (resolve (fixture, FIRST " " SECOND, CRM_CONFLICT_VALUE, "nergens", &error));
  g_assert_error (error, CRM_MODEL_ERROR, CRM_MODEL_ERROR_VALUE);
  g_assert_true (is_open (fixture, FIRST));
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");

  decide (fixture, SECOND, CRM_CONFLICT_VALUE, " mailto:Jan@x.nl ");
  crm_store_fixture_assert_value (fixture, PERSON, "email", "Jan@x.nl");
}

/* The reason is told like that of any change. */
static void
test_why (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;

  pull_city (fixture);
  decide (fixture, FIRST, CRM_CONFLICT_MINE, NULL);
  why = crm_db_query_text (crm_replica_get_db (fixture->replica),
                           "SELECT why FROM change_set WHERE action = 'conflict.resolve'",
                           &error);
  g_assert_cmpstr (why, ==, "nagevraagd");
}

static void
test_refused (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  pull_city (fixture);
  g_assert_false (resolve (fixture, GROUP, CRM_CONFLICT_MINE, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (resolve (fixture, PERSON, CRM_CONFLICT_MINE, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  decide (fixture, FIRST, CRM_CONFLICT_MINE, NULL);
  g_assert_false (crm_replica_resolve_conflicts (fixture->replica,
                                                 (const char *const[]) { FIRST, NULL },
                                                 CRM_CONFLICT_MINE,
                                                 NULL,
                                                 NULL,
                                                 NULL,
                                                 &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOTHING);
}

/* ---- Delete against edit ---- */

#define EDIT_OF_GONE(field, late)                                                                  \
  "type=delete@31;record=" PERSON "@31;record_kind=person@31;field=" field "@31;"                  \
  "kept_user=bert@31;late=" late "@31;late_user=anna@31;original=Ede@31;"                          \
  "action_group=" GROUP "@31;state=open@31;at=2026-03-01T08:00:00Z@31"

/* Bert deleted what Anna had edited. */
static void
pull_gone (Fixture *fixture)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Ede@10;email=j@x.nl@12");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_set (writer, 30, "bert", "dubbel");
  crm_pull_fixture_gone (writer, PERSON, 30);
  crm_pull_fixture_row_of (writer, "conflict", FIRST, 31, TRUE, EDIT_OF_GONE ("city", "Goor"));
  crm_pull_fixture_row_of (writer,
                           "conflict",
                           SECOND,
                           31,
                           TRUE,
                           EDIT_OF_GONE ("phone", "+31612345678"));
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c31", 31));
}

static gboolean
is_there (Fixture *fixture, const char *id)
{
  g_autoptr (CrmRecord) record = crm_replica_find (fixture->replica, id);

  return record != NULL;
}

static void
test_restore (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmConflict) item = NULL;

  pull_gone (fixture);
  item = find (fixture, FIRST);
  g_assert_cmpint (item->type, ==, CRM_CONFLICT_DELETE);
  g_assert_true (item->gone && item->mine_is_late && item->can_decide);
  g_assert_cmpstr (item->title, ==, "Jansen");

  decide (fixture, FIRST " " SECOND, CRM_CONFLICT_MINE, NULL);
  crm_store_fixture_assert_value (fixture, PERSON, "surname", "Jansen");
  crm_store_fixture_assert_value (fixture, PERSON, "email", "j@x.nl");
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  crm_store_fixture_assert_value (fixture, PERSON, "phone", "+31612345678");
  g_assert_false (is_open (fixture, FIRST) || is_open (fixture, SECOND));
  undo (fixture);
  g_assert_false (is_there (fixture, PERSON));
  g_assert_true (is_open (fixture, FIRST) && is_open (fixture, SECOND));
}

static void
test_restore_value (Fixture *fixture, gconstpointer unused)
{
  pull_gone (fixture);
  decide (fixture, FIRST, CRM_CONFLICT_VALUE, "Borne");
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Borne");
  g_assert_true (is_open (fixture, SECOND));
}

static void
test_let_it_go (Fixture *fixture, gconstpointer unused)
{
  pull_gone (fixture);
  decide (fixture, FIRST " " SECOND, CRM_CONFLICT_THEIRS, NULL);
  g_assert_false (is_there (fixture, PERSON));
  g_assert_false (is_open (fixture, FIRST));
}

/* This device never had the record. */
static void
test_lost (Fixture *fixture, gconstpointer unused)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);
  g_autoptr (CrmConflict) item = NULL;
  g_autoptr (GError) error = NULL;

  crm_pull_fixture_row_of (writer, "conflict", FIRST, 31, TRUE, EDIT_OF_GONE ("city", "Goor"));
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c31", 31));
  item = find (fixture, FIRST);
  g_assert_null (item->title);
  g_assert_false (resolve (fixture, FIRST, CRM_CONFLICT_MINE, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_LOST);
  decide (fixture, FIRST, CRM_CONFLICT_LEAVE, NULL);
}

/* An edit of what was deleted meanwhile, all of it as this device lives through it: the last values
 * are those under its own change. */
static void
test_gone_under_edit (Fixture *fixture, gconstpointer unused)
{
  CrmPullWriter *writer;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = NULL;
  g_autofree char *set = NULL;

  pull_city (fixture);
  record = crm_replica_get (fixture->replica, PERSON, &error);
  set = crm_store_fixture_set (fixture, record, "city", "Goor");
  writer = crm_pull_fixture_begin (fixture);
  crm_pull_fixture_set (writer, 30, "bert", NULL);
  crm_pull_fixture_gone (writer, PERSON, 30);
  crm_pull_fixture_row_of (writer, "conflict", SECOND, 31, TRUE, EDIT_OF_GONE ("city", "Goor"));
  crm_pull_fixture_result (writer, 1, "rejected");
  crm_pull_fixture_ack (fixture, writer, 1);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c31", 31));
  g_assert_false (is_there (fixture, PERSON));

  decide (fixture, SECOND, CRM_CONFLICT_MINE, NULL);
  crm_store_fixture_assert_value (fixture, PERSON, "surname", "Jansen");
  crm_store_fixture_assert_value (fixture, PERSON, "email", "j@x.nl");
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
}

#define LATE_DELETE                                                                                \
  "type=delete@11;record=" PERSON "@11;record_kind=person@11;kept_user=bert@11;"                   \
  "late_user=anna@11;state=open@11;at=2026-03-01T08:00:00Z@11"

static void
test_late_delete (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  pull (fixture, 11, LATE_DELETE, NULL);
  g_assert_false (resolve (fixture, FIRST, CRM_CONFLICT_VALUE, "weg", &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FAILED);
  decide (fixture, FIRST, CRM_CONFLICT_MINE, NULL);
  g_assert_false (is_there (fixture, PERSON));
  undo (fixture);
  g_assert_true (is_there (fixture, PERSON));
  g_assert_true (is_open (fixture, FIRST));
}

static void
test_late_delete_kept (Fixture *fixture, gconstpointer unused)
{
  pull (fixture, 11, LATE_DELETE, NULL);
  decide (fixture, FIRST, CRM_CONFLICT_THEIRS, NULL);
  g_assert_true (is_there (fixture, PERSON));
  g_assert_false (is_open (fixture, FIRST));
}

/* ---- Numbers and doubles ---- */

#define NUMBER                                                                                     \
  "type=number@11;record=" PERSON "@11;record_kind=person@11;field=number@11;late=7@11;"           \
  "late_user=anna@11;state=open@11;at=2026-03-01T08:00:00Z@11"
#define DOUBLE                                                                                     \
  "type=double@11;record=" PERSON "@11;record_kind=person@11;kept=" OTHER "@11;late=" PERSON       \
  "@11;kept_user=bert@11;late_user=anna@11;state=open@11;at=2026-03-01T08:00:00Z@11"

static void
pull_other (Fixture *fixture, const char *spec)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);

  crm_pull_fixture_row_of (writer, "organisation", OTHER, 9, TRUE, spec);
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c9", 9));
}

static void
test_number (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  pull_other (fixture, "name=Bakker@9;number=7@9");
  pull (fixture, 11, NUMBER, NULL);
  g_assert_false (resolve (fixture, FIRST, CRM_CONFLICT_MINE, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, "Bakker"));
  decide (fixture, FIRST, CRM_CONFLICT_VALUE, "8");
  crm_store_fixture_assert_value (fixture, PERSON, "number", "8");
}

/* Two blanks cannot both get the same number. */
static void
test_number_twice (Fixture *fixture, gconstpointer unused)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);
  g_autoptr (GError) error = NULL;

  crm_pull_fixture_row (writer, OTHER, 9, TRUE, "surname=Bos@9");
  crm_pull_fixture_row_of (writer,
                           "conflict",
                           SECOND,
                           9,
                           TRUE,
                           "type=number@9;record=" OTHER "@9;record_kind=person@9;field=number@9;"
                           "late=7@9;late_user=anna@9;state=open@9;at=2026-03-01T08:00:00Z@9");
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c9", 9));
  pull (fixture, 11, NUMBER, NULL);
  g_assert_false (resolve (fixture, FIRST " " SECOND, CRM_CONFLICT_VALUE, "8", &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_EXISTS);
  decide (fixture, FIRST, CRM_CONFLICT_MINE, NULL);
  crm_store_fixture_assert_value (fixture, PERSON, "number", "7");
}

static void
test_double (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmConflict) item = NULL;
  g_autoptr (GPtrArray) of_other = NULL;

  pull_other (fixture, "name=Bakker@9");
  pull (fixture, 11, DOUBLE, NULL);
  item = find (fixture, FIRST);
  g_assert_cmpint (item->type, ==, CRM_CONFLICT_DOUBLE);
  g_assert_cmpstr (item->record, ==, PERSON);
  g_assert_cmpstr (item->other, ==, OTHER);
  g_assert_cmpstr (item->other_title, ==, "Bakker");
  of_other = crm_replica_list_conflicts_of (fixture->replica, OTHER, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (of_other->len, ==, 1);
  g_assert_false (resolve (fixture, FIRST, CRM_CONFLICT_VALUE, "x", &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FAILED);
  decide (fixture, FIRST, CRM_CONFLICT_LEAVE, NULL);
  g_assert_true (is_there (fixture, PERSON) && is_there (fixture, OTHER));
  g_assert_false (is_open (fixture, FIRST));
}

/* ---- Hostile and many ---- */

/* Of a newer server, or of nobody: shown, and at least to be put away. */
static void
test_strange (Fixture *fixture, gconstpointer spec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmConflict) item = NULL;

  pull (fixture, 11, spec, NULL);
  item = find (fixture, FIRST);
  g_assert_false (item->can_decide);
  g_assert_nonnull (item->group);
  g_assert_nonnull (item->at);
  g_assert_false (resolve (fixture, FIRST, CRM_CONFLICT_MINE, NULL, &error));
  g_assert_error (error, CRM_STORE_ERROR, CRM_STORE_ERROR_FAILED);
  decide (fixture, FIRST, CRM_CONFLICT_LEAVE, NULL);
}

/* More than fit in one set: one action, one undo. */
static void
test_many (Fixture *fixture, gconstpointer unused)
{
  CrmPullWriter *writer = crm_pull_fixture_begin (fixture);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *set = NULL;

  crm_pull_fixture_row (writer, PERSON, 10, TRUE, "surname=Jansen@10;city=Ede@10");
  for (guint i = 0; i < 600; i++)
    {
      g_ptr_array_add (ids, g_strdup_printf ("01234567-0000-7000-8000-%012x", 0x1000 + i));
      crm_pull_fixture_row_of (writer, "conflict", ids->pdata[i], 11, TRUE, CITY);
    }
  crm_pull_result_free (crm_pull_fixture_finish (writer, "c20", 20));
  g_ptr_array_add (ids, NULL);

  g_assert_true (crm_replica_resolve_conflicts (fixture->replica,
                                                (const char *const *) ids->pdata,
                                                CRM_CONFLICT_MINE,
                                                NULL,
                                                NULL,
                                                &set,
                                                &error));
  g_assert_no_error (error);
  open = crm_replica_list_conflicts (fixture->replica, FALSE, &error);
  g_assert_cmpuint (open->len, ==, 0);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Goor");
  undo (fixture);
  g_clear_pointer (&open, g_ptr_array_unref);
  open = crm_replica_list_conflicts (fixture->replica, FALSE, &error);
  g_assert_cmpuint (open->len, ==, 600);
  crm_store_fixture_assert_value (fixture, PERSON, "city", "Ede");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD_WITH(path, data, func)                                                                 \
  g_test_add (path, Fixture, data, set_up, func, crm_store_fixture_tear_down)
#define ADD(path, func) ADD_WITH (path, NULL, func)
  ADD ("/store/conflict/sides", test_sides);
  ADD ("/store/conflict/field", test_field);
  ADD_WITH ("/store/conflict/changed-since", NULL, test_changed_since);
  ADD_WITH ("/store/conflict/leave", "Wierden", test_changed_since);
  ADD ("/store/conflict/several", test_several);
  ADD ("/store/conflict/value", test_value);
  ADD ("/store/conflict/why", test_why);
  ADD ("/store/conflict/refused", test_refused);
  ADD ("/store/conflict/restore", test_restore);
  ADD ("/store/conflict/restore-value", test_restore_value);
  ADD ("/store/conflict/let-it-go", test_let_it_go);
  ADD ("/store/conflict/lost", test_lost);
  ADD ("/store/conflict/gone-under-edit", test_gone_under_edit);
  ADD ("/store/conflict/late-delete", test_late_delete);
  ADD ("/store/conflict/late-delete-kept", test_late_delete_kept);
  ADD ("/store/conflict/number", test_number);
  ADD ("/store/conflict/number-twice", test_number_twice);
  ADD ("/store/conflict/double", test_double);
  ADD_WITH ("/store/conflict/strange-type",
            "type=vote@11;record=" PERSON "@11;record_kind=person@11;state=open@11",
            test_strange);
  ADD_WITH ("/store/conflict/strange-kind",
            "type=field@11;record=" PERSON "@11;record_kind=project@11;field=x@11;state=open@11",
            test_strange);
  ADD_WITH ("/store/conflict/strange-field",
            "type=field@11;record=" PERSON "@11;record_kind=person@11;field=shoe@11;state=open@11",
            test_strange);
  ADD_WITH ("/store/conflict/strange-empty", "state=open@11", test_strange);
  ADD ("/store/conflict/many", test_many);
#undef ADD
#undef ADD_WITH

  return g_test_run ();
}
