#pragma once

#include "model/crm-record.h"

G_BEGIN_DECLS

/* Where a relation is: "Ede", or its organisation's branch; NULL when not known. */
char *crm_record_words_dup_place (CrmRecord *record);

/* One line of @line_of_address per line: street, postcode and town, country; NULL when empty. */
char *crm_record_words_dup_address (CrmRecord *record, gboolean postal);

/* "tel:+31612345678", "mailto:…", "https://…" for a value that can be opened; else NULL. */
char *crm_record_words_dup_uri (const CrmField *field, const char *value);

/* The value as people read it. @linked: (nullable): title of what a link points at. Long values are
 * cut at @max characters; 0 keeps all. Never NULL. */
char *crm_record_words_dup_value (const CrmField *field,
                                  const char *value,
                                  const char *linked,
                                  guint max);

/* The icon of an activity type; something for every type. */
const char *crm_record_words_get_activity_icon (const char *type);

/* Translated title of a section. */
const char *crm_record_words_get_section (CrmSection section);

G_END_DECLS
