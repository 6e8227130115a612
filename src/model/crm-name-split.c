#include "base/crm-text.h"
#include "model/crm-name-private.h"
#include "model/crm-name.h"

#include <string.h>

/*
 * The words that the prefixes of the Dutch base registration (BRP, table 36) are made of. Those of
 * other languages are often part of the core when they have a capital ("El Khatib", "La Porte"), so
 * they count in lower case only.
 */
static const struct
{
  const char *word;
  gboolean foreign;
} prefix_words[] = {
  { "van", FALSE },    { "de", FALSE },     { "der", FALSE },  { "den", FALSE },
  { "het", FALSE },    { "'t", FALSE },     { "'s", FALSE },   { "te", FALSE },
  { "ten", FALSE },    { "ter", FALSE },    { "op", FALSE },   { "in", FALSE },
  { "aan", FALSE },    { "bij", FALSE },    { "uit", FALSE },  { "uijt", FALSE },
  { "over", FALSE },   { "onder", FALSE },  { "voor", FALSE }, { "tot", FALSE },
  { "vander", FALSE }, { "vanden", FALSE }, { "von", FALSE },  { "vom", FALSE },
  { "zu", TRUE },      { "zum", TRUE },     { "zur", TRUE },   { "am", TRUE },
  { "dem", TRUE },     { "auf", TRUE },     { "aus", TRUE },   { "unter", TRUE },
  { "vor", TRUE },     { "la", TRUE },      { "le", TRUE },    { "les", TRUE },
  { "l'", TRUE },      { "du", TRUE },      { "des", TRUE },   { "d'", FALSE },
  { "da", TRUE },      { "dal", TRUE },     { "das", TRUE },   { "del", TRUE },
  { "della", TRUE },   { "degli", TRUE },   { "dei", TRUE },   { "di", TRUE },
  { "do", TRUE },      { "dos", TRUE },     { "lo", TRUE },    { "los", TRUE },
  { "las", TRUE },     { "el", TRUE },      { "al", TRUE },    { "ben", TRUE },
  { "bin", TRUE },     { "ibn", TRUE },     { "gen", TRUE },   { "thoe", TRUE },
  { "tho", TRUE },     { "toe", TRUE },     { "ver", TRUE },
};

gboolean
crm_name_is_prefix_word (const char *word)
{
  g_autofree char *folded = NULL;

  /* The longest is "vander"; most words of names are longer or start with another letter. */
  if (strlen (word) > 8)
    return FALSE;
  folded = crm_text_fold (word);
  for (guint i = 0; i < G_N_ELEMENTS (prefix_words); i++)
    if (strcmp (prefix_words[i].word, folded) == 0)
      return !prefix_words[i].foreign || !g_unichar_isupper (g_utf8_get_char (word));

  return FALSE;
}

static char *
join_words (char *const *words, guint from, guint to)
{
  GString *joined = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    g_string_append_printf (joined, "%s%s", i > from ? " " : "", words[i]);
  if (joined->len == 0)
    return g_string_free (joined, TRUE);

  return g_string_free_and_steal (joined);
}

/* Words without the empty ones between spaces. */
static GStrv
split_words (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \t\n", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_strv_builder_add (words, parts[i]);

  return g_strv_builder_end (words);
}

static gboolean
has_lower (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_islower (g_utf8_get_char (text)))
      return TRUE;

  return FALSE;
}

static gboolean
is_capital (const char *word)
{
  return g_unichar_isupper (g_utf8_get_char (word));
}

/* Capitals of two words, "Op Den", are registered; one at the start is what a name in a list has,
 * and VAN DER is a file in capitals. */
static char *
dup_prefix (char *const *words, guint from, guint to)
{
  char *prefix = join_words (words, from, to);
  guint capitals = 0;
  char *lower;

  for (guint i = from; i < to; i++)
    capitals += is_capital (words[i]) ? 1 : 0;
  if (prefix == NULL || capitals == 0 || (capitals > 1 && has_lower (prefix)))
    return prefix;

  lower = crm_text_dup_lower (prefix);
  g_free (prefix);

  return lower;
}

