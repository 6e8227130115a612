#include "ui/shell/crm-sidebar.h"

#include "store/sync/crm-sync-store.h"
#include "ui/shell/crm-page-list.h"
#include "ui/sync/crm-sync-line.h"

#include <glib/gi18n-lib.h>

/* Counting may wait: the first list is read before it, and an import changes the store many times a
 * second. */
#define COUNT_DELAY_MS 300

struct _CrmSidebar
{
  AdwNavigationPage parent_instance;

  CrmStore *store;
  GCancellable *cancellable;
  guint count_timer;
  GPtrArray *count_labels; /* (element-type GtkLabel), one a page */

  GtkListBox *list;
  AdwBin *line_bin;
};

G_DEFINE_FINAL_TYPE (CrmSidebar, crm_sidebar, ADW_TYPE_NAVIGATION_PAGE)

/* What waits for a decision. -1 on failure */
static gint64
count_attention (CrmReplica *replica, GError **error)
{
  g_autoptr (CrmSyncCounts) counts = crm_sync_store_count (replica, error);

  return counts != NULL ? counts->conflicts + counts->rejected + counts->parked : -1;
}

static gint64
count_page (CrmReplica *replica, const CrmPageInfo *page, GCancellable *cancellable, GError **error)
{
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (CrmExpr) where = NULL;

  if (g_str_equal (page->name, "inbox"))
    return count_attention (replica, error);
  if (page->kinds == NULL)
    return 0;

  query = crm_query_new (page->kinds);
  if (page->where != NULL && (where = crm_expr_parse (page->where, error)) == NULL)
    return -1;
  if (where != NULL)
    crm_query_set_where (query, where);

  return crm_replica_count (replica, query, cancellable, error);
}

static gpointer
count_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, TRUE, sizeof (gint64));
  guint n;
  const CrmPageInfo *pages = crm_page_list_get (&n);

  for (guint i = 0; i < n; i++)
    {
      gint64 count = count_page (replica, &pages[i], cancellable, error);

      if (count < 0)
        return NULL;
      g_array_append_val (counts, count);
    }

  return g_steal_pointer (&counts);
}

static void
free_counts (gpointer counts)
{
  g_array_unref (counts);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSidebar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) counts = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (counts == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("Counting for the sidebar failed: %s", error->message);
      return;
    }
  /* The window closed in the meantime. */
  if (self->count_labels == NULL)
    return;
  for (guint i = 0; i < counts->len && i < self->count_labels->len; i++)
    {
      gint64 count = g_array_index (counts, gint64, i);
      g_autofree char *text = g_strdup_printf ("%'" G_GINT64_FORMAT, count);

      gtk_label_set_text (g_ptr_array_index (self->count_labels, i), count > 0 ? text : "");
    }
}

static gboolean
count_cb (gpointer user_data)
{
  CrmSidebar *self = user_data;

  self->count_timer = 0;
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       count_on_worker,
                       NULL,
                       NULL,
                       free_counts,
                       self->cancellable,
                       counted_cb,
                       g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (CrmSidebar *self)
{
  if (self->count_timer == 0)
    self->count_timer = g_timeout_add (COUNT_DELAY_MS, count_cb, self);
}

static void
row_activated_cb (CrmSidebar *self, GtkListBoxRow *row)
{
  guint n;
  const CrmPageInfo *pages = crm_page_list_get (&n);

  gtk_widget_activate_action (GTK_WIDGET (self),
                              "win.show",
                              "s",
                              pages[gtk_list_box_row_get_index (row)].name);
}

static void
add_page (CrmSidebar *self, const CrmPageInfo *page)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = gtk_image_new_from_icon_name (page->icon);
  GtkWidget *title = gtk_label_new (_(page->title));
  GtkWidget *count = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "caption");

  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(page->title), -1);
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->count_labels, count);
}

static void
crm_sidebar_dispose (GObject *object)
{
  CrmSidebar *self = CRM_SIDEBAR (object);

  g_clear_handle_id (&self->count_timer, g_source_remove);
  if (self->line_bin != NULL)
    adw_bin_set_child (self->line_bin, NULL);
  self->line_bin = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->count_labels, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_sidebar_parent_class)->dispose (object);
}

static void
crm_sidebar_class_init (CrmSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_sidebar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/shell/crm-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, CrmSidebar, line_bin);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
crm_sidebar_init (CrmSidebar *self)
{
  guint n;
  const CrmPageInfo *pages = crm_page_list_get (&n);

  self->cancellable = g_cancellable_new ();
  self->count_labels = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < n && pages[i].in_sidebar; i++)
    add_page (self, &pages[i]);
}

AdwNavigationPage *
crm_sidebar_new (CrmStore *store, CrmSync *sync)
{
  CrmSidebar *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_SIDEBAR, NULL);
  self->store = g_object_ref (store);
  adw_bin_set_child (self->line_bin, crm_sync_line_new (sync));
  /* What waits for a decision is counted there; it is no record here that changes. */
  g_signal_connect_object (sync, "notify", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store,
                           "changed",
                           G_CALLBACK (store_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  store_changed_cb (self);

  return ADW_NAVIGATION_PAGE (self);
}

void
crm_sidebar_select (CrmSidebar *self, const char *page)
{
  guint n;
  const CrmPageInfo *pages = crm_page_list_get (&n);

  g_return_if_fail (CRM_IS_SIDEBAR (self));

  /* No row when the page is one of the main menu: nothing is selected then. */
  for (guint i = 0; i < n; i++)
    if (g_str_equal (pages[i].name, page))
      gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) i));
}
