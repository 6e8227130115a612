#include "model/crm-field.h"

#include "base/crm-text.h"
#include "model/crm-field-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
crm_field_list_has (const char *list, const char *item)
{
  const gsize length = strlen (item);

  if (list == NULL || length == 0)
    return FALSE;

  for (const char *found = strstr (list, item); found != NULL; found = strstr (found + 1, item))
    if ((found == list || found[-1] == '|') && (found[length] == '|' || found[length] == '\0'))
      return TRUE;

  return FALSE;
}

const char *
crm_field_get_label (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return g_dgettext (GETTEXT_PACKAGE, field->label);
}

gboolean
crm_field_has_flag (const CrmField *field, CrmFieldFlags flag)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return (field->flags & flag) == flag;
}

const char *
crm_field_get_choice_label (const CrmField *field, const char *value)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL)
    return NULL;

  for (const CrmChoice *choice = field->choices; choice != NULL && choice->value != NULL; choice++)
    if (strcmp (choice->value, value) == 0)
      return g_dgettext (GETTEXT_PACKAGE, choice->label);

  return value;
}

gboolean
crm_field_targets (const CrmField *field, const char *kind_name)
{
  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (kind_name != NULL, FALSE);

  return crm_field_list_has (field->target, kind_name);
}

/* "First_Name:" and "first name" are one header. */
static char *
fold_header (const char *header)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (header), "_", ' ');
  char *folded = crm_text_fold (spaced);
  gsize length = strlen (folded);

  while (length > 0 &&
         (folded[length - 1] == ':' || folded[length - 1] == '*' || folded[length - 1] == ' '))
    folded[--length] = '\0';

  return folded;
}

static gboolean
means (const char *name, const char *folded)
{
  g_autofree char *other = name != NULL ? fold_header (name) : NULL;

  return other != NULL && strcmp (other, folded) == 0;
}

CrmFieldMatch
crm_field_match_header (const CrmField *field, const char *header)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (field != NULL, CRM_FIELD_MATCH_NONE);

  if (header == NULL)
    return CRM_FIELD_MATCH_NONE;

  folded = fold_header (header);
  if (folded[0] == '\0')
    return CRM_FIELD_MATCH_NONE;
  if (means (field->name, folded))
    return CRM_FIELD_MATCH_NAME;
  if (means (field->label, folded) || means (crm_field_get_label (field), folded) ||
      means (field->letter_name, folded))
    return CRM_FIELD_MATCH_LABEL;

  return crm_field_list_has (field->aliases, folded) ? CRM_FIELD_MATCH_ALIAS : CRM_FIELD_MATCH_NONE;
}
