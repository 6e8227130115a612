#include "ui/shell/crm-window.h"

#include "ui/shell/crm-page-list.h"
#include "ui/shell/crm-palette.h"
#include "ui/shell/crm-relations-view.h"
#include "ui/shell/crm-shortcuts-dialog.h"
#include "ui/shell/crm-sidebar.h"
#include "ui/shell/crm-window-actions.h"
#include "ui/shell/crm-window-sync.h"
#include "ui/start/crm-start-page.h"
#include "ui/sync/crm-load-bar.h"
#include "ui/sync/crm-sync-notices.h"
#include "ui/widgets/crm-pane-handle.h"
#include "ui/widgets/crm-panes.h"
#include "ui/widgets/crm-screen.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

struct _CrmWindow
{
  AdwApplicationWindow parent_instance;

  CrmStore *store;
  CrmSync *sync;           /* nullable until there is a store */
  CrmSyncNotices *notices; /* as above */
  CrmSidebar *sidebar;
  CrmRelationsView *relations;
  GHashTable *pages; /* (element-type utf8 AdwNavigationPage): those that were shown */
  gboolean narrow;

  GtkStack *stack;
  AdwBin *notice_bin;
  AdwBin *load_bin;
  CrmPanes *panes;
  AdwNavigationSplitView *outer;
  AdwBanner *banner;
};

G_DEFINE_FINAL_TYPE (CrmWindow, crm_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum
{
  SIGNAL_READY,
  N_SIGNALS,
} CrmWindowSignal;

static guint signals[N_SIGNALS];

static const char *const store_actions[] = {
  "win.open-record", "win.new-record", "win.edit-record", "win.make-letters", "win.show",
  "win.show-tag",    "win.import",     "win.search",      "win.palette",      "win.undo",
  "win.redo",        "sync.connect",   "sync.now",        "sync.pause",       "sync.sign-out"
};

static void
update_actions (CrmWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (store_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), store_actions[i], self->store != NULL);
}

static void
narrow_cb (CrmWindow *self)
{
  self->narrow = TRUE;
  if (self->relations != NULL)
    crm_relations_view_set_narrow (self->relations, TRUE);
}

static void
wide_cb (CrmWindow *self)
{
  self->narrow = FALSE;
  if (self->relations != NULL)
    crm_relations_view_set_narrow (self->relations, FALSE);
}

static void
banner_clicked_cb (CrmWindow *self)
{
  adw_banner_set_revealed (self->banner, FALSE);
}

/* Borrowed; NULL when there is no such page. */
static AdwNavigationPage *
get_page (CrmWindow *self, const char *name)
{
  AdwNavigationPage *page = g_hash_table_lookup (self->pages, name);
  const CrmPageInfo *info = crm_page_list_find (name);

  if (page != NULL || info == NULL)
    return page;

  page = info->make (self->store);
  g_hash_table_insert (self->pages, g_strdup (name), g_object_ref_sink (page));

  return page;
}

static void
show_page (CrmWindow *self, const char *name)
{
  AdwNavigationPage *page = get_page (self, name);
  GSettings *settings = crm_screen_get_settings ();

  if (page == NULL)
    return;
  if (adw_navigation_split_view_get_content (self->outer) != page)
    adw_navigation_split_view_set_content (self->outer, page);
  /* Keys that go to a search entry outside the window would end the program. */
  crm_relations_view_capture_keys (self->relations,
                                   g_str_equal (name, "relations") ? GTK_WIDGET (self->outer)
                                                                   : NULL);
  adw_navigation_split_view_set_show_content (self->outer, TRUE);
  crm_sidebar_select (self->sidebar, name);
  if (g_str_equal (name, "inbox"))
    crm_sync_notices_withdraw (self->notices);
  if (settings != NULL)
    g_settings_set_string (settings, "last-page", name);
}

