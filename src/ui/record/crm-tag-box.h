#pragma once

#include "ui/record/crm-suggester.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_TAG_BOX (crm_tag_box_get_type ())

G_DECLARE_FINAL_TYPE (CrmTagBox, crm_tag_box, CRM, TAG_BOX, AdwBin)

/*
 * The members of a set field as chips, each with a button to take it away, and an entry to add one.
 * It shows what it is told; the owner carries out what is asked.
 *
 * Signals: "add" (const char *), "remove" (const char *).
 */
CrmTagBox *crm_tag_box_new (CrmSuggester *suggester, const CrmKind *kind, const CrmField *field);
/* @value: canonical, nullable */
void crm_tag_box_set_value (CrmTagBox *self, const char *value);
const char *crm_tag_box_get_value (CrmTagBox *self);
/* Opens the entry. */
void crm_tag_box_start (CrmTagBox *self);

G_END_DECLS
