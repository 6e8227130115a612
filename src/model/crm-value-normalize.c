#include "model/crm-value.h"

#include "base/crm-clock.h"
#include "base/crm-text.h"
#include "model/crm-merge.h"
#include "model/crm-money.h"

#include <math.h>
#include <string.h>

static char *
normalize_money (const char *value)
{
  const gsize whole = strspn (value, "-0123456789");
  g_autofree char *padded = NULL;
  gint64 cents;

  /* "1190" and "1190.5" are what older programs wrote. */
  if (value[whole] == '\0')
    padded = g_strconcat (value, ".00", NULL);
  else if (strlen (value + whole) == 2)
    padded = g_strconcat (value, "0", NULL);
  if (!crm_money_to_cents (padded != NULL ? padded : value, &cents))
    return NULL;

  return crm_money_from_cents (cents);
}

static char *
normalize_number (const char *value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *end = NULL;
  double number;

  if (strspn (value, "0123456789.+-eE") != strlen (value))
    return NULL;
  number = g_ascii_strtod (value, &end);
  if (end == value || *end != '\0' || !isfinite (number))
    return NULL;

  return g_strdup (crm_number_format (number, buffer));
}

/* Text that is no time is kept, as an import keeps it. */
static char *
normalize_time (const char *value)
{
  gint64 time;

  return crm_clock_parse (value, &time) ? crm_clock_format (time) : g_strdup (value);
}

static char *
normalize (const CrmField *field, const char *value, const char **expected)
{
  switch (field != NULL ? field->type : CRM_FIELD_TEXT)
    {
    case CRM_FIELD_MONEY:
      *expected = "an amount like 1190.00";
      return normalize_money (value);

    case CRM_FIELD_NUMBER:
      *expected = "a number like 11.9";
      return normalize_number (value);

    case CRM_FIELD_BOOL:
      *expected = "true";
      return strcmp (value, "true") == 0 ? g_strdup (value) : NULL;

    case CRM_FIELD_TIME:
      return normalize_time (value);

    case CRM_FIELD_SET:
      return crm_members_unite (value, NULL);

    case CRM_FIELD_TEXT:
    case CRM_FIELD_LONG_TEXT:
    case CRM_FIELD_DATE:
    case CRM_FIELD_CHOICE:
    case CRM_FIELD_LINK:
    default:
      return g_strdup (value);
    }
}

char *
crm_value_normalize (const CrmField *field, const char *value, GError **error)
{
  const char *expected = NULL;
  g_autofree char *composed = NULL;
  char *normal = NULL;

  if (crm_text_is_empty (value))
    return NULL;

  /* NULL for what is no UTF-8. */
  composed = g_str_is_ascii (value) ? g_strdup (value)
                                    : g_utf8_normalize (value, -1, G_NORMALIZE_NFC);
  if (composed == NULL)
    expected = "UTF-8 text";
  else
    normal = normalize (field, composed, &expected);

  if (normal == NULL && expected != NULL)
    g_set_error (error,
                 CRM_MODEL_ERROR,
                 CRM_MODEL_ERROR_VALUE,
                 "%s: expected %s",
                 field != NULL ? field->name : "a field",
                 expected);

  return normal;
}
