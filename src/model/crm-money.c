#include "model/crm-money.h"

#include "base/crm-text.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#define MAX_DIGITS 15

/* A number cut in its parts, as it was written. */
typedef struct
{
  gboolean negative;
  char whole[MAX_DIGITS + 1];
  char decimals[MAX_DIGITS + 1];
} Parts;

static gboolean
is_separator (char c)
{
  return c == '.' || c == ',' || c == ' ' || c == '\'';
}

/* Takes the first of @words that @text begins with, and the spaces around it. */
static const char *
skip_words (const char *text, const char *const *words)
{
  while (*text == ' ')
    text++;
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (text, words[i]))
      {
        text += strlen (words[i]);
        break;
      }
  while (*text == ' ')
    text++;

  return text;
}

/* Whether a separator stands where thousands are parted: three digits, then another or the end. */
static gboolean
parts_thousands (const char *separator, const char *end)
{
  for (guint i = 1; i <= 3; i++)
    if (separator + i >= end || !g_ascii_isdigit (separator[i]))
      return FALSE;

  return separator + 4 == end || is_separator (separator[4]);
}

/*
 * The decimal separator between @start and @end, or NULL. With a point and a comma it is the last;
 * of several equal ones it is none. A lone one that could part thousands does so in an amount
 * (@thousands), unless only a zero precedes it.
 */
static const char *
find_decimal (const char *start, const char *end, gboolean thousands)
{
  const char *last = NULL;
  guint n = 0;
  gboolean mixed = FALSE;

  for (const char *p = start; p < end; p++)
    if (*p == '.' || *p == ',')
      {
        mixed |= last != NULL && *last != *p;
        last = p;
        n++;
      }

  if (n == 0)
    return NULL;
  if (n == 1)
    return thousands && parts_thousands (last, end) && *start != '0' && last > start ? NULL : last;
  if (!mixed)
    return NULL;

  return last;
}

static gboolean
copy_whole (const char *start, const char *end, Parts *parts)
{
  gsize n = 0;

  for (const char *p = start; p < end; p++)
    {
      if (g_ascii_isdigit (*p))
        {
          if (n == 0 && *p == '0')
            continue;
          if (n == MAX_DIGITS)
            return FALSE;
          parts->whole[n++] = *p;
        }
      else if (!is_separator (*p) || p == start || !parts_thousands (p, end))
        return FALSE;
    }
  parts->whole[n] = '\0';

  return TRUE;
}

static gboolean
copy_decimals (const char *start, const char *end, Parts *parts)
{
  gsize n = 0;

  while (end > start && end[-1] == '0')
    end--;
  for (const char *p = start; p < end; p++)
    {
      if (!g_ascii_isdigit (*p) || n == MAX_DIGITS)
        return FALSE;
      parts->decimals[n++] = *p;
    }
  parts->decimals[n] = '\0';

  return TRUE;
}

static gboolean
split_digits (const char *start, const char *end, gboolean thousands, Parts *parts)
{
  const char *decimal = find_decimal (start, end, thousands);

  if (start == end || (decimal != NULL && end - start == 1))
    return FALSE;
  if (decimal == NULL)
    return copy_whole (start, end, parts) && copy_decimals (end, end, parts);

  return copy_whole (start, decimal, parts) && copy_decimals (decimal + 1, end, parts);
}

/* The sign may stand before or behind, also as accountants write it: "(5)", "5-", "-/- 5". */
static const char *
take_sign (const char *text, gboolean *negative, gboolean *bracket)
{
  static const char *const minus[] = { "-/-", "-", NULL };
  static const char *const plus[] = { "+", NULL };
  const char *rest = skip_words (text, minus);

  *bracket = text[0] == '(';
  if (*bracket)
    rest = text + 1;
  *negative |= *bracket || (rest != text && *text == '-');

  return skip_words (rest, plus);
}

static gboolean
split (const char *text, gboolean money, Parts *parts)
{
  static const char *const currencies[] = { "€", "eur", "$", "usd", "£", "gbp", NULL };
  static const char *const none[] = { NULL };
  static const char *const dashes[] = { ",--", ",-", ".--", ".-", ",=", NULL };
  static const char *const after[] = { "euro", "eur", "€", "usd", "gbp", NULL };
  const char *const *before = money ? currencies : none;
  g_autofree char *folded = crm_text_fold (text);
  gboolean bracket, inner_bracket, inner_negative = FALSE;
  const char *start, *end;

  memset (parts, 0, sizeof *parts);
  start = take_sign (folded, &parts->negative, &bracket);
  start = skip_words (start, before);
  start = take_sign (start, &inner_negative, &inner_bracket);
  if (inner_bracket || (inner_negative && parts->negative))
    return FALSE;
  parts->negative |= inner_negative;

  for (end = start; g_ascii_isdigit (*end) || (is_separator (*end) && g_ascii_isdigit (end[1]));)
    end++;
  if (!split_digits (start, end, money, parts))
    return FALSE;

  if (money)
    end = skip_words (skip_words (end, dashes), after);
  if (*end == '-' && !parts->negative)
    {
      parts->negative = TRUE;
      end++;
    }
  if (bracket && *end++ != ')')
    return FALSE;

  return *end == '\0';
}

