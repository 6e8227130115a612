#include "model/crm-merge.h"

#include "model/crm-kind.h"

#include <string.h>

static const CrmField *
find (const char *kind, const char *name)
{
  const CrmField *field = crm_kind_find_field (crm_model_find_kind (crm_model_get_default (), kind),
                                               name);

  g_assert_nonnull (field);

  return field;
}

/* One row is one meeting of two edits. */
typedef struct
{
  const char *field; /* NULL: one that nobody knows */
  const char *old;
  const char *value;
  const char *current;
  gboolean fresh;
  CrmMergeVerdict verdict;
  const char *result;
} Case;

static const Case cases[] = {
  /* Nobody was in between. */
  { "city", "Ede", "Goor", "Ede", TRUE, CRM_MERGE_APPLY, "Goor" },
  { "city", "Ede", NULL, "Ede", TRUE, CRM_MERGE_APPLY, NULL },
  { "city", NULL, "Goor", NULL, TRUE, CRM_MERGE_APPLY, "Goor" },
  /* A stale version, but the value is the one that was seen, or the one that is wanted. */
  { "city", "Ede", "Goor", "Ede", FALSE, CRM_MERGE_APPLY, "Goor" },
  { "city", "Ede", "Goor", "Goor", FALSE, CRM_MERGE_SAME, "Goor" },
  { "city", "Ede", NULL, NULL, FALSE, CRM_MERGE_SAME, NULL },
  /* A race. */
  { "city", "Ede", "Goor", "Delden", FALSE, CRM_MERGE_CONFLICT, "Delden" },
  { "city", "Ede", "Goor", NULL, FALSE, CRM_MERGE_CONFLICT, NULL },
  { "city", NULL, "Goor", "Delden", FALSE, CRM_MERGE_CONFLICT, "Delden" },
  { NULL, "Ede", "Goor", "Delden", FALSE, CRM_MERGE_CONFLICT, "Delden" },
  { NULL, "Ede", "Goor", "Delden", TRUE, CRM_MERGE_APPLY, "Goor" },
  /* One name, composed and not. */
  { "surname", NULL, "Jos\xc3\xa9", "Jose\xcc\x81", FALSE, CRM_MERGE_SAME, "Jose\xcc\x81" },
  { "surname", "Jos\xc3\xa9", "Jan", "Jose\xcc\x81", FALSE, CRM_MERGE_APPLY, "Jan" },
  /* One number, in two notations. */
  { "phone", NULL, "+31611111111", "06 11111111", FALSE, CRM_MERGE_SAME, "06 11111111" },
  { "phone", NULL, "+31611111111", "06 11111111", TRUE, CRM_MERGE_APPLY, "+31611111111" },
  { "phone", "+31611111111", "+31622222222", "0611111111", FALSE, CRM_MERGE_APPLY, "+31622222222" },
  { "phone", NULL, "+31611111111", "0622222222", FALSE, CRM_MERGE_CONFLICT, "0622222222" },
  { "postcode", "1234AB", "1234ab", "1234 AB", FALSE, CRM_MERGE_SAME, "1234 AB" },
  /* The later of two days, in any order. */
  { "last_activity",
    "2026-01-01",
    "2026-03-02",
    "2026-03-01",
    FALSE,
    CRM_MERGE_MERGED,
    "2026-03-02" },
  { "last_activity",
    "2026-01-01",
    "2026-03-01",
    "2026-03-02",
    FALSE,
    CRM_MERGE_MERGED,
    "2026-03-02" },
  { "last_activity", "2026-01-01", NULL, "2026-03-02", FALSE, CRM_MERGE_MERGED, "2026-03-02" },
  { "last_activity",
    "2026-03-02",
    "2026-01-01",
    "2026-03-02",
    TRUE,
    CRM_MERGE_APPLY,
    "2026-01-01" },
  /* What each added and removed. */
  { "tags", "a;b", "a;b;c", "a;b;d", FALSE, CRM_MERGE_MERGED, "a;b;c;d" },
  { "tags", "a;b", "a", "a;b;d", FALSE, CRM_MERGE_MERGED, "a;d" },
  { "tags", "a;b", NULL, "a;b;d", FALSE, CRM_MERGE_MERGED, "d" },
  { "tags", "a", NULL, "b", FALSE, CRM_MERGE_MERGED, "b" },
  { "tags", NULL, "a", "b", FALSE, CRM_MERGE_MERGED, "a;b" },
  { "tags", "a;ab", "ab", "a;ab;abc", FALSE, CRM_MERGE_MERGED, "ab;abc" },
  { "tags", "a", "b", NULL, FALSE, CRM_MERGE_MERGED, "b" },
  { "tags", "a;b", "a;c", "a;b", TRUE, CRM_MERGE_APPLY, "a;c" },
  /* Notes by line. */
  { "note", "1\n2\n3", "0\n1\n2\n3", "1\n2\n3\n4", FALSE, CRM_MERGE_MERGED, "0\n1\n2\n3\n4" },
  { "note", "1\n2\n3", "1\nX\n3", "1\nY\n3", FALSE, CRM_MERGE_CONFLICT, "1\nY\n3" },
  /* Numbers: the first giver wins. */
  { "number", NULL, "K1", NULL, TRUE, CRM_MERGE_APPLY, "K1" },
  { "number", NULL, "K1", NULL, FALSE, CRM_MERGE_APPLY, "K1" },
  { "number", NULL, "K1", "K1", FALSE, CRM_MERGE_SAME, "K1" },
  { "number", NULL, "K1", "K2", FALSE, CRM_MERGE_CONFLICT, "K2" },
  { "number", "K2", "K1", "K2", TRUE, CRM_MERGE_APPLY, "K1" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      const CrmMergeEdit edit = {
        .field = c->field != NULL ? find ("person", c->field) : NULL,
        .current = c->current,
        .value = c->value,
        .old = c->old,
        .fresh = c->fresh,
      };
      g_autofree char *result = NULL;

      g_test_message ("case %u: %s", i, c->field);
      g_assert_cmpint (crm_merge_field (&edit, &result), ==, c->verdict);
      g_assert_cmpstr (result, ==, c->result);
    }
}

