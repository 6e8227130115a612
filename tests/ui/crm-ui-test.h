#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * What the tests of the window share. They run on a display (Xvfb), draw with Cairo and use GTK's
 * test back end for accessibility, so that nothing of the session is touched.
 */
void crm_ui_test_init (int *argc, char ***argv);

/* Runs the main loop until @condition holds; fails the test after crm_ui_test_get_patience(). */
#define crm_ui_test_wait_until(condition)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 wait_until_ = g_get_monotonic_time () + crm_ui_test_get_patience ();                    \
    guint wait_timer_ = crm_ui_test_start_ticking ();                                              \
    while (!(condition) && g_get_monotonic_time () < wait_until_)                                  \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (wait_timer_);                                                                 \
    if (!(condition))                                                                              \
      g_error ("%s:%d: waited in vain for %s", __FILE__, __LINE__, #condition);                    \
  }                                                                                                \
  G_STMT_END
guint crm_ui_test_start_ticking (void);
/* Microseconds; more under the sanitizers, which are ten times as slow. */
gint64 crm_ui_test_get_patience (void);
/* Lets what is pending happen, for @milliseconds. */
void crm_ui_test_settle (guint milliseconds);

/* A GAsyncReadyCallback that keeps the result in the GAsyncResult * that @user_data points at. */
void crm_ui_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/* A replica in a temporary folder with a handful of relations. */
typedef struct
{
  char *dir;
  CrmStore *store;
} CrmUiTestWorld;

CrmUiTestWorld *crm_ui_test_world_new (gboolean filled);
void crm_ui_test_world_free (CrmUiTestWorld *world);
/* With all that is in it. */
void crm_ui_test_remove_folder (const char *path);
/* Ids of what crm_ui_test_world_new() makes. */
#define CRM_UI_TEST_BAKKER "01900000-0000-7000-8000-000000000001"
#define CRM_UI_TEST_JAN    "01900000-0000-7000-8000-000000000002"
#define CRM_UI_TEST_ANNA   "01900000-0000-7000-8000-000000000003"
#define CRM_UI_TEST_MARIE  "01900000-0000-7000-8000-000000000004"

/* A window with @child: a dialog is presented on an empty window, a page is put in a navigation
 * view, in a toast overlay. Closed and freed by crm_ui_test_close(). */
GtkWindow *crm_ui_test_present (GtkWidget *child, int width, int height);
/* Waits until the window is freed: a page that leaks it fails here. */
void crm_ui_test_close (GtkWindow *window);
/* As a key that is pressed goes: down to the focus, and up again. @keys: as GTK writes a trigger,
 * "<Control>e". FALSE when nothing listens. */
gboolean crm_ui_test_press (GtkWindow *window, const char *keys);
/* The title of the last toast above or below @widget; NULL when there is none. */
const char *crm_ui_test_get_toast (GtkWidget *widget);

/* Depth first, mapped widgets only; NULL when there is none. */
GtkWidget *crm_ui_test_find_type (GtkWidget *root, GType type);
/* The widget with this accessible name, label or tooltip. */
GtkWidget *crm_ui_test_find_named (GtkWidget *root, const char *name);
/* The button with this name; NULL when there is none. */
GtkWidget *crm_ui_test_find_button (GtkWidget *root, const char *name);
/* The first widget that shows exactly @text. */
GtkWidget *crm_ui_test_find_text (GtkWidget *root, const char *text);
/* The menu button with this icon, whatever the language. */
GtkWidget *crm_ui_test_find_icon_button (GtkWidget *root, const char *icon);
/* What a screen reader says: label property, labelled-by, text inside or tooltip; NULL when
 * nothing. */
char *crm_ui_test_dup_name (GtkWidget *widget);
/* One line for each focusable widget, button or row below @root that has no name. */
GPtrArray *crm_ui_test_list_nameless (GtkWidget *root);

/* A PNG of the widget as it is drawn. */
void crm_ui_test_picture (GtkWidget *widget, const char *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmUiTestWorld, crm_ui_test_world_free)

G_END_DECLS
