#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Limits wrong logins: per name at one address, per name, and per address, over the last quarter of
 * an hour. Whoever knows the password gets in from an address of his own also while somebody else
 * guesses, unless the guessing comes from everywhere.
 */
typedef struct _CrmServerLimiter CrmServerLimiter;

CrmServerLimiter *crm_server_limiter_new (void);
void crm_server_limiter_free (CrmServerLimiter *self);
/* Seconds to wait before the next try; 0 when it may be made now. @now: microseconds that only go
 * forward */
guint crm_server_limiter_check (CrmServerLimiter *self,
                                const char *name,
                                const char *address,
                                gint64 now);
/* Counts a try before it is known to be wrong: many at a time are no way around. */
void
crm_server_limiter_add (CrmServerLimiter *self, const char *name, const char *address, gint64 now);
/* The password was right: what was counted for the name at that address is forgotten. */
void crm_server_limiter_forgive (CrmServerLimiter *self, const char *name, const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerLimiter, crm_server_limiter_free)

G_END_DECLS
