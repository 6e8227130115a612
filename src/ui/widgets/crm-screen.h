#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What belongs to this screen: sizes, columns, sort. NULL when the schema is not installed; the
 * window then forgets, and works. */
GSettings *crm_screen_get_settings (void);

G_END_DECLS
