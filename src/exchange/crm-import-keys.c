#include "exchange/crm-import-keys.h"

#include "base/crm-text.h"
#include "exchange/crm-import-index.h"
#include "model/crm-email.h"

#include <string.h>

/* Most names are plain letters; folding these needs no tables. */
char *
crm_import_squash (const char *text)
{
  g_autoptr (GString) plain = NULL;

  if (text == NULL)
    return g_strdup ("");

  plain = g_string_sized_new (32);
  for (const char *at = text; *at != '\0'; at++)
    {
      if ((guchar) *at >= 0x80)
        return crm_text_squash (text);
      if (g_ascii_isalnum (*at))
        g_string_append_c (plain, g_ascii_tolower (*at));
    }

  return g_string_free (g_steal_pointer (&plain), FALSE);
}

CrmImportPerson
crm_import_person_of_values (const CrmImportValues *values, const char *employer)
{
  CrmImportPerson person = {
    .email = crm_import_values_get (values, "email"),
    .prefix = crm_import_values_get (values, "surname_prefix"),
    .surname = crm_import_values_get (values, "surname"),
    .given = crm_import_values_get (values, "given_name"),
    .initials = crm_import_values_get (values, "initials"),
    .postcode = crm_import_values_get (values, "postcode"),
    .house_number = crm_import_values_get (values, "house_number"),
    .employer = employer,
  };

  return person;
}

CrmImportPerson
crm_import_person_of_record (CrmRecord *record)
{
  CrmImportPerson person = {
    .email = crm_record_get (record, "email"),
    .prefix = crm_record_get (record, "surname_prefix"),
    .surname = crm_record_get (record, "surname"),
    .given = crm_record_get (record, "given_name"),
    .initials = crm_record_get (record, "initials"),
    .postcode = crm_record_get (record, "postcode"),
    .house_number = crm_record_get (record, "house_number"),
    .employer = crm_record_get (record, "organisation"),
  };

  return person;
}

char *
crm_import_dup_email_key (const CrmImportPerson *person, gboolean whole)
{
  g_autofree char *email = NULL;
  g_autofree char *surname = NULL;
  g_autofree char *joined = NULL;

  if (person->email == NULL || !crm_email_is_personal (person->email))
    return NULL;
  if (whole && person->prefix == NULL)
    return NULL;

  joined = whole && person->surname != NULL ? g_strconcat (person->prefix, person->surname, NULL)
                                            : NULL;
  surname = crm_import_squash (joined != NULL ? joined : person->surname);
  /* Who has no surname at all is told by the first name. */
  if (*surname == '\0')
    {
      g_free (surname);
      g_free (joined);
      joined = crm_import_squash (person->given);
      surname = g_strconcat ("~", joined, NULL);
    }
  email = g_utf8_strdown (person->email, -1);

  return g_strconcat (email, "\n", surname, NULL);
}

char *
crm_import_dup_number_key (gboolean organisation, const char *number)
{
  g_autofree char *folded = crm_text_fold (number);

  return g_strconcat (organisation ? "o" : "p", folded, NULL);
}

const char *
crm_import_get_domain (const CrmImportPerson *person)
{
  const char *at = person->email != NULL ? strrchr (person->email, '@') : NULL;

  return at != NULL ? at + 1 : NULL;
}

/* FNV-1a of 64 bits over parts that a zero ends. */
static guint64
hash_part (guint64 hash, const char *text)
{
  if (hash == 0)
    hash = G_GUINT64_CONSTANT (14695981039346656037);
  for (; text != NULL && *text != '\0'; text++)
    hash = (hash ^ (guchar) *text) * G_GUINT64_CONSTANT (1099511628211);

  return (hash ^ 1) * G_GUINT64_CONSTANT (1099511628211);
}

void
crm_import_hash_likeness (const CrmImportPerson *person, guint64 hashes[3])
{
  g_autofree char *surname = crm_import_squash (person->surname);
  g_autofree char *given = crm_import_squash (person->given);
  g_autofree char *initials = crm_import_squash (person->initials);
  const char *domain = crm_import_get_domain (person);
  g_autofree char *postcode = crm_import_squash (person->postcode);
  char first[2] = { *given != '\0' ? *given : *initials, '\0' };
  char house[16] = "";

  memset (hashes, 0, 3 * sizeof *hashes);
  if (*surname == '\0' || *first == '\0')
    return;

  if (domain != NULL && *given != '\0')
    hashes[0] = hash_part (hash_part (hash_part (hash_part (0, "d"), domain), given), surname);
  if (person->employer != NULL)
    hashes[1] = hash_part (hash_part (hash_part (hash_part (0, "e"), person->employer), first),
                           surname);
  if (*postcode != '\0' && person->house_number != NULL)
    {
      g_strlcpy (house,
                 person->house_number,
                 MIN (sizeof house, strspn (person->house_number, "0123456789") + 1));
      hashes[2] = hash_part (hash_part (hash_part (hash_part (0, "a"), postcode), house), first);
    }
}
