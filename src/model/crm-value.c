#include "model/crm-value.h"

#include "base/crm-text.h"
#include "model/crm-check.h"
#include "model/crm-date.h"
#include "model/crm-field-private.h"
#include "model/crm-money.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Keeps messages one line, also for a value of a megabyte. */
static char *
shorten (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) MIN (strlen (text), 200));
  g_autofree char *line = NULL;

  g_strdelimit (valid, "\r\n\t", ' ');
  if (g_utf8_strlen (valid, -1) <= 40)
    return g_steal_pointer (&valid);
  line = g_utf8_substring (valid, 0, 40);

  return g_strconcat (line, "…", NULL);
}

static void
set_error (GError **error, const CrmField *field, const char *text, const char *expected)
{
  g_autofree char *shown = shorten (text);

  g_set_error (error,
               CRM_MODEL_ERROR,
               CRM_MODEL_ERROR_VALUE,
               "%s: “%s” is not %s",
               field->name,
               shown,
               expected);
}

static char *
parse_line (const char *clean)
{
  /* A field of one line takes pasted text of more as words. */
  char *line = g_strdup (clean);

  g_strdelimit (line, "\n\t", ' ');

  return line;
}

static gboolean
means_choice (const CrmField *field, const CrmChoice *choice, const char *squashed)
{
  const char *const words[] = { choice->value,
                                choice->label,
                                crm_field_get_choice_label (field, choice->value) };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *other = NULL;

      /* Spares most of the squashing; the labels of choices start with letters. */
      if ((guchar) words[i][0] < 0x80 && g_ascii_tolower (words[i][0]) != squashed[0])
        continue;
      other = crm_text_squash (words[i]);
      if (strcmp (other, squashed) == 0)
        return TRUE;
    }

  return crm_field_list_has (choice->aliases, squashed);
}

static char *
parse_choice (const CrmField *field, const char *clean, GError **error)
{
  g_autofree char *squashed = NULL;

  for (const CrmChoice *choice = field->choices; choice != NULL && choice->value != NULL; choice++)
    if (strcmp (clean, choice->value) == 0)
      return g_strdup (clean);

  squashed = crm_text_squash (clean);
  for (const CrmChoice *choice = field->choices; choice != NULL && choice->value != NULL; choice++)
    if (means_choice (field, choice, squashed))
      return g_strdup (choice->value);
  if (crm_field_has_flag (field, CRM_FIELD_OPEN))
    return parse_line (clean);
  set_error (error, field, clean, "one of its choices");

  return NULL;
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
parse_set (const char *clean)
{
  g_auto (GStrv) parts = g_strsplit (clean, ";", -1);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *member = crm_text_clean (parts[i]);

      if (member != NULL)
        g_ptr_array_add (members, parse_line (member));
    }
  g_ptr_array_sort (members, compare_members);

  for (guint i = 0; i < members->len; i++)
    if (i == 0 || strcmp (members->pdata[i - 1], members->pdata[i]) != 0)
      g_string_append_printf (joined, "%s%s", i > 0 ? ";" : "", (char *) members->pdata[i]);

  return g_string_free_and_steal (joined);
}

static gboolean
is_one_of (const char *text, const char *const *words)
{
  g_autofree char *folded = crm_text_fold (text);

  return g_strv_contains (words, folded);
}

static char *
parse_bool (const CrmField *field, const char *clean, GError **error)
{
  static const char *const yes[] = { "true", "ja",   "j",  "yes", "y", "1",
                                     "x",    "waar", "on", "aan", NULL };
  static const char *const no[] = { "false", "nee",    "n",   "no",  "0",
                                    "-",     "onwaar", "off", "uit", NULL };

  if (is_one_of (clean, yes))
    return g_strdup ("true");
  if (!is_one_of (clean, no))
    set_error (error, field, clean, "yes or no");

  return NULL;
}

/* What databases and spreadsheets write where there is no date. */
static gboolean
is_no_date (const char *clean)
{
  static const char *const words[] = { "0000-00-00", "0000-00-00 00:00:00",
                                       "00-00-0000", "00/00/0000",
                                       "0-1-1900",   "00-01-1900",
                                       "1/0/1900",   "-",
                                       NULL };

  return is_one_of (clean, words);
}

static char *
check_parsed (char *value,
              const CrmField *field,
              const char *text,
              const char *expected,
              GError **error)
{
  if (value == NULL)
    set_error (error, field, text, expected);

  return value;
}

static char *
parse_text (const CrmField *field, const char *clean, const char *country)
{
  g_autofree char *line = parse_line (clean);

  return crm_check_normalize (field->check, line, country);
}

