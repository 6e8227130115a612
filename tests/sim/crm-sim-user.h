#pragma once

#include "crm-sim-model.h"
#include "crm-sim-random.h"

#include "store/log/crm-change-log.h"

G_BEGIN_DECLS

/*
 * What people do, at random: few ids, fields and values, so that they often mean the same ones.
 * @after is what the records must be when it succeeds; it starts as a copy of what they are.
 */
CrmChangeSet *crm_sim_user_edit (CrmModel *model, CrmSimRandom *random, CrmSimModel *after);

/* Decides an open conflict; NULL when there is none. (transfer full) */
CrmChangeSet *crm_sim_user_resolve (CrmModel *model, CrmSimRandom *random, CrmSimModel *after);

/* The records of a long action, each new or changed; more than fit in one set in @many percent.
 * (transfer full) (element-type CrmRecord) */
GPtrArray *
crm_sim_user_import (CrmModel *model, CrmSimRandom *random, guint many, CrmSimModel *after);

/* One that came with the program gets another name. (transfer full) */
CrmChangeSet *
crm_sim_user_edit_template (CrmModel *model, CrmSimRandom *random, CrmSimModel *after);
/* A person gets a number that nobody has here. (transfer full) (nullable): there is nobody */
CrmChangeSet *crm_sim_user_give_number (CrmModel *model, CrmSimRandom *random, CrmSimModel *after);
/* @value: (out) (nullable): none */
void crm_sim_user_choose_setting (CrmSimRandom *random,
                                  CrmSimModel *after,
                                  const char **name,
                                  const char **value);

G_END_DECLS
