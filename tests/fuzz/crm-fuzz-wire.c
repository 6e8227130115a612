/*
 * Every message of the synchronisation, fed with any bytes. With clang: -fsanitize=fuzzer,address
 * on this file and the libraries below store. Without it test-wire-fuzz.c gives it whole messages
 * and mutations of them.
 *
 * The first byte chooses the reader. What a reader takes is written and read again, and must be the
 * same bytes the second time; what it refuses must have a reason of ours. The lines of a page and a
 * segment are sealed first, so that mutations come behind the checksum.
 */

#include "crm-fuzz-wire.h"

#include "wire/crm-hello.h"
#include "wire/crm-inflate.h"
#include "wire/crm-past.h"
#include "wire/crm-pull.h"
#include "wire/crm-segment.h"

#include <string.h>

guint crm_fuzz_n_taken[CRM_FUZZ_N_READERS];

static void
check_error (gconstpointer read, const GError *error)
{
  g_assert ((read == NULL) == (error != NULL));
  if (error != NULL)
    g_assert (error->domain == CRM_WIRE_ERROR && g_utf8_validate (error->message, -1, NULL));
}

/* A message with functions TYPE_read, _write and _free: written twice it is the same. */
#define DEFINE_ROUND_TRIP(Type, name)                                                              \
  static gboolean round_trip_##name (const char *text, gsize size)                                 \
  {                                                                                                \
    g_autoptr (GError) error = NULL;                                                               \
    g_autoptr (Type) first = crm_##name##_read (text, size, &error);                               \
    g_autoptr (Type) second = NULL;                                                                \
    g_autoptr (GString) once = g_string_new (NULL);                                                \
    g_autoptr (GString) twice = g_string_new (NULL);                                               \
                                                                                                   \
    check_error (first, error);                                                                    \
    if (first == NULL)                                                                             \
      return FALSE;                                                                                \
    crm_##name##_write (first, once);                                                              \
    second = crm_##name##_read (once->str, once->len, &error);                                     \
    g_assert_no_error (error);                                                                     \
    crm_##name##_write (second, twice);                                                            \
    g_assert_cmpstr (once->str, ==, twice->str);                                                   \
    return TRUE;                                                                                   \
  }

DEFINE_ROUND_TRIP (CrmPushReply, push_reply)
DEFINE_ROUND_TRIP (CrmPullRequest, pull_request)
DEFINE_ROUND_TRIP (CrmHello, hello)
DEFINE_ROUND_TRIP (CrmDeviceRequest, device_request)
DEFINE_ROUND_TRIP (CrmDeviceReply, device_reply)
DEFINE_ROUND_TRIP (CrmPast, past)
DEFINE_ROUND_TRIP (CrmPushRequest, push_request)

/* Both ends make one digest of a set that was taken. */
static gboolean
read_push_request (const char *text, gsize size)
{
  static const guint8 zeros[CRM_SET_DIGEST_SIZE];
  g_autoptr (CrmPushRequest) request = crm_push_request_read (text, size, NULL);
  g_autoptr (CrmPushRequest) again = NULL;
  g_autoptr (GString) json = g_string_new (NULL);
  guint8 digests[2][CRM_SET_DIGEST_SIZE];

  if (!round_trip_push_request (text, size))
    return FALSE;

  crm_push_request_write (request, json);
  again = crm_push_request_read (json->str, json->len, NULL);
  for (guint i = 0; i < request->n_sets; i++)
    {
      crm_wire_set_get_digest (&request->sets[i], zeros, digests[0]);
      crm_wire_set_get_digest (&again->sets[i], zeros, digests[1]);
      g_assert_cmpmem (digests[0], CRM_SET_DIGEST_SIZE, digests[1], CRM_SET_DIGEST_SIZE);
    }

  return TRUE;
}

/* Ends @text with a line that says that it is whole. */
static GBytes *
seal (const char *text, gsize size)
{
  g_autoptr (GString) page = g_string_new_len (text, (gssize) size);
  g_autofree char *hash = NULL;
  guint n_lines = 0;

  if (size > 0 && text[size - 1] != '\n')
    g_string_append_c (page, '\n');
  for (gsize i = 0; i < page->len; i++)
    n_lines += page->str[i] == '\n';
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guint8 *) page->str, page->len);
  g_string_append_printf (page,
                          "{\"k\":\"end\",\"cur\":\"c\",\"lines\":%u,\"sha\":\"%s\"}\n",
                          n_lines,
                          hash);

  return g_string_free_to_bytes (g_steal_pointer (&page));
}

