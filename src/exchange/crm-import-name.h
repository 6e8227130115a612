#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A person's name as foreign files write it, taken apart. NULL: not there. */
typedef struct
{
  char *form_of_address; /* "mr", "mrs" */
  char *title;
  char *title_after;
  char *initials;
  char *given_name;
  char *prefix;
  char *surname;
} CrmNameParts;

void crm_name_parts_clear (CrmNameParts *self);

/* "Dhr. drs. J.P. de Vries", "Vries, Jan de", "Jan de Vries", "de Vries". A last word alone is the
 * surname. Prefixes by crm_name_split_surname(). */
void crm_name_parts_parse (const char *text, CrmNameParts *self);

/* "De heer", "Dhr.", "Geachte heer", "M", "male" give "mr"; "Mevrouw", "Mw.", "V" give "mrs";
 * "onbekend" gives "unknown"; NULL when it says nothing of the kind. */
const char *crm_form_of_address_parse (const char *text);

/* "J.", "J.P.", "Th.", "IJ.": no first name. */
gboolean crm_name_is_initials (const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmNameParts, crm_name_parts_clear)

G_END_DECLS
