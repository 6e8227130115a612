#pragma once

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

/* Stops with the row when @got is not @expected. */
static inline void
crm_cases_assert (const char *const *row, const char *what, const char *got, const char *expected)
{
  g_autofree char *line = NULL;

  if (g_strcmp0 (got, expected) == 0)
    return;
  line = g_strjoinv (";", (char **) row);
  g_error ("“%s”: %s is “%s”, not “%s”",
           line,
           what,
           got != NULL ? got : "(null)",
           expected != NULL ? expected : "(null)");
}
