#include "wire/crm-page.h"

#include "crm-wire-fixture.h"

#include <string.h>

#define DIGEST "9fa1000000000000000000000000000000000000000000000000000000000000"

static const CrmScopeCheck checks[] = {
  { 3, 5012, "00112233445566778899aabbccddeeff" },
  { 17, 0, "00000000000000000000000000000000" },
};

static const CrmHeaderLine header = { CRM_WIRE_PROTO, "e1", "from" };

static GBytes *
make_page (CrmArena *arena, GRand *rand, CrmPageLine *lines, guint n, const CrmEndLine *end)
{
  g_autoptr (CrmPageWriter) writer = crm_page_writer_new (&header);

  for (guint i = 0; i < n; i++)
    {
      const gsize before = crm_page_writer_get_size (writer);

      lines[i] = crm_make_line (arena, rand);
      crm_page_writer_add (writer, &lines[i]);
      g_assert_cmpuint (crm_page_writer_get_size (writer), >, before);
    }

  return crm_page_writer_end (writer, end);
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (51);

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GError) error = NULL;
      CrmPageLine lines[20];
      const guint n = (guint) g_rand_int_range (rand, 0, 21);
      const CrmEndLine end = {
        .cursor = "cur",
        .ack_n = round % 2 * 812,
        .ack_digest = round % 2 ? DIGEST : NULL,
        .more = round % 3 == 0,
        .checks = checks,
        .n_checks = round % 3,
      };
      g_autoptr (GBytes) page = make_page (arena, rand, lines, n, &end);
      g_autoptr (CrmPageReader) reader = crm_page_reader_new (page, &error);
      const CrmEndLine *back;

      g_assert_no_error (error);
      g_assert_cmpstr (crm_page_reader_get_header (reader)->epoch, ==, "e1");
      g_assert_cmpstr (crm_page_reader_get_header (reader)->from, ==, "from");
      back = crm_page_reader_get_end (reader);
      g_assert_cmpstr (back->cursor, ==, end.cursor);
      g_assert_cmpint (back->more, ==, end.more);
      g_assert_cmpint (back->ack_n, ==, end.ack_n);
      g_assert_cmpstr (back->ack_digest, ==, end.ack_digest);
      g_assert_cmpuint (back->n_checks, ==, end.n_checks);
      for (guint i = 0; i < back->n_checks; i++)
        {
          g_assert_cmpint (back->checks[i].scope, ==, checks[i].scope);
          g_assert_cmpint (back->checks[i].count, ==, checks[i].count);
          g_assert_cmpstr (back->checks[i].id_xor, ==, checks[i].id_xor);
        }

      for (guint i = 0; i < n; i++)
        crm_assert_line (crm_page_reader_next (reader, &error), &lines[i]);
      g_assert_null (crm_page_reader_next (reader, &error));
      g_assert_null (crm_page_reader_next (reader, &error));
      g_assert_no_error (error);
    }
}

static void
assert_truncated (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_page_reader_new (body, &error));
  g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_TRUNCATED);
}

/* Cut at each byte, or with another byte anywhere before the end: nothing of it is taken. */
static void
test_not_whole (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (52);
  g_autoptr (CrmArena) arena = crm_arena_new ();
  CrmPageLine lines[6];
  const CrmEndLine end = { .cursor = "cur" };
  g_autoptr (GBytes) page = make_page (arena, rand, lines, G_N_ELEMENTS (lines), &end);
  gsize size;
  const guint8 *data = g_bytes_get_data (page, &size);
  const guint8 *last = memrchr (data, '\n', size - 1);

  for (gsize i = 0; i < size; i++)
    assert_truncated (data, i);
  for (gsize i = 0; i < (gsize) (last - data); i++)
    {
      g_autofree guint8 *changed = g_memdup2 (data, size);

      changed[i] ^= 1;
      assert_truncated (changed, size);
    }
}

