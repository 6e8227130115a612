#pragma once

#include "exchange/crm-import-values.h"
#include "model/crm-record.h"

G_BEGIN_DECLS

/* The parts of a person that keys are made of, lent from a record or a row; each nullable. */
typedef struct
{
  const char *email;
  const char *prefix;
  const char *surname;
  const char *given;
  const char *initials;
  const char *postcode;
  const char *house_number;
  const char *employer;
} CrmImportPerson;

/* Letters and digits only, folded; never NULL. */
char *crm_import_squash (const char *text);
/* @employer: nullable id */
CrmImportPerson crm_import_person_of_values (const CrmImportValues *values, const char *employer);
CrmImportPerson crm_import_person_of_record (CrmRecord *record);
/* NULL when the e-mail does not tell people apart. @whole: with the prefix in the surname, as some
 * programs keep it. */
char *crm_import_dup_email_key (const CrmImportPerson *person, gboolean whole);
char *crm_import_dup_number_key (gboolean organisation, const char *number);
/* Of the e-mail address; nullable. */
const char *crm_import_get_domain (const CrmImportPerson *person);
/* Up to three hashes; 0 where the person lacks what it is made of. */
void crm_import_hash_likeness (const CrmImportPerson *person, guint64 hashes[3]);

G_END_DECLS
