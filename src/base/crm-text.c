#include "base/crm-text.h"

#include <string.h>

/* Letters that Unicode does not decompose, but that people type and search without their stroke. */
static const struct
{
  gunichar letter;
  const char *plain;
} plain_letters[] = {
  { 0x00df, "ss" }, { 0x00e6, "ae" }, { 0x00f0, "d" }, { 0x00f8, "o" },  { 0x00fe, "th" },
  { 0x0111, "d" },  { 0x0127, "h" },  { 0x0131, "i" }, { 0x0138, "k" },  { 0x0142, "l" },
  { 0x014b, "n" },  { 0x0153, "oe" }, { 0x0167, "t" }, { 0x0180, "b" },  { 0x03c2, "\317\203" },
  { 0x02bc, "'" },  { 0x0060, "'" },  { 0x00b4, "'" }, { 0x2018, "'" },  { 0x2019, "'" },
  { 0x201b, "'" },  { 0x2032, "'" },  { 0x2010, "-" }, { 0x2011, "-" },  { 0x2012, "-" },
  { 0x2013, "-" },  { 0x2014, "-" },  { 0x2212, "-" }, { 0x201c, "\"" }, { 0x201d, "\"" },
  { 0x201e, "\"" },
};

static const char *
find_plain (gunichar c)
{
  if (c < 0x80 && c != '`')
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (plain_letters); i++)
    if (plain_letters[i].letter == c)
      return plain_letters[i].plain;

  return NULL;
}

/* Where folded text goes: a space is held back until something follows it. */
typedef struct
{
  GString *text;
  gboolean squash;
  gboolean space;
} Folded;

static void
append_text (Folded *self, const char *text)
{
  if (self->space && self->text->len > 0)
    g_string_append_c (self->text, ' ');
  self->space = FALSE;
  g_string_append (self->text, text);
}

static void
append_char (Folded *self, gunichar c)
{
  char utf8[7];

  utf8[g_unichar_to_utf8 (c, utf8)] = '\0';
  append_text (self, utf8);
}

/* One character that has no decomposition any more. */
static void
fold_plain (Folded *self, gunichar c)
{
  const char *plain;

  c = g_unichar_tolower (c);
  if (g_unichar_isspace (c))
    {
      self->space = !self->squash;
      return;
    }
  if (g_unichar_ismark (c) || g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
    return;

  plain = find_plain (c);
  if (self->squash && !g_unichar_isalnum (plain != NULL ? g_utf8_get_char (plain) : c))
    return;
  if (plain != NULL)
    append_text (self, plain);
  else
    append_char (self, c);
}

static void
fold_char (Folded *self, gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gunichar first, second;
  gsize n;

  /* A character that is another one in all but number. */
  while (g_unichar_decompose (c, &first, &second) && second == 0)
    c = first;

  /* A spacing accent decomposes to a space and a mark, which would split "d´Arc" in two. */
  if (find_plain (g_unichar_tolower (c)) != NULL)
    {
      fold_plain (self, c);
      return;
    }

  n = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));
  for (gsize i = 0; i < n; i++)
    fold_plain (self, parts[i]);
}

static char *
fold (const char *text, gsize length, gboolean squash)
{
  Folded folded = { g_string_sized_new (length + 1), squash, FALSE };
  const char *end = text + length;

  while (text < end)
    {
      const gunichar c = g_utf8_get_char_validated (text, end - text);

      /* A byte that is no UTF-8 stands for one unknown character. */
      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          fold_plain (&folded, 0xfffd);
          text++;
          continue;
        }
      fold_char (&folded, c);
      text = g_utf8_next_char (text);
    }

  return g_string_free_and_steal (folded.text);
}

/* Most names are plain ASCII: one pass, one allocation. NULL when @text is not. */
static char *
fold_ascii (const char *text, gboolean squash, gsize *length)
{
  const gsize n = *length = strlen (text);
  char *folded = g_malloc (n + 1);
  char *end = folded;
  gboolean space = FALSE;

  for (gsize i = 0; i < n; i++)
    {
      const guchar c = (guchar) text[i];

      if (c >= 0x80)
        {
          g_free (folded);
          return NULL;
        }
      if (g_ascii_isalnum (c) || (c > ' ' && c < 0x7f && !squash))
        {
          if (space && end > folded)
            *end++ = ' ';
          space = FALSE;
          *end++ = c == '`' ? '\'' : g_ascii_tolower (c);
        }
      else if (g_ascii_isspace (c) || c == '\v')
        space = !squash;
    }
  *end = '\0';

  return folded;
}

