#include "crm-fuzz-wire.h"
#include "crm-wire-fixture.h"

#include "wire/crm-hello.h"
#include "wire/crm-inflate.h"
#include "wire/crm-past.h"
#include "wire/crm-pull.h"
#include "wire/crm-segment.h"

#include <string.h>

/* Of each reader. */
#define MUTATIONS      400
#define MUTATIONS_SLOW 50000

#define ID "018f0000-0000-7000-8000-000000000001"

/* All lines but the last, which the fuzzer makes anew. */
static void
append_lines (GString *input, GBytes *page)
{
  gsize size;
  const char *data = g_bytes_get_data (page, &size);
  const char *last = memrchr (data, '\n', size - 1);

  g_string_append_len (input, data, last + 1 - data);
}

static void
append_page (GString *input, CrmArena *arena, GRand *rand)
{
  const CrmHeaderLine header = { CRM_WIRE_PROTO, "e1", "from" };
  g_autoptr (CrmPageWriter) writer = crm_page_writer_new (&header);
  g_autoptr (GBytes) page = NULL;

  for (guint i = 0; i < 3; i++)
    {
      const CrmPageLine line = crm_make_line (arena, rand);

      crm_page_writer_add (writer, &line);
    }
  page = crm_page_writer_end (writer, &(CrmEndLine) { .cursor = "c" });
  append_lines (input, page);
}

static void
append_segment (GString *input, CrmArena *arena, GRand *rand)
{
  const CrmSegmentHeader header = { CRM_WIRE_PROTO, "e1", 7, "c0", 90211 };
  g_autoptr (CrmSegmentWriter) writer = crm_segment_writer_new (&header);
  g_autoptr (GBytes) segment = NULL;

  for (guint i = 0; i < 3; i++)
    {
      const CrmRowLine row = crm_make_row (arena, rand, TRUE);

      crm_segment_writer_add (writer, &row);
    }
  segment = crm_segment_writer_end (writer, &(CrmSegmentEnd) { NULL });
  append_lines (input, segment);
}

static void
append_past (GString *input, CrmArena *arena, GRand *rand)
{
  const CrmPastField field = { "city", crm_make_value (arena, rand), crm_make_value (arena, rand) };
  const CrmPastChange change = {
    crm_make_set_line (arena, rand), CRM_SET_OP_SET, "person", &field, 1
  };
  const CrmPast past = { .changes = &change, .n_changes = 1, .before = 5 };

  crm_past_write (&past, input);
}

static void
append_push (GString *input, CrmArena *arena, GRand *rand)
{
  const CrmWireSet sets[] = { crm_make_set (arena, rand, 7), crm_make_set (arena, rand, 8) };
  const CrmPushRequest request = {
    .proto = 1, .schema = 1, .epoch = "e", .replica = ID, .now = "2026", .sets = sets, .n_sets = 2
  };

  crm_push_request_write (&request, input);
}

static void
append_reply (GString *input, CrmArena *arena, GRand *rand)
{
  const CrmSetResult result = crm_make_result (arena, rand);

  crm_push_reply_write (&(CrmPushReply) { .results = &result, .n_results = 1 }, input);
}

static void
append_gzip (GString *input, CrmArena *arena, GRand *rand)
{
  const char *text = crm_make_text (arena, rand);
  g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) packed = crm_wire_gzip (plain, 6);

  g_string_append_len (input, g_bytes_get_data (packed, NULL), (gssize) g_bytes_get_size (packed));
}

static void
append_fields (GString *input, CrmArena *arena, GRand *rand)
{
  const CrmNamedValue values[] = { { "city", crm_make_value (arena, rand) },
                                   { "tags", crm_make_value (arena, rand) } };

  crm_named_values_write (values, G_N_ELEMENTS (values), input);
}

static void
append_small (GString *input, CrmFuzzReader reader)
{
  static const gint64 booting[] = { 17, 18 };

  if (reader == CRM_FUZZ_HELLO)
    crm_hello_write (&(CrmHello) { .company = "c", .epoch = "e", .proto_max = 1, .schema_max = 2 },
                     input);
  else if (reader == CRM_FUZZ_DEVICE_REQUEST)
    crm_device_request_write (&(CrmDeviceRequest) { .user = "u", .password = "p", .replica = ID },
                              input);
  else if (reader == CRM_FUZZ_DEVICE_REPLY)
    crm_device_reply_write (&(CrmDeviceReply) { .device = "d",
                                                .epoch = "e",
                                                .company = "c",
                                                .token = "t" },
                            input);
  else if (reader == CRM_FUZZ_ERROR)
    g_string_append (input, "{\"error\":{\"code\":\"busy\",\"message\":\"x\",\"retry_after\":3}}");
  else
    crm_pull_request_write (&(CrmPullRequest) { .proto = 1,
                                                .schema = 1,
                                                .cursor = "c",
                                                .acked = 7,
                                                .booting = booting,
                                                .n_booting = 2 },
                            input);
}

