#include "model/crm-set-digest.h"

#include <string.h>

static const CrmSetHeader header = {
  .n = 1,
  .id = "018f0000-0000-7000-8000-000000000001",
  .action = "person.edit",
  .at = "2026-03-01T08:00:00Z",
  .all = TRUE,
};

/* Of texts as they are listed in the header, by another implementation: g_compute_checksum. */
static char *
hash_texts (const char *const *texts, gsize n, const guint8 previous[CRM_SET_DIGEST_SIZE])
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, previous, CRM_SET_DIGEST_SIZE);
  for (gsize i = 0; i < n; i++)
    g_byte_array_append (bytes, (const guint8 *) texts[i], strlen (texts[i]) + 1);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes->data, bytes->len);
}

static void
add_example (CrmSetDigest *digest)
{
  crm_set_digest_begin_op (digest, "person", "p1", CRM_SET_OP_SET, 7);
  crm_set_digest_add_field (digest, "city", "Ede", 90110, "Goor");
  crm_set_digest_add_field (digest, "phone", NULL, -805, "+31612345678");
  crm_set_digest_end_op (digest);
  crm_set_digest_begin_op (digest, "tag", "t1", CRM_SET_OP_DELETE, 90100);
  crm_set_digest_end_op (digest);
}

static void
test_texts (void)
{
  static const char *const texts[] = {
    "1",     "018f0000-0000-7000-8000-000000000001",
    "",      "person.edit",
    "",      "2026-03-01T08:00:00Z",
    "all",   "person",
    "p1",    "set",
    "city",  "Ede",
    "90110", "Goor",
    "phone", "",
    "n805",  "+31612345678",
    "",      "tag",
    "t1",    "del",
    "90100", "",
  };
  const guint8 zeros[CRM_SET_DIGEST_SIZE] = { 0 };
  g_autofree char *expected = hash_texts (texts, G_N_ELEMENTS (texts), zeros);
  g_auto (CrmSetDigest) digest = { 0 };
  guint8 bytes[CRM_SET_DIGEST_SIZE];
  char hex[2 * CRM_SET_DIGEST_SIZE + 1];

  crm_set_digest_begin (&digest, zeros, &header);
  add_example (&digest);
  crm_set_digest_end (&digest, bytes);
  crm_set_digest_to_hex (bytes, hex);
  g_assert_cmpstr (hex, ==, expected);
}

/* A record that made no difference is begun and left. */
static void
test_left_out (void)
{
  const guint8 zeros[CRM_SET_DIGEST_SIZE] = { 0 };
  g_auto (CrmSetDigest) digest = { 0 };
  guint8 with[CRM_SET_DIGEST_SIZE];
  guint8 without[CRM_SET_DIGEST_SIZE];

  crm_set_digest_begin (&digest, zeros, &header);
  add_example (&digest);
  crm_set_digest_end (&digest, without);

  crm_set_digest_begin (&digest, zeros, &header);
  crm_set_digest_begin_op (&digest, "person", "p9", CRM_SET_OP_SET, 0);
  crm_set_digest_add_field (&digest, "city", "Ede", 1, "Ede");
  add_example (&digest);
  crm_set_digest_end (&digest, with);
  g_assert_cmpmem (with, sizeof with, without, sizeof without);
}

/* Each part counts: the set before, each text, and where one text ends and the next begins. */
static void
test_sensitive (void)
{
  g_auto (CrmSetDigest) digest = { 0 };
  guint8 seen[9][CRM_SET_DIGEST_SIZE];
  guint8 previous[CRM_SET_DIGEST_SIZE] = { 0 };
  CrmSetHeader changed = header;
  guint n = 0;

  crm_set_digest_begin (&digest, previous, &header);
  crm_set_digest_end (&digest, seen[n++]);
  previous[31] = 1;
  crm_set_digest_begin (&digest, previous, &header);
  crm_set_digest_end (&digest, seen[n++]);
  previous[31] = 0;
  changed.n = 2;
  crm_set_digest_begin (&digest, previous, &changed);
  crm_set_digest_end (&digest, seen[n++]);
  changed = header;
  changed.all = FALSE;
  crm_set_digest_begin (&digest, previous, &changed);
  crm_set_digest_end (&digest, seen[n++]);
  changed = header;
  changed.group = "person.edit";
  changed.action = "";
  crm_set_digest_begin (&digest, previous, &changed);
  crm_set_digest_end (&digest, seen[n++]);
  for (guint i = 0; i < 4; i++)
    {
      crm_set_digest_begin (&digest, previous, &header);
      crm_set_digest_begin_op (&digest,
                               "person",
                               "p1",
                               i == 0 ? CRM_SET_OP_NEW : CRM_SET_OP_SET,
                               0);
      crm_set_digest_add_field (&digest, "city", i == 1 ? "E" : "Ede", i == 2 ? 5 : 0, NULL);
      crm_set_digest_end_op (&digest);
      crm_set_digest_end (&digest, seen[n++]);
    }

  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      g_assert_true (memcmp (seen[i], seen[j], CRM_SET_DIGEST_SIZE) != 0);
}

