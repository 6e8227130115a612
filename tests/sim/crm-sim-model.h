#pragma once

#include "store/crm-replica.h"

G_BEGIN_DECLS

/*
 * What the records must be, kept in the most naive way: a table of values by id. Knows no SQL, no
 * log and nothing of how a replica works. Copies share their rows.
 */
typedef struct _CrmSimModel CrmSimModel;

CrmSimModel *crm_sim_model_new (void);
CrmSimModel *crm_sim_model_copy (CrmSimModel *self);
/* Of one that nobody changes any more. */
CrmSimModel *crm_sim_model_ref (CrmSimModel *self);
/* The last of its owners frees it. */
void crm_sim_model_free (CrmSimModel *self);
/* All records of a replica, as its lists show them. NULL when they cannot be read. */
CrmSimModel *crm_sim_model_new_from_replica (CrmReplica *replica, GError **error);

/* Makes the row when it is not there. @value: nullable */
void crm_sim_model_set (CrmSimModel *self,
                        const char *kind,
                        const char *id,
                        const char *field,
                        const char *value);
/* Makes a row without values, or keeps the one that is there. */
void crm_sim_model_touch (CrmSimModel *self, const char *kind, const char *id);
void crm_sim_model_remove (CrmSimModel *self, const char *id);
gboolean crm_sim_model_has (CrmSimModel *self, const char *id);
const char *crm_sim_model_get (CrmSimModel *self, const char *id, const char *field);
guint crm_sim_model_get_n (CrmSimModel *self);
/* The rows of @other too, or instead. */
void crm_sim_model_overlay (CrmSimModel *self, CrmSimModel *other);
/* Takes the records of one kind out. (transfer full) */
CrmSimModel *crm_sim_model_steal_kind (CrmSimModel *self, const char *kind);
/* (transfer container) (element-type utf8): of one kind, sorted. */
GPtrArray *crm_sim_model_list_ids (CrmSimModel *self, const char *kind);

/* @field: "" for the record itself, whose @value is "here", or NULL when it went; of one that came
 * each field that is not empty follows. @value: nullable */
typedef void (*CrmSimDifference) (const char *id,
                                  const char *field,
                                  const char *value,
                                  gpointer data);
/* What is otherwise in @other. */
void crm_sim_model_foreach_difference (CrmSimModel *self,
                                       CrmSimModel *other,
                                       CrmSimDifference func,
                                       gpointer data);
/* The first differences, to read; NULL when there are none. */
char *crm_sim_model_dup_difference (CrmSimModel *self, CrmSimModel *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimModel, crm_sim_model_free)

G_END_DECLS
