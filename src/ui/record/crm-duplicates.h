#pragma once

#include "store/query/crm-query.h"

G_BEGIN_DECLS

/*
 * Relations that may be the same as @record: the same personal e-mail address or mobile number, the
 * same surname at the same postcode and house number, or the same name with the same phone. For an
 * organisation the Chamber of Commerce number, the e-mail address, or the name with the same
 * postcode, town or phone. Cheap enough to ask while one types; the thorough comparison is another.
 *
 * Blocking; for the reader's thread.
 *
 * Returns: (transfer full) (element-type CrmRecord): at most five; @record itself is none of them
 */
GPtrArray *crm_duplicates_find (CrmReplica *replica,
                                CrmRecord *record,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
