#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Not info@, verkoop@ or another mailbox of many: whoever has it is one person. Ours: the names
 * that Dutch companies and those of their neighbours give to shared mailboxes. @email: nullable */
gboolean crm_email_is_personal (const char *email);

G_END_DECLS
