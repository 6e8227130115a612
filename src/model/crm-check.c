#include "model/crm-check.h"

#include "base/crm-text.h"
#include "model/crm-country.h"
#include "model/crm-language.h"
#include "model/crm-phone.h"
#include "model/crm-postcode.h"

#include <string.h>

/* ISO 4217, without the codes of metals, funds and tests. */
static const char currencies[] = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF "
                                 "BMD BND BOB BRL BSD BTN BWP BYN BZD "
                                 "CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN "
                                 "ETB EUR FJD FKP GBP GEL GHS GIP GMD "
                                 "GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY "
                                 "KES KGS KHR KMF KPW KRW KWD KYD KZT "
                                 "LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
                                 "MWK MXN MYR MZN NAD NGN NIO NOK NPR "
                                 "NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD "
                                 "SCR SDG SEK SGD SHP SLE SOS SRD SSP "
                                 "STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD "
                                 "UYU UZS VES VND VUV WST XAF XCD XCG "
                                 "XOF XPF YER ZAR ZMW ZWG ";

/* RFC 5321: 64 before the "@", 254 in all. */
#define LONGEST_LOCAL 64
#define LONGEST_EMAIL 254

static char *
without (const char *text, const char *unwanted)
{
  char *kept = g_strdup (text);
  char *to = kept;

  for (const char *from = kept; *from != '\0'; from++)
    if (strchr (unwanted, *from) == NULL)
      *to++ = *from;
  *to = '\0';

  return kept;
}

static gboolean
is_label (const char *text, gsize length)
{
  if (length == 0 || length > 63 || text[0] == '-' || text[length - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-' && (guchar) text[i] < 0x80)
      return FALSE;

  return TRUE;
}

/* Names joined by points, at least two, the last not a number. */
static gboolean
is_domain (const char *domain)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);
  const guint n = g_strv_length (labels);

  for (guint i = 0; i < n; i++)
    if (!is_label (labels[i], strlen (labels[i])))
      return FALSE;

  return n >= 2 && g_utf8_strlen (labels[n - 1], -1) >= 2 && !g_ascii_isdigit (labels[n - 1][0]);
}

static gboolean
is_local_part (const char *text, gsize length)
{
  if (length == 0 || length > LONGEST_LOCAL || text[0] == '.' || text[length - 1] == '.')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isspace (text[i]) || g_ascii_iscntrl (text[i]) ||
        strchr ("()<>[]:;,\\\"@", text[i]) != NULL || (text[i] == '.' && text[i + 1] == '.'))
      return FALSE;

  return TRUE;
}

static gboolean
is_email (const char *value)
{
  const char *at = strrchr (value, '@');

  return at != NULL && strlen (value) <= LONGEST_EMAIL &&
         is_local_part (value, (gsize) (at - value)) && is_domain (at + 1);
}

/* "Jan <jan@bedrijf.example>", "mailto:jan@bedrijf.example?subject=x", "jan @ bedrijf.example;" */
static char *
normalize_email (const char *text)
{
  const char *open = strrchr (text, '<');
  g_autofree char *address = NULL;
  char *at;

  if (strlen (text) > 4 * LONGEST_EMAIL)
    return g_strdup (text);
  address = without (open != NULL ? open + 1 : text, " \t\n");
  if (open != NULL && strchr (address, '>') != NULL)
    *strchr (address, '>') = '\0';
  if (g_ascii_strncasecmp (address, "mailto:", 7) == 0)
    {
      memmove (address, address + 7, strlen (address + 7) + 1);
      address[strcspn (address, "?")] = '\0';
    }
  while (address[0] != '\0' && strchr (".,;", address[strlen (address) - 1]) != NULL)
    address[strlen (address) - 1] = '\0';
  if (!is_email (address))
    return g_strdup (text);

  for (at = strrchr (address, '@'); *at != '\0'; at++)
    *at = g_ascii_tolower (*at);

  return g_steal_pointer (&address);
}

static gboolean
is_url (const char *value)
{
  const char *host = value;
  g_autofree char *domain = NULL;

  if (strpbrk (value, " \t\n<>\"") != NULL || strlen (value) > 2000)
    return FALSE;
  if (g_ascii_strncasecmp (host, "http://", 7) == 0 ||
      g_ascii_strncasecmp (host, "https://", 8) == 0)
    host = strstr (host, "//") + 2;
  domain = g_strndup (host, strcspn (host, "/?#:"));

  return is_domain (domain);
}

static gboolean
is_digits (const char *text, gsize n)
{
  return strlen (text) == n && strspn (text, "0123456789") == n;
}

/* Numbers of the chamber have 8 digits; a spreadsheet loses a 0 in front. */
static char *
normalize_chamber (const char *text)
{
  g_autofree char *digits = without (text, " .-");

  if (is_digits (digits, 7))
    return g_strconcat ("0", digits, NULL);

  return is_digits (digits, 8) ? g_steal_pointer (&digits) : g_strdup (text);
}

static char *
normalize_vat (const char *text)
{
  g_autofree char *code = without (text, " .-/");
  g_autofree char *upper = g_ascii_strup (code, -1);

  if (strlen (upper) == 12 && upper[9] == 'B' && strspn (upper, "0123456789") == 9)
    return g_strconcat ("NL", upper, NULL);
  if (strlen (upper) < 5 || strlen (upper) > 15 || !g_ascii_isalpha (upper[0]) ||
      !g_ascii_isalpha (upper[1]))
    return g_strdup (text);

  return g_steal_pointer (&upper);
}

