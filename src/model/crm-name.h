#pragma once

#include "model/crm-record.h"

G_BEGIN_DECLS

/* Company settings that rules about names depend on. */
typedef enum
{
  CRM_LOCALE_NL, /* sorts on the core of the name */
  CRM_LOCALE_BE, /* sorts on the full name, names as registered */
} CrmLocale;

typedef struct
{
  char *address_line; /* "De heer ir. J. de Vries" */
  char *in_text;      /* "de heer De Vries" */
  char *salutation;   /* "Geachte heer De Vries,"; NULL when there is no surname */
} CrmSalutation;

void crm_salutation_free (CrmSalutation *salutation);

/* @person: nullable, when only the organisation is known. Rules: the BRP address and salutation
 * tables and taaladvies.net; see tests/data/salutation. */
CrmSalutation *crm_salutation_new (CrmRecord *person, CrmRecord *organisation);

/* "Jan de Vries", by use of name; falls back on initials; NULL when the person has no name at all.
 */
char *crm_name_dup_display (CrmRecord *person);
/* "Vries, Jan de" (NL) or "De Vries, Jan" (BE). */
char *crm_name_dup_listed (CrmRecord *person, CrmLocale locale);
/* Byte-wise comparable. Any relation; other kinds sort on their title. */
char *crm_name_dup_sort_key (CrmRecord *record, CrmLocale locale, gboolean ij_as_y);
/* The same for a name in one string, "Vries, de" or "Jan de Vries" or "de Vries". */
char *crm_name_dup_sort_key_for_text (const char *name, CrmLocale locale, gboolean ij_as_y);
/* "Anna Özil" gives "A.Ö."; "IJsbrand" gives "IJ.". */
char *crm_name_dup_initials (const char *given_name);
/* Splits "Vries, de", "de Vries", "van der Berg" in prefix and surname; a prefix is only taken when
 * a surname remains. Either result may be NULL. */
void crm_name_split_surname (const char *text, char **prefix, char **surname);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSalutation, crm_salutation_free)

G_END_DECLS
