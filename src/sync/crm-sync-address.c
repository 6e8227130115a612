#include "sync/crm-sync.h"

#include <string.h>

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, CRM_SYNC_ERROR, CRM_SYNC_ERROR_ADDRESS, message);

  return FALSE;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* "[::1]:8470", "host:8470" and "host" are none; what is before "://" is. */
static char *
add_scheme (const char *text)
{
  g_autofree char *guess = NULL;
  g_autoptr (GUri) uri = NULL;

  if (strstr (text, "://") != NULL)
    return g_strdup (text);

  guess = g_strconcat ("http://", text, NULL);
  uri = g_uri_parse (guess, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && g_uri_get_host (uri) != NULL && is_loopback (g_uri_get_host (uri)))
    return g_steal_pointer (&guess);

  return g_strconcat ("https://", text, NULL);
}

/* A name of the network, which may be in any script, or an address. */
static gboolean
is_host (const char *host)
{
  for (; *host != '\0'; host++)
    if (g_ascii_isprint (*host) && !g_ascii_isalnum (*host) && strchr (".-_:%", *host) == NULL)
      return FALSE;
    else if (g_ascii_iscntrl (*host))
      return FALSE;

  return TRUE;
}

static gboolean
check (GUri *uri, const char *text, gboolean insecure, GError **error)
{
  const char *host = g_uri_get_host (uri);
  const char *scheme = g_uri_get_scheme (uri);

  if (host == NULL || host[0] == '\0')
    return refuse (error, "“%s” names no server; write https://NAME", text);
  if (!is_host (host))
    return refuse (error, "“%s” is no address of a server; write https://NAME", text);
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL ||
      g_uri_get_fragment (uri) != NULL)
    return refuse (error, "“%s” has more than a name, a port and a path; leave out the rest", text);
  if (strcmp (scheme, "https") == 0)
    return TRUE;
  if (strcmp (scheme, "http") != 0)
    return refuse (error, "“%s” is neither https nor http", text);
  if (insecure || is_loopback (host))
    return TRUE;

  return refuse (error,
                 "“%s” would send the password in clear over the network; write https://",
                 text);
}

char *
crm_sync_normalize_server (const char *text, gboolean insecure, GError **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *full = NULL;
  g_autoptr (GUri) uri = NULL;
  char *result;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = g_strstrip (g_strdup (text));
  full = add_scheme (stripped);
  uri = g_uri_parse (full, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL)
    {
      refuse (error, "“%s” is no address of a server; write https://NAME", stripped);
      return NULL;
    }
  if (!check (uri, stripped, insecure, error))
    return NULL;

  result = g_uri_to_string (uri);
  while (g_str_has_suffix (result, "/"))
    result[strlen (result) - 1] = '\0';

  return result;
}