/* Lines doubled, left out and in another order are no page either. */
static void
test_shuffled (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (53);
  g_autoptr (CrmArena) arena = crm_arena_new ();
  CrmPageLine lines[3];
  const CrmEndLine end = { .cursor = "cur" };
  g_autoptr (GBytes) page = make_page (arena, rand, lines, G_N_ELEMENTS (lines), &end);
  g_auto (GStrv) texts = g_strsplit (g_bytes_get_data (page, NULL), "\n", 6);
  g_autofree char *doubled =
      g_strjoin ("\n", texts[0], texts[1], texts[1], texts[2], texts[3], texts[4], "", NULL);
  g_autofree char *missing = g_strjoin ("\n", texts[0], texts[1], texts[2], texts[4], "", NULL);
  g_autofree char
      *swapped = g_strjoin ("\n", texts[0], texts[2], texts[1], texts[3], texts[4], "", NULL);

  assert_truncated ((const guint8 *) doubled, strlen (doubled));
  assert_truncated ((const guint8 *) missing, strlen (missing));
  assert_truncated ((const guint8 *) swapped, strlen (swapped));
}

/* What portals and proxies answer instead. */
static void
test_strangers (void)
{
  static const char *const bodies[] = {
    "",
    "\n",
    "\n\n",
    "<html><body>Log in</body></html>\n",
    "{}\n",
    "{}\n{}\n",
    "[]\n[]\n",
    "{\"k\":\"end\"}\n",
    "{\"k\":\"hdr\"}\n{\"k\":\"end\",\"lines\":1}\n",
    "{\"k\":\"hdr\",\"proto\":1}\n{\"k\":\"end\",\"cur\":\"c\",\"lines\":1,\"sha\":\"" DIGEST
    "\"}\n",
    "{\"error\":{\"code\":\"busy\"}}\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_test_message ("%s", bodies[i]);
      assert_truncated ((const guint8 *) bodies[i], strlen (bodies[i]));
    }
}

static CrmPageReader *
read_lines (const char *lines, GError **error)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, lines, -1);
  g_autoptr (GString) page = g_string_new (lines);
  g_autoptr (GBytes) body = NULL;
  guint n = 0;

  for (const char *at = lines; *at != '\0'; at++)
    n += *at == '\n';
  g_string_append_printf (page,
                          "{\"k\":\"end\",\"cur\":\"c\",\"lines\":%u,\"sha\":\"%s\",\"x\":1}\n",
                          n,
                          hash);
  body = g_string_free_to_bytes (g_steal_pointer (&page));

  return crm_page_reader_new (body, error);
}

#define HEADER "{\"k\":\"hdr\",\"proto\":1,\"epoch\":\"e1\"}\n"
#define ID     "018f0000-0000-7000-8000-000000000001"

/* A whole page whose lines are wrong is the server's fault, and says so. */
static void
test_refused (void)
{
  static const char *const lines[] = {
    "7",
    "{}",
    "{\"k\":7}",
    "not json",
    "{\"k\":\"hdr\",\"proto\":1}",
    "{\"k\":\"end\",\"cur\":\"c\"}",
    "{\"k\":\"row\"}",
    "{\"k\":\"row\",\"kind\":\"tag\",\"id\":\"" ID "\"}",
    "{\"k\":\"row\",\"kind\":\"tag\",\"id\":\"x\",\"v\":5}",
    "{\"k\":\"row\",\"kind\":\"TAG\",\"id\":\"" ID "\",\"v\":5}",
    "{\"k\":\"row\",\"kind\":\"tag\",\"id\":\"" ID "\",\"v\":5,\"f\":{\"name\":\"x\"}}",
    "{\"k\":\"row\",\"kind\":\"tag\",\"id\":\"" ID "\",\"v\":5,\"f\":{\"name\":[]}}",
    "{\"k\":\"row\",\"kind\":\"tag\",\"id\":\"" ID "\",\"v\":5,\"f\":{\"name\":[\"x\",\"5\"]}}",
    "{\"k\":\"row\",\"kind\":\"tag\",\"id\":\"" ID "\",\"v\":5,\"f\":{\"name\":[{},5]}}",
    "{\"k\":\"row\",\"kind\":\"tag\",\"id\":\"" ID "\",\"v\":5,\"sc\":[-1]}",
    "{\"k\":\"gone\",\"kind\":\"tag\"}",
    "{\"k\":\"drop\"}",
    "{\"k\":\"scope\",\"sc\":21,\"mask\":[]}",
    "{\"k\":\"scope\",\"sc\":21,\"mask\":{\"person\":\"all\"}}",
    "{\"k\":\"set\"}",
    "{\"k\":\"set\",\"seq\":5,\"user\":7}",
    "{\"k\":\"res\",\"n\":5}",
    "{\"k\":\"a\",\"k\":\"b\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strconcat (HEADER, lines[i], "\n", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmPageReader) reader = read_lines (text, &error);

      g_test_message ("%s", lines[i]);
      g_assert_no_error (error);
      g_assert_null (crm_page_reader_next (reader, &error));
      g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
    }
}

