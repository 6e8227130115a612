#pragma once

#include "store/log/crm-change-log.h"
#include "store/query/crm-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Which rows of a list are picked: all of its query, some by position, or records by id. A copy
 * that goes to the worker threads, so that a hundred thousand rows can be picked without loading
 * them.
 */
typedef struct _CrmPick CrmPick;

CrmPick *crm_pick_new_all (const CrmQuery *query);
/* @positions: copied. They hold as long as the list shows what @query gives. */
CrmPick *crm_pick_new_positions (const CrmQuery *query, const GtkBitset *positions);
CrmPick *crm_pick_new_ids (const char *const *ids);
/* What is selected of rows of #CrmListRow that show what @query gives. */
CrmPick *crm_pick_new_for_selection (const CrmQuery *query, GtkSelectionModel *selection);
CrmPick *crm_pick_copy (const CrmPick *self);
void crm_pick_free (CrmPick *self);
/* NULL unless all of a query is picked. */
const CrmQuery *crm_pick_get_query (const CrmPick *self);
/* NULL unless records are picked by id. */
const char *const *crm_pick_get_ids (const CrmPick *self);

/* Blocking. Returns: (transfer full): NULL-terminated ids in the order of the list */
char **crm_pick_load_ids (const CrmPick *self,
                          CrmReplica *replica,
                          GCancellable *cancellable,
                          GError **error);

/*
 * Blocking, each one action that one undo takes back. @n_changed: (out): records that differed.
 *
 * Returns: (transfer full): the id of the group
 */
char *crm_pick_tag (const CrmPick *self,
                    CrmReplica *replica,
                    const char *tag,
                    gboolean remove,
                    CrmProgress *progress,
                    guint *n_changed,
                    GCancellable *cancellable,
                    GError **error);
/* Whoever calls it has asked when they are many: the server is told that they are meant. */
char *crm_pick_delete (const CrmPick *self,
                       CrmReplica *replica,
                       CrmProgress *progress,
                       guint *n_changed,
                       GCancellable *cancellable,
                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmPick, crm_pick_free)

G_END_DECLS
