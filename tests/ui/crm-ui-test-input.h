#pragma once

#include "crm-ui-test.h"

G_BEGIN_DECLS

/*
 * Keyboard and mouse as people have them: through the X server (XTEST), so that focus, grabs and
 * gestures are those of a session. They wait until the server has handed the event out, not until
 * the window did something about it.
 */

/* Moves the pointer to the middle of @widget, which is in sight, and presses button 1. */
void crm_ui_test_click (GtkWidget *widget);
/* @key: GDK_KEY_…; @modifier: another key that is held meanwhile, or 0 */
void crm_ui_test_type (GtkWidget *widget, guint key, guint modifier);
void crm_ui_test_type_text (GtkWidget *widget, const char *text);

/* As a window manager gives it to the window, or takes it away. Waits until it is so. */
void crm_ui_test_set_active (GtkWindow *window, gboolean active);

G_END_DECLS