static void
test_bad_header (void)
{
  static const struct
  {
    const char *line;
    int code;
  } cases[] = {
    { "{\"k\":\"row\"}\n", CRM_WIRE_ERROR_INVALID },
    { "{\"k\":\"hdr\",\"proto\":2}\n", CRM_WIRE_ERROR_PROTO },
    { "x\n", CRM_WIRE_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_lines (cases[i].line, &error));
      g_assert_error (error, CRM_WIRE_ERROR, cases[i].code);
    }
}

/* What a newer server adds does not stop an older replica. */
static void
test_newer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmPageReader)
      reader = read_lines (HEADER "{\"k\":\"poke_2030\",\"x\":[{}]}\n"
                                  "{\"k\":\"row\",\"kind\":\"meeting\",\"id\":\"" ID
                                  "\",\"v\":5,\"new\":{\"a\":1},\"f\":{\"room\":[\"12\",4,\"x\"],"
                                  "\"seats\":[7]}}\n"
                                  "{\"k\":\"poke_2030\"}\n",
                           &error);
  const CrmPageLine *line;

  g_assert_no_error (error);
  line = crm_page_reader_next (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpint (line->type, ==, CRM_LINE_ROW);
  g_assert_cmpstr (line->row.kind, ==, "meeting");
  g_assert_cmpuint (line->row.n_fields, ==, 2);
  g_assert_cmpstr (line->row.fields[0].value.text, ==, "12");
  g_assert_cmpint (line->row.fields[0].seq, ==, 4);
  g_assert_cmpint (line->row.fields[1].value.type, ==, CRM_WIRE_NUMBER);
  g_assert_cmpint (line->row.fields[1].seq, ==, 5);
  g_assert_null (crm_page_reader_next (reader, &error));
  g_assert_no_error (error);
}

/* A page that says nothing deletes nothing: there are no lines in it. */
static void
test_empty (void)
{
  g_autoptr (CrmPageWriter) writer = crm_page_writer_new (&header);
  const CrmEndLine end = { .cursor = "cur" };
  g_autoptr (GBytes) page = crm_page_writer_end (writer, &end);
  g_autoptr (CrmPageReader) reader = crm_page_reader_new (page, NULL);

  g_assert_nonnull (reader);
  g_assert_null (crm_page_reader_next (reader, NULL));
  g_assert_cmpuint (g_bytes_get_size (page), <, 300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/page/round-trip", test_round_trip);
  g_test_add_func ("/wire/page/not-whole", test_not_whole);
  g_test_add_func ("/wire/page/shuffled", test_shuffled);
  g_test_add_func ("/wire/page/strangers", test_strangers);
  g_test_add_func ("/wire/page/refused", test_refused);
  g_test_add_func ("/wire/page/bad-header", test_bad_header);
  g_test_add_func ("/wire/page/newer", test_newer);
  g_test_add_func ("/wire/page/empty", test_empty);

  return g_test_run ();
}
