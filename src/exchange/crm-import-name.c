#include "exchange/crm-import-name.h"

#include "base/crm-text.h"
#include "model/crm-name.h"

#include <string.h>

void
crm_name_parts_clear (CrmNameParts *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->form_of_address, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->title_after, g_free);
  g_clear_pointer (&self->initials, g_free);
  g_clear_pointer (&self->given_name, g_free);
  g_clear_pointer (&self->prefix, g_free);
  g_clear_pointer (&self->surname, g_free);
}

const char *
crm_form_of_address_parse (const char *text)
{
  static const char *const men[] = { "heer", "dhr",    "dhrn", "hr",       "m", "man",       "male",
                                     "mr",   "mister", "herr", "monsieur", "h", "mannelijk", NULL };
  static const char *const women[] = { "mevrouw",    "mevr",       "mw", "mvr",   "mej",
                                       "mejuffrouw", "juffrouw",   "v",  "vrouw", "f",
                                       "female",     "mrs",        "ms", "miss",  "frau",
                                       "madame",     "vrouwelijk", "w",  NULL };
  static const char *const unknown[] = { "onbekend", "unknown",  "o",      "x", "u",
                                         "?",        "neutraal", "anders", NULL };
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;
  gboolean man = FALSE;
  gboolean woman = FALSE;
  guint i;

  if (crm_text_is_empty (text))
    return NULL;

  folded = crm_text_fold (text);
  words = g_strsplit_set (folded, " ./,", -1);
  for (i = 0; words[i] != NULL; i++)
    {
      man = man || g_strv_contains (men, words[i]);
      woman = woman || g_strv_contains (women, words[i]);
      if (i == 0 && words[1] == NULL && g_strv_contains (unknown, words[0]))
        return "unknown";
    }

  /* "Heer/mevrouw" leaves it open. */
  if (man && woman)
    return "unknown";

  return man ? "mr" : woman ? "mrs" : NULL;
}

gboolean
crm_name_is_initials (const char *text)
{
  guint letters = 0;
  gboolean any = FALSE;

  if (text == NULL || *text == '\0')
    return FALSE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (c == '.')
        {
          if (letters == 0)
            return FALSE;
          letters = 0;
          any = TRUE;
        }
      else if (g_unichar_isalpha (c) && ++letters <= 2)
        continue;
      else if ((c == ' ' || c == '-') && letters == 0)
        continue;
      else
        return FALSE;
    }

  return any && letters == 0;
}

static gboolean
is_title (const char *word)
{
  static const char *const titles[] = { "drs", "ir", "ing", "mr",  "dr",   "prof",
                                        "ds",  "bc", "em",  "lic", "dipl", NULL };
  g_autofree char *folded = crm_text_fold (word);
  gsize length = strlen (folded);

  if (length > 1 && folded[length - 1] == '.')
    folded[length - 1] = '\0';
  else if (strcmp (folded, "prof") != 0 && strcmp (folded, "drs") != 0)
    return FALSE;

  return g_strv_contains (titles, folded);
}

static gboolean
is_title_after (const char *word)
{
  static const char *const titles[] = { "mba", "msc", "bsc", "ma", "ba",  "phd", "llm",  "ra",
                                        "rc",  "aa",  "jr",  "sr", "mph", "bba", "bhrm", NULL };
  g_autofree char *squashed = crm_text_squash (word);

  return g_strv_contains (titles, squashed);
}

static void
append_word (char **text, const char *word)
{
  char *joined = *text != NULL ? g_strconcat (*text, " ", word, NULL) : g_strdup (word);

  g_free (*text);
  *text = joined;
}

/* Forms of address, titles and initials in front; returns how many words they took. */
static guint
take_front (char **words, guint n_words, CrmNameParts *self)
{
  guint i;

  for (i = 0; i < n_words; i++)
    {
      const char *form = g_utf8_strlen (words[i], -1) > 1 ? crm_form_of_address_parse (words[i])
                                                          : NULL;

      /* "Mr." in front of a name is the Dutch lawyer, "De" the start of "De heer". */
      if (form != NULL && !is_title (words[i]))
        g_set_str (&self->form_of_address, form);
      else if (i + 1 < n_words && g_ascii_strcasecmp (words[i], "de") == 0 &&
               g_ascii_strcasecmp (words[i + 1], "heer") == 0)
        continue;
      else if (g_ascii_strcasecmp (words[i], "geachte") == 0 ||
               g_ascii_strcasecmp (words[i], "t.a.v.") == 0)
        continue;
      else if (is_title (words[i]))
        append_word (&self->title, words[i]);
      else
        break;
    }

  return i;
}

