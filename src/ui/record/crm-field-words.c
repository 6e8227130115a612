#include "ui/record/crm-field-words.h"

#include <glib/gi18n-lib.h>

static const char *
get_misread (CrmFieldType type)
{
  switch (type)
    {
    case CRM_FIELD_DATE:
      return _("Not a date yet: try “24-11-2026” or “tomorrow”");
    case CRM_FIELD_TIME:
      return _("Not a moment yet: try “24-11-2026 10:00” or “tue 10:00”");
    case CRM_FIELD_MONEY:
      return _("Not an amount yet: try “1190.00”");
    case CRM_FIELD_NUMBER:
      return _("Not a number yet");
    case CRM_FIELD_LINK:
      return _("Choose one from the list");
    case CRM_FIELD_CHOICE:
      return _("Not one of the choices");
    case CRM_FIELD_TEXT:
    case CRM_FIELD_LONG_TEXT:
    case CRM_FIELD_SET:
      return _("This is too long: a field takes 1 MB at most");
    case CRM_FIELD_BOOL:
    default:
      return _("This cannot be understood");
    }
}

static const char *
get_odd (CrmCheck check)
{
  switch (check)
    {
    case CRM_CHECK_EMAIL:
      return _("This does not look like an e-mail address");
    case CRM_CHECK_PHONE:
      return _("This does not look like a phone number");
    case CRM_CHECK_POSTCODE:
      return _("This does not look like a Dutch postcode, as in 1234 AB");
    case CRM_CHECK_URL:
      return _("This does not look like a web address");
    case CRM_CHECK_LANGUAGE:
      return _("A language is two letters, as in nl or en");
    case CRM_CHECK_COUNTRY:
      return _("A country is two letters, as in NL or BE");
    case CRM_CHECK_CHAMBER:
      return _("A Chamber of Commerce number has eight digits");
    case CRM_CHECK_VAT:
      return _("This does not look like a VAT number, as in NL123456789B01");
    case CRM_CHECK_CURRENCY:
      return _("A currency is three letters, as in EUR");
    case CRM_CHECK_NONE:
    default:
      return _("This is not one of the usual values");
    }
}

char *
crm_field_words_dup_misread (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return g_strdup (get_misread (field->type));
}

char *
crm_field_words_dup_odd (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return g_strdup (get_odd (field->check));
}
