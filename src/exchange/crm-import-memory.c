#include "exchange/crm-import-memory.h"

#include <string.h>

struct _CrmImportMemory
{
  CrmReplica *replica;
  const CrmImportPlan *plan;
  GChecksum *checksum;
  gboolean any_before;
  /* (element-type CrmOrigin): rows of this file that are not in the replica yet, by print. */
  GHashTable *kept;

  /* The row at hand. */
  gint64 print;
  const char *record;
  const char *employer;
  /* As read from the replica. */
  char *stored_record;
  char *stored_employer;
};

CrmImportMemory *
crm_import_memory_new (CrmReplica *replica, const CrmImportPlan *plan)
{
  CrmImportMemory *self = g_new0 (CrmImportMemory, 1);

  self->replica = g_object_ref (replica);
  self->plan = plan;
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->any_before = crm_replica_has_origins (replica);
  self->kept = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  return self;
}

void
crm_import_memory_free (CrmImportMemory *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->replica);
  g_checksum_free (self->checksum);
  g_hash_table_unref (self->kept);
  g_free (self->stored_record);
  g_free (self->stored_employer);
  g_free (self);
}

static void
add_part (GChecksum *checksum, const char *text)
{
  g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text) + 1);
}

/* Of what is imported, under the names that it is imported by; a column more does not matter. */
static gint64
make_print (CrmImportMemory *self, const CrmCsvRow *row)
{
  guint8 digest[32];
  gsize size = sizeof digest;
  gint64 print;

  g_checksum_reset (self->checksum);
  add_part (self->checksum, self->plan->kind);
  for (guint i = 0; i < MIN (row->n_cells, self->plan->columns->len); i++)
    {
      const CrmImportTarget *target = &crm_import_plan_get_column (self->plan, i)->target;
      const char role[] = { 'a' + (char) target->role, '\0' };

      if (target->role == CRM_TARGET_NONE || row->cells[i][0] == '\0')
        continue;
      add_part (self->checksum, role);
      add_part (self->checksum, target->field != NULL ? target->field : "");
      add_part (self->checksum, row->cells[i]);
    }
  g_checksum_get_digest (self->checksum, digest, &size);
  memcpy (&print, digest, sizeof print);

  return GINT64_FROM_LE (print);
}

void
crm_import_memory_look (CrmImportMemory *self, const CrmCsvRow *row)
{
  const CrmOrigin *origin;

  g_return_if_fail (self != NULL && row != NULL);

  g_clear_pointer (&self->stored_record, g_free);
  g_clear_pointer (&self->stored_employer, g_free);
  self->print = make_print (self, row);
  origin = g_hash_table_lookup (self->kept, &self->print);
  if (origin == NULL && self->any_before)
    crm_replica_find_origin (self->replica,
                             self->print,
                             &self->stored_record,
                             &self->stored_employer);
  self->record = origin != NULL ? origin->record : self->stored_record;
  self->employer = origin != NULL ? origin->employer : self->stored_employer;
}

const char *
crm_import_memory_get_record (const CrmImportMemory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->record;
}

const char *
crm_import_memory_get_employer (const CrmImportMemory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->employer;
}

void
crm_import_memory_keep (CrmImportMemory *self, const char *record, const char *employer)
{
  CrmOrigin *origin;

  g_return_if_fail (self != NULL && record != NULL);

  /* A row that only repeats another says nothing of the employer. */
  if (g_strcmp0 (self->record, record) == 0 &&
      (employer == NULL || g_strcmp0 (self->employer, employer) == 0))
    return;

  origin = g_new (CrmOrigin, 1);
  *origin = (CrmOrigin) { self->print, record, employer };
  g_hash_table_replace (self->kept, &origin->print, origin);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const CrmOrigin *one = a;
  const CrmOrigin *other = b;

  return one->print < other->print ? -1 : one->print > other->print;
}

gboolean
crm_import_memory_save (CrmImportMemory *self, CrmAction *action, GError **error)
{
  g_autoptr (GArray) origins = NULL;
  GHashTableIter iter;
  gpointer origin;

  g_return_val_if_fail (self != NULL && action != NULL, FALSE);

  origins = g_array_sized_new (FALSE, FALSE, sizeof (CrmOrigin), g_hash_table_size (self->kept));
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, NULL, &origin))
    g_array_append_vals (origins, origin, 1);
  g_array_sort (origins, compare);

  return crm_action_keep_origins (action, origins, error);
}
