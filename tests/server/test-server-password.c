#include "server/crm-server-password.h"

#include "server/crm-server-error.h"

#include <glib/gstdio.h>
#include <time.h>

static void
test_verify (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = crm_server_password_hash ("correct horse", &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hash, "$argon2id$"));
  g_assert_true (crm_server_password_verify (hash, "correct horse"));
  g_assert_false (crm_server_password_verify (hash, "correct hors"));
  g_assert_false (crm_server_password_verify (hash, ""));
  /* No such user: as slow, and never right. */
  g_assert_false (crm_server_password_verify (NULL, "correct horse"));
}

/* Of this thread, in ns. */
static gint64
measure (const char *hash, const char *password)
{
  struct timespec begin, end;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &begin);
  g_assert_false (crm_server_password_verify (hash, password));
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &end);

  return (gint64) (end.tv_sec - begin.tv_sec) * 1000000000 + end.tv_nsec - begin.tv_nsec;
}

/* A name that nobody has costs what a wrong password costs, also the first time. */
static void
test_nobody (void)
{
  g_autofree char *hash = crm_server_password_hash ("correct horse", NULL);
  gint64 nobody = 0;
  gint64 somebody = 0;

  for (guint i = 0; i < 3; i++)
    {
      nobody += measure (NULL, "wrong horse");
      somebody += measure (hash, "wrong horse");
    }
  g_test_message ("%" G_GINT64_FORMAT " against %" G_GINT64_FORMAT " ns", nobody, somebody);
  g_assert_cmpint (nobody, >, somebody / 2);
  g_assert_cmpint (nobody, <, 2 * somebody);
  /* Most of it is the memory that it goes through. */
  g_assert_cmpint (nobody, >, 3000000);
}

static void
test_length (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *eight = NULL;

  g_assert_null (crm_server_password_hash ("1234567", &error));
  g_assert_error (error, CRM_SERVER_ERROR, CRM_SERVER_ERROR_INVALID);
  g_clear_error (&error);
  /* Seven characters of two bytes. */
  g_assert_null (crm_server_password_hash ("ééééééé", &error));
  g_assert_error (error, CRM_SERVER_ERROR, CRM_SERVER_ERROR_INVALID);
  g_clear_error (&error);
  eight = crm_server_password_hash ("12345678", &error);
  g_assert_no_error (error);
  g_assert_nonnull (eight);
}

static void
test_read (void)
{
  g_autofree char *path = NULL;
  g_autofree char *password = NULL;
  g_autoptr (GError) error = NULL;
  const int fd = g_file_open_tmp ("crm-password-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, " a b \r\nsecond\n", -1, NULL));
  password = crm_server_password_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (password, ==, " a b ");

  g_assert_true (g_file_set_contents (path, "a\0b", 3, NULL));
  g_assert_null (crm_server_password_read (path, &error));
  g_assert_error (error, CRM_SERVER_ERROR, CRM_SERVER_ERROR_INVALID);
  g_unlink (path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/password/verify", test_verify);
  g_test_add_func ("/server/password/nobody", test_nobody);
  g_test_add_func ("/server/password/length", test_length);
  g_test_add_func ("/server/password/read", test_read);

  return g_test_run ();
}
