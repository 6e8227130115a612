#include "base/crm-file-error.h"

#include <errno.h>
#include <string.h>

static void
test_set (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_file_error_set (&error, "a.pdf", ENOSPC));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_nonnull (strstr (error->message, "“a.pdf”"));
  g_assert_nonnull (strstr (error->message, "make room"));
  g_clear_error (&error);

  crm_file_error_set (&error, "a.pdf", EROFS);
  g_assert_nonnull (strstr (error->message, "where you may write"));
  g_clear_error (&error);

  crm_file_error_set (&error, "a.pdf", EIO);
  g_assert_true (g_str_has_suffix (error->message, g_strerror (EIO)));
}

static void
check_blame (GQuark domain, int code, const char *message, const char *expected)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, message);

  g_assert_false (crm_file_error_blame (&error, "a.csv", ".a.csv.part"));
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_blame (void)
{
  check_blame (G_IO_ERROR, G_IO_ERROR_FAILED, "“.a.csv.part”: no", "“a.csv”: no");
  check_blame (G_IO_ERROR, G_IO_ERROR_FAILED, "no", "a.csv: no");
  check_blame (G_IO_ERROR,
               G_IO_ERROR_NO_SPACE,
               "full",
               "a.csv: full; make room on the disk and try again");
  check_blame (G_FILE_ERROR,
               G_FILE_ERROR_ACCES,
               "a.csv: no",
               "a.csv: no; choose a place where you may write");
  check_blame (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped", "stopped");
  g_assert_false (crm_file_error_blame (NULL, "a", "b"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/file-error/set", test_set);
  g_test_add_func ("/base/file-error/blame", test_blame);

  return g_test_run ();
}
