#include "wire/crm-inflate.h"

#include "wire/crm-wire-limit.h"

#include <string.h>

static GBytes *
make_noise (gsize size, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) g_rand_int (rand);

  return g_bytes_new_take (data, size);
}

static void
test_round_trip (void)
{
  static const gsize sizes[] = { 0, 1, 100, 16 * 1024, 16 * 1024 + 1, 300000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) plain = make_noise (sizes[i], i);
      g_autoptr (GBytes) packed = crm_wire_gzip (plain, 6);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) back = crm_wire_gunzip (packed, &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (back, plain));
    }
}

/* As the network brings it. */
static void
test_pieces (void)
{
  g_autoptr (GBytes) plain = make_noise (50000, 9);
  g_autoptr (GBytes) packed = crm_wire_gzip (plain, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (10);
  const guint8 *data = g_bytes_get_data (packed, NULL);
  const gsize size = g_bytes_get_size (packed);

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (CrmInflate) inflate = crm_inflate_new (TRUE);
      g_autoptr (GBytes) back = NULL;
      g_autoptr (GError) error = NULL;

      for (gsize at = 0, n; at < size; at += n)
        {
          n = (gsize) g_rand_int_range (rand, 1, round == 0 ? 2 : 5000);
          n = MIN (n, size - at);
          crm_inflate_push (inflate, data + at, n, &error);
          g_assert_no_error (error);
        }
      back = crm_inflate_finish (inflate, NULL);
      g_assert_true (g_bytes_equal (back, plain));
    }
}

static void
test_truncated (void)
{
  g_autoptr (GBytes) plain = make_noise (200, 11);
  g_autoptr (GBytes) packed = crm_wire_gzip (plain, 6);

  for (gsize i = 0; i < g_bytes_get_size (packed); i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, i);
      g_autoptr (GError) error = NULL;

      g_assert_null (crm_wire_gunzip (cut, &error));
      g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_TRUNCATED);
    }
}

static void
test_invalid (void)
{
  g_autoptr (GBytes) plain = make_noise (200, 12);
  g_autoptr (GBytes) packed = crm_wire_gzip (plain, 6);
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (CrmInflate) inflate = crm_inflate_new (TRUE);
  g_autoptr (GError) error = NULL;

  g_assert_false (crm_inflate_push (inflate, "{\"proto\":1}", 11, &error));
  g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
  g_clear_error (&error);
  /* Once it failed it stays so. */
  g_assert_false (crm_inflate_push (inflate, "", 0, &error));
  g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (crm_inflate_finish (inflate, &error));
  g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
  g_clear_error (&error);

  g_byte_array_append (longer, g_bytes_get_data (packed, NULL), (guint) g_bytes_get_size (packed));
  g_byte_array_append (longer, (const guint8 *) "x", 1);
  g_clear_pointer (&packed, g_bytes_unref);
  packed = g_bytes_new (longer->data, longer->len);
  g_assert_null (crm_wire_gunzip (packed, &error));
  g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID);
}

/* Zeros without end, packed as tightly as gzip can: about 1,000 to 1. */
static void
test_bomb (void)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (CrmInflate) inflate = crm_inflate_new (TRUE);
  g_autofree guint8 *zeros = g_malloc0 (1024 * 1024);
  guint8 packed[64 * 1024];
  g_autoptr (GError) error = NULL;
  gsize n_pushed = 0;

  for (guint i = 0; i < 1024 && error == NULL; i++)
    {
      gsize n_read, n_written;

      g_converter_convert (G_CONVERTER (compressor),
                           zeros,
                           1024 * 1024,
                           packed,
                           sizeof packed,
                           G_CONVERTER_NO_FLAGS,
                           &n_read,
                           &n_written,
                           NULL);
      n_pushed += n_read;
      crm_inflate_push (inflate, packed, n_written, &error);
    }
  g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_TOO_BIG);
  /* Long before what was packed is unpacked. */
  g_assert_cmpuint (n_pushed, <=, CRM_WIRE_MAX_INFLATED);
}

/* A note full of dashes: what might have come unpacked is no bomb. */
static void
test_small_and_tight (void)
{
  g_autofree char *text = g_strnfill (CRM_WIRE_MAX_BODY, '-');
  g_autoptr (GBytes) plain = g_bytes_new (text, CRM_WIRE_MAX_BODY);
  g_autoptr (GBytes) packed = crm_wire_gzip (plain, 9);
  g_autoptr (GBytes) back = crm_wire_gunzip (packed, NULL);

  g_assert_cmpuint (g_bytes_get_size (packed) * CRM_WIRE_MAX_RATIO, <, g_bytes_get_size (plain));
  g_assert_nonnull (back);
}

static void
test_too_long (void)
{
  g_autofree guint8 *zeros = g_malloc0 (CRM_WIRE_MAX_BODY);
  g_autoptr (CrmInflate) inflate = crm_inflate_new (FALSE);
  g_autoptr (CrmInflate) longer = crm_inflate_new (FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  g_assert_true (crm_inflate_push (inflate, zeros, CRM_WIRE_MAX_BODY, NULL));
  body = crm_inflate_finish (inflate, NULL);
  g_assert_cmpuint (g_bytes_get_size (body), ==, CRM_WIRE_MAX_BODY);

  g_assert_true (crm_inflate_push (longer, zeros, CRM_WIRE_MAX_BODY, NULL));
  g_assert_false (crm_inflate_push (longer, zeros, 1, &error));
  g_assert_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_TOO_BIG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wire/inflate/round-trip", test_round_trip);
  g_test_add_func ("/wire/inflate/pieces", test_pieces);
  g_test_add_func ("/wire/inflate/truncated", test_truncated);
  g_test_add_func ("/wire/inflate/invalid", test_invalid);
  g_test_add_func ("/wire/inflate/bomb", test_bomb);
  g_test_add_func ("/wire/inflate/small-and-tight", test_small_and_tight);
  g_test_add_func ("/wire/inflate/too-long", test_too_long);

  return g_test_run ();
}
