#include "ui/relations/crm-relation-list.h"

#include "ui/relations/crm-relation-row.h"

#include <glib/gi18n-lib.h>

struct _CrmRelationList
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (CrmRelationList, crm_relation_list, GTK_TYPE_WIDGET)

enum
{
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
activate_cb (CrmRelationList *self, guint position)
{
  g_signal_emit (self, signals[ACTIVATE], 0, position);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *self = gtk_widget_get_ancestor (gtk_list_item_get_child (item),
                                             CRM_TYPE_RELATION_LIST);

  /* With Ctrl or Shift it picks. */
  if (self != NULL && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    activate_cb (CRM_RELATION_LIST (self), gtk_list_item_get_position (item));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = crm_relation_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "released", G_CALLBACK (released_cb), item);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  g_object_bind_property (item, "item", row, "item", G_BINDING_SYNC_CREATE);
  g_object_bind_property (row, "label", item, "accessible-label", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, row);
}

static gboolean
crm_relation_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CRM_RELATION_LIST (widget)->view));
}

static void
crm_relation_list_dispose (GObject *object)
{
  CrmRelationList *self = CRM_RELATION_LIST (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);

  G_OBJECT_CLASS (crm_relation_list_parent_class)->dispose (object);
}

static void
crm_relation_list_class_init (CrmRelationListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_relation_list_dispose;
  widget_class->grab_focus = crm_relation_list_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[ACTIVATE] = g_signal_new ("activate",
                                    G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    1,
                                    G_TYPE_UINT);
}

static void
crm_relation_list_init (CrmRelationList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  gtk_list_view_set_tab_behavior (self->view, GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Relations"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
crm_relation_list_new (void)
{
  return g_object_new (CRM_TYPE_RELATION_LIST, NULL);
}

void
crm_relation_list_set_selection (CrmRelationList *self, GtkSelectionModel *selection)
{
  g_return_if_fail (CRM_IS_RELATION_LIST (self));

  gtk_list_view_set_model (self->view, selection);
}
