#include "crm-exchange-fixture.h"

#include <glib/gstdio.h>

void
crm_scratch_init (CrmScratch *self)
{
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("crm-exchange-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_assert_cmpint (g_unlink (child), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

void
crm_scratch_clear (CrmScratch *self)
{
  if (self->dir != NULL)
    remove_tree (self->dir);
  g_clear_pointer (&self->dir, g_free);
}

GFile *
crm_scratch_file (CrmScratch *self, const char *name)
{
  return g_file_new_build_filename (self->dir, name, NULL);
}

GFile *
crm_scratch_write (CrmScratch *self, const char *name, const char *text, gssize length)
{
  GFile *file = crm_scratch_file (self, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (g_file_peek_path (file), text, length, &error);
  g_assert_no_error (error);

  return file;
}

char *
crm_scratch_read (CrmScratch *self, const char *name)
{
  g_autoptr (GFile) file = crm_scratch_file (self, name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (g_file_peek_path (file), &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

gboolean
crm_scratch_exists (CrmScratch *self, const char *name)
{
  g_autoptr (GFile) file = crm_scratch_file (self, name);

  return g_file_query_exists (file, NULL);
}

void
crm_trade_set_up (CrmTrade *self, gconstpointer unused)
{
  g_autoptr (CrmKey) key = crm_key_new_random ();
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = NULL;

  crm_scratch_init (&self->scratch);
  dir = g_build_filename (self->scratch.dir, "replica", NULL);
  self->replica = crm_replica_create (dir, key, NULL, &error);
  g_assert_no_error (error);
}

void
crm_trade_tear_down (CrmTrade *self, gconstpointer unused)
{
  g_clear_object (&self->replica);
  crm_scratch_clear (&self->scratch);
}

CrmImportResult *
crm_trade_import (CrmTrade *self, const char *text, const char *kind, CrmImportFlags flags)
{
  g_autoptr (GFile) file = crm_scratch_write (&self->scratch, "import.csv", text, -1);
  CrmImportOptions options = { .kind = kind };
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  CrmImportResult *result;

  plan = crm_import_plan_new (crm_replica_get_model (self->replica), file, &options, NULL, &error);
  g_assert_no_error (error);
  result = crm_import_run (self->replica, plan, flags, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (result);

  return result;
}

void
crm_trade_assert_counts (const CrmImportResult *result,
                         guint n_new,
                         guint n_updated,
                         guint n_unchanged,
                         guint n_rejected)
{
  g_assert_cmpuint (result->n_new, ==, n_new);
  g_assert_cmpuint (result->n_updated, ==, n_updated);
  g_assert_cmpuint (result->n_unchanged, ==, n_unchanged);
  g_assert_cmpuint (result->n_rejected, ==, n_rejected);
  g_assert_cmpuint (result->n_rows, ==, n_new + n_updated + n_unchanged + n_rejected);
}

CrmRecord *
crm_trade_get (CrmTrade *self, const char *kinds, const char *where)
{
  g_autoptr (CrmQuery) query = crm_query_new (kinds);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  if (where != NULL)
    {
      CrmExpr *expr = crm_expr_parse (where, &error);

      g_assert_no_error (error);
      crm_query_set_where (query, expr);
      crm_expr_free (expr);
    }
  records = crm_replica_list (self->replica, query, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);

  return g_object_ref (records->pdata[0]);
}

gint64
crm_trade_count (CrmTrade *self, const char *kinds)
{
  g_autoptr (CrmQuery) query = crm_query_new (kinds);
  g_autoptr (GError) error = NULL;
  gint64 count = crm_replica_count (self->replica, query, NULL, &error);

  g_assert_no_error (error);

  return count;
}

char *
crm_trade_describe (CrmRecord *record)
{
  const CrmKind *kind = crm_record_get_kind (record);
  g_autoptr (GString) text = g_string_new (NULL);
  guint i;

  for (i = 0; i < crm_kind_get_n_fields (kind); i++)
    if (crm_record_get_at (record, i) != NULL)
      g_string_append_printf (text,
                              "%s%s=%s",
                              text->len > 0 ? "; " : "",
                              crm_kind_get_field (kind, i)->name,
                              crm_record_get_at (record, i));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
crm_trade_assert_described (CrmTrade *self,
                            const char *kinds,
                            const char *where,
                            const char *expected)
{
  g_autoptr (CrmRecord) record = crm_trade_get (self, kinds, where);
  g_autofree char *described = crm_trade_describe (record);

  g_assert_cmpstr (described, ==, expected);
}

guint
crm_trade_count_notes (const CrmImportResult *result, CrmImportNoteCode code)
{
  guint n = 0;
  guint i;

  for (i = 0; i < result->notes->len; i++)
    n += ((CrmImportNote *) result->notes->pdata[i])->code == code;

  return n;
}

static const char *
pick (GRand *rand, const char *const *list, guint n)
{
  return list[g_rand_int_range (rand, 0, n)];
}

#define PICK(list) pick (rand, list, G_N_ELEMENTS (list))

static void
append_dirty_row (GString *text, GRand *rand, guint number, guint person)
{
  static const char *const first[] = { "Jan",      "Zo\xC3\xAB",   "Fran\xC3\xA7ois",
                                       "Anna",     "Bj\xC3\xB6rn", "Wei",
                                       "Dirk-Jan", "Marie Louise" };
  static const char *const prefixes[] = { "", "", "de", "van der", "'t", "op den" };
  static const char *const last[] = { "Vries", "Jong",        "Bakker-Smit",
                                      "IJzer", "\xC3\x96zil", "Brink" };
  static const char *const forms[] = { "", "De heer", "Mevrouw", "Dhr.", "Mw." };
  static const char *const streets[] = {
    "Kerkstraat 12 bis", "Dorpsweg 3", "Plein 1945 7a", "Laan 9-2", "Postbus 12"
  };
  static const char *const notes[] = {
    "", "belt nooit", "\"zegt: \"\"ja\"\"; of nee\"", "\"regel 1\nregel 2\"", "=1+1", "50% korting"
  };
  g_autoptr (GRand) who = g_rand_new_with_seed (person * 7919 + 11);
  const char *given = pick (who, first, G_N_ELEMENTS (first));
  const char *prefix = pick (who, prefixes, G_N_ELEMENTS (prefixes));
  const char *surname = pick (who, last, G_N_ELEMENTS (last));
  gboolean turned = *prefix != '\0' && g_rand_boolean (rand);
  g_autofree char *turned_surname = g_strdup_printf ("%s, %s", surname, prefix);
  g_autofree char *email = g_strdup_printf (g_rand_int_range (rand, 0, 4) == 0 ? "INFO@x%u.example"
                                                                               : "p%u@x.example",
                                            person);

  g_string_append_printf (text,
                          "R%05u;%s;%s;%s;%s;%s;%s;%u %s;%s;%s%s;%s;%s;%02d-%02d-20%02d;%s\r\n",
                          number,
                          g_rand_boolean (rand) ? ""
                          : person % 3 == 0     ? "Bakker & Zn."
                                                : "Firma O\xC3\xA9",
                          PICK (forms),
                          given,
                          turned ? "" : prefix,
                          turned ? turned_surname : surname,
                          PICK (streets),
                          1011 + person % 8000,
                          g_rand_boolean (rand) ? "ab" : "AB",
                          g_rand_boolean (rand) ? "EDE" : "Ede",
                          g_rand_boolean (rand) ? " " : "",
                          email,
                          g_rand_boolean (rand) ? "06-12345678" : "geen",
                          g_rand_boolean (rand) ? "\"vip;klant\"" : "beurs",
                          g_rand_int_range (rand, 1, 29),
                          g_rand_int_range (rand, 1, 13),
                          g_rand_int_range (rand, 10, 27),
                          PICK (notes));
}

char *
crm_trade_make_dirty (guint32 seed, guint n, gsize *length)
{
  g_autoptr (GString)
      text = g_string_new ("Relatiecode;Bedrijfsnaam;Aanhef;Voornaam;Tussenvoegsel;Achternaam;"
                           "Adres;Postcode;Plaats;"
                           "E-mailadres;Telefoon;Kenmerken;Laatste activiteit;Opmerking\r\n");
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  char *encoded;
  guint i;

  for (i = 0; i < n; i++)
    append_dirty_row (text,
                      rand,
                      i,
                      g_rand_int_range (rand, 0, 5) == 0 ? (guint) g_rand_int_range (rand, 0, i + 1)
                                                         : i);
  encoded = g_convert (text->str, text->len, "WINDOWS-1252", "UTF-8", NULL, length, NULL);
  g_assert_nonnull (encoded);

  return encoded;
}
