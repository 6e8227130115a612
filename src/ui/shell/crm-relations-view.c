#include "ui/shell/crm-relations-view.h"

#include "ui/record/crm-relation-page.h"
#include "ui/relations/crm-relations-page.h"
#include "ui/widgets/crm-panes.h"

/* The arrow keys run through the list faster than pages are worth making. */
#define FOLLOW_DELAY_MS 60

struct _CrmRelationsView
{
  AdwNavigationPage parent_instance;

  CrmStore *store;
  CrmRelationsPage *list;
  char *open; /* id, nullable */
  char *next; /* id that is opened in a moment, nullable */
  guint follow_timer;
  gboolean narrow;

  CrmPanes *panes;
  AdwNavigationSplitView *split;
  AdwNavigationView *pages;
};

G_DEFINE_FINAL_TYPE (CrmRelationsView, crm_relations_view, ADW_TYPE_NAVIGATION_PAGE)

static void
update_collapsed (CrmRelationsView *self)
{
  g_autofree char *view = NULL;
  gboolean collapsed;

  g_object_get (self->list, "view", &view, NULL);
  collapsed = self->narrow || g_str_equal (view, "table");
  if (collapsed == adw_navigation_split_view_get_collapsed (self->split))
    return;

  /* Somebody who reads a relation goes on reading it. */
  if (collapsed && self->open == NULL)
    adw_navigation_split_view_set_show_content (self->split, FALSE);
  adw_navigation_split_view_set_collapsed (self->split, collapsed);
}

static GtkWidget *
find_header (GtkWidget *widget)
{
  GtkWidget *found = ADW_IS_HEADER_BAR (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_header (child);

  return found;
}

/* Beside the list, Back would leave the list too: it belongs to the pane at the left. */
static void
hide_back_beside_list (CrmRelationsView *self, AdwNavigationPage *page)
{
  GtkWidget *header = find_header (GTK_WIDGET (page));

  if (header != NULL)
    g_object_bind_property (self->split,
                            "collapsed",
                            header,
                            "show-back-button",
                            G_BINDING_SYNC_CREATE);
}

static AdwNavigationPage *
make_page (CrmRelationsView *self, const char *id)
{
  AdwNavigationPage *page = crm_relation_page_new (self->store, id);

  g_object_set_data_full (G_OBJECT (page), "id", g_strdup (id), g_free);
  g_set_str (&self->open, id);
  crm_relations_page_show_record (self->list, id);

  return page;
}

static void
replace_page (CrmRelationsView *self, const char *id)
{
  AdwNavigationPage *page;

  g_clear_handle_id (&self->follow_timer, g_source_remove);
  if (g_strcmp0 (self->open, id) == 0)
    return;

  page = make_page (self, id);
  hide_back_beside_list (self, page);
  adw_navigation_view_replace (self->pages, &page, 1);
}

static gboolean
follow_cb (gpointer user_data)
{
  CrmRelationsView *self = user_data;

  self->follow_timer = 0;
  replace_page (self, self->next);

  return G_SOURCE_REMOVE;
}

static void
selected_cb (CrmRelationsView *self, const char *id)
{
  if (adw_navigation_split_view_get_collapsed (self->split))
    return;

  g_set_str (&self->next, id);
  g_clear_handle_id (&self->follow_timer, g_source_remove);
  self->follow_timer = g_timeout_add (FOLLOW_DELAY_MS, follow_cb, self);
}

static void
activated_cb (CrmRelationsView *self, const char *id)
{
  replace_page (self, id);
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

/* Back in the list of a narrow window, nothing is open, so that the same row can be opened again.
 */
static void
show_content_cb (CrmRelationsView *self)
{
  if (self->list == NULL || adw_navigation_split_view_get_show_content (self->split) ||
      !adw_navigation_split_view_get_collapsed (self->split))
    return;

  g_clear_pointer (&self->open, g_free);
  crm_relations_page_show_record (self->list, NULL);
}

/* Back within the pages: what is seen is what is open. */
static void
popped_cb (CrmRelationsView *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->pages);
  const char *id = page != NULL ? g_object_get_data (G_OBJECT (page), "id") : NULL;

  g_set_str (&self->open, id);
  crm_relations_page_show_record (self->list, id);
}

/* As in the window: whoever holds the pages, they hold the store no more. */
static void
dispose_pages (CrmRelationsView *self)
{
  g_autoptr (GListModel) stack = adw_navigation_view_get_navigation_stack (self->pages);
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (stack); i++)
    g_ptr_array_add (open, g_list_model_get_item (stack, i));
  g_ptr_array_add (open, g_object_ref (self->list));
  adw_navigation_view_replace (self->pages, NULL, 0);
  adw_navigation_split_view_set_sidebar (self->split, NULL);
  for (guint i = 0; i < open->len; i++)
    if (gtk_widget_get_parent (open->pdata[i]) == NULL)
      g_object_run_dispose (open->pdata[i]);
}

