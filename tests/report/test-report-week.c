#include "report/crm-report-week.h"

#include "store/log/crm-change-log.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

typedef struct
{
  char *dir;
  CrmReplica *replica;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (GError) error = NULL;
  g_autofree char *replica = NULL;

  g_setenv ("CRM_NOW", "2024-03-20T12:00:00Z", TRUE);
  fixture->dir = g_dir_make_tmp ("crm-report-XXXXXX", &error);
  replica = g_build_filename (fixture->dir, "replica", NULL);
  fixture->replica = crm_replica_create (replica, key, NULL, &error);
  g_assert_no_error (error);
}

static void
remove_folder (GFile *folder)
{
  g_autoptr (GFileEnumerator)
      files = g_file_enumerate_children (folder,
                                         "",
                                         G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                         NULL,
                                         NULL);
  GFile *child = NULL;

  while (files != NULL && g_file_enumerator_iterate (files, NULL, &child, NULL, NULL) &&
         child != NULL)
    remove_folder (child);
  g_file_delete (folder, NULL, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->dir);

  g_assert_finalize_object (fixture->replica);
  remove_folder (folder);
  g_free (fixture->dir);
}

static char *
put (Fixture *fixture, const char *kind, const char *const *values)
{
  CrmModel *model = crm_replica_get_model (fixture->replica);
  g_autoptr (CrmRecord) record = crm_record_new (crm_model_find_kind (model, kind), NULL);
  g_autoptr (CrmChangeSet) set = crm_change_set_new ("test");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; values[i] != NULL; i += 2)
    crm_record_set (record, values[i], values[i + 1]);
  crm_change_set_put (set, record);
  g_assert_true (crm_replica_apply (fixture->replica, set, NULL, &error));
  g_assert_no_error (error);
  return g_strdup (crm_record_get_id (record));
}

static void
add (Fixture *fixture,
     const char *type,
     const char *done,
     const char *due,
     const char *owner,
     const char *relation)
{
  const char *values[] = { "type", type,    "subject", "Iets",     "done",   done, "due",
                           due,    "owner", owner,     "relation", relation, NULL };
  g_autofree char *id = put (fixture, "activity", values);
}

static void
assert_figure (const CrmReport *report, const char *name, gint64 value, gint64 before)
{
  const CrmReportFigure *figure = crm_report_find_figure (report, name);

  g_assert_nonnull (figure);
  g_test_message ("%s", name);
  g_assert_cmpint (figure->value, ==, value);
  g_assert_cmpint (figure->before, ==, before);
}

static CrmReport *
make (Fixture *fixture, const char *from, const char *to, const char *user)
{
  g_autoptr (GError) error = NULL;
  CrmReport *report = crm_report_week_new (fixture->replica, from, to, user, NULL, &error);

  g_assert_no_error (error);
  return report;
}

/* Seven days up to today, by the local calendar: Amsterdam is an hour ahead. */
static void
test_period (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmReport) report = NULL;
  const CrmReportPoint *point;

  add (fixture, "call", "2024-03-20T11:00:00Z", NULL, NULL, NULL);
  add (fixture, "call", "2024-03-13T23:30:00Z", NULL, NULL, NULL); /* the 14th here */
  add (fixture, "call", "2024-03-13T22:30:00Z", NULL, NULL, NULL); /* still the 13th */
  add (fixture, "visit", "2024-03-06T23:30:00Z", NULL, NULL, NULL);
  add (fixture, "visit", "2024-03-06T22:30:00Z", NULL, NULL, NULL); /* too early */
  add (fixture, "letter", "2024-03-15T10:00:00Z", NULL, NULL, NULL);
  add (fixture, "note", "2024-03-15T10:00:00Z", NULL, NULL, NULL);
  add (fixture, "task", NULL, "2024-03-15T10:00:00Z", NULL, NULL);

  report = make (fixture, NULL, NULL, NULL);
  g_assert_cmpstr (report->from, ==, "2024-03-14");
  g_assert_cmpstr (report->to, ==, "2024-03-20");
  assert_figure (report, "calls", 2, 1);
  assert_figure (report, "visits", 0, 1);
  assert_figure (report, "letters", 1, 0);
  assert_figure (report, "tasks", 0, 0);

  g_assert_cmpuint (report->points->len, ==, 7);
  point = g_ptr_array_index (report->points, 0);
  g_assert_cmpstr (point->date, ==, "2024-03-14");
  g_assert_cmpint (point->value, ==, 1);
  g_assert_cmpint (point->before, ==, 1);
  point = g_ptr_array_index (report->points, 6);
  g_assert_cmpint (point->value, ==, 1);
  g_assert_cmpint (point->before, ==, 1);
}

