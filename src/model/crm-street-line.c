#include "model/crm-street-line.h"

#include "base/crm-text.h"

#include <string.h>

/* No address is longer; a line that is stays as it is. */
#define LONGEST 200

/* Additions that are words: of floors, of colours in Haarlem, of houses behind and between. */
static const char *const words[] = {
  "bis",    "ter",  "quater", "hs",     "huis", "hoog",    "hg",         "zw",           "zwart",
  "rd",     "rood", "boven",  "bov",    "ben",  "beneden", "bg",         "onder",        "ond",
  "achter", "voor", "links",  "rechts", "sous", "sout",    "souterrain", "ii",           "iii",
  "iv",     "vi",   "vii",    "viii",   "ix",   "ong",     "a/b",        "begane grond",
};

/* What introduces the number of a flat, a Belgian box, a room; and the end of a range of numbers.
 */
static const char *const introductions[] = {
  "bus",         "bte",  "boite", "boîte", "box", "app", "app.", "apt",    "apt.",
  "appartement", "unit", "hal",   "kamer", "k",   "kmr", "verd", "etage",  "et",
  "loods",       "t/m",  "tm",    "en",    "+",   "&",   "b",    "gebouw", "toren",
};

/* Boxes that keep their name, because they are no "Postbus". */
static const char *const other_boxes[] = {
  "antwoordnummer", "po box", "p.o. box", "p.o.box",  "postfach",
  "boite postale",  "b.p.",   "bp",       "apartado",
};

void
crm_street_line_clear (CrmStreetLine *line)
{
  g_clear_pointer (&line->street, g_free);
  g_clear_pointer (&line->house_number, g_free);
  g_clear_pointer (&line->house_letter, g_free);
  g_clear_pointer (&line->house_addition, g_free);
  g_clear_pointer (&line->po_box, g_free);
}

/* One line with single spaces; NULL when empty. */
static char *
tidy (const char *text)
{
  g_autofree char *clean = crm_text_clean (text);
  g_auto (GStrv) parts = NULL;
  GString *line;

  if (clean == NULL)
    return NULL;

  line = g_string_new (NULL);
  parts = g_strsplit_set (clean, " \t\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", parts[i]);

  return g_string_free_and_steal (line);
}

static gboolean
is_one_of (const char *word, const char *const *list, gsize n)
{
  g_autofree char *lower = crm_text_dup_lower (word);

  for (gsize i = 0; i < n; i++)
    if (strcmp (list[i], lower) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_box_number (const char *text)
{
  return g_ascii_isdigit (*text) && strspn (text, "0123456789 ") == strlen (text) &&
         strlen (text) <= 12;
}

static const char *
skip_number_word (const char *text)
{
  static const char *const marks[] = { "nr.", "nr", "no.", "nummer", ":" };

  text += strspn (text, " ");
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_ascii_strncasecmp (text, marks[i], strlen (marks[i])) == 0)
      return text + strlen (marks[i]) + strspn (text + strlen (marks[i]), " ");

  return text;
}

static char *
parse_box (const char *text)
{
  static const char *const own[] = { "postbus", "pb.", "pb " };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_ascii_strncasecmp (text, own[i], strlen (own[i])) == 0)
      {
        const char *number = skip_number_word (text + strlen (own[i]));

        return is_box_number (number) ? g_strdup (number) : NULL;
      }

  for (guint i = 0; i < G_N_ELEMENTS (other_boxes); i++)
    if (g_ascii_strncasecmp (text, other_boxes[i], strlen (other_boxes[i])) == 0)
      return is_box_number (skip_number_word (text + strlen (other_boxes[i]))) ? g_strdup (text)
                                                                               : NULL;

  return NULL;
}

