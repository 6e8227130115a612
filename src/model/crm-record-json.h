#pragma once

#include "model/crm-model-error.h"
#include "model/crm-record.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * {"id","kind",FIELD:VALUE…} in description order: what is empty is absent; text, date, time, money
 * and choice are strings, sets arrays, numbers numbers, bools true, links ids.
 */
JsonNode *crm_record_to_json (CrmRecord *self);
/* One line, without the line's end. */
char *crm_record_to_json_line (CrmRecord *self);

/*
 * crm_record_from_json:
 *
 * Values are taken as people type them; fields that the kind lacks are an error, as is a missing
 * kind. Without an id the record gets a new one. Fails with %CRM_MODEL_ERROR_VALUE or
 * %CRM_MODEL_ERROR_UNKNOWN.
 */
CrmRecord *crm_record_from_json (JsonNode *node, const CrmModel *model, GError **error);
/* Fails with a %JSON_PARSER_ERROR too. */
CrmRecord *crm_record_from_json_line (const char *line, const CrmModel *model, GError **error);

/* Fields of {FIELD:VALUE…} as the store of a server writes them, so canonical already. What the
 * kind lacks is passed over: a newer program wrote it. FALSE when @text is no object. */
gboolean crm_record_take_json (CrmRecord *record, const char *text);

/* The value of one field, as above; NULL is null. (transfer full) */
JsonNode *crm_value_to_json (const CrmField *field, const char *value);

G_END_DECLS
