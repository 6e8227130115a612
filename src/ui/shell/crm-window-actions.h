#pragma once

#include "ui/shell/crm-window.h"

G_BEGIN_DECLS

/* The actions of #CrmWindow that open other subjects' pages and dialogs. */
void crm_window_install_record_actions (GtkWidgetClass *widget_class);

G_END_DECLS
