#include "exchange/crm-import-value.h"

#include "base/crm-text.h"
#include "exchange/crm-csv-writer.h"
#include "exchange/crm-import-name.h"
#include "model/crm-address.h"
#include "model/crm-phone.h"
#include "model/crm-value.h"

#include <stdio.h>
#include <string.h>

static int
compare_members (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_members (GPtrArray *members, const char *text, const char *separators)
{
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", separators, -1);
  guint i, j;

  for (i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *member = crm_text_clean (parts[i]);

      for (j = 0; member != NULL && j < members->len; j++)
        if (g_str_equal (g_ptr_array_index (members, j), member))
          g_clear_pointer (&member, g_free);
      if (member != NULL)
        g_ptr_array_add (members, g_steal_pointer (&member));
    }
}

static char *
join_members (GPtrArray *members)
{
  if (members->len == 0)
    return NULL;

  g_ptr_array_sort (members, compare_members);
  g_ptr_array_add (members, NULL);

  return g_strjoinv (";", (char **) members->pdata);
}

char *
crm_import_set_union (const char *a, const char *b)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);

  add_members (members, a, ";");
  add_members (members, b, ";");

  return join_members (members);
}

static char *
parse_set (const char *text, gboolean own)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);

  add_members (members, text, own ? ";" : ";,|\n");

  return join_members (members);
}

/* Three numbers in the column's order to YYYY-MM-DD with what follows them; NULL when it is no
 * date. */
static char *
order_date (const char *text, CrmDateOrder order)
{
  int at[3] = { 0 };
  int digits[3] = { 0 };
  int length = 0;
  int year, month, day;

  if (sscanf (text, "%4d%*1[-/. ]%2d%*1[-/. ]%4d%n", &at[0], &at[1], &at[2], &length) != 3)
    return NULL;
  digits[0] = strspn (text, "0123456789");
  if (digits[0] == 4)
    order = CRM_DATE_YMD;

  year = at[order == CRM_DATE_YMD ? 0 : 2];
  month = at[order == CRM_DATE_MDY ? 0 : 1];
  day = at[order == CRM_DATE_YMD ? 2 : order == CRM_DATE_MDY ? 1 : 0];
  /* A day over 12 in the month's place tells that this one was written the other way. */
  if (month > 12 && day <= 12 && order != CRM_DATE_YMD)
    {
      int swap = month;

      month = day;
      day = swap;
    }
  if (order != CRM_DATE_YMD && year < 100)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();
      int current = g_date_time_get_year (now);

      /* Up to ten years ahead; a birthday is in the last century else. */
      year += current / 100 * 100;
      if (year > current + 10)
        year -= 100;
    }
  if (year < 1000 || !g_date_valid_dmy (day, month, year))
    return NULL;

  return g_strdup_printf ("%04d-%02d-%02d%s", year, month, day, text + length);
}

static char *
parse_tone (const char *text)
{
  g_autofree char *folded = crm_text_fold (text);
  static const char *const informal[] = {
    "ja", "j", "yes", "true", "1", "je", "jij", "jou", "informeel", "informal", "tutoyeren", NULL
  };
  static const char *const formal[] = { "nee", "n",       "no",     "false",       "0", "u",
                                        "uw",  "formeel", "formal", "vousvoyeren", NULL };

  if (g_strv_contains (informal, folded))
    return g_strdup ("informal");
  if (g_strv_contains (formal, folded))
    return g_strdup ("formal");

  return NULL;
}

/* What other programs write for a choice and the descriptions do not know. */
static char *
parse_choice_word (const CrmField *field, const char *text)
{
  static const char *const activities[][2] = {
    { "telefoon", "call" },   { "telefoongesprek", "call" },
    { "gebeld", "call" },     { "bellen", "call" },
    { "belnotitie", "call" }, { "phone call", "call" },
    { "bezoek", "visit" },    { "afspraak", "visit" },
    { "meeting", "visit" },   { "appointment", "visit" },
    { "taak", "task" },       { "to do", "task" },
    { "todo", "task" },       { "notitie", "note" },
    { "memo", "note" },       { "e-mail", "email" },
    { "mail", "email" },      { "brief", "letter" },
  };
  g_autofree char *folded = NULL;
  gsize i;

  if (g_str_equal (field->name, "form_of_address"))
    return g_strdup (crm_form_of_address_parse (text));
  if (g_str_equal (field->name, "tone"))
    return parse_tone (text);
  if (!g_str_equal (field->name, "type"))
    return NULL;

  folded = crm_text_fold (text);
  for (i = 0; i < G_N_ELEMENTS (activities); i++)
    if (g_str_equal (activities[i][0], folded) && crm_value_check (field, activities[i][1], NULL))
      return g_strdup (activities[i][1]);

  return NULL;
}

static char *
parse_phone (const CrmField *field, const char *text, const char *country, gboolean *good)
{
  char *value = crm_phone_normalize (text, country != NULL ? country : "NL");

  if (value == NULL && country != NULL && !g_str_equal (country, "NL"))
    value = crm_phone_normalize (text, "NL");
  *good = value != NULL && crm_value_check (field, value, NULL);

  return value != NULL ? value : crm_text_clean (text);
}

static gboolean
is_plain (const char *text)
{
  const char *at;

  for (at = text; *at != '\0'; at++)
    if ((guchar) *at >= 0x80 || (guchar) *at < 0x20)
      return FALSE;

  return text[0] != ' ' && at > text && at[-1] != ' ' && strstr (text, "  ") == NULL;
}

static char *
parse_any (const CrmField *field, const char *text, CrmDateOrder order, gboolean *good)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ordered = NULL;
  char *value = NULL;

  if (field->type == CRM_FIELD_DATE || field->type == CRM_FIELD_TIME)
    {
      while (g_ascii_isspace (*text))
        text++;
      ordered = order_date (text, order);
    }
  else if (field->type == CRM_FIELD_CHOICE)
    value = parse_choice_word (field, text);
  else if (field->check == CRM_CHECK_POSTCODE)
    value = crm_postcode_normalize (text);

  if (value == NULL)
    value = crm_value_parse (field, ordered != NULL ? ordered : text, &error);
  /* "0000-00-00" and "nee" mean empty. */
  if (value == NULL && error == NULL)
    return NULL;
  /* A date column may have times. */
  if (value == NULL && ordered != NULL && field->type == CRM_FIELD_DATE && strlen (ordered) > 10)
    {
      ordered[10] = '\0';
      value = crm_value_parse (field, ordered, NULL);
    }
  *good = value != NULL && crm_value_check (field, value, NULL);

  return value;
}

char *
crm_import_value_parse (const CrmField *field,
                        const char *text,
                        CrmDateOrder order,
                        const char *country,
                        gboolean own,
                        gboolean *good)
{
  g_autofree char *clean = NULL;
  char *value;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (good != NULL, NULL);

  *good = TRUE;
  if (text == NULL || *text == '\0')
    return NULL;

  text = crm_csv_unguard (text);
  if (field->type == CRM_FIELD_TEXT && field->check == CRM_CHECK_NONE && is_plain (text))
    return g_strdup (text);

  clean = crm_text_clean (text);
  if (clean == NULL)
    return NULL;
  if (field->type == CRM_FIELD_SET)
    return parse_set (clean, own);
  if (field->check == CRM_CHECK_PHONE)
    return parse_phone (field, clean, country, good);

  value = parse_any (field, clean, order, good);

  return value != NULL || *good ? value : g_steal_pointer (&clean);
}
