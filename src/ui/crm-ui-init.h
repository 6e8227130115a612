#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Registers templates, icons and style. Called once, on the main thread, after gtk_init(). */
void crm_ui_init (void);

G_END_DECLS
