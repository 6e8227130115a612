#pragma once

#include "exchange/crm-import-draft.h"
#include "model/crm-record.h"

G_BEGIN_DECLS

/*
 * Writes the values of a row into @record, which is changed: empty cells never erase, sets gain
 * members, a note gains text, dates that only grow take the later one, a number that is set stays,
 * an address or a surname is taken as a whole, "LEIDEN" does not replace "Leiden", and a value that
 * fails its check does not replace one that passes. What was not taken over is noted in @draft.
 *
 * @own: an export of ours: values replace, except the number.
 *
 * Returns: whether anything changed
 */
gboolean crm_import_merge (CrmRecord *record,
                           const CrmImportValues *values,
                           CrmImportDraft *draft,
                           const CrmImportPlan *plan);
/* Only what @record lacks, for organisations that rows of persons tell about. */
gboolean crm_import_merge_missing (CrmRecord *record, const CrmImportValues *values);

G_END_DECLS
