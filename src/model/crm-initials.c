#include "base/crm-text.h"
#include "model/crm-name-private.h"
#include "model/crm-name.h"

#include <string.h>

/* The IJ is one letter in Dutch, also when it is typed as two. */
static gboolean
starts_with_ij (const char *name)
{
  return g_str_has_prefix (name, "ĳ") || g_str_has_prefix (name, "Ĳ") ||
         g_ascii_strncasecmp (name, "ij", 2) == 0;
}

static gboolean
is_abbreviated (const char *name)
{
  return g_str_has_suffix (name, ".");
}

static gboolean
is_one_letter (const char *name)
{
  return g_utf8_strlen (name, -1) == 1 || g_ascii_strcasecmp (name, "ij") == 0;
}

/* Skips quotes and hyphens before a name, "'Nico". */
static const char *
find_letter (const char *name)
{
  while (*name != '\0' && !g_unichar_isalpha (g_utf8_get_char (name)))
    name = g_utf8_next_char (name);

  return name;
}

static void
append_initial (GString *initials, const char *name)
{
  const char *letter = find_letter (name);

  if (*letter == '\0' || *name == '(')
    return;
  if (is_abbreviated (letter))
    {
      g_string_append (initials, letter);
      return;
    }

  if (starts_with_ij (letter))
    g_string_append (initials, "IJ");
  else
    g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (letter)));
  if (!is_one_letter (letter))
    g_string_append_c (initials, '.');
}

char *
crm_name_dup_initials (const char *given_name)
{
  g_autofree char *clean = crm_text_clean (given_name);
  g_auto (GStrv) names = NULL;
  g_autoptr (GString) initials = g_string_new (NULL);

  if (clean == NULL)
    return NULL;
  names = g_strsplit_set (clean, " \t\n,", -1);
  for (guint i = 0; names[i] != NULL; i++)
    append_initial (initials, names[i]);

  return initials->len > 0 ? g_strdup (initials->str) : NULL;
}

/* "JP" and "J": initials typed without points. */
static gboolean
lacks_points (const char *initials)
{
  const char *p;

  for (p = initials; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isupper (g_utf8_get_char (p)))
      return FALSE;

  return p > initials && g_utf8_strlen (initials, -1) <= 5;
}

static char *
add_points (const char *letters)
{
  GString *initials = g_string_new (NULL);

  while (*letters != '\0')
    {
      const char *next = g_str_has_prefix (letters, "IJ") ? letters + 2
                                                          : g_utf8_next_char (letters);

      g_string_append_len (initials, letters, next - letters);
      g_string_append_c (initials, '.');
      letters = next;
    }

  return g_string_free_and_steal (initials);
}

/* "J. P." is written "J.P." */
static char *
without_spaces (const char *text)
{
  char *tight = g_strdup (text);
  char *to = tight;

  for (const char *from = tight; *from != '\0'; from++)
    if (!g_ascii_isspace (*from))
      *to++ = *from;
  *to = '\0';

  return tight;
}

static gboolean
has_capital (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isupper (g_utf8_get_char (text)))
      return TRUE;

  return FALSE;
}

/* "j.p." and "jp": typed in haste. Of text with a capital somewhere the small letters are meant, as
 * in "Th.". */
static char *
with_capitals (const char *initials)
{
  g_auto (GStrv) parts = NULL;

  if (has_capital (initials))
    return g_strdup (initials);
  if (strchr (initials, '.') == NULL)
    return g_utf8_strlen (initials, -1) <= 3 ? crm_text_dup_upper (initials) : g_strdup (initials);

  parts = g_strsplit (initials, ".", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *rest = g_str_has_prefix (parts[i], "ij") ? parts[i] + 2
                         : *parts[i] != '\0'               ? g_utf8_next_char (parts[i])
                                                           : parts[i];
      g_autofree char *small = g_strndup (parts[i], rest - parts[i]);
      g_autofree char *first = crm_text_dup_upper (small);
      char *part = g_strconcat (first, rest, NULL);

      g_free (parts[i]);
      parts[i] = part;
    }

  return g_strjoinv (".", parts);
}

char *
crm_name_dup_person_initials (CrmRecord *person)
{
  static const char *const names[] = { "given_name", "call_name", NULL };
  g_autofree char *tight = NULL;
  g_autofree char *stored = NULL;

  if (crm_record_peek (person, "initials") == NULL)
    return crm_name_dup_initials (crm_name_peek_first (person, names));

  tight = without_spaces (crm_record_peek (person, "initials"));
  stored = with_capitals (tight);

  return lacks_points (stored) ? add_points (stored) : g_steal_pointer (&stored);
}