/* A whole message with the byte before it that chooses its reader. */
static GString *
make_input (CrmFuzzReader reader, GRand *rand)
{
  g_autoptr (CrmArena) arena = crm_arena_new ();
  GString *input = g_string_new (NULL);

  if (reader == CRM_FUZZ_PAGE)
    append_page (input, arena, rand);
  else if (reader == CRM_FUZZ_SEGMENT)
    append_segment (input, arena, rand);
  else if (reader == CRM_FUZZ_PAST)
    append_past (input, arena, rand);
  else if (reader == CRM_FUZZ_PUSH_REQUEST)
    append_push (input, arena, rand);
  else if (reader == CRM_FUZZ_PUSH_REPLY)
    append_reply (input, arena, rand);
  else if (reader == CRM_FUZZ_GZIP)
    append_gzip (input, arena, rand);
  else if (reader == CRM_FUZZ_FIELDS)
    append_fields (input, arena, rand);
  else
    append_small (input, reader);
  g_string_insert_len (input, 0, (char[]) { (char) reader }, 1);

  return input;
}

/* Behind the first byte. */
static void
mutate (GString *input, GRand *rand)
{
  static const char *const tokens[] = {
    "\"",      ",",
    ":",       "{",
    "}",       "[",
    "]",       "null",
    "true",    "-",
    "1e999",   "9007199254740993",
    "0",       "\\u0000",
    "\\ud800", "\\",
    "\xff",    "\xc3",
    "\n",      "{}",
    "[]",      "\"k\":\"end\"",
    "\"n5\"",  "-1",
    "\"v\":",  "\x1f\x8b",
  };
  guint n = (guint) g_rand_int_range (rand, 1, 5);

  while (n-- > 0 && input->len > 1)
    {
      const gssize at = g_rand_int_range (rand, 1, (gint32) input->len);
      const gssize wanted = g_rand_int_range (rand, 1, 20);
      const gssize part = MIN (wanted, (gssize) input->len - at);

      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0:
          input->str[at] = (char) g_rand_int_range (rand, 0, 256);
          break;

        case 1:
          g_string_erase (input, at, part);
          break;

        case 2:
          g_string_truncate (input, (gsize) at);
          break;

        case 3:
          {
            g_autofree char *copy = g_strndup (input->str + at, (gsize) part);

            g_string_insert (input, g_rand_int_range (rand, 1, (gint32) input->len), copy);
            break;
          }

        default:
          g_string_insert (input, at, tokens[g_rand_int_range (rand, 0, G_N_ELEMENTS (tokens))]);
        }
    }
}

static void
run (const GString *input)
{
  LLVMFuzzerTestOneInput ((const guint8 *) input->str, input->len);
}

/* Whole messages are taken, every one. */
static void
test_whole (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (81);

  for (int reader = 0; reader < CRM_FUZZ_N_READERS; reader++)
    {
      const guint before = crm_fuzz_n_taken[reader];

      for (guint i = 0; i < 20; i++)
        {
          g_autoptr (GString) input = make_input ((CrmFuzzReader) reader, rand);

          run (input);
        }
      g_test_message ("reader %d", reader);
      g_assert_cmpuint (crm_fuzz_n_taken[reader] - before, ==, 20);
    }
}

/* Of changed ones some are taken and some refused, and none does harm. CRM_FUZZ_ROUNDS and
 * CRM_FUZZ_SEED in the environment make a longer run of it. */
static void
test_mutations (void)
{
  const char *rounds = g_getenv ("CRM_FUZZ_ROUNDS");
  const char *seed = g_getenv ("CRM_FUZZ_SEED");
  const guint64 n = rounds != NULL   ? g_ascii_strtoull (rounds, NULL, 10)
                    : g_test_slow () ? MUTATIONS_SLOW
                                     : MUTATIONS;
  g_autoptr (GRand)
      rand = g_rand_new_with_seed (seed != NULL ? (guint32) g_ascii_strtoull (seed, NULL, 10) : 82);

  for (int reader = 0; reader < CRM_FUZZ_N_READERS; reader++)
    {
      const guint before = crm_fuzz_n_taken[reader];
      guint taken;

      for (guint64 i = 0; i < n; i++)
        {
          g_autoptr (GString) input = make_input ((CrmFuzzReader) reader, rand);

          mutate (input, rand);
          run (input);
        }
      taken = crm_fuzz_n_taken[reader] - before;
      g_test_message ("reader %d: %u of %" G_GUINT64_FORMAT " taken", reader, taken, n);
      g_assert_cmpuint (taken, >, 0);
      g_assert_cmpuint (taken, <, n);
    }
}

/* The fields of messages put together by chance: no message, but JSON that is deep and odd. */
static void
test_tokens (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (83);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GString) input = g_string_new ("");

      g_string_append_c (input, (char) (1 + i % (CRM_FUZZ_N_READERS - 1)));
      for (guint j = 0; j < 6; j++)
        mutate (g_string_append_c (input, ' '), rand);
      run (input);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/fuzz/whole", test_whole);
  g_test_add_func ("/wire/fuzz/mutations", test_mutations);
  g_test_add_func ("/wire/fuzz/tokens", test_tokens);

  return g_test_run ();
}