/* A field that only the server gives and that is no number. */
static void
test_server_only (void)
{
  const CrmField field = {
    .number = 99, .name = "x", .type = CRM_FIELD_TEXT, .policy = CRM_POLICY_SERVER_ONLY
  };
  const CrmMergeEdit edit = { .field = &field, .current = "a", .value = "b", .fresh = TRUE };
  g_autofree char *result = NULL;

  g_assert_cmpint (crm_merge_field (&edit, &result), ==, CRM_MERGE_REFUSED);
  g_assert_cmpstr (result, ==, "a");
}

/* The hash of a long text stands for it; of a short one it is a text like another. */
static void
test_hashed_old (void)
{
  g_autofree char *text = g_strnfill (300, 'n');
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *short_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "Ede", -1);
  const CrmMergeEdit edit = {
    .field = find ("template", "body"), .current = text, .value = "new", .old = hash
  };
  g_autofree char *result = NULL;

  g_assert_true (crm_merge_is_old (text, text));
  g_assert_true (crm_merge_is_old (text, hash));
  g_assert_true (crm_merge_is_old (NULL, ""));
  g_assert_false (crm_merge_is_old ("Ede", short_hash));
  g_assert_false (crm_merge_is_old (NULL, hash));
  g_assert_false (crm_merge_is_old (text, NULL));
  g_assert_cmpint (crm_merge_field (&edit, &result), ==, CRM_MERGE_APPLY);

  g_assert_true (crm_merge_needs_old (find ("person", "tags")));
  g_assert_true (crm_merge_needs_old (find ("person", "note")));
  g_assert_false (crm_merge_needs_old (find ("person", "city")));
  g_assert_false (crm_merge_needs_old (NULL));
}

static void
test_compare (void)
{
  const CrmField money = { .type = CRM_FIELD_MONEY };
  const CrmField number = { .type = CRM_FIELD_NUMBER };
  const CrmField time = { .type = CRM_FIELD_TIME };
  const CrmField text = { .type = CRM_FIELD_TEXT };

  g_assert_cmpint (crm_merge_compare (&money, "1190.00", "200.00"), ==, 1);
  g_assert_cmpint (crm_merge_compare (&money, "-5.00", "1.00"), ==, -1);
  g_assert_cmpint (crm_merge_compare (&number, "1e+20", "9"), ==, 1);
  g_assert_cmpint (crm_merge_compare (&number, "9", "9"), ==, 0);
  g_assert_cmpint (crm_merge_compare (&time, "2026-03-01T08:00:00Z", "2026-03-01T08:00:00.250000Z"),
                   ==,
                   -1);
  g_assert_cmpint (crm_merge_compare (&text, "a", "b"), ==, -1);
  g_assert_cmpint (crm_merge_compare (&text, NULL, "b"), ==, -1);
  g_assert_cmpint (crm_merge_compare (&text, "b", ""), ==, 1);
  g_assert_cmpint (crm_merge_compare (NULL, NULL, ""), ==, 0);
}

static void
test_members (void)
{
  g_autofree char *added = crm_members_subtract ("a;b;c", "b");
  g_autofree char *none = crm_members_subtract ("b", "a;b;c");
  g_autofree char *empty = crm_members_subtract (NULL, NULL);
  g_autofree char *united = crm_members_unite ("c;a;;c", "b;a");
  g_autofree char *nothing = crm_members_unite (";", NULL);

  g_assert_cmpstr (added, ==, "a;c");
  g_assert_null (none);
  g_assert_null (empty);
  g_assert_cmpstr (united, ==, "a;b;c");
  g_assert_null (nothing);
}

/* Whatever the order in which two stale edits of sets arrive, the result is one. */
static void
test_members_commute (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  const CrmField *field = find ("person", "tags");

  for (guint round = 0; round < 500; round++)
    {
      char *texts[3] = { NULL };
      g_autofree char *ab = NULL;
      g_autofree char *ba = NULL;

      for (guint i = 0; i < 3; i++)
        {
          const guint bits = (guint) g_rand_int_range (rand, 0, 64);
          g_autoptr (GString) text = g_string_new (NULL);

          for (guint bit = 0; bit < 6; bit++)
            if ((bits & (1u << bit)) != 0)
              g_string_append_printf (text, "%s%c", text->len > 0 ? ";" : "", 'a' + bit);
          texts[i] = g_strdup (text->str);
        }

      crm_merge_field (&(CrmMergeEdit) { field, texts[1], texts[2], texts[0], FALSE }, &ab);
      crm_merge_field (&(CrmMergeEdit) { field, texts[2], texts[1], texts[0], FALSE }, &ba);
      g_assert_cmpstr (ab, ==, ba);
      for (guint i = 0; i < 3; i++)
        g_free (texts[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/merge/cases", test_cases);
  g_test_add_func ("/model/merge/server-only", test_server_only);
  g_test_add_func ("/model/merge/hashed-old", test_hashed_old);
  g_test_add_func ("/model/merge/compare", test_compare);
  g_test_add_func ("/model/merge/members", test_members);
  g_test_add_func ("/model/merge/members-commute", test_members_commute);

  return g_test_run ();
}
