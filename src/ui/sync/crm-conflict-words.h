#pragma once

#include "store/sync/crm-conflict.h"

G_BEGIN_DECLS

/* What people read of something to decide; translated. */

/* "Jan de Vries · Phone"; (transfer full) */
char *crm_conflict_words_dup_heading (const CrmConflict *conflict);
/* A sentence: what happened, and what the choice means; "" when the values say it all. */
const char *crm_conflict_words_get_what (const CrmConflict *conflict);
/* Of a delete against edits: "Deleted by anna, changed by bert"; NULL when it is not known, or the
 * values tell. (transfer full) */
char *crm_conflict_words_dup_who (const CrmConflict *conflict);
/* "Anna · they called"; "" when nothing is known. (transfer full) */
char *crm_conflict_words_dup_author (const char *author, const char *why);
/* A value as people read it; @titles: of what links name. (transfer full) */
char *crm_conflict_words_dup_value (const CrmKind *kind,
                                    const char *field,
                                    const char *value,
                                    GHashTable *titles);
/* The buttons of a card; NULL: there is no such choice. With a mnemonic. */
const char *crm_conflict_words_get_mine (const CrmConflict *conflict);
const char *crm_conflict_words_get_theirs (const CrmConflict *conflict);
/* Whether people may write a value that is neither. */
gboolean crm_conflict_words_can_write (const CrmConflict *conflict);
/* What the server did not take, which is tried again or let go. */
gboolean crm_conflict_words_is_refusal (const CrmConflict *conflict);
/* One that it asks about: so many deletes may be a mistake. */
gboolean crm_conflict_words_is_mass_delete (const CrmConflict *conflict);
/* The button of a refusal; @all: of its whole action. */
const char *crm_conflict_words_get_retry (const CrmConflict *conflict, gboolean all);
/* Why a decision could not be kept. */
const char *crm_conflict_words_get_error (const GError *error);

G_END_DECLS