static char *
parse_clean (const CrmField *field, const char *clean, const char *country, GError **error)
{
  switch (field->type)
    {
    case CRM_FIELD_LONG_TEXT:
      return g_strdup (clean);

    case CRM_FIELD_DATE:
      if (is_no_date (clean))
        return NULL;
      return check_parsed (crm_date_parse (clean, FALSE),
                           field,
                           clean,
                           "a date like 31-12-2024",
                           error);

    case CRM_FIELD_TIME:
      if (is_no_date (clean))
        return NULL;
      return check_parsed (crm_time_parse (clean, FALSE),
                           field,
                           clean,
                           "a time like 31-12-2024 14:30",
                           error);

    case CRM_FIELD_MONEY:
      return check_parsed (crm_money_parse (clean), field, clean, "an amount like 1.190,00", error);

    case CRM_FIELD_NUMBER:
      return check_parsed (crm_number_parse (clean), field, clean, "a number like 11,9", error);

    case CRM_FIELD_BOOL:
      return parse_bool (field, clean, error);

    case CRM_FIELD_CHOICE:
      return parse_choice (field, clean, error);

    case CRM_FIELD_SET:
      return parse_set (clean);

    case CRM_FIELD_LINK:
      return parse_line (clean);

    case CRM_FIELD_TEXT:
    default:
      return parse_text (field, clean, country);
    }
}

/* What is longer belongs into a file; no other device would take it. */
static gboolean
check_length (const CrmField *field, const char *text, GError **error)
{
  const gsize length = strlen (text);

  if (length <= CRM_VALUE_MAX)
    return TRUE;

  g_set_error (error,
               CRM_MODEL_ERROR,
               CRM_MODEL_ERROR_VALUE,
               "%s: %" G_GSIZE_FORMAT " bytes; at most %d fit in a field",
               field->name,
               length,
               CRM_VALUE_MAX);

  return FALSE;
}

char *
crm_value_parse (const CrmField *field, const char *text, GError **error)
{
  return crm_value_parse_in (field, text, NULL, error);
}

char *
crm_value_parse_in (const CrmField *field, const char *text, const char *country, GError **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *value = NULL;

  g_return_val_if_fail (field != NULL, NULL);

  clean = crm_text_clean (text);
  if (clean == NULL)
    return NULL;
  if (!check_length (field, clean, error))
    return NULL;
  value = parse_clean (field, clean, country, error);

  return crm_text_is_empty (value) ? NULL : g_steal_pointer (&value);
}

static gboolean
is_choice (const CrmField *field, const char *value)
{
  for (const CrmChoice *choice = field->choices; choice != NULL && choice->value != NULL; choice++)
    if (strcmp (choice->value, value) == 0)
      return TRUE;

  return FALSE;
}

gboolean
crm_value_check (const CrmField *field, const char *value, GError **error)
{
  const char *expected = NULL;

  g_return_val_if_fail (field != NULL, FALSE);

  if (crm_text_is_empty (value))
    return TRUE;

  if (field->type == CRM_FIELD_CHOICE && !crm_field_has_flag (field, CRM_FIELD_OPEN) &&
      !is_choice (field, value))
    expected = "one of its choices";
  else if (field->type != CRM_FIELD_TEXT || crm_check_passes (field->check, value, &expected))
    return TRUE;
  set_error (error, field, value, expected);

  return FALSE;
}

static char *
display_set (const char *value)
{
  g_auto (GStrv) members = g_strsplit (value, ";", -1);

  return g_strjoinv ("; ", members);
}

/* A value of another shape than its type's is shown as it is. */
static char *
or_as_is (char *shown, const char *value)
{
  return shown != NULL ? shown : g_strdup (value);
}

char *
crm_value_display (const CrmField *field, const char *value)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (crm_text_is_empty (value))
    return g_strdup ("");

  switch (field->type)
    {
    case CRM_FIELD_DATE:
      return or_as_is (crm_date_format_short (value), value);

    case CRM_FIELD_TIME:
      return or_as_is (crm_time_format_short (value), value);

    case CRM_FIELD_MONEY:
      return or_as_is (crm_money_display (value), value);

    case CRM_FIELD_NUMBER:
      return crm_number_display (value);

    case CRM_FIELD_BOOL:
      return g_strdup (strcmp (value, "true") == 0 ? _("Yes") : value);

    case CRM_FIELD_CHOICE:
      return g_strdup (crm_field_get_choice_label (field, value));

    case CRM_FIELD_SET:
      return display_set (value);

    case CRM_FIELD_TEXT:
      return crm_check_display (field->check, value);

    case CRM_FIELD_LONG_TEXT:
    case CRM_FIELD_LINK:
    default:
      return g_strdup (value);
    }
}

gboolean
crm_value_equal (const char *a, const char *b)
{
  g_autofree char *clean_a = NULL;
  g_autofree char *clean_b = NULL;

  if (g_strcmp0 (a, b) == 0)
    return TRUE;
  if (crm_text_is_empty (a) || crm_text_is_empty (b))
    return crm_text_is_empty (a) && crm_text_is_empty (b);
  if (g_str_is_ascii (a) && g_str_is_ascii (b))
    return FALSE;
  clean_a = g_utf8_normalize (a, -1, G_NORMALIZE_NFC);
  clean_b = g_utf8_normalize (b, -1, G_NORMALIZE_NFC);

  return g_strcmp0 (clean_a, clean_b) == 0 && clean_a != NULL;
}
