#pragma once

#include "model/crm-record.h"

#include <glib.h>

/* The rows of tests/data/model/@name: cells split on ";", lines that are empty or start with "#"
 * left out, each row with exactly @n_cells. (transfer full) (element-type GStrv) */
static inline GPtrArray *
crm_cases_load (const char *name, guint n_cells)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "model", name, NULL);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      g_ptr_array_add (rows, g_strsplit (lines[i], ";", -1));
      if (g_strv_length (rows->pdata[rows->len - 1]) != n_cells)
        g_error ("%s, line %u has %u cells, not %u",
                 name,
                 i + 1,
                 g_strv_length (rows->pdata[rows->len - 1]),
                 n_cells);
    }
  g_assert_cmpuint (rows->len, >, 0);

  return rows;
}

/* An empty cell is NULL. */
static inline const char *
crm_cases_get (const char *cell)
{
  return cell[0] != '\0' ? cell : NULL;
}

/* Fails with the row, and goes on, when @got is not @expected. */
static inline void
crm_cases_assert (const char *const *row, const char *what, const char *got, const char *expected)
{
  g_autofree char *line = NULL;

  if (g_strcmp0 (got, expected) == 0)
    return;
  line = g_strjoinv (";", (char **) row);
  g_test_fail_printf ("“%s”: %s is “%s”, not “%s”",
                      line,
                      what,
                      got != NULL ? got : "(null)",
                      expected != NULL ? expected : "(null)");
}

/* A person and an organisation from "FIELD=VALUE|o.FIELD=VALUE"; either is NULL when nothing is
 * given. */
static inline void
crm_cases_make_records (const char *text, CrmRecord **person, CrmRecord **organisation)
{
  CrmModel *model = crm_model_get_default ();
  g_auto (GStrv) pairs = g_strsplit (text, "|", -1);

  *person = *organisation = NULL;
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      const gboolean other = g_str_has_prefix (pairs[i], "o.");
      CrmRecord **record = other ? organisation : person;
      g_auto (GStrv) pair = g_strsplit (pairs[i] + (other ? 2 : 0), "=", 2);

      if (*record == NULL)
        *record = crm_record_new (crm_model_find_kind (model, other ? "organisation" : "person"),
                                  NULL);
      crm_record_set (*record, pair[0], pair[1]);
    }
}