/* The remainder by 97 of a number in which letters stand for 10 to 35 (ISO 7064). */
static guint
get_mod97 (const char *text)
{
  guint rest = 0;

  for (; *text != '\0'; text++)
    {
      const guint value = g_ascii_isdigit (*text) ? (guint) (*text - '0')
                                                  : (guint) (*text - 'A' + 10);

      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }

  return rest;
}

/* The weighted sum that older Dutch numbers pass. */
static gboolean
passes_eleven (const char *digits)
{
  int sum = -(digits[8] - '0');

  for (int i = 0; i < 8; i++)
    sum += (digits[i] - '0') * (9 - i);

  return sum % 11 == 0;
}

static gboolean
is_vat (const char *value)
{
  const gsize n = strlen (value);

  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (value[i]) && !g_ascii_isupper (value[i]))
      return FALSE;
  if (g_str_has_prefix (value, "NL"))
    return n == 14 && strspn (value + 2, "0123456789") == 9 && value[11] == 'B' &&
           is_digits (value + 12, 2) && (passes_eleven (value + 2) || get_mod97 (value) == 1);
  if (g_str_has_prefix (value, "BE"))
    return n == 12 && is_digits (value + 2, 10) &&
           97 - g_ascii_strtoull (value + 2, NULL, 10) / 100 % 97 ==
               g_ascii_strtoull (value + 10, NULL, 10);

  return n >= 5 && n <= 15 && g_ascii_isalpha (value[0]) && g_ascii_isalpha (value[1]) &&
         strpbrk (value + 2, "0123456789") != NULL;
}

static gboolean
is_currency (const char *value)
{
  return strlen (value) == 3 && strchr (value, ' ') == NULL && strstr (currencies, value) != NULL;
}

static char *
normalize_currency (const char *text)
{
  g_autofree char *upper = g_ascii_strup (text, -1);

  if (strcmp (text, "€") == 0 || strcmp (upper, "EURO") == 0)
    return g_strdup ("EUR");

  return is_currency (upper) ? g_steal_pointer (&upper) : g_strdup (text);
}

static char *
or_as_is (char *found, const char *text)
{
  return found != NULL ? found : g_strdup (text);
}

char *
crm_check_normalize (CrmCheck check, const char *text, const char *country)
{
  g_return_val_if_fail (text != NULL, NULL);

  switch (check)
    {
    case CRM_CHECK_EMAIL:
      return normalize_email (text);

    case CRM_CHECK_PHONE:
      return or_as_is (crm_phone_normalize (text, country), text);

    case CRM_CHECK_POSTCODE:
      return or_as_is (crm_postcode_normalize (text), text);

    case CRM_CHECK_LANGUAGE:
      return or_as_is (g_strdup (crm_language_find (text)), text);

    case CRM_CHECK_COUNTRY:
      return or_as_is (g_strdup (crm_country_find (text)), text);

    case CRM_CHECK_CHAMBER:
      return normalize_chamber (text);

    case CRM_CHECK_VAT:
      return normalize_vat (text);

    case CRM_CHECK_CURRENCY:
      return normalize_currency (text);

    case CRM_CHECK_NONE:
    case CRM_CHECK_URL:
    default:
      return g_strdup (text);
    }
}

static gboolean
expect (gboolean passes, const char *words, const char **expected)
{
  if (expected != NULL)
    *expected = words;

  return passes;
}

gboolean
crm_check_passes (CrmCheck check, const char *value, const char **expected)
{
  g_return_val_if_fail (value != NULL, FALSE);

  switch (check)
    {
    case CRM_CHECK_EMAIL:
      return expect (is_email (value), "an e-mail address", expected);

    case CRM_CHECK_PHONE:
      return expect (crm_phone_is_valid (value), "a whole phone number", expected);

    case CRM_CHECK_POSTCODE:
      return expect (crm_postcode_is_valid (value), "a postcode like 1234 AB", expected);

    case CRM_CHECK_URL:
      return expect (is_url (value), "an address like www.company.example", expected);

    case CRM_CHECK_LANGUAGE:
      return expect (g_strcmp0 (crm_language_find (value), value) == 0,
                     "a language like nl",
                     expected);

    case CRM_CHECK_COUNTRY:
      return expect (g_strcmp0 (crm_country_find (value), value) == 0,
                     "a country like NL",
                     expected);

    case CRM_CHECK_CHAMBER:
      return expect (is_digits (value, 8), "a chamber of commerce number of 8 digits", expected);

    case CRM_CHECK_VAT:
      return expect (is_vat (value), "a VAT number like NL123456782B90", expected);

    case CRM_CHECK_CURRENCY:
      return expect (is_currency (value), "a currency like EUR", expected);

    case CRM_CHECK_NONE:
    default:
      return TRUE;
    }
}

static const char *
get_language (void)
{
  return g_str_has_prefix (g_get_language_names ()[0], "nl") ? "nl" : "en";
}

char *
crm_check_display (CrmCheck check, const char *value)
{
  g_return_val_if_fail (value != NULL, NULL);

  switch (check)
    {
    case CRM_CHECK_PHONE:
      return crm_phone_display (value);

    case CRM_CHECK_POSTCODE:
      return crm_postcode_display (value);

    case CRM_CHECK_LANGUAGE:
      return or_as_is (g_strdup (crm_language_get_name (value, get_language ())), value);

    case CRM_CHECK_COUNTRY:
      return or_as_is (g_strdup (crm_country_get_name (value, get_language ())), value);

    case CRM_CHECK_NONE:
    case CRM_CHECK_EMAIL:
    case CRM_CHECK_URL:
    case CRM_CHECK_CHAMBER:
    case CRM_CHECK_VAT:
    case CRM_CHECK_CURRENCY:
    default:
      return g_strdup (value);
    }
}
