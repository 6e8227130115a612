#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* "app.preferences", "app.help", "app.about", "app.quit" and the keys of all actions. */
void crm_application_add_actions (GtkApplication *application);

G_END_DECLS
