#include "wire/crm-segment.h"

#include "wire/crm-inflate.h"
#include "wire/crm-wire-limit.h"

#include "crm-wire-fixture.h"

#include <string.h>

static const CrmSegmentHeader header = { CRM_WIRE_PROTO, "e1", 7, "c0", 90211 };
static const gint64 scope = 7;

/* As a segment gives rows back: all of them full, in its scope, empty fields only with a version.
 */
static guint
drop_empty (CrmRowLine *row, CrmRowField *fields)
{
  guint n = 0;

  for (guint i = 0; i < row->n_fields; i++)
    if (row->fields[i].value.type != CRM_WIRE_EMPTY || row->fields[i].seq != row->row_seq)
      fields[n++] = row->fields[i];

  return n;
}

static int
compare_fields (gconstpointer a, gconstpointer b)
{
  return strcmp (((const CrmRowField *) a)->name, ((const CrmRowField *) b)->name);
}

/* Columns come in the order in which the first rows named them. */
static void
assert_same_row (CrmArena *arena, const CrmRowLine *found, CrmRowLine *expected)
{
  CrmRowField *left = crm_arena_new0 (arena, CrmRowField, found->n_fields + 1);
  CrmRowField *right = crm_arena_new0 (arena, CrmRowField, expected->n_fields + 1);
  CrmRowLine sorted = *found;

  if (found->n_fields > 0)
    memcpy (left, found->fields, found->n_fields * sizeof *left);
  expected->n_fields = drop_empty (expected, right);
  qsort (left, found->n_fields, sizeof *left, compare_fields);
  qsort (right, expected->n_fields, sizeof *right, compare_fields);
  sorted.fields = left;
  expected->fields = right;
  expected->full = TRUE;
  expected->scopes = &scope;
  expected->n_scopes = 1;
  crm_assert_row (&sorted, expected);
}

static GBytes *
make_segment (CrmArena *arena, GRand *rand, CrmRowLine *rows, guint n, const char *after)
{
  g_autoptr (CrmSegmentWriter) writer = crm_segment_writer_new (&header);
  const CrmSegmentEnd end = { after };

  for (guint i = 0; i < n; i++)
    {
      rows[i] = crm_make_row (arena, rand, TRUE);
      crm_segment_writer_add (writer, &rows[i]);
    }
  g_assert_cmpuint (crm_segment_writer_get_n_rows (writer), ==, n);

  return crm_segment_writer_end (writer, &end);
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (61);

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (CrmArena) arena = crm_arena_new ();
      g_autoptr (GError) error = NULL;
      CrmRowLine rows[40];
      const guint n = (guint) g_rand_int_range (rand, 0, 41);
      g_autoptr (GBytes) segment = make_segment (arena, rand, rows, n, round % 2 ? "x" : NULL);
      g_autoptr (CrmSegmentReader) reader = crm_segment_reader_new (segment, &error);

      g_assert_no_error (error);
      g_assert_cmpint (crm_segment_reader_get_header (reader)->scope, ==, 7);
      g_assert_cmpint (crm_segment_reader_get_header (reader)->seq, ==, 90211);
      g_assert_cmpstr (crm_segment_reader_get_header (reader)->cursor, ==, "c0");
      g_assert_cmpstr (crm_segment_reader_get_end (reader)->after, ==, round % 2 ? "x" : NULL);
      for (guint i = 0; i < n; i++)
        {
          const CrmRowLine *row = crm_segment_reader_next (reader, &error);

          g_assert_no_error (error);
          assert_same_row (arena, row, &rows[i]);
        }
      g_assert_null (crm_segment_reader_next (reader, &error));
      g_assert_no_error (error);
    }
}

static void
test_not_whole (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (62);
  g_autoptr (CrmArena) arena = crm_arena_new ();
  CrmRowLine rows[5];
  g_autoptr (GBytes) segment = make_segment (arena, rand, rows, 5, NULL);
  const gsize size = g_bytes_get_size (segment);

  for (gsize i = 0; i < size; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (segment, 0, i);
      g_autoptr (GError) error = NULL;

      g_assert_null (crm_segment_reader_new (cut, &error));
      g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_TRUNCATED);
    }
}

static CrmSegmentReader *
read_line (const char *line, GError **error)
{
  g_autoptr (GString) page = g_string_new (NULL);
  g_autofree char *hash = NULL;
  g_autoptr (GBytes) body = NULL;

  g_string_printf (page,
                   "{\"k\":\"hdr\",\"proto\":1,\"epoch\":\"e\",\"sc\":7,\"cur\":\"c\",\"seq\":1}\n%"
                   "s\n",
                   line);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, page->str, -1);
  g_string_append_printf (page, "{\"k\":\"end\",\"lines\":2,\"sha\":\"%s\"}\n", hash);
  body = g_string_free_to_bytes (g_steal_pointer (&page));

  return crm_segment_reader_new (body, error);
}

