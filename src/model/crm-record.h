#pragma once

#include "model/crm-kind.h"

G_BEGIN_DECLS

#define CRM_TYPE_RECORD (crm_record_get_type ())

G_DECLARE_FINAL_TYPE (CrmRecord, crm_record, CRM, RECORD, GObject)

/*
 * One record of any kind: an id and a canonical value per field (see crm-field.h). Not locked: a
 * record that goes to another thread is a copy or is not changed any more.
 */

/* @id: nullable, a new UUIDv7 then. The kind's model must outlive the record. */
CrmRecord *crm_record_new (const CrmKind *kind, const char *id);
CrmRecord *crm_record_copy (CrmRecord *self);

const CrmKind *crm_record_get_kind (CrmRecord *self);
const char *crm_record_get_id (CrmRecord *self);

/* NULL when empty. It is a programmer's error to name a field that the kind lacks. */
const char *crm_record_get (CrmRecord *self, const char *field);
const char *crm_record_get_at (CrmRecord *self, guint index);
/* As crm_record_get(), but NULL too when the kind lacks the field. */
const char *crm_record_peek (CrmRecord *self, const char *field);

/* @value: canonical, nullable; "" is NULL. Emits #CrmRecord::changed with the field's name when it
 * differs. */
void crm_record_set (CrmRecord *self, const char *field, const char *value);
void crm_record_set_at (CrmRecord *self, guint index, const char *value);
/* As people type it; fails with %CRM_MODEL_ERROR_VALUE when it cannot be understood as the type. */
gboolean
crm_record_set_input (CrmRecord *self, const char *field, const char *input, GError **error);

/* Same kind, same id, same values. */
gboolean crm_record_equal (CrmRecord *self, CrmRecord *other);

/* "Jan de Vries", "Bakker Techniek B.V.", a template's name, an activity's subject; never NULL or
 * "". */
char *crm_record_dup_title (CrmRecord *self);

G_END_DECLS
