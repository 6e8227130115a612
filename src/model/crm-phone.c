#include "model/crm-phone.h"

#include <string.h>

/* E.164: 15 digits, of which the country has 1 to 3. */
#define MAX_DIGITS 15
#define MIN_DIGITS 8

/* Countries whose people may leave the country code out, and the 0 that they dial before an area.
 */
static const struct
{
  char country[3];
  const char *code;
  gboolean trunk;
} countries[] = {
  { "NL", "31", TRUE },  { "BE", "32", TRUE },   { "DE", "49", TRUE },   { "FR", "33", TRUE },
  { "GB", "44", TRUE },  { "AT", "43", TRUE },   { "CH", "41", TRUE },   { "IE", "353", TRUE },
  { "SE", "46", TRUE },  { "FI", "358", TRUE },  { "LU", "352", FALSE }, { "DK", "45", FALSE },
  { "NO", "47", FALSE }, { "ES", "34", FALSE },  { "PT", "351", FALSE }, { "IT", "39", FALSE },
  { "PL", "48", FALSE }, { "CZ", "420", FALSE }, { "US", "1", FALSE },   { "CA", "1", FALSE },
};

/* Country codes of one and two digits (ITU-T E.164, list of assigned codes); all others have three.
 */
static const char short_codes[] =
    "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 "
    "55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";

/* Dutch areas and services that have two digits behind the 0; all others have three (numbering plan
 * of the Dutch authority for consumers and markets). */
static const char short_areas[] =
    "6 10 13 14 15 20 23 24 26 30 33 35 36 38 40 43 45 46 50 53 55 58 70 71 "
    "72 73 74 75 76 77 78 79 82 84 85 87 88 91 97 ";

/* What people write before a number. */
static const char *const labels[] = { "telefoon", "tel", "phone", "mobiel", "mob",
                                      "gsm",      "fax", "t",     "m" };

typedef struct
{
  gboolean plus;
  char digits[MAX_DIGITS + 3];
  gsize n;
} Number;

static const char *
skip_label (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      const gsize length = strlen (labels[i]);

      if (g_ascii_strncasecmp (text, labels[i], length) == 0 && !g_ascii_isalpha (text[length]))
        return text + length + strspn (text + length, ".: ");
    }

  return text;
}

static gboolean
is_separator (gunichar c)
{
  return (c < 0x80 && strchr (" -./()\t", (int) c) != NULL) || g_unichar_isspace (c) ||
         g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || g_unichar_type (c) == G_UNICODE_FORMAT;
}

/* "(0)" behind a country code: for those who dial at home. */
static gboolean
is_trunk_hint (const char *text)
{
  return g_str_has_prefix (text, "(0)");
}

static gboolean
take_digits (const char *text, Number *number)
{
  number->n = 0;
  number->plus = FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      const gunichar c = g_utf8_get_char_validated (text, -1);
      const int digit = c < 0x80 ? g_ascii_digit_value ((char) c) : g_unichar_digit_value (c);

      if (c == (gunichar) -1 || c == (gunichar) -2)
        return FALSE;
      if (digit >= 0)
        {
          if (number->n == G_N_ELEMENTS (number->digits) - 1)
            return FALSE;
          number->digits[number->n++] = (char) ('0' + digit);
        }
      else if (c == '+' && number->n == 0 && !number->plus)
        number->plus = TRUE;
      else if (number->n > 0 && is_trunk_hint (text))
        text += 2;
      else if (!is_separator (c))
        return FALSE;
    }
  number->digits[number->n] = '\0';

  return number->n > 0;
}

static void
drop (Number *number, gsize n)
{
  memmove (number->digits, number->digits + n, number->n - n + 1);
  number->n -= n;
}

static gboolean
has_word (const char *list, const char *word, gsize length)
{
  for (const char *p = list; *p != '\0'; p = strchr (p, ' ') + 1)
    if (strncmp (p, word, length) == 0 && p[length] == ' ')
      return TRUE;

  return FALSE;
}

static gsize
get_code_length (const char *digits)
{
  for (gsize n = 1; n <= 2; n++)
    if (has_word (short_codes, digits, n))
      return n;

  return 3;
}

/* "31 020 …": no number of these countries has a 0 there. */
static void
drop_trunk (char *digits)
{
  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      const gsize length = strlen (countries[i].code);

      if (!countries[i].trunk || strncmp (digits, countries[i].code, length) != 0)
        continue;
      while (digits[length] == '0')
        memmove (digits + length, digits + length + 1, strlen (digits + length));
    }
}