#define HEX  "018f0000000070008000000000000001"
#define COLS "{\"k\":\"cols\",\"kind\":\"tag\","

static void
test_refused (void)
{
  static const char *const lines[] = {
    "7",
    "{\"k\":\"cols\"}",
    COLS "\"n\":1,\"id\":\"0" HEX "\"}",
    COLS "\"n\":1,\"id\":\"0" HEX "\",\"r\":[1],\"v\":[]}",
    COLS "\"n\":2,\"id\":\"0" HEX "\",\"r\":[1],\"v\":[0]}",
    COLS "\"n\":9007199254740992,\"id\":\"0" HEX "\",\"r\":[1],\"v\":[0]}",
    COLS "\"n\":1,\"id\":\"0\",\"r\":[1],\"v\":[0]}",
    COLS "\"n\":1,\"id\":\"1" HEX "\",\"r\":[1],\"v\":[0]}",
    COLS "\"n\":1,\"id\":\"w\",\"r\":[1],\"v\":[0]}",
    COLS "\"n\":1,\"id\":\"z" HEX "\",\"r\":[1],\"v\":[0]}",
    COLS "\"n\":1,\"id\":\"0g18f000000007000800000000000001\",\"r\":[1],\"v\":[0]}",
    COLS "\"n\":1,\"id\":\"0" HEX "\",\"r\":[-1],\"v\":[0]}",
    COLS "\"n\":1,\"id\":\"0" HEX "\",\"r\":[1],\"v\":[-2]}",
    COLS "\"n\":1,\"id\":\"0" HEX "\",\"r\":[9007199254740992],\"v\":[1]}",
    COLS "\"n\":1,\"id\":\"0" HEX "\",\"r\":[\"1\"],\"v\":[0]}",
    COLS "\"n\":1,\"id\":\"0" HEX "\",\"r\":[1],\"v\":[0],\"f\":{\"name\":[]}}",
    COLS "\"n\":1,\"id\":\"0" HEX "\",\"r\":[1],\"v\":[0],\"f\":{\"name\":[{}]}}",
    COLS "\"n\":1,\"id\":\"0" HEX "\",\"r\":[1],\"v\":[0],\"f\":{\"NAME\":[1]}}",
    COLS "\"n\":1,\"id\":\"0" HEX
         "\",\"r\":[1],\"v\":[0],\"f\":{\"name\":[1]},\"s\":{\"name\":[0]}}",
    COLS "\"n\":1,\"id\":\"0" HEX
         "\",\"r\":[1],\"v\":[0],\"f\":{\"name\":[1]},\"s\":{\"name\":[0,\"5\"]}}",
    COLS "\"n\":1,\"id\":\"0" HEX
         "\",\"r\":[1],\"v\":[0],\"f\":{\"name\":[1]},\"s\":{\"name\":[true,5]}}",
    COLS "\"n\":2,\"id\":\"0" HEX "w\",\"r\":[1,0],\"v\":[0,0],\"f\":{\"name\":[1,1]},"
         "\"s\":{\"name\":[0,5,0,5]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmSegmentReader) reader = read_line (lines[i], &error);
      guint n = 0;

      g_test_message ("%s", lines[i]);
      g_assert_no_error (error);
      while (crm_segment_reader_next (reader, &error) != NULL)
        g_assert_cmpuint (++n, <=, 2);
      g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
    }
}

G_GNUC_PRINTF (2, 3)
static const char *
print (CrmArena *arena, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  return crm_arena_strdup (arena, text);
}

