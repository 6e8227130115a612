#pragma once

#include "ui/record/crm-suggester.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_RELATION_HEAD (crm_relation_head_get_type ())

G_DECLARE_FINAL_TYPE (CrmRelationHead, crm_relation_head, CRM, RELATION_HEAD, AdwBin)

/*
 * Who it is: avatar, name, function and organisation, tags, and what one does with a relation. The
 * buttons activate "relation.call", "relation.mail", "relation.letter" and "relation.log"; the
 * organisation opens by "win.open-record".
 *
 * Signals: "add-tag" (const char *), "remove-tag" (const char *).
 */
CrmRelationHead *crm_relation_head_new (CrmSuggester *suggester, const CrmKind *kind);
void crm_relation_head_set_record (CrmRelationHead *self, CrmRecord *record, GHashTable *titles);
/* In a narrow window the buttons stand below. */
void crm_relation_head_set_narrow (CrmRelationHead *self, gboolean narrow);

G_END_DECLS