static void
show_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  show_page (CRM_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
search_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);

  show_page (self, "relations");
  crm_relations_view_focus_search (self->relations);
}

static void
show_tag_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);

  show_page (self, "relations");
  crm_relations_view_show_tag (self->relations, g_variant_get_string (parameter, NULL));
}

static void
palette_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  adw_dialog_present (crm_palette_new (CRM_WINDOW (widget)->store), widget);
}

static void
shortcuts_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (widget));

  adw_dialog_present (crm_shortcuts_dialog_new (application), widget);
}

static void
undo_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);

  crm_toast_undo (GTK_WIDGET (self->stack), self->store, NULL);
}

static void
redo_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmWindow *self = CRM_WINDOW (widget);

  crm_toast_redo (GTK_WIDGET (self->stack), self->store);
}

/* Inside an entry, undo belongs to the entry, also when it has nothing more to undo. */
static gboolean
undo_binding (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));

  if (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
    return GDK_EVENT_PROPAGATE;

  return gtk_widget_activate_action_variant (widget,
                                             g_variant_get_boolean (args) ? "win.redo" : "win.undo",
                                             NULL);
}

/* As in GTK's own panes: F8 takes the nearest edge, once more the other one. */
static gboolean
edge_binding (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  CrmWindow *self = CRM_WINDOW (widget);
  gboolean again = CRM_IS_PANE_HANDLE (gtk_window_get_focus (GTK_WINDOW (widget)));

  if (!again && self->relations != NULL && crm_relations_view_focus_edge (self->relations))
    return GDK_EVENT_STOP;

  return crm_panes_focus_handle (self->panes);
}

static void
save_screen (CrmWindow *self)
{
  GSettings *settings = crm_screen_get_settings ();
  const char *open;
  int width;
  int height;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (settings, "window-width", MAX (width, 360));
  g_settings_set_int (settings, "window-height", MAX (height, 294));
  g_settings_set_boolean (settings,
                          "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  if (self->relations == NULL)
    return;
  open = crm_relations_view_get_open (self->relations);
  g_settings_set_string (settings, "last-relation", open != NULL ? open : "");
}

static void
restore_size (CrmWindow *self)
{
  GSettings *settings = crm_screen_get_settings ();

  if (settings == NULL)
    return;
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static gboolean
crm_window_close_request (GtkWindow *window)
{
  save_screen (CRM_WINDOW (window));

  return GTK_WINDOW_CLASS (crm_window_parent_class)->close_request (window);
}

/* GTK 4.18 never lets a widget go that it hid while the focus was in it, when that happened twice
 * before the next frame: it keeps where the focus should move to and overwrites it. A breakpoint
 * does that to the pages, and one of them would keep the replica open. So they are taken out and
 * let go of what they have, whoever else still holds them. */
static void
dispose_pages (CrmWindow *self)
{
  g_autoptr (GObject) sidebar = self->sidebar != NULL ? g_object_ref (G_OBJECT (self->sidebar))
                                                      : NULL;
  GHashTableIter iter;
  gpointer page;

  adw_navigation_split_view_set_content (self->outer, NULL);
  adw_navigation_split_view_set_sidebar (self->outer, NULL);
  if (sidebar != NULL)
    g_object_run_dispose (sidebar);
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &page))
    g_object_run_dispose (page);
}

static void
crm_window_dispose (GObject *object)
{
  CrmWindow *self = CRM_WINDOW (object);

  /* The search entry may outlive the widget whose keys it captures. */
  if (self->relations != NULL)
    crm_relations_view_capture_keys (self->relations, NULL);
  if (self->sync != NULL)
    crm_sync_stop (self->sync);
  g_clear_object (&self->notices);
  if (self->load_bin != NULL)
    adw_bin_set_child (self->load_bin, NULL);
  if (self->outer != NULL)
    dispose_pages (self);
  self->relations = NULL;
  self->sidebar = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_WINDOW);
  g_clear_object (&self->sync);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_window_parent_class)->dispose (object);
}