/* "2", "2A", "3hg", "A12", "AB": short, with a digit or in capitals. */
static gboolean
is_short_code (const char *word)
{
  const gsize n = strlen (word);
  const gsize digits = strspn (word, "0123456789");
  gsize letters = 0;

  while (g_ascii_isalpha (word[digits + letters]))
    letters++;
  if (digits > 0)
    return digits <= 4 && letters <= 3 && digits + letters == n;

  if (letters == n)
    return n == 2 && g_ascii_isupper (word[0]) && g_ascii_isupper (word[1]);

  return letters <= 2 && n - letters <= 4 && strspn (word + letters, "0123456789") == n - letters;
}

static gboolean
is_code (const char *word)
{
  return is_short_code (word) || (strlen (word) == 1 && g_ascii_isalpha (word[0]));
}

static gboolean
is_floor (const char *word)
{
  static const char *const floors[] = { "hoog", "hg", "etage", "et", "verd", "verdieping" };

  return is_one_of (word, floors, G_N_ELEMENTS (floors));
}

/* One or two words that can stand behind a number. @has_letter: a single letter is an addition
 * then. */
static gboolean
is_addition (const char *text, gboolean has_letter)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 3);
  const guint n = g_strv_length (parts);

  if (n == 1)
    return is_short_code (parts[0]) || is_one_of (parts[0], words, G_N_ELEMENTS (words)) ||
           (has_letter && is_code (parts[0]));
  if (n != 2 || !(is_code (parts[1]) || is_floor (parts[1])))
    return n == 2 && is_one_of (text, words, G_N_ELEMENTS (words));
  if (is_floor (parts[1]))
    return is_code (parts[0]) || is_one_of (parts[0], words, G_N_ELEMENTS (words));

  return is_one_of (parts[0], words, G_N_ELEMENTS (words)) ||
         is_one_of (parts[0], introductions, G_N_ELEMENTS (introductions));
}

static const char *
skip_joint (const char *text)
{
  while (*text == ' ' || *text == '-' || *text == '/')
    text++;

  return text;
}

/* A letter that stands alone: "12a", "12 A", "12-A", "12a2", but not the b of "b 3" or "t/m". */
static gboolean
has_letter (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  if (!g_ascii_isalpha (text[0]) || g_ascii_isalpha (text[1]) || (guchar) text[1] >= 0x80)
    return FALSE;

  return !g_str_has_prefix (lower, "t/m") && !g_str_has_prefix (lower, "a/b") &&
         !((lower[0] == 'b' || lower[0] == 'k') && lower[1] == ' ' && g_ascii_isdigit (lower[2]));
}

/* What stands behind the number; FALSE when it is more than a letter and an addition. */
static gboolean
take_suffix (const char *text, CrmStreetLine *line)
{
  const gboolean apart = text[0] == ' ' || text[0] == '-' || text[0] == '/';
  const char *rest = skip_joint (text);
  g_autofree char *letter = NULL;

  if (*rest == '\0')
    return *text == '\0';
  if (has_letter (rest))
    {
      letter = g_strndup (rest, 1);
      rest = skip_joint (rest + 1);
    }
  else if (!apart && !g_ascii_isalpha (*rest))
    return FALSE;
  if (*rest != '\0' && !is_addition (rest, letter != NULL))
    return FALSE;

  line->house_letter = g_steal_pointer (&letter);
  line->house_addition = *rest != '\0' ? g_strdup (rest) : NULL;

  return TRUE;
}

static gboolean
is_year (const char *digits, gsize n)
{
  return n == 4 &&
         ((digits[0] == '1' && digits[1] >= '5') || (digits[0] == '2' && digits[1] == '0'));
}

/* "Plein 1940-1945" and the 1944 of "Plein 1944 5" belong to the street. */
static gboolean
is_year_of_street (const char *text, const char *number, gsize n)
{
  const char *rest = number + n;

  if (!is_year (number, n))
    return FALSE;
  if (rest[0] == ' ' && g_ascii_isdigit (rest[1]))
    return TRUE;
  if (rest[0] == '-' && is_year (rest + 1, strspn (rest + 1, "0123456789")))
    return TRUE;

  return rest[0] == '\0' && g_ascii_strncasecmp (text, "plein ", 6) == 0 && number == text + 6;
}

