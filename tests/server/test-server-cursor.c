#include "server/crm-server-cursor.h"

#include "wire/crm-wire-error.h"

#include <string.h>

#define EPOCH "01900000-0000-7000-8000-000000000001"
#define ID    "01900000-0000-7000-8000-000000000002"

static void
test_round (void)
{
  CrmServerHead head = { .epoch = (char *) EPOCH, .seq = 90211 };
  CrmServerUser user = { .rights = 3 };
  g_autoptr (CrmServerCursor) cursor = NULL;
  g_autoptr (CrmServerCursor) read = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  memset (head.h, 0xa5, sizeof head.h);
  cursor = crm_server_cursor_new (&head, &user);
  cursor->whole = 12;
  g_set_str (&cursor->kind, "person");
  g_set_str (&cursor->id, ID);
  text = crm_server_cursor_format (cursor);
  read = crm_server_cursor_parse (text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->epoch, ==, EPOCH);
  g_assert_cmpint (read->seq, ==, 90211);
  g_assert_cmpint (read->whole, ==, 12);
  g_assert_cmpstr (read->kind, ==, "person");
  g_assert_cmpstr (read->id, ==, ID);
  g_assert_cmpint (read->rights, ==, 3);
  g_assert_cmpmem (read->h, sizeof read->h, head.h, sizeof read->h);
  again = crm_server_cursor_format (read);
  g_assert_cmpstr (again, ==, text);
}

/* Whatever is sent in its place is refused, and nothing is read beyond it. */
static void
test_broken (void)
{
  CrmServerHead head = { .epoch = (char *) EPOCH, .seq = 5 };
  CrmServerUser user = { .rights = 1 };
  g_autoptr (CrmServerCursor) cursor = crm_server_cursor_new (&head, &user);
  g_autofree char *text = crm_server_cursor_format (cursor);
  g_autofree char *long_text = g_strnfill (100000, 'A');

  for (gsize i = 0; i < strlen (text); i++)
    {
      g_autofree char *cut = g_strndup (text, i);
      g_autoptr (CrmServerCursor) read = NULL;
      g_autoptr (GError) error = NULL;

      read = crm_server_cursor_parse (cut, &error);
      if (read == NULL)
        g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
      else
        /* Cut within the last number, or where it makes no difference. */
        g_assert_cmpint (read->seq, ==, 5);
    }
  g_assert_null (crm_server_cursor_parse (long_text, NULL));
  g_assert_null (crm_server_cursor_parse ("MSA", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/cursor/round", test_round);
  g_test_add_func ("/server/cursor/broken", test_broken);

  return g_test_run ();
}