static void
crm_window_finalize (GObject *object)
{
  CrmWindow *self = CRM_WINDOW (object);

  g_hash_table_unref (self->pages);

  G_OBJECT_CLASS (crm_window_parent_class)->finalize (object);
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding (widget_class,
                                GDK_KEY_z,
                                GDK_CONTROL_MASK,
                                undo_binding,
                                "b",
                                FALSE);
  gtk_widget_class_add_binding (widget_class,
                                GDK_KEY_z,
                                GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                undo_binding,
                                "b",
                                TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F8, 0, edge_binding, NULL);
}

static void
install_signals (CrmWindowClass *klass)
{
  /* The first rows of the store are there, or the page that greets people. */
  signals[SIGNAL_READY] = g_signal_new ("ready",
                                        G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        0);
}

static void
crm_window_class_init (CrmWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = crm_window_close_request;
  install_signals (klass);

  gtk_widget_class_install_action (widget_class, "win.show", "s", show_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.show-tag", "s", show_tag_action);
  gtk_widget_class_install_action (widget_class, "win.palette", NULL, palette_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_action);
  crm_window_install_record_actions (widget_class);
  crm_window_install_sync_actions (widget_class);
  add_bindings (widget_class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/shell/crm-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, notice_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, load_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, outer);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, banner);
  gtk_widget_class_bind_template_callback (widget_class, banner_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, wide_cb);
}

static void
crm_window_init (CrmWindow *self)
{
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_type_ensure (CRM_TYPE_PANES);
  gtk_widget_init_template (GTK_WIDGET (self));
  restore_size (self);
  update_actions (self);
}

GtkWidget *
crm_window_new (GtkApplication *application)
{
  return g_object_new (CRM_TYPE_WINDOW, "application", application, NULL);
}

/* In the list, so that the first key that is typed searches. */
static void
focus_content (CrmWindow *self)
{
  AdwNavigationPage *page = adw_navigation_split_view_get_content (self->outer);

  if (page == ADW_NAVIGATION_PAGE (self->relations))
    crm_relations_view_focus_list (self->relations);
  else
    gtk_widget_child_focus (GTK_WIDGET (page), GTK_DIR_TAB_FORWARD);
}

static void
started_cb (CrmWindow *self)
{
  crm_window_show_notice (self, NULL);
  focus_content (self);
}

/* It may be deleted since, or of another replica: then nothing is open. */
static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmWindow) self = user_data;
  g_autoptr (CrmRecord) record = crm_store_get_finish (CRM_STORE (source), result, NULL);

  if (self->relations == NULL || record == NULL ||
      !crm_kind_is_relation (crm_record_get_kind (record)) ||
      crm_relations_view_get_open (self->relations) != NULL)
    return;

  crm_relations_view_open (self->relations, crm_record_get_id (record));
}

/* The relation that was open when the window closed. */
static void
restore_relation (CrmWindow *self)
{
  GSettings *settings = crm_screen_get_settings ();
  g_autofree char *id = NULL;

  if (settings != NULL)
    id = g_settings_get_string (settings, "last-relation");
  if (id != NULL && id[0] != '\0')
    crm_store_get_async (self->store, id, NULL, restored_cb, g_object_ref (self));
}

/* A company without relations is greeted. @relations: nullable */
static void
show_first (CrmWindow *self, GPtrArray *relations, const GError *error)
{
  GtkWidget *page;

  if (relations == NULL)
    {
      crm_toast_show_error (GTK_WIDGET (self), _("The relations could not be read"), error);
      return;
    }
  if (relations->len > 0)
    {
      focus_content (self);
      restore_relation (self);
      return;
    }

  page = crm_start_page_new (self->store);
  g_signal_connect_object (page, "done", G_CALLBACK (started_cb), self, G_CONNECT_SWAPPED);
  crm_window_show_notice (self, page);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *ref = user_data;
  g_autoptr (CrmWindow) self = g_weak_ref_get (ref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) relations = crm_store_list_finish (CRM_STORE (source), result, &error);

  g_weak_ref_clear (ref);
  g_free (ref);

  /* The window closed in the meantime. */
  if (self == NULL || self->store == NULL)
    return;

  show_first (self, relations, error);
  g_signal_emit (self, signals[SIGNAL_READY], 0);
}

