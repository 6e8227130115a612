#pragma once

#include "model/crm-record.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_PEOPLE_GROUP (crm_people_group_get_type ())

G_DECLARE_FINAL_TYPE (CrmPeopleGroup, crm_people_group, CRM, PEOPLE_GROUP, AdwPreferencesGroup)

/*
 * The people of an organisation, or the colleagues of a person. Rows open the person
 * ("win.open-record"), the last asks for more ("relation.more-people"), the plus makes one
 * ("relation.new-person").
 */
CrmPeopleGroup *crm_people_group_new (void);
/* @people: (element-type CrmRecord); @n_people: how many there are in all. @can_add: whether there
 * is an organisation to add one to. */
void crm_people_group_set_people (CrmPeopleGroup *self,
                                  const char *title,
                                  GPtrArray *people,
                                  gint64 n_people,
                                  gboolean can_add);

G_END_DECLS
