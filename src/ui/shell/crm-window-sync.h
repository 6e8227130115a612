#pragma once

#include "ui/shell/crm-window.h"

G_BEGIN_DECLS

/* "sync.connect", "sync.now", "sync.pause", "sync.sign-out" and, with the id of a record,
 * "sync.load-past" of the window. */
void crm_window_install_sync_actions (GtkWidgetClass *widget_class);

G_END_DECLS
