#pragma once

#include "model/crm-field.h"

G_BEGIN_DECLS

/*
 * The canonical form of a text that must look like something: "+31612345678", "jan@bedrijf.example"
 * from "mailto:jan@bedrijf.example", "1234AB", "NL" from "Nederland". What is nothing of the kind
 * stays as it is. @country: (nullable): ISO 3166-1 of a phone number that says none itself.
 */
char *crm_check_normalize (CrmCheck check, const char *text, const char *country);
/* @expected: (out) (optional): English words for what @value is not, when it fails: "an e-mail
 * address" */
gboolean crm_check_passes (CrmCheck check, const char *value, const char **expected);
/* For people, in the language of the program. Normalises back to @value. */
char *crm_check_display (CrmCheck check, const char *value);

G_END_DECLS
