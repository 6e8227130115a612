#pragma once

#include "base/crm-progress.h"
#include "store/query/crm-query.h"
#include "ui/tags/crm-tag.h"

G_BEGIN_DECLS

/*
 * What the page of tags asks of the replica; blocking, for the store's threads. A tag is a word in
 * the set field "tags" of relations; what it means may be told in a record of kind tag of that
 * name.
 */

/* Returns: (transfer full) (element-type CrmTag): by name */
GPtrArray *crm_tag_work_list (CrmReplica *replica, GCancellable *cancellable, GError **error);

/* What is to become of a tag. */
typedef struct
{
  char *from;        /* nullable: a new tag */
  char *to;          /* nullable: it goes; another one that exists: both become that one */
  char *explanation; /* nullable; of a tag that takes up another, only when it has none itself */
} CrmTagChange;

CrmTagChange *crm_tag_change_new (const char *from, const char *to, const char *explanation);
CrmTagChange *crm_tag_change_copy (const CrmTagChange *self);
void crm_tag_change_free (CrmTagChange *self);

/*
 * crm_tag_work_change:
 * @n_relations: (out): that have another word now
 *
 * All relations follow, in one action that one undo takes back. When it fails or is cancelled
 * nothing has changed.
 *
 * Returns: (transfer full): the id of the group
 */
char *crm_tag_work_change (CrmReplica *replica,
                           const CrmTagChange *change,
                           CrmProgress *progress,
                           guint *n_relations,
                           GCancellable *cancellable,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTagChange, crm_tag_change_free)

G_END_DECLS
