#pragma once

#include "store/crm-replica.h"
#include "store/demo/crm-demo-words-private.h"

/* Makes the records of the demo company, one after the other, from one row of random numbers. */
typedef struct
{
  CrmModel *model;
  GRand *rand;
  char *user; /* who owns every fourth relation */
  gint64 now;
  /* (element-type CrmRecord): organisations that persons may still be put at. */
  GPtrArray *organisations;
} CrmDemoMaker;

CrmDemoMaker *crm_demo_maker_new (CrmReplica *replica);
void crm_demo_maker_free (CrmDemoMaker *self);

/* A number from 0 to @n - 1. */
guint crm_demo_maker_roll (CrmDemoMaker *self, guint n);
/* One of a list that ends with NULL. */
const char *crm_demo_maker_pick (CrmDemoMaker *self, const char *const *list);
/* A record whose id is always the same for the same kind and number. */
CrmRecord *crm_demo_maker_new_record (CrmDemoMaker *self, const char *kind, guint number);

CrmRecord *crm_demo_maker_new_tag (CrmDemoMaker *self, guint index);
CrmRecord *crm_demo_maker_new_organisation (CrmDemoMaker *self, guint number);
CrmRecord *crm_demo_maker_new_person (CrmDemoMaker *self, guint number);
/*
 * What happened with @relation, and what is to be done this week; sets its last activity.
 * @number: (inout): of the next activity
 * Returns: (transfer full) (element-type CrmRecord)
 */
GPtrArray *crm_demo_maker_list_activities (CrmDemoMaker *self, CrmRecord *relation, guint *number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDemoMaker, crm_demo_maker_free)