/* Splits before the last word, and before a prefix when one stands there. */
static void
take_names (char **words, guint n_words, CrmNameParts *self)
{
  guint given = 0;
  guint first;

  while (given < n_words && crm_name_is_initials (words[given]))
    append_word (&self->initials, words[given++]);

  for (first = given; first < n_words; first++)
    {
      g_autofree char *rest = g_strjoinv (" ", words + first);
      g_autofree char *prefix = NULL;
      g_autofree char *surname = NULL;

      crm_name_split_surname (rest, &prefix, &surname);
      if ((prefix != NULL && surname != NULL) || first + 1 == n_words)
        {
          self->prefix = g_steal_pointer (&prefix);
          self->surname = g_steal_pointer (&surname);
          return;
        }
      append_word (&self->given_name, words[first]);
    }
}

/* "Vries, J. de", "Vries, Jan de", "Vries, de", "Jansen, Piet": what follows the comma is in front.
 */
static void
parse_reversed (const char *surname, const char *rest, CrmNameParts *self)
{
  g_auto (GStrv) words = g_strsplit_set (rest, " ", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;
  g_autofree char *turned = NULL;
  guint n_words = 0;
  guint n_given = 0;
  guint start, i;

  for (i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      {
        g_strv_builder_add (builder, words[i]);
        n_words++;
      }
  kept = g_strv_builder_end (builder);
  start = take_front (kept, n_words, self);

  /* Names until the first word from where on "rest surname" has it all as prefix. */
  for (n_given = start; n_given < n_words; n_given++)
    {
      g_autofree char *tail = g_strjoinv (" ", kept + n_given);
      g_autofree char *prefix = NULL;
      g_autofree char *core = NULL;

      g_free (turned);
      turned = g_strconcat (surname, ", ", tail, NULL);
      crm_name_split_surname (turned, &prefix, &core);
      if (prefix != NULL && core != NULL && g_utf8_collate (core, surname) == 0)
        {
          self->prefix = g_steal_pointer (&prefix);
          break;
        }
      append_word (crm_name_is_initials (kept[n_given]) ? &self->initials : &self->given_name,
                   kept[n_given]);
    }

  if (self->prefix == NULL)
    crm_name_split_surname (surname, &self->prefix, &self->surname);
  else
    self->surname = g_strdup (surname);
}

static char **
split_words (const char *text, guint *n_words)
{
  g_auto (GStrv) raw = g_strsplit_set (text, " \n\t", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint i;

  *n_words = 0;
  for (i = 0; raw[i] != NULL; i++)
    if (*raw[i] != '\0')
      {
        g_strv_builder_add (builder, raw[i]);
        (*n_words)++;
      }

  return g_strv_builder_end (builder);
}

void
crm_name_parts_parse (const char *text, CrmNameParts *self)
{
  g_autofree char *clean = NULL;
  g_auto (GStrv) words = NULL;
  char *comma;
  guint n_words, start;

  g_return_if_fail (self != NULL);

  memset (self, 0, sizeof *self);
  clean = crm_text_clean (text);
  if (clean == NULL)
    return;

  comma = strrchr (clean, ',');
  while (comma != NULL && is_title_after (comma + 1))
    {
      self->title_after = crm_text_clean (comma + 1);
      *comma = '\0';
      comma = strrchr (clean, ',');
    }

  comma = strchr (clean, ',');
  if (comma != NULL && comma != clean)
    {
      g_autofree char *surname = g_strndup (clean, comma - clean);

      g_strstrip (surname);
      parse_reversed (surname, comma + 1, self);
      return;
    }

  words = split_words (clean, &n_words);
  while (n_words > 2 && self->title_after == NULL && is_title_after (words[n_words - 1]))
    {
      self->title_after = g_steal_pointer (&words[--n_words]);
    }
  start = take_front (words, n_words, self);
  if (start < n_words)
    take_names (words + start, n_words - start, self);
}
