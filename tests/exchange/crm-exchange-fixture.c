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
