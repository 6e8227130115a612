#pragma once

#include "model/crm-record.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_FACT_GROUP (crm_fact_group_get_type ())

G_DECLARE_FINAL_TYPE (CrmFactGroup, crm_fact_group, CRM, FACT_GROUP, AdwPreferencesGroup)

/*
 * What is known of a relation in one or two sections of its kind, made from the description: only
 * filled fields, and one gentle row for what is missing. Its pencil opens the form at the section
 * ("relation.edit-section" (i)). Hidden when there is nothing to show or to ask.
 *
 * @second: %CRM_SECTION_HIDDEN for none.
 */
CrmFactGroup *crm_fact_group_new (const char *title, CrmSection first, CrmSection second);
/* @titles: per link field, the title of what it points at. Rows that stay are kept, with the
 * keyboard where it is. */
void crm_fact_group_set_record (CrmFactGroup *self, CrmRecord *record, GHashTable *titles);

G_END_DECLS