/* Whether digits without 0 or plus have their country in front: "31612345678". */
static gboolean
has_code (const Number *number, const char *code)
{
  const gsize rest = number->n - strlen (code);

  if (!g_str_has_prefix (number->digits, code))
    return FALSE;

  return strcmp (code, "32") == 0 ? rest == 8 || rest == 9 : rest == 9 || rest == 10;
}

static gboolean
is_whole_without_trunk (const Number *number, const char *code)
{
  if (strcmp (code, "31") == 0)
    return number->n == 9;
  if (strcmp (code, "32") == 0)
    return number->n == 8 || (number->n == 9 && number->digits[0] == '4');

  return TRUE;
}

/* The digits with their country in front; NULL when that is not known. */
static char *
add_country (Number *number, const char *country)
{
  const char *code = NULL;
  gboolean trunk = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (countries); i++)
    if (g_ascii_strcasecmp (countries[i].country, country) == 0)
      {
        code = countries[i].code;
        trunk = countries[i].trunk;
      }
  if (code == NULL)
    return NULL;

  if (trunk && number->digits[0] == '0')
    drop (number, 1);
  else if (has_code (number, code))
    return g_strdup (number->digits);
  else if (trunk && !is_whole_without_trunk (number, code))
    return NULL;

  return g_strconcat (code, number->digits, NULL);
}

char *
crm_phone_normalize (const char *text, const char *country)
{
  g_autofree char *digits = NULL;
  Number number;

  if (text == NULL || !take_digits (skip_label (text), &number))
    return NULL;

  if (!number.plus && g_str_has_prefix (number.digits, "00"))
    {
      number.plus = TRUE;
      drop (&number, 2);
    }
  if (number.plus)
    digits = g_strdup (number.digits);
  else
    digits = add_country (&number, country != NULL && country[0] != '\0' ? country : "NL");
  if (digits == NULL)
    return NULL;

  drop_trunk (digits);
  if (digits[0] == '0' || strlen (digits) < MIN_DIGITS || strlen (digits) > MAX_DIGITS)
    return NULL;

  return g_strconcat ("+", digits, NULL);
}

static gboolean
is_shape (const char *phone)
{
  const gsize n = phone[0] == '+' ? strspn (phone + 1, "0123456789") : 0;

  return n >= MIN_DIGITS && n <= MAX_DIGITS && phone[n + 1] == '\0' && phone[1] != '0';
}

/* 0800 and 090x have four or seven digits behind them. */
static gboolean
is_dutch_service (const char *national)
{
  return g_str_has_prefix (national, "800") || g_str_has_prefix (national, "900") ||
         g_str_has_prefix (national, "906") || g_str_has_prefix (national, "909");
}

static gboolean
is_dutch (const char *national)
{
  const gsize n = strlen (national);

  if (is_dutch_service (national))
    return n == 7 || n == 10;
  /* Machines. */
  if (g_str_has_prefix (national, "970"))
    return n == 11;

  return n == 9 && national[0] != '0';
}

static gboolean
is_belgian (const char *national)
{
  const gsize n = strlen (national);

  return n == 8 || (n == 9 && national[0] == '4');
}

gboolean
crm_phone_is_valid (const char *phone)
{
  if (phone == NULL || !is_shape (phone))
    return FALSE;
  if (g_str_has_prefix (phone, "+31"))
    return is_dutch (phone + 3);
  if (g_str_has_prefix (phone, "+32"))
    return is_belgian (phone + 3);

  return TRUE;
}

static char *
display_dutch (const char *national)
{
  gsize area = 3;

  if (!is_dutch_service (national))
    for (gsize n = 1; n <= 2; n++)
      if (has_word (short_areas, national, n))
        area = n;

  return g_strdup_printf ("0%.*s %s", (int) area, national, national + area);
}

/* Brussels, Antwerp, Liège and Ghent have one digit; 04 with nine digits is a mobile. */
static gsize
get_belgian_area (const char *national)
{
  if (strlen (national) == 9)
    return 3;

  return strchr ("2349", national[0]) != NULL ? 1 : 2;
}

char *
crm_phone_display (const char *phone)
{
  gsize code, area;

  if (phone == NULL || !is_shape (phone))
    return g_strdup (phone);
  if (g_str_has_prefix (phone, "+31") && phone[3] != '0')
    return display_dutch (phone + 3);

  code = get_code_length (phone + 1);
  if (strncmp (phone + 1, "32", 2) != 0)
    return g_strdup_printf ("%.*s %s", (int) code + 1, phone, phone + code + 1);

  area = get_belgian_area (phone + 3);

  return g_strdup_printf ("+32 %.*s %s", (int) area, phone + 3, phone + 3 + area);
}
