#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A line at the foot of the nearest AdwToastOverlay above @from. Without one the line is logged, so
 * that a message is never dropped.
 */
void crm_toast_show (GtkWidget *from, const char *text);
/* @error is logged in full; what people read is @text, translated. */
void crm_toast_show_error (GtkWidget *from, const char *text, const GError *error);
/* With an Undo button that takes back @set, the id of a set or group; nullable: no button then. */
void crm_toast_show_undo (GtkWidget *from, const char *text, CrmStore *store, const char *set);

/* Takes back or does again, NULL for the last; says what it did, or why not. */
void crm_toast_undo (GtkWidget *from, CrmStore *store, const char *set);
void crm_toast_redo (GtkWidget *from, CrmStore *store);

/* @toast: (transfer full) */
void crm_toast_add (GtkWidget *from, AdwToast *toast);

G_END_DECLS
