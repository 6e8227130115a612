#pragma once

#include "model/crm-field.h"
#include "model/crm-model-error.h"

G_BEGIN_DECLS

/* Bytes that one value takes at most, here, on the wire and on the server; and the reason of a set.
 */
#define CRM_VALUE_MAX  (1024 * 1024)
#define CRM_REASON_MAX 4096

/*
 * Any notation people use ("1-3-2026", "€ 1.190,00", "ja", "06-1234 5678", "1234ab") to the
 * canonical form: trimmed, NFC. Fails with %CRM_MODEL_ERROR_VALUE when it is not of the field's
 * type, or longer than %CRM_VALUE_MAX; a check that fails is no error here (see crm_value_check()).
 *
 * Returns: (transfer full) (nullable): NULL without error when @text is empty
 */
char *crm_value_parse (const CrmField *field, const char *text, GError **error);
/* @country: (nullable): ISO 3166-1 of the relation, for phone numbers that say none; NULL is NL */
char *
crm_value_parse_in (const CrmField *field, const char *text, const char *country, GError **error);

/* Whether the canonical @value passes the field's check and, for a closed choice, its list. */
gboolean crm_value_check (const CrmField *field, const char *value, GError **error);

/*
 * crm_value_normalize:
 * @field: (nullable): of a field that this version does not know only the text is made NFC
 * @value: (nullable): that should be canonical already, but comes from another program
 *
 * The one canonical form, without guessing what people mean: NFC, amounts with two decimals,
 * numbers and times as they are formatted here, members sorted. What the tables cannot hold fails
 * with %CRM_MODEL_ERROR_VALUE; a failing check or an unknown choice does not, as those are kept.
 *
 * Returns: (transfer full) (nullable): NULL without error when @value is empty
 */
char *crm_value_normalize (const CrmField *field, const char *value, GError **error);

/* For people, in the current locale: "1234 AB", "06 12345678", "1.190,00", a choice's label. Parses
 * back to @value. "" for NULL; never NULL. */
char *crm_value_display (const CrmField *field, const char *value);

/* Equal after normalising: NULL and "" alike, NFC and NFD alike. */
gboolean crm_value_equal (const char *a, const char *b);

G_END_DECLS
