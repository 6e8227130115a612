#include "store/crm-backup.h"

#include <sodium.h>
#include <string.h>

/*
 * What is printed: 160 random bits and a checksum of 20, in Crockford's base32, which has no I, L,
 * O and U: six groups of six. It is random enough to need no slow derivation; the key that wraps
 * the page key is BLAKE2b of it. Wrapped: base64 of nonce and secretbox.
 */
#define SECRET_BYTES  20
#define SECRET_DIGITS 32
#define CHECK_DIGITS  4
#define GROUP_DIGITS  6
#define WRAPPED_BYTES (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + CRM_KEY_SIZE)

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Five bits from bit @place on. */
static guint
get_bits (const guint8 *bytes, gsize n_bytes, guint place)
{
  const guint byte = place / 8;
  guint pair = (guint) bytes[byte] << 8;

  if (byte + 1 < n_bytes)
    pair |= bytes[byte + 1];

  return (pair >> (11 - place % 8)) & 31;
}

static void
make_check (const guint8 secret[SECRET_BYTES], char check[CHECK_DIGITS])
{
  guint8 hash[crypto_generichash_BYTES];

  crypto_generichash (hash, sizeof hash, secret, SECRET_BYTES, NULL, 0);
  for (guint i = 0; i < CHECK_DIGITS; i++)
    check[i] = digits[get_bits (hash, sizeof hash, 5 * i)];
}

static char *
print_secret (const guint8 secret[SECRET_BYTES])
{
  g_autoptr (GString) text = g_string_new (NULL);
  char all[SECRET_DIGITS + CHECK_DIGITS];

  for (guint i = 0; i < SECRET_DIGITS; i++)
    all[i] = digits[get_bits (secret, SECRET_BYTES, 5 * i)];
  make_check (secret, all + SECRET_DIGITS);

  for (guint i = 0; i < sizeof all; i++)
    {
      if (i > 0 && i % GROUP_DIGITS == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, all[i]);
    }
  sodium_memzero (all, sizeof all);

  return g_strdup (text->str);
}

/* As people type it: any case, O for 0, I and L for 1; -1 for what is no digit. */
static int
get_digit (char c)
{
  const char *found;

  c = g_ascii_toupper (c);
  if (c == 'O')
    c = '0';
  else if (c == 'I' || c == 'L')
    c = '1';

  found = c != '\0' ? strchr (digits, c) : NULL;

  return found != NULL ? (int) (found - digits) : -1;
}

static gboolean
fail (const char *message, GError **error)
{
  g_set_error_literal (error, CRM_STORE_ERROR, CRM_STORE_ERROR_KEY, message);

  return FALSE;
}

static gboolean
parse_printed (const char *printed, guint8 secret[SECRET_BYTES], GError **error)
{
  guint8 values[SECRET_DIGITS + CHECK_DIGITS];
  char check[CHECK_DIGITS];
  guint n = 0;

  for (; *printed != '\0'; printed++)
    {
      const int digit = get_digit (*printed);

      if (*printed == '-' || g_ascii_isspace (*printed))
        continue;
      if (digit < 0 || n == sizeof values)
        return fail ("The recovery key has 36 letters and digits in six groups", error);
      values[n++] = digit;
    }
  if (n != sizeof values)
    return fail ("The recovery key has 36 letters and digits in six groups", error);

  memset (secret, 0, SECRET_BYTES);
  for (guint bit = 0; bit < 8 * SECRET_BYTES; bit++)
    if (values[bit / 5] & (16 >> bit % 5))
      secret[bit / 8] |= 128 >> bit % 8;

  make_check (secret, check);
  for (guint i = 0; i < CHECK_DIGITS; i++)
    if (check[i] != digits[values[SECRET_DIGITS + i]])
      return fail ("The recovery key has a typing error", error);

  return TRUE;
}

static void
derive (const guint8 secret[SECRET_BYTES], guint8 key[crypto_secretbox_KEYBYTES])
{
  static const guint8 purpose[] = "org.example.Crm recovery key 1";

  crypto_generichash (key,
                      crypto_secretbox_KEYBYTES,
                      secret,
                      SECRET_BYTES,
                      purpose,
                      sizeof purpose - 1);
}

char *
crm_recovery_key_new (const CrmKey *key, char **wrapped, GError **error)
{
  guint8 secret[SECRET_BYTES];
  guint8 wrapping[crypto_secretbox_KEYBYTES];
  guint8 box[WRAPPED_BYTES];
  char *printed;

  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (wrapped != NULL, NULL);

  randombytes_buf (secret, sizeof secret);
  derive (secret, wrapping);
  randombytes_buf (box, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy (box + crypto_secretbox_NONCEBYTES,
                         crm_key_get_bytes (key),
                         CRM_KEY_SIZE,
                         box,
                         wrapping);
  *wrapped = g_base64_encode (box, sizeof box);
  printed = print_secret (secret);

  sodium_memzero (secret, sizeof secret);
  sodium_memzero (wrapping, sizeof wrapping);

  return printed;
}

CrmKey *
crm_recovery_key_open (const char *printed, const char *wrapped, GError **error)
{
  g_autofree guint8 *box = NULL;
  guint8 secret[SECRET_BYTES];
  guint8 wrapping[crypto_secretbox_KEYBYTES];
  guint8 bytes[CRM_KEY_SIZE];
  gsize size = 0;
  CrmKey *key = NULL;

  g_return_val_if_fail (printed != NULL, NULL);
  g_return_val_if_fail (wrapped != NULL, NULL);

  if (sodium_init () < 0 || !parse_printed (printed, secret, error))
    return NULL;

  box = g_base64_decode (wrapped, &size);
  derive (secret, wrapping);
  if (size == WRAPPED_BYTES && crypto_secretbox_open_easy (bytes,
                                                           box + crypto_secretbox_NONCEBYTES,
                                                           size - crypto_secretbox_NONCEBYTES,
                                                           box,
                                                           wrapping) == 0)
    key = crm_key_new_from_bytes (bytes);
  else
    fail ("The recovery key is not the one of this replica", error);

  sodium_memzero (secret, sizeof secret);
  sodium_memzero (wrapping, sizeof wrapping);
  sodium_memzero (bytes, sizeof bytes);

  return key;
}

static char *
dup_path (const char *dir)
{
  return g_build_filename (dir, "recovery", NULL);
}

gboolean
crm_recovery_key_save (const char *dir, const char *wrapped, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (dir != NULL && wrapped != NULL, FALSE);

  path = dup_path (dir);

  return g_file_set_contents_full (path,
                                   wrapped,
                                   -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600,
                                   error);
}

char *
crm_recovery_key_load (const char *dir, GError **error)
{
  g_autofree char *path = NULL;
  char *wrapped = NULL;

  g_return_val_if_fail (dir != NULL, NULL);

  path = dup_path (dir);

  return g_file_get_contents (path, &wrapped, NULL, error) ? wrapped : NULL;
}