/* As it is nothing of it is taken, but for what was whole before. */
static gboolean
read_page (const char *text, gsize size)
{
  g_autoptr (GBytes) sealed = seal (text, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmPageReader) reader = crm_page_reader_new (sealed, &error);
  g_autoptr (CrmPageWriter) writer = NULL;
  g_autoptr (GBytes) page = NULL;
  const CrmPageLine *line;

  check_error (reader, error);
  if (reader == NULL)
    return FALSE;

  writer = crm_page_writer_new (crm_page_reader_get_header (reader));
  while ((line = crm_page_reader_next (reader, &error)) != NULL)
    crm_page_writer_add (writer, line);
  if (error != NULL)
    return FALSE;
  page = crm_page_writer_end (writer, crm_page_reader_get_end (reader));
  g_clear_pointer (&reader, crm_page_reader_free);
  reader = crm_page_reader_new (page, &error);
  g_assert_no_error (error);
  while (crm_page_reader_next (reader, &error) != NULL)
    ;
  g_assert_no_error (error);

  return TRUE;
}

static gboolean
read_segment (const char *text, gsize size)
{
  g_autoptr (GBytes) sealed = seal (text, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmSegmentReader) reader = crm_segment_reader_new (sealed, &error);
  g_autoptr (CrmSegmentWriter) writer = NULL;
  g_autoptr (GBytes) segment = NULL;
  const CrmRowLine *row;
  guint n = 0;

  check_error (reader, error);
  if (reader == NULL)
    return FALSE;

  writer = crm_segment_writer_new (crm_segment_reader_get_header (reader));
  while ((row = crm_segment_reader_next (reader, &error)) != NULL)
    crm_segment_writer_add (writer, row);
  if (error != NULL)
    return FALSE;
  segment = crm_segment_writer_end (writer, crm_segment_reader_get_end (reader));
  g_clear_pointer (&reader, crm_segment_reader_free);
  reader = crm_segment_reader_new (segment, &error);
  g_assert_no_error (error);
  while (crm_segment_reader_next (reader, &error) != NULL)
    n++;
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, crm_segment_writer_get_n_rows (writer));

  return TRUE;
}

static gboolean
read_error (const char *text, gsize size)
{
  g_autoptr (GError) error = NULL;
  guint retry_after;

  crm_wire_error_read (size > 0 ? 400 + text[0] % 200 : 500, text, size, &retry_after, &error);
  check_error (NULL, error);

  return error->code != CRM_WIRE_ERROR_TRUNCATED;
}

static gboolean
read_fields (const char *text, gsize size)
{
  g_autofree char *copy = g_strndup (text, size);
  g_autoptr (CrmArena) arena = crm_arena_new ();
  g_autoptr (GString) once = g_string_new (NULL);
  g_autoptr (GString) twice = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n;
  CrmNamedValue *values = crm_named_values_read (copy, arena, &n, &error);

  check_error (values, error);
  if (values == NULL)
    return FALSE;
  crm_named_values_write (values, n, once);
  values = crm_named_values_read (once->str, arena, &n, &error);
  g_assert_no_error (error);
  crm_named_values_write (values, n, twice);
  g_assert_cmpstr (once->str, ==, twice->str);

  return TRUE;
}

/* In one piece and byte by byte it is the same. */
static gboolean
read_gzip (const char *text, gsize size)
{
  g_autoptr (GBytes) packed = g_bytes_new (text, size);
  g_autoptr (GBytes) whole = crm_wire_gunzip (packed, NULL);
  g_autoptr (GBytes) pieces = NULL;
  g_autoptr (CrmInflate) inflate = crm_inflate_new (TRUE);
  g_autoptr (GError) error = NULL;
  gboolean pushed = TRUE;

  for (gsize i = 0; pushed && i < size; i++)
    pushed = crm_inflate_push (inflate, text + i, 1, &error);
  if (pushed)
    pieces = crm_inflate_finish (inflate, &error);
  check_error (pieces, error);
  g_assert ((whole == NULL) == (pieces == NULL));
  if (whole != NULL)
    g_assert_true (g_bytes_equal (whole, pieces));

  return whole != NULL;
}

static gboolean (*const readers[CRM_FUZZ_N_READERS]) (const char *text, gsize size) = {
  [CRM_FUZZ_PUSH_REQUEST] = read_push_request,
  [CRM_FUZZ_PUSH_REPLY] = round_trip_push_reply,
  [CRM_FUZZ_PULL_REQUEST] = round_trip_pull_request,
  [CRM_FUZZ_PAGE] = read_page,
  [CRM_FUZZ_SEGMENT] = read_segment,
  [CRM_FUZZ_HELLO] = round_trip_hello,
  [CRM_FUZZ_DEVICE_REQUEST] = round_trip_device_request,
  [CRM_FUZZ_DEVICE_REPLY] = round_trip_device_reply,
  [CRM_FUZZ_PAST] = round_trip_past,
  [CRM_FUZZ_ERROR] = read_error,
  [CRM_FUZZ_FIELDS] = read_fields,
  [CRM_FUZZ_GZIP] = read_gzip,
};

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *exact = NULL;
  guint reader;

  if (size < 1)
    return 0;

  reader = data[0] % CRM_FUZZ_N_READERS;
  /* Of the size and no more, so that reading behind it is found; a page of none is none. */
  exact = g_memdup2 (data + 1, size - 1);
  crm_fuzz_n_taken[reader] += readers[reader](exact != NULL ? exact : "", size - 1);

  return 0;
}