/* Like a row of the demo company: what stands beside each other repeats as it does there. */
static void
add_relation (CrmSegmentWriter *writer, CrmArena *arena, GRand *rand, guint i)
{
  static const char *const surnames[] = { "Bakker", "de Jong", "Jansen", "Visser", "Smit",
                                          "Mulder", "Bos",     "Vos",    "Peters", "Dekker" };
  static const char *const cities[] = { "Amsterdam", "Ede",   "Goor",   "Utrecht", "Haarlem",
                                        "Zwolle",    "Assen", "Delden", "Breda" };
  CrmRowField fields[] = {
    { "number", { CRM_WIRE_TEXT, NULL }, 0 },
    { "initials", { CRM_WIRE_TEXT, NULL }, 0 },
    { "surname", { CRM_WIRE_TEXT, NULL }, 0 },
    { "organisation", { CRM_WIRE_TEXT, NULL }, 0 },
    { "email", { CRM_WIRE_TEXT, NULL }, 0 },
    { "mobile", { CRM_WIRE_TEXT, NULL }, 0 },
    { "street", { CRM_WIRE_TEXT, NULL }, 0 },
    { "house_number", { CRM_WIRE_TEXT, NULL }, 0 },
    { "postcode", { CRM_WIRE_TEXT, NULL }, 0 },
    { "city", { CRM_WIRE_TEXT, NULL }, 0 },
    { "language", { CRM_WIRE_TEXT, "nl" }, 0 },
    { "stage", { CRM_WIRE_TEXT, "customer" }, 0 },
    { "tags", { CRM_WIRE_MEMBERS, "beurs;vip" }, 0 },
    { "last_activity", { CRM_WIRE_TEXT, "2026-03-01" }, 0 },
  };
  const char *surname = surnames[g_rand_int_range (rand, 0, G_N_ELEMENTS (surnames))];
  const CrmRowLine row = {
    .kind = "person",
    .id = print (arena,
                 "018f%04x-%04x-7%03x-8%03x-%04x%08x",
                 i >> 16,
                 i & 0xffff,
                 g_rand_int_range (rand, 0, 0x1000),
                 g_rand_int_range (rand, 0, 0x1000),
                 g_rand_int_range (rand, 0, 0x10000),
                 g_rand_int (rand)),
    .seq = 100 + i / 500,
    .row_seq = 100 + i / 500,
    .fields = fields,
    .n_fields = G_N_ELEMENTS (fields),
  };

  fields[0].value.text = print (arena, "D%06u", i);
  fields[1].value.text = print (arena, "%c.", g_rand_int_range (rand, 'A', 'Z'));
  fields[2].value.text = surname;
  fields[3].value.text = crm_make_id (arena, rand);
  fields[4].value.text = print (arena, "%s%u@voorbeeld.example", surname, i);
  fields[5].value.text = print (arena, "+316%08u", g_rand_int_range (rand, 0, 99999999));
  fields[6].value.text = g_rand_boolean (rand) ? "Kerkstraat" : "Nieuwstraat";
  fields[7].value.text = print (arena, "%u", g_rand_int_range (rand, 1, 200));
  fields[8].value.text = print (arena,
                                "%u%c%c",
                                g_rand_int_range (rand, 1000, 9999),
                                g_rand_int_range (rand, 'A', 'Z'),
                                g_rand_int_range (rand, 'A', 'Z'));
  fields[9].value.text = cities[g_rand_int_range (rand, 0, G_N_ELEMENTS (cities))];
  for (guint j = 0; j < row.n_fields; j++)
    fields[j].seq = row.row_seq;
  crm_segment_writer_add (writer, &row);
}

/* What a first sync may cost. */
static void
test_size (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (63);
  g_autoptr (CrmArena) arena = crm_arena_new ();
  g_autoptr (CrmSegmentWriter) writer = crm_segment_writer_new (&header);
  g_autoptr (CrmSegmentReader) reader = NULL;
  g_autoptr (GBytes) segment = NULL;
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GBytes) unpacked = NULL;
  guint n = 0;

  for (guint i = 0; i < CRM_WIRE_SEGMENT_ROWS; i++)
    add_relation (writer, arena, rand, i);
  segment = crm_segment_writer_end (writer, &(CrmSegmentEnd) { NULL });
  packed = crm_wire_gzip (segment, 6);
  g_test_message ("%.1f bytes a relation, %.1f packed",
                  (double) g_bytes_get_size (segment) / CRM_WIRE_SEGMENT_ROWS,
                  (double) g_bytes_get_size (packed) / CRM_WIRE_SEGMENT_ROWS);
  g_assert_cmpuint (g_bytes_get_size (packed) / CRM_WIRE_SEGMENT_ROWS, <=, 100);

  unpacked = crm_wire_gunzip (packed, NULL);
  g_assert_true (g_bytes_equal (unpacked, segment));
  reader = crm_segment_reader_new (unpacked, NULL);
  while (crm_segment_reader_next (reader, NULL) != NULL)
    n++;
  g_assert_cmpuint (n, ==, CRM_WIRE_SEGMENT_ROWS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/segment/round-trip", test_round_trip);
  g_test_add_func ("/wire/segment/not-whole", test_not_whole);
  g_test_add_func ("/wire/segment/refused", test_refused);
  g_test_add_func ("/wire/segment/size", test_size);

  return g_test_run ();
}