char *
crm_money_parse (const char *text)
{
  Parts parts;

  if (text == NULL || !split (text, TRUE, &parts) || strlen (parts.decimals) > 2)
    return NULL;

  while (strlen (parts.decimals) < 2)
    strcat (parts.decimals, "0");
  if (parts.whole[0] == '\0' && strcmp (parts.decimals, "00") == 0)
    parts.negative = FALSE;

  return g_strdup_printf ("%s%s.%s",
                          parts.negative ? "-" : "",
                          parts.whole[0] != '\0' ? parts.whole : "0",
                          parts.decimals);
}

gboolean
crm_money_to_cents (const char *value, gint64 *cents)
{
  const gboolean negative = value != NULL && value[0] == '-';
  const char *p = value;
  gint64 sum = 0;
  gsize n;

  g_return_val_if_fail (cents != NULL, FALSE);

  if (value == NULL)
    return FALSE;
  p += negative ? 1 : 0;
  n = strspn (p, "0123456789");
  if (n == 0 || n > MAX_DIGITS || p[n] != '.' || !g_ascii_isdigit (p[n + 1]) ||
      !g_ascii_isdigit (p[n + 2]) || p[n + 3] != '\0')
    return FALSE;

  for (gsize i = 0; i < n + 3; i++)
    if (i != n)
      sum = sum * 10 + g_ascii_digit_value (p[i]);
  *cents = negative ? -sum : sum;

  return TRUE;
}

char *
crm_money_from_cents (gint64 cents)
{
  const guint64 size = cents < 0 ? -(guint64) cents : (guint64) cents;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u",
                          cents < 0 ? "-" : "",
                          size / 100,
                          (guint) (size % 100));
}

/* The digits of a canonical number with other separators. */
static char *
group (const char *value, const char *thousands, const char *decimal)
{
  const gboolean negative = value[0] == '-';
  const char *digits = value + (negative ? 1 : 0);
  const gsize n = strspn (digits, "0123456789");
  GString *text = g_string_new (negative ? "-" : "");

  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append (text, thousands);
      g_string_append_c (text, digits[i]);
    }
  if (digits[n] == '.')
    g_string_append_printf (text, "%s%s", decimal, digits + n + 1);

  return g_string_free_and_steal (text);
}

/* Some locales part thousands by a space of a kind, which would come back as a word. */
static char *
group_by_locale (const char *value, gboolean thousands)
{
  const struct lconv *locale = localeconv ();
  const char *decimal = strcmp (locale->decimal_point, ",") == 0 ? "," : ".";

  if (!thousands)
    return group (value, "", decimal);

  return group (value, decimal[0] == ',' ? "." : ",", decimal);
}

char *
crm_money_display (const char *value)
{
  gint64 cents;

  return crm_money_to_cents (value, &cents) ? group_by_locale (value, TRUE) : NULL;
}

char *
crm_money_format_dutch (const char *value)
{
  g_autofree char *amount = NULL;
  gint64 cents;

  if (!crm_money_to_cents (value, &cents))
    return NULL;
  amount = group (value, ".", ",");

  return g_strconcat ("€\u00a0", amount, NULL);
}

char *
crm_number_parse (const char *text)
{
  Parts parts;

  if (text == NULL || !split (text, FALSE, &parts))
    return NULL;
  if (parts.whole[0] == '\0' && parts.decimals[0] == '\0')
    return g_strdup ("0");

  return g_strdup_printf ("%s%s%s%s",
                          parts.negative ? "-" : "",
                          parts.whole[0] != '\0' ? parts.whole : "0",
                          parts.decimals[0] != '\0' ? "." : "",
                          parts.decimals);
}

char *
crm_number_format (double number, char buffer[G_ASCII_DTOSTR_BUF_SIZE])
{
  /* -0 and 0 compare alike. */
  if (!(number < 0) && !(number > 0))
    return strcpy (buffer, "0");

  g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.15g", number);
  /* Both double: the shorter form only where it is the same number. */
  if (fabs (g_ascii_strtod (buffer, NULL) - number) > 0)
    g_ascii_dtostr (buffer, G_ASCII_DTOSTR_BUF_SIZE, number);

  return buffer;
}

char *
crm_number_display (const char *value)
{
  g_return_val_if_fail (value != NULL, NULL);

  return group_by_locale (value, FALSE);
}
