#include "model/crm-name.h"

#include "base/crm-text.h"
#include "model/crm-name-private.h"

#include <string.h>

const char *
crm_name_peek_first (CrmRecord *person, const char *const *names)
{
  for (; *names != NULL; names++)
    if (crm_record_peek (person, *names) != NULL)
      return crm_record_peek (person, *names);

  return NULL;
}

gboolean
crm_name_is_belgian (CrmRecord *person, CrmRecord *organisation)
{
  static const char *const countries[] = { "country", "postal_country", NULL };
  const char *country = person != NULL ? crm_name_peek_first (person, countries) : NULL;

  if (country == NULL && organisation != NULL)
    country = crm_name_peek_first (organisation, countries);

  return g_strcmp0 (country, "BE") == 0;
}

/* One space between words and none around the hyphen; NULL when nothing remains. */
static char *
tidy (const char *name)
{
  char *tidied = name != NULL ? g_strdup (name) : NULL;
  char *to = tidied;

  if (tidied == NULL)
    return NULL;
  for (const char *from = tidied; *from != '\0'; from++)
    {
      const gboolean space = g_ascii_isspace (*from);

      if (space && (to == tidied || to[-1] == ' ' || to[-1] == '-'))
        continue;
      if (*from == '-' && to > tidied && to[-1] == ' ')
        to--;
      *to++ = space ? ' ' : *from;
    }
  if (to > tidied && to[-1] == ' ')
    to--;
  *to = '\0';
  if (to == tidied)
    g_clear_pointer (&tidied, g_free);

  return tidied;
}

/* "d'Ancona" has no space. */
static const char *
get_joint (const char *prefix)
{
  return g_str_has_suffix (prefix, "'") || g_str_has_suffix (prefix, "’") ? "" : " ";
}

static char *
join (const char *prefix, const char *core)
{
  if (prefix == NULL || core == NULL)
    return g_strdup (core != NULL ? core : prefix);

  return g_strconcat (prefix, get_joint (prefix), core, NULL);
}

void
crm_surname_init (CrmSurname *self, CrmRecord *person)
{
  const char *use = crm_record_peek (person, "name_use");
  g_autofree char *own = tidy (crm_record_peek (person, "surname"));
  g_autofree char *partner = tidy (crm_record_peek (person, "partner_surname"));
  const char *own_prefix = crm_record_peek (person, "surname_prefix");
  const char *partner_prefix = crm_record_peek (person, "partner_prefix");
  const gboolean partner_first = partner != NULL && use != NULL &&
                                 g_str_has_prefix (use, "partner");
  const gboolean both = own != NULL && partner != NULL &&
                        (g_strcmp0 (use, "partner_own") == 0 ||
                         g_strcmp0 (use, "own_partner") == 0);
  g_autofree char *second = NULL;

  self->prefix = partner_first ? partner_prefix : own_prefix;
  self->first_core = g_strdup (partner_first ? partner : own);
  if (both)
    second = partner_first ? join (own_prefix, own) : join (partner_prefix, partner);
  self->core = both ? g_strconcat (self->first_core, "-", second, NULL)
                    : g_strdup (self->first_core);
}

void
crm_surname_clear (CrmSurname *self)
{
  g_free (self->core);
  g_free (self->first_core);
  memset (self, 0, sizeof *self);
}

/* Only the first word; 't, 's and d' never. */
static char *
capitalize (const char *prefix)
{
  const gunichar first = g_utf8_get_char (prefix);
  const char *rest = g_utf8_next_char (prefix);
  char capital[7];

  if (!g_unichar_isalpha (first) || *rest == '\'' || g_str_has_prefix (rest, "’"))
    return g_strdup (prefix);
  capital[g_unichar_to_utf8 (g_unichar_toupper (first), capital)] = '\0';

  return g_strconcat (capital, rest, NULL);
}

char *
crm_surname_join (const CrmSurname *self, const char *core, gboolean capital)
{
  g_autofree char *prefix = tidy (self->prefix);
  g_autofree char *capitalized = NULL;

  if (prefix != NULL && capital && core != NULL)
    {
      capitalized = capitalize (prefix);
      return join (capitalized, core);
    }

  return join (prefix, core);
}

char *
crm_name_dup_display (CrmRecord *person)
{
  static const char *const firsts[] = { "call_name", "given_name", "initials", NULL };
  g_auto (CrmSurname) surname = { NULL };
  g_autofree char *last = NULL;
  const char *first;

  g_return_val_if_fail (CRM_IS_RECORD (person), NULL);

  first = crm_name_peek_first (person, firsts);
  crm_surname_init (&surname, person);
  last = crm_surname_join (&surname,
                           surname.core,
                           first == NULL && !crm_name_is_belgian (person, NULL));
  if (first == NULL)
    return g_steal_pointer (&last);

  return last != NULL ? g_strconcat (first, " ", last, NULL) : g_strdup (first);
}

char *
crm_name_dup_listed (CrmRecord *person, CrmLocale locale)
{
  static const char *const firsts[] = { "call_name", "given_name", "initials", NULL };
  g_auto (CrmSurname) surname = { NULL };
  g_autofree char *behind = NULL;
  g_autofree char *full = NULL;
  const char *first;

  g_return_val_if_fail (CRM_IS_RECORD (person), NULL);

  first = crm_name_peek_first (person, firsts);
  crm_surname_init (&surname, person);
  if (surname.core == NULL)
    return crm_name_dup_display (person);

  if (locale == CRM_LOCALE_BE)
    {
      full = crm_surname_join (&surname, surname.core, !crm_name_is_belgian (person, NULL));
      return first != NULL ? g_strconcat (full, ", ", first, NULL) : g_steal_pointer (&full);
    }

  behind = g_strjoin (" ", first != NULL ? first : "", surname.prefix, NULL);
  g_strstrip (behind);

  return behind[0] != '\0' ? g_strconcat (surname.core, ", ", behind, NULL)
                           : g_strdup (surname.core);
}
