#pragma once

#include "sync/crm-sync.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_WINDOW (crm_window_get_type ())

G_DECLARE_FINAL_TYPE (CrmWindow, crm_window, CRM, WINDOW, AdwApplicationWindow)

/*
 * The window of one replica: empty until crm_window_set_store(), or a notice that says why it stays
 * so. Implements the actions of all pages:
 *
 *   win.open-record (s: id)         win.new-record (s: kind)      win.edit-record (s: id)
 *   win.make-letters (as: ids)      win.show (s: page)            win.import
 *   win.show-tag (s: tag)           win.search                    win.palette
 *   win.undo                        win.redo
 *
 *   sync.connect    sync.now        sync.pause                    sync.sign-out
 */
GtkWidget *crm_window_new (GtkApplication *application);
/* Emits CrmWindow::ready once there is something of the store to show. */
void crm_window_set_store (CrmWindow *self, CrmStore *store);
/* What keeps the store in step, before the store is set; without, the window makes one of its own,
 * which nobody starts. The window stops it when it goes. */
void crm_window_set_sync (CrmWindow *self, CrmSync *sync);
/* NULL until there is a store. */
CrmSync *crm_window_get_sync (CrmWindow *self);
/* NULL until there is one. */
CrmStore *crm_window_get_store (CrmWindow *self);
/* Fills the window: an error page, the first-run page. @widget: nullable, back to what was there.
 */
void crm_window_show_notice (CrmWindow *self, GtkWidget *widget);
/* A line at the foot that stays until people have seen it. */
void crm_window_show_warning (CrmWindow *self, const char *text);
void crm_window_show_relation (CrmWindow *self, const char *id);
/* Returns: (transfer none) (nullable): the page, NULL when there is none of that name */
AdwNavigationPage *crm_window_show_page (CrmWindow *self, const char *name);

G_END_DECLS
