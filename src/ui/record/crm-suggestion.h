#pragma once

#include "model/crm-record.h"

G_BEGIN_DECLS

#define CRM_TYPE_SUGGESTION (crm_suggestion_get_type ())

G_DECLARE_FINAL_TYPE (CrmSuggestion, crm_suggestion, CRM, SUGGESTION, GObject)

/* A value that a field may take, with the words to choose it by. Immutable. */
CrmSuggestion *crm_suggestion_new (const char *value, const char *title, const char *subtitle);
/* A record that is not there yet: choosing it makes it when the form is saved. */
CrmSuggestion *crm_suggestion_new_for_draft (CrmRecord *draft, const char *title);

/* Canonical; the id for a link. */
const char *crm_suggestion_get_value (CrmSuggestion *self);
const char *crm_suggestion_get_title (CrmSuggestion *self);
/* nullable */
const char *crm_suggestion_get_subtitle (CrmSuggestion *self);
/* nullable */
CrmRecord *crm_suggestion_get_draft (CrmSuggestion *self);

G_END_DECLS
