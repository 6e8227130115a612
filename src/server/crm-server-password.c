#include "server/crm-server-password.h"

#include "server/crm-server-error.h"

#include <sodium.h>
#include <string.h>

/* Of a password that nobody knows: whoever tries names must not learn from the time it takes which
 * of them exist. */
#define NOBODY                                                                                     \
  "$argon2id$v=19$m=65536,t=2,p=1$nRp3VMN/q+AJnbdKoaXc/w"                                          \
  "$3AJBIhwV9Cxh5qHWDP2FhnL+lT8hKOfD4z8HP2ff1Nw"

static gboolean
check_length (const char *password, GError **error)
{
  const glong length = g_utf8_validate (password, -1, NULL) ? g_utf8_strlen (password, -1)
                                                            : (glong) strlen (password);

  if (length >= CRM_SERVER_PASSWORD_MIN && strlen (password) <= CRM_SERVER_PASSWORD_MAX)
    return TRUE;

  g_set_error (error,
               CRM_SERVER_ERROR,
               CRM_SERVER_ERROR_INVALID,
               "A password has at least %d characters, and at most %d bytes",
               CRM_SERVER_PASSWORD_MIN,
               CRM_SERVER_PASSWORD_MAX);
  return FALSE;
}

char *
crm_server_password_hash (const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];

  g_return_val_if_fail (password != NULL, NULL);

  if (!check_length (password, error))
    return NULL;

  if (sodium_init () < 0 || crypto_pwhash_str (hash,
                                               password,
                                               strlen (password),
                                               crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                               crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    {
      g_set_error (error,
                   CRM_SERVER_ERROR,
                   CRM_SERVER_ERROR_FAILED,
                   "A password could not be hashed: it takes 64 MiB of memory for a moment");
      return NULL;
    }

  return g_strdup (hash);
}

gboolean
crm_server_password_verify (const char *hash, const char *password)
{
  gboolean same;

  g_return_val_if_fail (password != NULL, FALSE);

  if (sodium_init () < 0 || strlen (password) > CRM_SERVER_PASSWORD_MAX)
    return FALSE;
  same = crypto_pwhash_str_verify (hash != NULL ? hash : NOBODY, password, strlen (password)) == 0;

  return same && hash != NULL;
}

char *
crm_server_password_read (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (strlen (text) != length)
    {
      g_set_error (error, CRM_SERVER_ERROR, CRM_SERVER_ERROR_INVALID, "“%s” is no text file", path);
      return NULL;
    }
  text[strcspn (text, "\r\n")] = '\0';

  return g_steal_pointer (&text);
}
