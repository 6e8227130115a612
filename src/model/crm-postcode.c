#include "model/crm-postcode.h"

#include <string.h>

/* Combinations that the post never gave out. */
static gboolean
is_barred (const char *letters)
{
  return strcmp (letters, "SA") == 0 || strcmp (letters, "SD") == 0 || strcmp (letters, "SS") == 0;
}

/* Upper case, without white space, also the no-break one; FALSE when it is longer than a postcode.
 */
static gboolean
squeeze (const char *text, char *buffer, gsize size)
{
  gsize n = 0;

  for (; *text != '\0'; text++)
    {
      if (g_ascii_isspace (*text))
        continue;
      if (text[0] == '\xc2' && text[1] == '\xa0')
        {
          text++;
          continue;
        }
      if (n + 1 == size)
        return FALSE;
      buffer[n++] = g_ascii_toupper (*text);
    }
  buffer[n] = '\0';

  return TRUE;
}

char *
crm_postcode_normalize (const char *text)
{
  char code[7];

  if (text == NULL)
    return NULL;
  if (g_ascii_strncasecmp (text, "NL-", 3) == 0)
    text += 3;
  if (!squeeze (text, code, sizeof code) || strlen (code) != 6 || code[0] == '0' ||
      strspn (code, "0123456789") != 4 || !g_ascii_isalpha (code[4]) ||
      !g_ascii_isalpha (code[5]) || is_barred (code + 4))
    return NULL;

  return g_strdup (code);
}

char *
crm_postcode_display (const char *postcode)
{
  g_autofree char *code = crm_postcode_normalize (postcode);

  return code != NULL ? g_strdup_printf ("%.4s %s", code, code + 4) : g_strdup (postcode);
}

gboolean
crm_postcode_is_valid (const char *postcode)
{
  g_autofree char *dutch = crm_postcode_normalize (postcode);
  gsize digits, letters;
  char code[12];

  if (dutch != NULL)
    return TRUE;
  if (postcode == NULL || !squeeze (postcode, code, sizeof code))
    return FALSE;

  /* Meant as a Dutch one. */
  digits = strspn (code, "0123456789");
  letters = strspn (code + digits, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  if (digits == 4 && letters > 0 && code[digits + letters] == '\0')
    return FALSE;

  return strlen (code) >= 3 && strpbrk (code, "0123456789") != NULL &&
         strspn (code, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == strlen (code);
}
