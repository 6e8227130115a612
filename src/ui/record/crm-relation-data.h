#pragma once

#include "store/query/crm-query.h"

G_BEGIN_DECLS

/* What the page of one relation shows beside its timeline. Read in one go on the reader's thread,
 * so that it belongs together; not changed afterwards. */
typedef struct
{
  CrmRecord *record;
  /* (element-type utf8 utf8): per link field, the title of what it points at. */
  GHashTable *titles;
  /* (element-type CrmRecord): open activities, soonest due first, then those without a day. */
  GPtrArray *steps;
  gint64 n_steps;
  /* (element-type CrmRecord): of an organisation its people, of a person the colleagues. */
  GPtrArray *people;
  gint64 n_people;
  /* (element-type CrmRecord) */
  GPtrArray *duplicates;
  /* Who uses this laptop, owner of what is logged; nullable. */
  char *user;
} CrmRelationData;

/* Fails with %CRM_STORE_ERROR_NOT_FOUND when the record never was or is deleted. @n_people: how
 * many of the people to read. */
CrmRelationData *crm_relation_data_load (CrmReplica *replica,
                                         const char *id,
                                         guint n_people,
                                         GCancellable *cancellable,
                                         GError **error);
void crm_relation_data_free (CrmRelationData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmRelationData, crm_relation_data_free)

G_END_DECLS