/* A long old value and its hash make one digest, so that it need not be sent. */
static void
test_long_old (void)
{
  const guint8 zeros[CRM_SET_DIGEST_SIZE] = { 0 };
  g_autofree char *longest = g_strnfill (CRM_SET_DIGEST_LONG, 'x');
  g_autofree char *longer = g_strnfill (CRM_SET_DIGEST_LONG + 1, 'x');
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, longer, -1);
  g_auto (CrmSetDigest) digest = { 0 };
  guint8 whole[CRM_SET_DIGEST_SIZE];
  guint8 hashed[CRM_SET_DIGEST_SIZE];
  char hex[2 * CRM_SET_DIGEST_SIZE + 1];

  g_assert_true (crm_set_digest_shorten (longest, hex) == longest);
  g_assert_cmpstr (crm_set_digest_shorten (longer, hex), ==, hash);
  g_assert_null (crm_set_digest_shorten (NULL, hex));

  for (guint i = 0; i < 2; i++)
    {
      crm_set_digest_begin (&digest, zeros, &header);
      crm_set_digest_begin_op (&digest, "person", "p1", CRM_SET_OP_SET, 0);
      crm_set_digest_add_field (&digest, "note", "y", 5, i == 0 ? longer : hash);
      crm_set_digest_end_op (&digest);
      crm_set_digest_end (&digest, i == 0 ? whole : hashed);
    }
  g_assert_cmpmem (whole, sizeof whole, hashed, sizeof hashed);
}

static void
test_base (void)
{
  static const gint64 bases[] = { 1, 90110, -1, -805, G_GINT64_CONSTANT (9007199254740992) };
  static const char *const wrong[] = { "",
                                       "n",
                                       "0",
                                       "n0",
                                       "-5",
                                       "05",
                                       "5 ",
                                       "nn5",
                                       "0x5",
                                       "1e3",
                                       "99999999999999999",
                                       "n99999999999999999",
                                       NULL };
  gint64 read = 77;

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      crm_set_base_append (text, bases[i]);
      g_assert_true (crm_set_base_parse (text->str, &read));
      g_assert_cmpint (read, ==, bases[i]);
    }

  read = 77;
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (crm_set_base_parse (wrong[i], &read));
  g_assert_cmpint (read, ==, 77);
}

static void
test_hex (void)
{
  guint8 digest[CRM_SET_DIGEST_SIZE];
  guint8 back[CRM_SET_DIGEST_SIZE];
  char hex[2 * CRM_SET_DIGEST_SIZE + 1];
  g_autofree char *upper = NULL;

  for (guint i = 0; i < sizeof digest; i++)
    digest[i] = (guint8) (i * 7);
  crm_set_digest_to_hex (digest, hex);
  g_assert_true (crm_set_digest_from_hex (hex, back));
  g_assert_cmpmem (digest, sizeof digest, back, sizeof back);

  upper = g_ascii_strup (hex, -1);
  g_assert_false (crm_set_digest_from_hex (upper, back));
  g_assert_false (crm_set_digest_from_hex (NULL, back));
  hex[63] = '\0';
  g_assert_false (crm_set_digest_from_hex (hex, back));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/set-digest/texts", test_texts);
  g_test_add_func ("/model/set-digest/left-out", test_left_out);
  g_test_add_func ("/model/set-digest/sensitive", test_sensitive);
  g_test_add_func ("/model/set-digest/long-old", test_long_old);
  g_test_add_func ("/model/set-digest/base", test_base);
  g_test_add_func ("/model/set-digest/hex", test_hex);

  return g_test_run ();
}