static guint
count_prefix_words (char *const *words, guint from, guint to)
{
  guint n = 0;

  while (from + n < to && crm_name_is_prefix_word (words[from + n]))
    n++;

  return n;
}

/* "d'Ancona" and "'t Hart" written as one word. */
static gboolean
split_elision (const char *word, char **prefix, char **surname)
{
  static const char *const elisions[] = { "d'", "d’", "l'", "l’", NULL };

  for (guint i = 0; elisions[i] != NULL; i++)
    if (g_str_has_prefix (word, elisions[i]) && word[strlen (elisions[i])] != '\0')
      {
        *prefix = g_strdup (elisions[i]);
        *surname = g_strdup (word + strlen (elisions[i]));
        return TRUE;
      }

  return FALSE;
}

/* Prefix and surname of words[from..to), all of which belong to them. */
static void
take_surname (char *const *words, guint from, guint to, char **prefix, char **surname)
{
  const guint n = count_prefix_words (words, from, to);
  const guint core = n < to - from ? from + n : to - 1;

  if (core == from && to - from == 1 && split_elision (words[from], prefix, surname))
    return;
  *prefix = dup_prefix (words, from, core);
  *surname = join_words (words, core, to);
}

/* What follows the comma of "Vries, Jan de" from where its prefix starts. */
static guint
find_tail_prefix (char *const *words, guint n)
{
  guint start = n;

  while (start > 0 && crm_name_is_prefix_word (words[start - 1]))
    start--;

  return start;
}

static void
split_listed (const char *before, const char *after, char **given, char **prefix, char **surname)
{
  g_auto (GStrv) core = split_words (before);
  g_auto (GStrv) words = split_words (after);
  const guint n = g_strv_length (words);
  const guint start = find_tail_prefix (words, n);

  *given = join_words (words, 0, start);
  if (start < n)
    {
      *prefix = dup_prefix (words, start, n);
      *surname = join_words (core, 0, g_strv_length (core));
    }
  else
    take_surname (core, 0, g_strv_length (core), prefix, surname);
}

/* Where the surname starts in "Jan de Vries": at the first prefix word that has something behind
 * it, otherwise at the last word. */
static guint
find_surname (char *const *words, guint n)
{
  for (guint i = 0; i + 1 < n; i++)
    if (crm_name_is_prefix_word (words[i]))
      return i;

  return n - 1;
}

void
crm_name_split (const char *text, char **given_name, char **prefix, char **surname)
{
  g_autofree char *clean = crm_text_clean (text);
  g_auto (GStrv) words = NULL;
  char *name, *comma;
  guint start, n;

  g_return_if_fail (given_name != NULL && prefix != NULL && surname != NULL);

  *given_name = *prefix = *surname = NULL;
  if (clean == NULL)
    return;

  name = clean + strspn (clean, " ,");
  comma = strchr (name, ',');
  if (comma != NULL)
    {
      *comma = '\0';
      split_listed (name, comma + 1, given_name, prefix, surname);
      return;
    }
  if (name[0] == '\0')
    return;

  words = split_words (name);
  n = g_strv_length (words);
  start = find_surname (words, n);
  *given_name = join_words (words, 0, start);
  take_surname (words, start, n, prefix, surname);
}

void
crm_name_split_surname (const char *text, char **prefix, char **surname)
{
  g_autofree char *clean = crm_text_clean (text);
  g_autofree char *given = NULL;
  g_auto (GStrv) words = NULL;
  char *comma;

  g_return_if_fail (prefix != NULL && surname != NULL);

  *prefix = *surname = NULL;
  if (clean == NULL)
    return;

  comma = strchr (clean, ',');
  if (comma != NULL && comma > clean)
    {
      g_auto (GStrv) behind = split_words (comma + 1);

      /* Only a prefix may follow; "Jansen, Piet & Zn" is one name. */
      if (behind[0] != NULL && find_tail_prefix (behind, g_strv_length (behind)) == 0)
        {
          *comma = '\0';
          split_listed (clean, comma + 1, &given, prefix, surname);
          return;
        }
    }

  words = split_words (clean);
  take_surname (words, 0, g_strv_length (words), prefix, surname);
}
