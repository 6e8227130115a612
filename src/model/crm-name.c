#include "model/crm-name.h"

#include "base/crm-text.h"

static const char *
first_of (CrmRecord *person, const char *a, const char *b, const char *c)
{
  const char *const names[] = { a, b, c };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!crm_text_is_empty (crm_record_peek (person, names[i])))
      return crm_record_peek (person, names[i]);

  return NULL;
}

char *
crm_name_dup_display (CrmRecord *person)
{
  const char *parts[4] = { NULL };
  guint n = 0;

  g_return_val_if_fail (CRM_IS_RECORD (person), NULL);

  parts[n] = first_of (person, "call_name", "given_name", "initials");
  n += parts[n] != NULL ? 1 : 0;
  parts[n] = crm_record_peek (person, "surname_prefix");
  n += parts[n] != NULL ? 1 : 0;
  parts[n] = crm_record_peek (person, "surname");

  return parts[0] != NULL ? g_strjoinv (" ", (char **) parts) : NULL;
}
