#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A UUIDv7 (RFC 9562) that is greater than every earlier one of this process, also when the clock
 * steps back. Any thread. */
char *crm_id_new (void);
/*
 * For tests only: random bytes come from @fill; NULL puts the real ones back. What was given so far
 * is forgotten, as in a new process. Set while no other thread runs.
 */
typedef void (*CrmIdFillFunc) (guint8 *bytes, gsize size, gpointer data);
void crm_id_set_random (CrmIdFillFunc fill, gpointer data);
/* The one form of an id: 36 characters, lower case. @text: nullable */
gboolean crm_id_is_valid (const char *text);
/* That form of a UUID as other programs write it, "{0190…}" and upper case too.
 * Returns: (transfer full) (nullable): NULL when it is none */
char *crm_id_normalize (const char *text);
/* A UUIDv8 made from @name: the same on every device. For built-in records. */
char *crm_id_new_for_name (const char *name);

G_END_DECLS