/* What the page beside the list does with its key, also while the focus is in the list. */
static gboolean
page_binding (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  CrmRelationsView *self = CRM_RELATIONS_VIEW (widget);
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->pages);

  return page != NULL && gtk_widget_get_mapped (GTK_WIDGET (page)) &&
         gtk_widget_activate_action_variant (GTK_WIDGET (page),
                                             g_variant_get_string (args, NULL),
                                             NULL);
}

static void
crm_relations_view_dispose (GObject *object)
{
  CrmRelationsView *self = CRM_RELATIONS_VIEW (object);

  g_clear_handle_id (&self->follow_timer, g_source_remove);
  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      g_signal_handlers_disconnect_by_data (self->pages, self);
      dispose_pages (self);
    }
  self->list = NULL;
  g_clear_pointer (&self->open, g_free);
  g_clear_pointer (&self->next, g_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_relations_view_parent_class)->dispose (object);
}

static void
crm_relations_view_class_init (CrmRelationsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_relations_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/shell/crm-relations-view.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRelationsView, panes);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationsView, split);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationsView, pages);
  gtk_widget_class_bind_template_callback (widget_class, show_content_cb);
  gtk_widget_class_add_binding (widget_class,
                                GDK_KEY_e,
                                GDK_CONTROL_MASK,
                                page_binding,
                                "s",
                                "relation.edit");
  gtk_widget_class_add_binding (widget_class,
                                GDK_KEY_l,
                                GDK_CONTROL_MASK,
                                page_binding,
                                "s",
                                "relation.log");
}

static void
crm_relations_view_init (CrmRelationsView *self)
{
  g_type_ensure (CRM_TYPE_PANES);
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
crm_relations_view_new (CrmStore *store)
{
  CrmRelationsView *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_RELATIONS_VIEW, NULL);
  self->store = g_object_ref (store);
  self->list = CRM_RELATIONS_PAGE (crm_relations_page_new (store));
  g_signal_connect_swapped (self->list, "selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->list, "activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->list, "notify::view", G_CALLBACK (update_collapsed), self);
  g_signal_connect_object (self->pages, "popped", G_CALLBACK (popped_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_split_view_set_sidebar (self->split, ADW_NAVIGATION_PAGE (self->list));
  hide_back_beside_list (self, adw_navigation_view_get_visible_page (self->pages));
  update_collapsed (self);

  return ADW_NAVIGATION_PAGE (self);
}

void
crm_relations_view_set_narrow (CrmRelationsView *self, gboolean narrow)
{
  g_return_if_fail (CRM_IS_RELATIONS_VIEW (self));

  self->narrow = narrow;
  update_collapsed (self);
}

void
crm_relations_view_open (CrmRelationsView *self, const char *id)
{
  g_return_if_fail (CRM_IS_RELATIONS_VIEW (self));
  g_return_if_fail (id != NULL);

  if (self->open == NULL)
    replace_page (self, id);
  else if (!g_str_equal (self->open, id))
    adw_navigation_view_push (self->pages, make_page (self, id));
  adw_navigation_split_view_set_show_content (self->split, TRUE);
}

const char *
crm_relations_view_get_open (CrmRelationsView *self)
{
  g_return_val_if_fail (CRM_IS_RELATIONS_VIEW (self), NULL);

  return self->open;
}

void
crm_relations_view_capture_keys (CrmRelationsView *self, GtkWidget *widget)
{
  g_return_if_fail (CRM_IS_RELATIONS_VIEW (self));

  gtk_search_entry_set_key_capture_widget (crm_relations_page_get_entry (self->list), widget);
}

void
crm_relations_view_focus_search (CrmRelationsView *self)
{
  g_return_if_fail (CRM_IS_RELATIONS_VIEW (self));

  adw_navigation_split_view_set_show_content (self->split, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (crm_relations_page_get_entry (self->list)));
}

void
crm_relations_view_focus_list (CrmRelationsView *self)
{
  g_return_if_fail (CRM_IS_RELATIONS_VIEW (self));

  crm_relations_page_focus_list (self->list);
}

gboolean
crm_relations_view_focus_edge (CrmRelationsView *self)
{
  g_return_val_if_fail (CRM_IS_RELATIONS_VIEW (self), FALSE);

  return crm_panes_focus_handle (self->panes);
}

void
crm_relations_view_search (CrmRelationsView *self, const char *text)
{
  g_return_if_fail (CRM_IS_RELATIONS_VIEW (self));

  crm_relations_page_search (self->list, text);
}

void
crm_relations_view_show_tag (CrmRelationsView *self, const char *tag)
{
  g_return_if_fail (CRM_IS_RELATIONS_VIEW (self));

  adw_navigation_split_view_set_show_content (self->split, FALSE);
  crm_relations_page_show_tag (self->list, tag);
  crm_relations_page_focus_list (self->list);
}