/* The street without the comma or "nr." before its number. */
static char *
dup_street (const char *text, gsize length)
{
  static const char *const marks[] = { " nr.", " nr", " no.", " no", " n°", " nummer", "," };
  g_autofree char *street = g_strchomp (g_strndup (text, length));

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_suffix (street, marks[i]))
      {
        street[strlen (street) - strlen (marks[i])] = '\0';
        g_strchomp (street);
      }

  return g_steal_pointer (&street);
}

static gboolean
has_word (const char *text, gsize length)
{
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

static gboolean
take_at (const char *text, const char *number, CrmStreetLine *line)
{
  const gsize n = strspn (number, "0123456789");
  g_autofree char *street = dup_street (text, number - text);

  if (n > 5 || number[0] == '0' || !has_word (street, strlen (street)) ||
      is_year_of_street (text, number, n) || !take_suffix (number + n, line))
    return FALSE;

  line->street = g_steal_pointer (&street);
  line->house_number = g_strndup (number, n);

  return TRUE;
}

/* The first number behind a space whose rest can be a suffix. */
static gboolean
take_number (const char *text, CrmStreetLine *line)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p) && p > text && (p[-1] == ' ' || p[-1] == ',') &&
        take_at (text, p, line))
      return TRUE;

  /* "Kerkstraat12" */
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      return p - text >= 5 && g_ascii_isalpha (p[-1]) && g_ascii_isalpha (p[-2]) &&
             g_ascii_isalpha (p[-3]) && take_at (text, p, line);

  return FALSE;
}

/* FALSE when it does not split. */
static gboolean
split (const char *tidied, CrmStreetLine *line)
{
  memset (line, 0, sizeof *line);
  if (strlen (tidied) > LONGEST)
    return FALSE;
  line->po_box = parse_box (tidied);

  return line->po_box != NULL || take_number (tidied, line);
}

static void
append (GString *text, const char *separator, const char *part)
{
  if (!crm_text_is_empty (part))
    g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", part);
}

char *
crm_street_line_format (const CrmStreetLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (line != NULL, NULL);

  if (!crm_text_is_empty (line->po_box))
    return is_box_number (line->po_box) ? g_strconcat ("Postbus ", line->po_box, NULL)
                                        : g_strdup (line->po_box);

  append (text, " ", line->street);
  append (text, " ", line->house_number);
  append (text, " ", line->house_letter);
  append (text,
          line->house_addition != NULL && g_ascii_isdigit (line->house_addition[0]) ? "-" : " ",
          line->house_addition);

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static gboolean
equal (const CrmStreetLine *a, const CrmStreetLine *b)
{
  return g_strcmp0 (a->street, b->street) == 0 &&
         g_strcmp0 (a->house_number, b->house_number) == 0 &&
         g_strcmp0 (a->house_letter, b->house_letter) == 0 &&
         g_strcmp0 (a->house_addition, b->house_addition) == 0 &&
         g_strcmp0 (a->po_box, b->po_box) == 0;
}

/* A guess that would be read differently once it is written again is no good guess. */
static gboolean
is_stable (const CrmStreetLine *line)
{
  g_autofree char *text = crm_street_line_format (line);
  g_auto (CrmStreetLine) again = { NULL };

  return split (text, &again) && equal (line, &again);
}

void
crm_street_line_parse (const char *text, CrmStreetLine *line)
{
  g_autofree char *tidied = NULL;

  g_return_if_fail (line != NULL);

  memset (line, 0, sizeof *line);
  tidied = tidy (text);
  if (tidied == NULL || (split (tidied, line) && is_stable (line)))
    return;

  crm_street_line_clear (line);
  line->street = g_steal_pointer (&tidied);
}
