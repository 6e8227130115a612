#include "letters/crm-letter-fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const struct
{
  CrmLetterName name;
  const char *english;
  const char *dutch;
  const char *label;
} names[] = {
  { CRM_LETTER_NAME_SALUTATION, "salutation", "aanhef", N_ ("Salutation") },
  { CRM_LETTER_NAME_IN_TEXT, "in_text", "in_tekst", N_ ("Name in running text") },
  { CRM_LETTER_NAME_TITLE, "name", "naam", N_ ("Name") },
  { CRM_LETTER_NAME_ADDRESS, "address", "adresregel", N_ ("Address on one line") },
  { CRM_LETTER_NAME_ADDRESS_BLOCK, "address_block", "adresblok", N_ ("Address block") },
  { CRM_LETTER_NAME_DATE, "date", "datum", N_ ("Date") },
  { CRM_LETTER_NAME_PLACE_DATE, "place_date", "plaats_datum", N_ ("Place and date") },
  { CRM_LETTER_NAME_OUR_REFERENCE, "our_reference", "ons_kenmerk", N_ ("Our reference") },
  { CRM_LETTER_NAME_CLOSING, "closing", "groet", N_ ("Closing") },
  { CRM_LETTER_NAME_SIGNATURE, "signature", "ondertekening", N_ ("Signature") },
  { CRM_LETTER_NAME_SENDER, "sender", "afzender", N_ ("Sender") },
  { CRM_LETTER_NAME_ORGANISATION, "organisation", "organisatie", N_ ("Organisation") },
};
/* clang-format on */

static const char *const relation_kinds[] = { "person", "organisation" };

static gboolean
is_name (const char *name, const char *text)
{
  return name != NULL && g_ascii_strcasecmp (name, text) == 0;
}

const CrmField *
crm_letter_name_find_field (const CrmKind *kind, const char *name)
{
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);

      if (is_name (field->name, name) || is_name (field->letter_name, name))
        return field;
    }

  return NULL;
}

const CrmLetterSetting *
crm_letter_name_find_setting (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < crm_letter_setting_get_n (); i++)
    {
      const CrmLetterSetting *setting = crm_letter_setting_get (i);

      if (setting->letter_name != NULL && (is_name (setting->letter_name, name) ||
                                           is_name (setting->name + strlen ("sender."), name)))
        return setting;
    }

  return NULL;
}

CrmLetterName
crm_letter_name_find (const CrmModel *model, const char *name)
{
  g_return_val_if_fail (model != NULL, CRM_LETTER_NAME_UNKNOWN);
  g_return_val_if_fail (name != NULL, CRM_LETTER_NAME_UNKNOWN);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (is_name (names[i].english, name) || is_name (names[i].dutch, name))
      return names[i].name;

  for (guint i = 0; i < G_N_ELEMENTS (relation_kinds); i++)
    if (crm_letter_name_find_field (crm_model_find_kind (model, relation_kinds[i]), name) != NULL)
      return CRM_LETTER_NAME_FIELD;

  return CRM_LETTER_NAME_UNKNOWN;
}

gboolean
crm_letter_name_is_known (const CrmModel *model, const char *name)
{
  g_auto (GStrv) parts = NULL;
  CrmLetterName first;

  g_return_val_if_fail (name != NULL, FALSE);

  if (g_str_equal (name, "."))
    return TRUE;

  parts = g_strsplit (name, ".", 3);
  first = crm_letter_name_find (model, parts[0]);
  if (parts[1] == NULL)
    return first != CRM_LETTER_NAME_UNKNOWN;
  if (parts[2] != NULL)
    return FALSE;
  if (first == CRM_LETTER_NAME_SENDER)
    return crm_letter_name_find_setting (parts[1]) != NULL;
  if (first == CRM_LETTER_NAME_ORGANISATION)
    return crm_letter_name_find_field (crm_model_find_kind (model, "organisation"), parts[1]) !=
           NULL;

  return FALSE;
}

void
crm_letter_name_choice_free (CrmLetterNameChoice *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self);
}

static void
add_choice (GPtrArray *choices, const char *prefix, const char *name, const char *label)
{
  CrmLetterNameChoice *choice = g_new0 (CrmLetterNameChoice, 1);

  choice->name = g_strconcat (prefix, name, NULL);
  choice->label = label;
  g_ptr_array_add (choices, choice);
}

static void
add_fields (GPtrArray *choices, const CrmKind *kind, const char *prefix, gboolean dutch)
{
  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    {
      const CrmField *field = crm_kind_get_field (kind, i);

      if (field->letter_name != NULL)
        add_choice (choices,
                    prefix,
                    dutch ? field->letter_name : field->name,
                    crm_field_get_label (field));
    }
}

GPtrArray *
crm_letter_name_list (const CrmModel *model, gboolean dutch)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify)
                                                           crm_letter_name_choice_free);

  g_return_val_if_fail (model != NULL, choices);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].name != CRM_LETTER_NAME_SENDER && names[i].name != CRM_LETTER_NAME_ORGANISATION)
      add_choice (choices,
                  "",
                  dutch ? names[i].dutch : names[i].english,
                  g_dgettext (GETTEXT_PACKAGE, names[i].label));

  add_fields (choices, crm_model_find_kind (model, "person"), "", dutch);
  add_fields (choices,
              crm_model_find_kind (model, "organisation"),
              dutch ? "organisatie." : "organisation.",
              dutch);

  for (guint i = 0; i < crm_letter_setting_get_n (); i++)
    {
      const CrmLetterSetting *setting = crm_letter_setting_get (i);

      if (setting->letter_name != NULL)
        add_choice (choices,
                    dutch ? "afzender." : "sender.",
                    dutch ? setting->letter_name : setting->name + strlen ("sender."),
                    crm_letter_setting_get_label (setting));
    }

  return choices;
}
