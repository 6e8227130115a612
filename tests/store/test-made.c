#include "store/log/crm-made.h"

#include "base/crm-clock.h"
#include "crm-store-fixture.h"

static void
note_id (const CrmKind *kind, const char *id, gint64 at, const char *user, gpointer data)
{
  g_autofree char *text = crm_clock_format (at);
  g_autofree char *line = g_strdup_printf ("%s %s", id, text);

  g_assert_cmpstr (crm_kind_get_name (kind), ==, "person");
  g_assert_nonnull (user);
  g_ptr_array_add (data, g_steal_pointer (&line));
}

static void
assert_made (CrmStoreFixture *fixture, gint64 from, gint64 to, const char *id)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_replica_each_made (fixture->replica,
                                        crm_store_fixture_get_kind (fixture, "person"),
                                        from,
                                        to,
                                        note_id,
                                        lines,
                                        NULL,
                                        &error));
  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, (id != NULL ? 1 : 0));
  if (id != NULL)
    g_assert_true (g_str_has_prefix (g_ptr_array_index (lines, 0), id));
}

/* Times in the log are of the second or finer; nothing here falls in the same one. */
static gint64
next_moment (void)
{
  g_usleep (1100 * 1000);
  return crm_clock_now ();
}

static void
test_period (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) early = crm_store_fixture_new_person (fixture, "Vroeg", "Ede");
  g_autoptr (CrmRecord) late = crm_store_fixture_new_person (fixture, "Laat", "Ede");
  gint64 start = crm_clock_now () - G_USEC_PER_SEC;
  g_autofree char *first = crm_store_fixture_put (fixture, early);
  gint64 middle = next_moment ();
  g_autofree char *second = NULL;
  g_autofree char *edit = NULL;

  g_usleep (1100 * 1000);
  second = crm_store_fixture_put (fixture, late);
  edit = crm_store_fixture_set (fixture, early, "city", "Assen");

  assert_made (fixture, start - G_USEC_PER_SEC, start, NULL);
  assert_made (fixture, start, middle, crm_record_get_id (early));
  assert_made (fixture, middle, next_moment (), crm_record_get_id (late));
}

/* Taken back is not there; done again is there once. */
static void
test_undone (CrmStoreFixture *fixture, gconstpointer unused)
{
  g_autoptr (CrmRecord) person = crm_store_fixture_new_person (fixture, "Vries", "Ede");
  g_autoptr (CrmUndoResult) undone = NULL;
  g_autoptr (CrmUndoResult) redone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *set = crm_store_fixture_put (fixture, person);

  assert_made (fixture, 0, crm_clock_now () + G_USEC_PER_SEC, crm_record_get_id (person));
  undone = crm_replica_undo (fixture->replica, set, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_made (fixture, 0, crm_clock_now () + G_USEC_PER_SEC, NULL);
  redone = crm_replica_redo (fixture->replica, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_made (fixture, 0, crm_clock_now () + G_USEC_PER_SEC, crm_record_get_id (person));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path,                                                                                \
              CrmStoreFixture,                                                                     \
              NULL,                                                                                \
              crm_store_fixture_set_up,                                                            \
              func,                                                                                \
              crm_store_fixture_tear_down)
  ADD ("/store/made/period", test_period);
  ADD ("/store/made/undone", test_undone);
#undef ADD

  return g_test_run ();
}
