#include "crm-ui-test.h"
#include "store/sync/crm-sync-store.h"
#include "ui/sync/crm-sync-notices.h"
#include "ui/sync/crm-sync-words.h"

#include <string.h>

/* CRM_NOW is 2026-03-01T08:00:00Z. */
static void
test_line (void)
{
  static const struct
  {
    CrmSyncPicture picture;
    const char *line;
  } cases[] = {
    { { CRM_SYNC_SIGNED_OUT, FALSE, FALSE, 3, 0, -1, NULL }, "On this laptop only" },
    { { CRM_SYNC_IN_STEP, TRUE, FALSE, 0, 0, -1, "2026-03-01T07:58:00Z" }, "In step · 2 min" },
    { { CRM_SYNC_IN_STEP, TRUE, FALSE, 0, 0, -1, "2026-03-01T08:00:00Z" }, "In step · just now" },
    { { CRM_SYNC_IN_STEP, TRUE, FALSE, 0, 0, -1, "2026-03-01T05:00:00Z" }, "In step · 3 h" },
    /* A clock that was set back. */
    { { CRM_SYNC_IN_STEP, TRUE, FALSE, 0, 0, -1, "2026-03-02T08:00:00Z" }, "In step · just now" },
    { { CRM_SYNC_IN_STEP, TRUE, FALSE, 0, 0, -1, NULL }, "In step" },
    { { CRM_SYNC_OFFLINE, TRUE, FALSE, 3, 0, -1, NULL }, "Offline · 3 changes wait" },
    { { CRM_SYNC_OFFLINE, TRUE, FALSE, 1, 0, -1, NULL }, "Offline · 1 change waits" },
    { { CRM_SYNC_OFFLINE, TRUE, FALSE, 0, 0, -1, "2026-03-01T05:00:00Z" }, "Offline" },
    { { CRM_SYNC_IN_STEP, TRUE, FALSE, 0, 2, -1, NULL }, "Needs you · 2 conflicts" },
    { { CRM_SYNC_OFFLINE, TRUE, FALSE, 3, 1, -1, NULL }, "Needs you · 1 conflict" },
    /* Nothing can be decided for the server before it is signed in again. */
    { { CRM_SYNC_SIGNED_OUT, TRUE, FALSE, 0, 2, -1, NULL }, "Sign in again" },
    { { CRM_SYNC_PAUSED, TRUE, TRUE, 2, 0, -1, NULL }, "Paused · 2 changes wait" },
    { { CRM_SYNC_WORKING, TRUE, FALSE, 0, 0, 0.347, NULL }, "Loading · 34 %" },
    { { CRM_SYNC_WORKING, TRUE, FALSE, 9, 0, -1, NULL }, "Exchanging changes…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = crm_sync_words_dup_line (&cases[i].picture);

      g_assert_cmpstr (line, ==, cases[i].line);
    }
}

/* Whatever can happen has its words, and an icon that there is; what people have to do something
 * about says what. */
static void
test_states (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (CrmSyncState state = CRM_SYNC_PAUSED; state <= CRM_SYNC_STORE_ERROR; state++)
    {
      CrmSyncPicture picture = { state, TRUE, FALSE, 0, 0, -1, NULL };
      g_autofree char *line = crm_sync_words_dup_line (&picture);
      g_autoptr (GError) error = g_error_new_literal (CRM_SYNC_ERROR,
                                                      CRM_SYNC_ERROR_STATE + (int) state,
                                                      "It failed");

      g_assert_cmpuint (strlen (line), >, 0);
      g_assert_cmpuint (g_utf8_strlen (line, -1), <, 24);
      g_assert_cmpuint (strlen (crm_sync_words_get_title (state)), >, 0);
      g_assert_cmpstr (crm_sync_words_get_error (error), ==, crm_sync_words_get_remedy (state));
      if (!gtk_icon_theme_has_icon (theme, crm_sync_words_get_icon (&picture)))
        g_error ("There is no icon %s", crm_sync_words_get_icon (&picture));
      if (state != CRM_SYNC_IN_STEP && state != CRM_SYNC_WORKING)
        g_assert_cmpuint (strlen (crm_sync_words_get_remedy (state)), >, 20);
    }
}

static CrmSteppedBack *
make_stepped_back (CrmModel *model, const char *field, const char *value)
{
  CrmSteppedBack *item = g_new0 (CrmSteppedBack, 1);

  item->kind = crm_model_find_kind (model, "person");
  item->title = (char *) "Jan";
  item->field = (char *) field;
  item->new_value = (char *) value;

  return item;
}

static char *
dup_toast (CrmModel *model, const char *field, const char *value, guint n)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, make_stepped_back (model, field, value));

  return crm_sync_notices_dup_stepped_back (items);
}

static void
test_stepped_back (void)
{
  g_autoptr (CrmUiTestWorld) world = crm_ui_test_world_new (FALSE);
  CrmModel *model = crm_store_get_model (world->store);
  g_autofree char *value = dup_toast (model, "city", "Ede", 1);
  g_autofree char *empty = dup_toast (model, "city", NULL, 1);
  g_autofree char *whole = dup_toast (model, NULL, NULL, 1);
  g_autofree char *several = dup_toast (model, "city", "Ede", 3);

  g_assert_cmpstr (value, ==, "Town of Jan is “Ede” again");
  g_assert_cmpstr (empty, ==, "Town of Jan is empty again");
  g_assert_cmpstr (whole, ==, "Your change to Jan was not taken over");
  g_assert_cmpstr (several, ==, "3 values stepped back to the server’s");
}

int
main (int argc, char **argv)
{
  g_setenv ("CRM_NOW", "2026-03-01T08:00:00Z", TRUE);
  crm_ui_test_init (&argc, &argv);

  g_test_add_func ("/ui/sync-words/line", test_line);
  g_test_add_func ("/ui/sync-words/states", test_states);
  g_test_add_func ("/ui/sync-words/stepped-back", test_stepped_back);

  return g_test_run ();
}
