#pragma once

#include "store/crm-store.h"
#include "ui/record/crm-suggestion.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define CRM_TYPE_SUGGESTER (crm_suggester_get_type ())

G_DECLARE_FINAL_TYPE (CrmSuggester, crm_suggester, CRM, SUGGESTER, GObject)

/*
 * Finds values for a field while one types: the records a link may point at, the members that a set
 * and the values that an open choice have elsewhere. Rows get this instead of the store.
 */
CrmSuggester *crm_suggester_new (CrmStore *store);

/* @kind: of the record being filled in; its model must outlive the call. */
void crm_suggester_search_async (CrmSuggester *self,
                                 const CrmKind *kind,
                                 const CrmField *field,
                                 const char *text,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Returns: (transfer full) (element-type CrmSuggestion): at most eight, best first */
GPtrArray *crm_suggester_search_finish (CrmSuggester *self, GAsyncResult *result, GError **error);

/* What people see for the value of a link: the title of the record, or NULL when it is gone. */
void crm_suggester_name_async (CrmSuggester *self,
                               const char *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
char *crm_suggester_name_finish (CrmSuggester *self, GAsyncResult *result, GError **error);

/* A draft of the kind that @field may make in place, named @text; NULL when it makes none. */
CrmRecord *crm_suggester_make_draft (CrmSuggester *self, const CrmField *field, const char *text);

G_END_DECLS
