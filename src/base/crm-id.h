#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A UUIDv7 (RFC 9562) that is greater than every earlier one of this process, also when the clock
 * steps back. Any thread. */
char *crm_id_new (void);
gboolean crm_id_is_valid (const char *text);
/* A UUIDv8 made from @name: the same on every device. For built-in records. */
char *crm_id_new_for_name (const char *name);

G_END_DECLS
