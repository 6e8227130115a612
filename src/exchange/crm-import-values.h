#pragma once

#include "model/crm-kind.h"

G_BEGIN_DECLS

/* Canonical values by index of the field, used again for each row; NULL: empty. */
typedef struct
{
  const CrmKind *kind;
  char **values;
  guint8 *bad;   /* the value is not what the field expects */
  guint *column; /* the column it came from + 1; 0: none */
} CrmImportValues;

CrmImportValues *crm_import_values_new (const CrmKind *kind);
void crm_import_values_free (CrmImportValues *self);
void crm_import_values_clear (CrmImportValues *self);
/* NULL too when the kind lacks the field. */
const char *crm_import_values_get (const CrmImportValues *self, const char *field);
/* @value: (transfer full) (nullable) */
void crm_import_values_take (CrmImportValues *self, const char *field, char *value);
/* Only when the field is empty; @value: nullable, trimmed. */
void crm_import_values_fill (CrmImportValues *self, const char *field, const char *value);
gboolean crm_import_values_is_empty (const CrmImportValues *self);

G_END_DECLS