/* Asked after the list, so that its first rows are there by then. A window that people close while
 * it is asked goes at once, and is not presented any more. */
static void
greet (CrmWindow *self)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, self);
  crm_store_list_async (self->store, query, 1, NULL, looked_cb, ref);
}

static void
take_sync (CrmWindow *self)
{
  if (self->sync == NULL)
    self->sync = crm_sync_new (self->store, NULL);
  self->notices = crm_sync_notices_new (self->sync, GTK_WINDOW (self));
  adw_bin_set_child (self->load_bin, crm_load_bar_new (self->sync));
}

void
crm_window_set_sync (CrmWindow *self, CrmSync *sync)
{
  g_return_if_fail (CRM_IS_WINDOW (self));
  g_return_if_fail (CRM_IS_SYNC (sync));
  g_return_if_fail (self->store == NULL);

  g_set_object (&self->sync, sync);
}

CrmSync *
crm_window_get_sync (CrmWindow *self)
{
  g_return_val_if_fail (CRM_IS_WINDOW (self), NULL);

  return self->sync;
}

void
crm_window_set_store (CrmWindow *self, CrmStore *store)
{
  GSettings *settings = crm_screen_get_settings ();
  g_autofree char *last = settings != NULL ? g_settings_get_string (settings, "last-page") : NULL;

  g_return_if_fail (CRM_IS_WINDOW (self));
  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  take_sync (self);
  self->sidebar = CRM_SIDEBAR (crm_sidebar_new (store, self->sync));
  adw_navigation_split_view_set_sidebar (self->outer, ADW_NAVIGATION_PAGE (self->sidebar));
  self->relations = CRM_RELATIONS_VIEW (crm_relations_view_new (store));
  g_hash_table_insert (self->pages, g_strdup ("relations"), g_object_ref_sink (self->relations));
  crm_relations_view_set_narrow (self->relations, self->narrow);
  update_actions (self);

  show_page (self, last != NULL && crm_page_list_find (last) != NULL ? last : "relations");
  gtk_stack_set_visible_child_name (self->stack, "main");
  greet (self);
}

CrmStore *
crm_window_get_store (CrmWindow *self)
{
  g_return_val_if_fail (CRM_IS_WINDOW (self), NULL);

  return self->store;
}

void
crm_window_show_notice (CrmWindow *self, GtkWidget *widget)
{
  g_return_if_fail (CRM_IS_WINDOW (self));

  adw_bin_set_child (self->notice_bin, widget);
  if (widget != NULL)
    gtk_stack_set_visible_child_name (self->stack, "notice");
  else
    gtk_stack_set_visible_child_name (self->stack, self->store != NULL ? "main" : "opening");
}

void
crm_window_show_warning (CrmWindow *self, const char *text)
{
  g_return_if_fail (CRM_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  adw_banner_set_use_markup (self->banner, FALSE);
  adw_banner_set_title (self->banner, text);
  adw_banner_set_revealed (self->banner, TRUE);
}

void
crm_window_show_relation (CrmWindow *self, const char *id)
{
  g_return_if_fail (CRM_IS_WINDOW (self));
  g_return_if_fail (id != NULL);

  show_page (self, "relations");
  crm_relations_view_open (self->relations, id);
}

AdwNavigationPage *
crm_window_show_page (CrmWindow *self, const char *name)
{
  g_return_val_if_fail (CRM_IS_WINDOW (self), NULL);

  show_page (self, name);

  return get_page (self, name);
}
