#pragma once

#include "store/log/crm-change-log.h"

G_BEGIN_DECLS

/* "Edited", "Imported": what a change set's action did, for history and undo. Translated. */
const char *crm_action_words_get (const char *action);
/* "Undone: edit of Jan de Vries", with what was left alone because it had changed since. */
char *crm_action_words_dup_undone (const CrmUndoResult *result, gboolean redo);

G_END_DECLS
