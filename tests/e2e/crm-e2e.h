#pragma once

#include "crm-ui-test.h"

#include "app/crm-application.h"
#include "ui/shell/crm-window.h"

G_BEGIN_DECLS

/* The application in this process, between its start and its end. */
typedef struct
{
  CrmApplication *application;
  GtkWidget *window;
} CrmE2e;

typedef void (*CrmE2eAct) (CrmE2e *e2e, gpointer data);

/* Runs "crm --data DIR/replica --key-file DIR/KEY", calls @act once its window is there, quits, and
 * holds that nothing keeps the window. */
void crm_e2e_run (const char *dir, const char *key_file, CrmE2eAct act, gpointer data);
/* Waits until the relations are open; borrowed. */
CrmStore *crm_e2e_wait_for_store (CrmE2e *e2e);

/* Whether @text is seen, whole or as part of a line. */
gboolean crm_e2e_shows (CrmE2e *e2e, const char *text);
gboolean crm_e2e_shows_part (CrmE2e *e2e, const char *part);
/* Activates an action where the keyboard is or, when it is not there, at the widget of @type. */
void crm_e2e_act (CrmE2e *e2e, GType type, const char *action, GVariant *parameter);
/* Writes in the row of a form. */
void crm_e2e_fill_row (CrmE2e *e2e, const char *title, const char *text);
/* Chooses the row with this title. */
void crm_e2e_choose_row (CrmE2e *e2e, const char *title);
/* Types a letter at a time, the last after the others are answered to or not. */
void crm_e2e_type (GtkEditable *editable, const char *text);
/* Lets a file fall on @target. */
void crm_e2e_drop (GtkWidget *target, const char *path);

#define crm_e2e_wait_for(e2e, text) crm_ui_test_wait_until (crm_e2e_shows (e2e, text))
/* Waits until the last toast says so. */
#define crm_e2e_wait_for_toast(e2e, text)                                                          \
  crm_ui_test_wait_until (g_strcmp0 (crm_ui_test_get_toast ((e2e)->window), text) == 0)

G_END_DECLS
