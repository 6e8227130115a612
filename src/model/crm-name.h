#pragma once

#include "model/crm-salutation.h"

G_BEGIN_DECLS

/* Company settings that rules about names depend on. */
typedef enum
{
  CRM_LOCALE_NL, /* sorts on the core of the name */
  CRM_LOCALE_BE, /* sorts on the full name, names as registered */
} CrmLocale;

/* "Jan de Vries", by use of name; falls back on initials; NULL when the person has no name at all.
 */
char *crm_name_dup_display (CrmRecord *person);
/* "Vries, Jan de" (NL) or "De Vries, Jan" (BE); NULL as above. */
char *crm_name_dup_listed (CrmRecord *person, CrmLocale locale);
/* "Anna Özil" gives "A.Ö."; "IJsbrand" gives "IJ."; "Dirk-Willem" gives "D."; "Elise Q" gives
 * "E.Q", because Q is the whole name; what is abbreviated already, "Th.", stays. NULL when there is
 * none.
 * @given_name: nullable */
char *crm_name_dup_initials (const char *given_name);

/*
 * Splits "Vries, de", "de Vries", "van der Berg" in prefix and surname; a prefix is only taken when
 * a surname remains. The capital that a Dutch prefix has at the start of a name goes, those that
 * are registered ("Op Den") stay. Either result may be NULL. @text: nullable
 */
void crm_name_split_surname (const char *text, char **prefix, char **surname);
/* Splits "Jan de Vries", "Vries, Jan de" and "J. Jansen" in all three. */
void crm_name_split (const char *text, char **given_name, char **prefix, char **surname);

/*
 * Byte-wise comparable, without case and diacritics: NL on the core of the name, ties by prefix,
 * then by initials; BE on the full name without spaces. Any relation; other kinds sort on their
 * title.
 * @ij_as_y: IJ as in directories, otherwise as in dictionaries.
 */
char *crm_name_dup_sort_key (CrmRecord *record, CrmLocale locale, gboolean ij_as_y);
/* The same for a name in one string, see crm_name_split(). */
char *crm_name_dup_sort_key_for_text (const char *name, CrmLocale locale, gboolean ij_as_y);

G_END_DECLS
