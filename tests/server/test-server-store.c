#include "crm-store-suite.h"

#include <glib/gstdio.h>
#include <string.h>

/* What every store must do, for each that there is: one line and three functions for the next. */

static CrmServerStore *
make_sqlite (char **url)
{
  g_autofree char *dir = g_dir_make_tmp ("crm-store-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  CrmServerStore *store;

  *url = g_strconcat ("sqlite:", dir, "/server.db", NULL);
  store = crm_server_store_open (*url, TRUE, &error);
  g_assert_no_error (error);

  return store;
}

static CrmServerStore *
open_sqlite (const char *url)
{
  g_autoptr (GError) error = NULL;
  CrmServerStore *store = crm_server_store_open (url, FALSE, &error);

  g_assert_no_error (error);

  return store;
}

static void
remove_sqlite (const char *url)
{
  const char *path = url + strlen ("sqlite:");
  g_autofree char *dir = g_path_get_dirname (path);

  g_unlink (path);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

int
main (int argc, char *argv[])
{
  static const CrmStoreMaker makers[] = {
    { "sqlite", make_sqlite, open_sqlite, remove_sqlite },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    crm_store_suite_add (&makers[i]);

  return g_test_run ();
}