static void
test_user (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmReport) everybody = NULL;
  g_autoptr (CrmReport) mine = NULL;
  g_autoptr (CrmReport) hers = NULL;
  g_autoptr (GError) error = NULL;

  add (fixture, "call", "2024-03-20T11:00:00Z", NULL, "Anna", NULL);
  add (fixture, "call", "2024-03-20T11:00:00Z", NULL, "Bob", NULL);
  add (fixture, "call", "2024-03-20T11:00:00Z", NULL, NULL, NULL);

  everybody = make (fixture, NULL, NULL, NULL);
  assert_figure (everybody, "calls", 3, 0);
  g_assert_true (crm_replica_set_setting (fixture->replica, "user", "bob", &error));
  mine = make (fixture, NULL, NULL, NULL);
  assert_figure (mine, "calls", 2, 0);
  g_assert_cmpstr (mine->user, ==, "bob");
  hers = make (fixture, NULL, NULL, "ANNA");
  assert_figure (hers, "calls", 1, 0);
}

static void
test_tables (Fixture *fixture, gconstpointer unused)
{
  static const char *const person[] = { "given_name", "Jan", "surname", "Smit", NULL };
  g_autofree char *jan = put (fixture, "person", person);
  g_autoptr (CrmReport) report = NULL;
  const CrmReportTable *next, *done, *made;
  const CrmReportRow *row;

  add (fixture, "task", NULL, "2024-03-25T10:00:00Z", NULL, jan);
  add (fixture, "task", NULL, "2024-03-22T10:00:00Z", NULL, NULL);
  add (fixture, "call", NULL, "2024-03-01T09:00:00Z", NULL, jan);
  add (fixture, "call", "2024-03-19T09:00:00Z", "2024-03-19T08:00:00Z", NULL, jan);
  add (fixture, "visit", "2024-03-20T09:00:00Z", NULL, NULL, jan);

  report = make (fixture, NULL, NULL, NULL);
  next = crm_report_find_table (report, "next");
  g_assert_cmpuint (next->rows->len, ==, 3);
  row = g_ptr_array_index (next->rows, 0);
  g_assert_cmpstr (row->cells[0], ==, "2024-03-01 10:00");
  g_assert_cmpstr (row->cells[3], ==, "Jan Smit");
  g_assert_cmpstr (row->id, ==, jan);

  done = crm_report_find_table (report, "done");
  g_assert_cmpuint (done->rows->len, ==, 2);
  row = g_ptr_array_index (done->rows, 0);
  g_assert_cmpstr (row->cells[1], ==, "Visit");

  made = crm_report_find_table (report, "new");
  g_assert_cmpuint (made->rows->len, ==, 1);
  assert_figure (report, "new_relations", 1, 0);
}

static void
test_bad_period (Fixture *fixture, gconstpointer unused)
{
  static const char *const periods[][2] = {
    { "2024-02-30", NULL },         { NULL, "gisteren" },  { "2024-03-05", "2024-03-04" },
    { "1900-01-01", "2024-03-04" }, { "2024-3-5x", NULL }, { "", NULL }
  };
  g_autoptr (CrmReport) from = make (fixture, "2024-03-04", NULL, NULL);
  g_autoptr (CrmReport) to = make (fixture, NULL, "2024-03-10", NULL);

  g_assert_cmpstr (from->to, ==, "2024-03-10");
  g_assert_cmpstr (to->from, ==, "2024-03-04");

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (crm_report_week_new (fixture->replica,
                                          periods[i][0],
                                          periods[i][1],
                                          NULL,
                                          NULL,
                                          &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/report/report-week/period", test_period);
  ADD ("/report/report-week/user", test_user);
  ADD ("/report/report-week/tables", test_tables);
  ADD ("/report/report-week/bad-period", test_bad_period);
#undef ADD

  return g_test_run ();
}
