/*
 * What pulled pages cost the replica, against SQLCipher alone: a first load, which is the same rows
 * in the same tables with the same indexes, and changed rows of a catch-up.
 */
#include "bench-bare.h"

#include "store/sync/crm-sync-store.h"

#define RELATIONS 100000
#define PAGE      5000
#define CHANGED   10000
#define SCOPE     G_GINT64_CONSTANT (1)

/* Records of a replica, as pages would bring them. */
typedef struct
{
  CrmReplica *replica;
  GPtrArray *records; /* (element-type CrmRecord) */
} Pull;

static gboolean
add_cb (CrmRecord *record, gpointer data)
{
  g_ptr_array_add (data, g_object_ref (record));

  return TRUE;
}

static GPtrArray *
list_records (CrmReplica *replica)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  GError *error = NULL;

  crm_replica_each (replica, query, 0, add_cb, records, NULL, &error);
  bench_check (error);

  return records;
}

static void
put_record (CrmPullWriter *writer, CrmRecord *record, gint64 seq)
{
  const CrmKind *kind = crm_record_get_kind (record);
  const guint n_fields = crm_kind_get_n_fields (kind);
  g_autofree CrmPulledField *fields = g_new0 (CrmPulledField, n_fields);
  const gint64 scope = SCOPE;
  CrmPulledRow row = { .kind = crm_kind_get_name (kind),
                       .id = crm_record_get_id (record),
                       .row_seq = seq,
                       .full = TRUE,
                       .scopes = &scope,
                       .n_scopes = 1,
                       .fields = fields };
  GError *error = NULL;

  for (guint i = 0; i < n_fields; i++)
    if (crm_record_get_at (record, i) != NULL)
      fields[row.n_fields++] = (CrmPulledField) { crm_kind_get_field (kind, i)->name,
                                                  crm_record_get_at (record, i),
                                                  seq };
  crm_pull_writer_put_row (writer, &row, &error);
  bench_check (error);
}

static void
put_page (Pull *self, guint first, guint end)
{
  GError *error = NULL;
  g_autoptr (CrmPullWriter) writer = crm_pull_writer_begin (self->replica, &error);
  CrmRecord *last = g_ptr_array_index (self->records, end - 1);

  bench_check (error);
  crm_pull_writer_set_boot (writer, SCOPE, 2, crm_record_get_id (last), &error);
  bench_check (error);
  for (guint i = first; i < end; i++)
    put_record (writer, g_ptr_array_index (self->records, i), 1);
  crm_pull_result_free (crm_pull_writer_finish (writer, NULL, 0, &error));
  bench_check (error);
}

static void
boot (gpointer data)
{
  Pull *self = data;
  GError *error = NULL;

  crm_sync_store_begin_boot (self->replica, SCOPE, &error);
  bench_check (error);
  for (guint i = 0; i < self->records->len; i += PAGE)
    put_page (self, i, MIN (i + PAGE, self->records->len));
  crm_sync_store_finish_boot (self->replica, NULL, &error);
  bench_check (error);
}

/* A note in each: pages of 2,000 rows. */
static void
change (gpointer data)
{
  Pull *self = data;
  const CrmPulledField field = { "note", "Belde over de offerte", 3 };
  GError *error = NULL;

  for (guint i = 0; i < CHANGED;)
    {
      g_autoptr (CrmPullWriter) writer = crm_pull_writer_begin (self->replica, &error);

      bench_check (error);
      for (guint k = 0; k < 2000; k++, i++)
        {
          CrmRecord *record = g_ptr_array_index (self->records, i % self->records->len);
          const CrmPulledRow row = { .kind = crm_kind_get_name (crm_record_get_kind (record)),
                                     .id = crm_record_get_id (record),
                                     .row_seq = 1,
                                     .fields = &field,
                                     .n_fields = 1 };

          crm_pull_writer_put_row (writer, &row, &error);
          bench_check (error);
        }
      crm_pull_result_free (crm_pull_writer_finish (writer, "c", 3, &error));
      bench_check (error);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (BenchWorld) source = bench_world_new (bench_get_n_relations (RELATIONS));
  g_autoptr (BenchWorld) world = bench_world_new (0);
  g_autoptr (GPtrArray) records = list_records (source->replica);
  g_autoptr (BenchBare) bare = NULL;
  Pull self = { world->replica, records };
  g_autofree char *work = g_strdup_printf ("first load of %u relations / bare insert",
                                           records->len);
  const double load = bench_time (boot, &self);

  bare = bench_bare_new (world);
  bench_report_gate (work, load, bench_time (bench_bare_fill, bare), 3, "ms");
  bench_report_goal ("apply 10,000 changed rows", bench_time (change, &self), 2000, "ms");

  return bench_finish ();
}
