#include "base/crm-id.h"

#include "base/crm-clock.h"

#include <string.h>

static void
test_shape (void)
{
  g_autofree char *id = crm_id_new ();

  g_assert_cmpuint (strlen (id), ==, 36);
  g_assert_true (crm_id_is_valid (id));
  g_assert_true (g_uuid_string_is_valid (id));
  g_assert_cmpint (id[14], ==, '7');
  g_assert_nonnull (strchr ("89ab", id[19]));
}

static void
test_grows (void)
{
  g_autofree char *last = crm_id_new ();

  for (guint i = 0; i < 200000; i++)
    {
      char *id = crm_id_new ();

      g_assert_cmpstr (last, <, id);
      g_assert_cmpint (id[14], ==, '7');
      g_assert_nonnull (strchr ("89ab", id[19]));
      g_free (last);
      last = id;
    }
}

static gpointer
make_ids (gpointer unused)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 20000; i++)
    g_ptr_array_add (ids, crm_id_new ());

  return ids;
}

static void
test_threads (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GThread *threads[4];
  GPtrArray *ids[4];

  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("ids", make_ids, NULL);
  for (guint i = 0; i < 4; i++)
    {
      ids[i] = g_thread_join (threads[i]);
      for (guint j = 0; j < ids[i]->len; j++)
        {
          g_assert_true (g_hash_table_add (seen, ids[i]->pdata[j]));
          if (j > 0)
            g_assert_cmpstr (ids[i]->pdata[j - 1], <, ids[i]->pdata[j]);
        }
    }
  for (guint i = 0; i < 4; i++)
    g_ptr_array_unref (ids[i]);
}

static void
count_up (guint8 *bytes, gsize size, gpointer data)
{
  memset (bytes, ++*(guint8 *) data, size);
}

static void
test_random (void)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *again = NULL;
  guint8 byte = 0x10;

  crm_id_set_random (count_up, &byte);
  first = crm_id_new ();
  second = crm_id_new ();
  g_assert_cmpstr (first + 14, ==, "7111-9111-111111111111");
  g_assert_cmpstr (first, <, second);

  /* As a new process would, it starts over. */
  byte = 0x10;
  crm_id_set_random (count_up, &byte);
  again = crm_id_new ();
  g_assert_cmpstr (again + 14, ==, first + 14);

  crm_id_set_random (NULL, NULL);
  g_free (again);
  again = crm_id_new ();
  g_assert_cmpstr (again + 14, !=, first + 14);
  g_assert_true (crm_id_is_valid (again));
}

static void
test_for_name (void)
{
  g_autofree char *a = crm_id_new_for_name ("template.letter");
  g_autofree char *b = crm_id_new_for_name ("template.letter");
  g_autofree char *c = crm_id_new_for_name ("template.label");

  /* Records of every device have it, so it may never change. */
  g_assert_cmpstr (a, ==, "e7c401ca-4034-8afc-9d84-1f7271c9542c");
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
  g_assert_true (crm_id_is_valid (a));
  g_assert_cmpint (a[14], ==, '8');
}

static void
test_is_valid (void)
{
  static const char *const bad[] = {
    "",
    "x",
    "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5",
    "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5bb",
    "0190A1B2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
    "0190a1b2c3d4-7e5f-8a9b--0c1d2e3f4a5b",
    "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5g",
    " 190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
  };

  g_assert_true (crm_id_is_valid ("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"));
  g_assert_false (crm_id_is_valid (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (crm_id_is_valid (bad[i]));
}

static void
test_normalize (void)
{
  static const char *const good[] = {
    "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
    "0190A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B",
    " {0190A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B}\n",
  };
  static const char *const bad[] = { "", "{}", "{0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", "R000001" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *id = crm_id_normalize (good[i]);

      g_assert_cmpstr (id, ==, good[0]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (crm_id_normalize (bad[i]));
  g_assert_null (crm_id_normalize (NULL));
}

/* An hour back with each call. */
static gint64
tell_earlier (gpointer data)
{
  gint64 *now = data;

  return *now -= 3600 * (gint64) G_USEC_PER_SEC;
}

/* Pitfall 10: somebody sets the clock back while the program runs. */
static void
test_clock_back (void)
{
  gint64 now = g_get_real_time ();
  g_autofree char *last = crm_id_new ();

  crm_clock_set_source (tell_earlier, NULL, &now);
  for (guint i = 0; i < 10000; i++)
    {
      char *id = crm_id_new ();

      g_assert_cmpstr (last, <, id);
      g_free (last);
      last = id;
    }
  crm_clock_set_source (NULL, NULL, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/id/shape", test_shape);
  g_test_add_func ("/base/id/grows", test_grows);
  g_test_add_func ("/base/id/clock-back", test_clock_back);
  g_test_add_func ("/base/id/threads", test_threads);
  g_test_add_func ("/base/id/random", test_random);
  g_test_add_func ("/base/id/for-name", test_for_name);
  g_test_add_func ("/base/id/is-valid", test_is_valid);
  g_test_add_func ("/base/id/normalize", test_normalize);

  return g_test_run ();
}
