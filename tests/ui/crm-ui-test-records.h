#pragma once

#include "crm-ui-test.h"
#include "store/log/crm-history.h"

G_BEGIN_DECLS

/* Writes a record in a set of its own, as people do; pairs of field and canonical value, then NULL.
 * @id: nullable. Returns: (transfer full): the id */
char *
crm_ui_test_put (CrmStore *store, const char *kind, const char *id, ...) G_GNUC_NULL_TERMINATED;
/* @set: (transfer full) */
void crm_ui_test_apply (CrmStore *store, CrmChangeSet *set);
/* Changes one field. */
void crm_ui_test_set (CrmStore *store, const char *id, const char *field, const char *value);
void crm_ui_test_delete (CrmStore *store, const char *id);
/* NULL when it is not there. */
CrmRecord *crm_ui_test_get (CrmStore *store, const char *id);
/* The activities of a relation, in no order. */
GPtrArray *crm_ui_test_list_activities (CrmStore *store, const char *relation);
/* Newest first. Returns: (transfer full) (element-type CrmHistoryEntry) */
GPtrArray *crm_ui_test_get_history (CrmStore *store, const char *id);

/* Writes a picture to the folder that CRM_PICTURES names; does nothing when it is not set. */
void crm_ui_test_keep_picture (GtkWidget *widget, const char *name);
/* Fails when anything below @root that takes the keyboard has no name. */
void crm_ui_test_check_names (GtkWidget *root);

G_END_DECLS
