#pragma once

#include "model/crm-record.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_STEP_GROUP (crm_step_group_get_type ())

G_DECLARE_FINAL_TYPE (CrmStepGroup, crm_step_group, CRM, STEP_GROUP, AdwPreferencesGroup)

/*
 * What is to be done next: open activities, soonest due first. Each is ticked off ("activity.done"
 * (s)), put off ("activity.postpone" ((ss): id, "tomorrow")) or opened ("activity.edit" (s)).
 * Without any it offers to plan one ("relation.plan").
 */
CrmStepGroup *crm_step_group_new (void);
/* @steps: (element-type CrmRecord); @n_steps: how many there are in all */
void crm_step_group_set_steps (CrmStepGroup *self, GPtrArray *steps, gint64 n_steps);

G_END_DECLS
