#pragma once

#include <glib.h>

/*
 * Says that the process that runs a long action lives: a file in the replica's folder, locked with
 * flock(), which the kernel releases however the process ends.
 */
typedef struct _CrmActionLock CrmActionLock;

/* NULL without error when another holds it. */
CrmActionLock *crm_action_lock_take (const char *dir, const char *id, GError **error);
/* Releases and removes the file. */
void crm_action_lock_free (CrmActionLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmActionLock, crm_action_lock_free)
