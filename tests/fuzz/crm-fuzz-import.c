/*
 * The reader of tables and the import, fed with any bytes. With clang: -fsanitize=fuzzer,address on
 * this file and the libraries below ui. Without it crm-fuzz-replay.c gives it the corpus and
 * mutations of it.
 *
 * The first byte chooses the settings, the rest is the file.
 */

#include "crm-fuzz-import.h"

#include "exchange/crm-import.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* One replica for all inputs: what one left is what the next one meets. */
static CrmReplica *replica;

static CrmReplica *
get_replica (void)
{
  g_autoptr (CrmKey) key = NULL;
  g_autofree char *dir = NULL;
  g_autofree char *path = NULL;

  if (replica != NULL)
    return replica;

  key = crm_key_new_random ();
  dir = g_dir_make_tmp ("crm-fuzz-XXXXXX", NULL);
  path = g_build_filename (dir, "replica", NULL);
  replica = crm_replica_create (path, key, NULL, NULL);
  g_assert_nonnull (replica);

  return replica;
}

static CrmCsvFormat
choose_format (guint8 byte)
{
  static const char separators[] = { 0, ';', ',', '\t' };
  const CrmCsvFormat format = {
    .encoding = byte & 7,
    .separator = separators[byte >> 3 & 3],
    .quote = byte & 32 ? '\'' : 0,
  };

  return format.encoding > CRM_ENCODING_UTF16BE ? (CrmCsvFormat) { 0 } : format;
}

static void
import (GFile *file, guint8 byte)
{
  const CrmImportOptions options = { .kind = byte & 64    ? "person"
                                             : byte & 128 ? "activity"
                                                          : NULL,
                                     .format = choose_format (byte) };
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportResult) dry = NULL;
  g_autoptr (CrmImportResult) real = NULL;
  g_autoptr (CrmImportResult) again = NULL;
  g_autoptr (GError) error = NULL;

  plan = crm_import_plan_new (crm_replica_get_model (get_replica ()), file, &options, NULL, &error);
  g_assert ((plan == NULL) == (error != NULL));
  if (plan == NULL)
    return;

  dry = crm_import_run (replica, plan, CRM_IMPORT_DRY_RUN, NULL, NULL, &error);
  g_assert ((dry == NULL) == (error != NULL));
  if (dry == NULL)
    return;
  g_assert_cmpuint (dry->n_rows,
                    ==,
                    dry->n_new + dry->n_updated + dry->n_unchanged + dry->n_rejected);

  real = crm_import_run (replica, plan, CRM_IMPORT_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (real->n_new, ==, dry->n_new);
  g_assert_cmpuint (real->n_updated, ==, dry->n_updated);
  g_assert_cmpuint (real->n_rejected, ==, dry->n_rejected);
  if (real->rejected_file != NULL)
    g_unlink (real->rejected_file);

  again = crm_import_run (replica, plan, CRM_IMPORT_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n_new, ==, 0);
  g_assert_cmpuint (again->n_updated, ==, 0);
  if (again->rejected_file != NULL)
    g_unlink (again->rejected_file);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *dir = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  if (size < 2)
    return 0;

  dir = g_dir_make_tmp ("crm-fuzz-XXXXXX", NULL);
  path = g_build_filename (dir, "input.csv", NULL);
  g_assert_true (g_file_set_contents (path, (const char *) data + 1, size - 1, NULL));
  file = g_file_new_for_path (path);
  import (file, data[0]);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);

  return 0;
}

char *
crm_fuzz_import_close (void)
{
  g_autofree char *dir = replica != NULL ? g_path_get_dirname (crm_replica_get_dir (replica))
                                         : NULL;

  g_clear_object (&replica);

  return g_steal_pointer (&dir);
}
