#include "crm-pull-fixture.h"

#include "store/crm-backup.h"
#include "store/crm-replica-private.h"

#include <stdlib.h>
#include <string.h>

CrmPullWriter *
crm_pull_fixture_begin (CrmStoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CrmPullWriter *writer = crm_pull_writer_begin (fixture->replica, &error);

  g_assert_no_error (error);

  return writer;
}

static void
put_row (CrmPullWriter *writer,
         const char *kind,
         const char *id,
         gint64 row_seq,
         gboolean full,
         GArray *fields)
{
  static const gint64 scopes[] = { 1 };
  const CrmPulledRow row = { .kind = kind,
                             .id = id,
                             .row_seq = row_seq,
                             .full = full,
                             .scopes = scopes,
                             .n_scopes = 1,
                             .fields = (const CrmPulledField *) (gpointer) fields->data,
                             .n_fields = fields->len };
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_pull_writer_put_row (writer, &row, &error));
  g_assert_no_error (error);
}

void
crm_pull_fixture_row (CrmPullWriter *writer,
                      const char *id,
                      gint64 row_seq,
                      gboolean full,
                      const char *spec)
{
  crm_pull_fixture_row_of (writer, "person", id, row_seq, full, spec);
}

void
crm_pull_fixture_row_of (CrmPullWriter *writer,
                         const char *kind,
                         const char *id,
                         gint64 row_seq,
                         gboolean full,
                         const char *spec)
{
  g_auto (GStrv) parts = g_strsplit_set (spec, ";", -1);
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (CrmPulledField));

  for (char **part = parts; *part != NULL; part++)
    {
      char *value = strchr (*part, '=');
      char *seq = strrchr (*part, '@');
      CrmPulledField field = { *part, value + 1, 0 };

      *value = '\0';
      *seq = '\0';
      field.seq = atoi (seq + 1);
      g_array_append_val (fields, field);
    }
  put_row (writer, kind, id, row_seq, full, fields);
}

void
crm_pull_fixture_gone (CrmPullWriter *writer, const char *id, gint64 seq)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_pull_writer_remove_row (writer, "person", id, seq, &error));
  g_assert_no_error (error);
}

void
crm_pull_fixture_set (CrmPullWriter *writer, gint64 seq, const char *user, const char *why)
{
  g_autofree char *id = g_strdup_printf ("set-%" G_GINT64_FORMAT, seq);
  const CrmPulledSet set = { .seq = seq,
                             .id = id,
                             .user = user,
                             .device = "vaste computer",
                             .at = "2026-03-01T08:00:00Z",
                             .action = "person.edit",
                             .why = why };
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_pull_writer_add_set (writer, &set, &error));
  g_assert_no_error (error);
}

void
crm_pull_fixture_result (CrmPullWriter *writer, gint64 n, const char *status)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_pull_writer_add_result (writer, n, status, "stale", NULL, &error));
  g_assert_no_error (error);
}

void
crm_pull_fixture_ack (CrmStoreFixture *fixture, CrmPullWriter *writer, gint64 n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
      sets = crm_sync_store_list_sets (fixture->replica, n - 1, 1, G_MAXSIZE, &error);
  const CrmSyncSet *set;
  gboolean forked = TRUE;

  g_assert_no_error (error);
  g_assert_cmpuint (sets->len, ==, 1);
  set = g_ptr_array_index (sets, 0);
  g_assert_cmpint (set->n, ==, n);
  g_assert_true (crm_pull_writer_ack (writer, n, set->digest, &forked, &error));
  g_assert_no_error (error);
  g_assert_false (forked);
}

CrmPullResult *
crm_pull_fixture_finish (CrmPullWriter *writer, const char *cursor, gint64 seq)
{
  g_autoptr (GError) error = NULL;
  CrmPullResult *result = crm_pull_writer_finish (writer, cursor, seq, &error);

  g_assert_no_error (error);
  crm_pull_writer_free (writer);

  return result;
}

guint
crm_pull_fixture_count_problems (CrmStoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = crm_replica_check (fixture->replica, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));

  return problems->len;
}

void
crm_pull_fixture_check (CrmStoreFixture *fixture)
{
  g_assert_cmpuint (crm_pull_fixture_count_problems (fixture), ==, 0);
}

gint64
crm_pull_fixture_count (CrmStoreFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (crm_db_query_int64 (crm_replica_get_db (fixture->replica), sql, &n, &error));
  g_assert_no_error (error);

  return n;
}
