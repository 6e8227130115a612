#pragma once

#include "model/crm-field.h"

G_BEGIN_DECLS

/* What people read below a field; translated. Returns: (transfer full) */

/* The input is no value of the field's type, so it cannot be kept. */
char *crm_field_words_dup_misread (const CrmField *field);
/* The value does not look as it should; it is kept all the same. */
char *crm_field_words_dup_odd (const CrmField *field);

G_END_DECLS
