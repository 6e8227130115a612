#include "exchange/crm-import-mend.h"

#include "base/crm-text.h"
#include "exchange/crm-import-name.h"
#include "model/crm-address.h"
#include "model/crm-name.h"

#include <string.h>

static void
fill_from_parts (CrmImportValues *person, const CrmNameParts *parts)
{
  crm_import_values_fill (person, "form_of_address", parts->form_of_address);
  crm_import_values_fill (person, "title", parts->title);
  crm_import_values_fill (person, "title_after", parts->title_after);
  crm_import_values_fill (person, "initials", parts->initials);
  crm_import_values_fill (person, "given_name", parts->given_name);
  if (crm_import_values_get (person, "surname") == NULL)
    crm_import_values_fill (person, "surname_prefix", parts->prefix);
  crm_import_values_fill (person, "surname", parts->surname);
}

/* "Vries, de" in the column of surnames; "Vries, Jan de" too when it has the whole name. */
static void
split_surname (CrmImportValues *person, const char *field, const char *prefix_field)
{
  const char *surname = crm_import_values_get (person, field);
  g_autofree char *prefix = NULL;
  g_autofree char *core = NULL;

  if (surname == NULL)
    return;

  crm_name_split_surname (surname, &prefix, &core);
  if (core != NULL && strchr (core, ',') != NULL &&
      crm_import_values_get (person, "given_name") == NULL)
    {
      g_auto (CrmNameParts) parts = { 0 };

      crm_name_parts_parse (surname, &parts);
      crm_import_values_take (person, field, NULL);
      fill_from_parts (person, &parts);
      return;
    }
  if (prefix == NULL || core == NULL)
    return;

  crm_import_values_take (person, field, g_steal_pointer (&core));
  crm_import_values_fill (person, prefix_field, prefix);
}

void
crm_import_mend_names (CrmImportValues *person, const char *full)
{
  const char *given;

  g_return_if_fail (person != NULL);
  g_return_if_fail (full != NULL);

  if (*full != '\0')
    {
      g_auto (CrmNameParts) parts = { 0 };

      crm_name_parts_parse (full, &parts);
      fill_from_parts (person, &parts);
    }

  split_surname (person, "surname", "surname_prefix");
  split_surname (person, "partner_surname", "partner_prefix");

  /* Initials in the column of first names are initials. */
  given = crm_import_values_get (person, "given_name");
  if (given != NULL && crm_name_is_initials (given))
    {
      crm_import_values_fill (person, "initials", given);
      crm_import_values_take (person, "given_name", NULL);
    }
}

/* "Postbus 123" as visiting address is the postal one. */
static gboolean
move_po_box (CrmImportValues *values)
{
  const char *street = crm_import_values_get (values, "street");
  g_autofree char *folded = crm_text_fold (street);
  const char *number = g_str_has_prefix (folded, "postbus ") ? folded + strlen ("postbus ") : NULL;

  if (number == NULL || crm_import_values_get (values, "postal_po_box") != NULL ||
      crm_import_values_get (values, "house_number") != NULL)
    return FALSE;

  crm_import_values_fill (values, "postal_po_box", number);
  crm_import_values_fill (values, "postal_postcode", crm_import_values_get (values, "postcode"));
  crm_import_values_fill (values, "postal_city", crm_import_values_get (values, "city"));
  crm_import_values_take (values, "street", NULL);
  crm_import_values_take (values, "postcode", NULL);
  crm_import_values_take (values, "city", NULL);

  return TRUE;
}

static void
split_street (CrmImportValues *values, const char *street_field, const char *number_field)
{
  const char *street = crm_import_values_get (values, street_field);
  CrmStreetLine line = { 0 };
  g_autofree char *number = NULL;

  if (street == NULL || crm_import_values_get (values, number_field) != NULL)
    return;

  crm_street_line_parse (street, &line);
  if (line.street != NULL && line.house_number != NULL)
    {
      crm_import_values_take (values, street_field, g_strdup (line.street));
      if (g_str_equal (number_field, "house_number"))
        {
          crm_import_values_fill (values, "house_number", line.house_number);
          crm_import_values_fill (values, "house_letter", line.house_letter);
          crm_import_values_fill (values, "house_addition", line.house_addition);
        }
      else
        {
          /* The postal address has one field for all of the number. */
          g_clear_pointer (&line.street, g_free);
          number = crm_street_line_format (&line);
          crm_import_values_fill (values, number_field, number);
        }
    }
  crm_street_line_clear (&line);
}

/* "1234 AB Ede" in one column. */
static void
split_postcode (CrmImportValues *values)
{
  static const char *const fields[] = { "postcode", "city" };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *value = crm_import_values_get (values, fields[i]);
      const char *other = crm_import_values_get (values, fields[1 - i]);
      g_autofree char *start = NULL;
      g_autofree char *postcode = NULL;
      g_autofree char *city = NULL;
      gsize length;

      if (value == NULL || other != NULL || !g_ascii_isdigit (value[0]) || strlen (value) < 8)
        continue;
      length = value[4] == ' ' ? 7 : 6;
      if (value[length] != ' ')
        continue;
      start = g_strndup (value, length);
      postcode = crm_postcode_normalize (start);
      city = crm_text_clean (value + length);
      if (postcode == NULL || city == NULL)
        continue;
      crm_import_values_take (values, "postcode", g_steal_pointer (&postcode));
      crm_import_values_take (values, "city", g_steal_pointer (&city));
      values->bad[crm_kind_find_index (values->kind, "postcode")] = 0;
    }
}

void
crm_import_mend_address (CrmImportValues *values)
{
  g_return_if_fail (values != NULL);

  split_postcode (values);
  if (move_po_box (values))
    return;
  split_street (values, "street", "house_number");
  split_street (values, "postal_street", "postal_house_number");
}