static char *
fold_any (const char *text, gboolean squash)
{
  gsize length;
  char *folded;

  if (text == NULL)
    return g_strdup ("");

  folded = fold_ascii (text, squash, &length);

  return folded != NULL ? folded : fold (text, length, squash);
}

char *
crm_text_fold (const char *text)
{
  return fold_any (text, FALSE);
}

char *
crm_text_squash (const char *text)
{
  return fold_any (text, TRUE);
}

/* Invisible characters that come along with copied text and break comparing: byte order marks, zero
 * width spaces, and the marks that turn the direction of writing. */
static gboolean
is_junk (gunichar c)
{
  return (c < ' ' && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0) || c == 0xfeff ||
         c == 0x200b || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x200e || c == 0x200f || c == 0x2060 || c == 0x180e;
}

static char *
strip (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && is_blank (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text && is_blank (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);

  return end > text ? g_strndup (text, end - text) : NULL;
}

/* Without junk, lines ended by "\n" alone. */
static char *
without_junk (const char *text)
{
  GString *clean = g_string_sized_new (strlen (text));

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      const gunichar c = g_utf8_get_char (text);

      if (c == '\r' && text[1] != '\n')
        g_string_append_c (clean, '\n');
      else if (!is_junk (c))
        g_string_append_len (clean, text, g_utf8_next_char (text) - text);
    }

  return g_string_free_and_steal (clean);
}

static gboolean
is_plain_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if (*text < ' ' || *text >= 0x7f)
      return FALSE;

  return TRUE;
}

char *
crm_text_clean (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *composed = NULL;

  if (text == NULL)
    return NULL;
  if (is_plain_ascii (text))
    return strip (text);

  valid = g_utf8_make_valid (text, -1);
  clean = without_junk (valid);
  composed = g_utf8_normalize (clean, -1, G_NORMALIZE_NFC);

  return strip (composed);
}

/* The locale has no say about ASCII: Turkish has another capital of i. */
static char *
change_case (const char *text, char (*ascii) (char), char *(*other) (const char *, gssize))
{
  GString *changed = g_string_new (NULL);

  for (const char *next; *text != '\0'; text = next)
    {
      g_autofree char *letter = NULL;

      next = g_utf8_next_char (text);
      if (next - text == 1)
        {
          g_string_append_c (changed, ascii (*text));
          continue;
        }
      letter = other (text, next - text);
      g_string_append (changed, letter);
    }

  return g_string_free_and_steal (changed);
}

char *
crm_text_dup_upper (const char *text)
{
  return change_case (text, g_ascii_toupper, g_utf8_strup);
}

char *
crm_text_dup_lower (const char *text)
{
  return change_case (text, g_ascii_tolower, g_utf8_strdown);
}

gboolean
crm_text_is_empty (const char *text)
{
  return text == NULL || text[0] == '\0';
}

static gboolean
is_plain (guchar c)
{
  return c >= 0x20 && c != '"' && c != '\\';
}

static void
append_escaped (GString *json, guchar c)
{
  if (c == '"' || c == '\\')
    g_string_append_printf (json, "\\%c", c);
  else if (c == '\n')
    g_string_append (json, "\\n");
  else
    g_string_append_printf (json, "\\u%04x", c);
}

void
crm_text_append_json (GString *json, const char *text)
{
  if (text == NULL)
    {
      g_string_append (json, "null");
      return;
    }

  g_string_append_c (json, '"');
  while (*text != '\0')
    {
      const char *end = text;

      while (is_plain ((guchar) *end))
        end++;
      g_string_append_len (json, text, end - text);
      if (*end != '\0')
        append_escaped (json, (guchar) *end++);
      text = end;
    }
  g_string_append_c (json, '"');
}
