#pragma once

#include "model/crm-record.h"

G_BEGIN_DECLS

/*
 * Records that come with the program: the templates of letters. A built-in record has the same id
 * on every device and is in every replica; it is sent to others only when somebody edits it. Any
 * thread.
 */
guint crm_builtin_get_n (void);
/* In a fixed order; the plain business letter is the first. (transfer full) */
CrmRecord *crm_builtin_new (CrmModel *model, guint index);
/* The short English name, "plain"; never changes. */
const char *crm_builtin_get_name (guint index);
/* -1 when @id, nullable, is no built-in record's. */
int crm_builtin_find (const char *id);

G_END_DECLS
