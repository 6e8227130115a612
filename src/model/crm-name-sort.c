#include "base/crm-text.h"
#include "model/crm-name-private.h"
#include "model/crm-name.h"

#include <string.h>

/* Parts of a key; lower than any character of folded text, so that a short name is first. */
#define END_OF_PART '\001'

/* Words apart by one space, without points and hyphens: "B.V." is "bv". */
static void
append_words (GString *key, const char *folded)
{
  const gsize start = key->len;

  for (; *folded != '\0'; folded++)
    {
      const guchar c = (guchar) *folded;

      if (c >= 0x80 || g_ascii_isalnum (c))
        g_string_append_c (key, *folded);
      else if ((c == ' ' || c == '-' || c == '/') && key->len > start &&
               key->str[key->len - 1] != ' ')
        g_string_append_c (key, ' ');
    }
  if (key->len > start && key->str[key->len - 1] == ' ')
    g_string_truncate (key, key->len - 1);
}

static void
replace_ij (GString *key, gsize start)
{
  char *to = key->str + start;

  for (const char *from = to; *from != '\0'; from++)
    {
      const gboolean ij = from[0] == 'i' && from[1] == 'j';

      *to++ = ij ? 'y' : *from;
      from += ij ? 1 : 0;
    }
  g_string_truncate (key, (gsize) (to - key->str));
}

static void
append_part (GString *key, const char *text, gboolean squash, gboolean ij_as_y)
{
  const gsize start = key->len;

  if (text != NULL)
    {
      g_autofree char *folded = squash ? crm_text_squash (text) : crm_text_fold (text);

      if (squash)
        g_string_append (key, folded);
      else
        append_words (key, folded);
      if (ij_as_y)
        replace_ij (key, start);
    }
  g_string_append_c (key, END_OF_PART);
}

/* The parts of a name that decide its place, in their order. */
typedef struct
{
  const char *core;
  const char *prefix;
  const char *initials;
  const char *given;
} Name;

static char *
make_key (const Name *name, CrmLocale locale, gboolean ij_as_y)
{
  GString *key = g_string_sized_new (64);

  if (locale == CRM_LOCALE_BE)
    {
      g_autofree char *full = g_strconcat (name->prefix != NULL ? name->prefix : "",
                                           name->core,
                                           NULL);

      append_part (key, full, TRUE, ij_as_y);
    }
  else
    {
      append_part (key, name->core, FALSE, ij_as_y);
      append_part (key, name->prefix, FALSE, ij_as_y);
    }
  append_part (key, name->initials, TRUE, ij_as_y);
  append_part (key, name->given, FALSE, ij_as_y);

  return g_string_free_and_steal (key);
}

static char *
dup_person_key (CrmRecord *person, CrmLocale locale, gboolean ij_as_y)
{
  static const char *const givens[] = { "given_name", "call_name", NULL };
  g_auto (CrmSurname) surname = { NULL };
  g_autofree char *initials = NULL;
  g_autofree char *title = NULL;
  Name name = { NULL };

  crm_surname_init (&surname, person);
  if (surname.core != NULL)
    {
      initials = crm_name_dup_person_initials (person);
      name.core = surname.core;
      name.prefix = surname.prefix;
      name.initials = initials;
      name.given = crm_name_peek_first (person, givens);
    }
  else
    name.core = title = crm_record_dup_title (person);

  return make_key (&name, locale, ij_as_y);
}

char *
crm_name_dup_sort_key (CrmRecord *record, CrmLocale locale, gboolean ij_as_y)
{
  g_autofree char *title = NULL;
  Name name = { NULL };

  g_return_val_if_fail (CRM_IS_RECORD (record), NULL);

  if (crm_kind_find_index (crm_record_get_kind (record), "surname") >= 0)
    return dup_person_key (record, locale, ij_as_y);

  name.core = title = crm_record_dup_title (record);

  return make_key (&name, locale, ij_as_y);
}

char *
crm_name_dup_sort_key_for_text (const char *text, CrmLocale locale, gboolean ij_as_y)
{
  g_autofree char *given = NULL;
  g_autofree char *prefix = NULL;
  g_autofree char *surname = NULL;
  g_autofree char *initials = NULL;
  Name name;

  crm_name_split (text, &given, &prefix, &surname);
  initials = crm_name_dup_initials (given);
  name = (Name) { surname != NULL ? surname : "", prefix, initials, given };

  return make_key (&name, locale, ij_as_y);
}
