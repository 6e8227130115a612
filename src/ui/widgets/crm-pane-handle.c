#include "ui/widgets/crm-pane-handle.h"

struct _CrmPaneHandle
{
  GtkWidget parent_instance;

  GWeakRef before; /* had the focus */
};

G_DEFINE_FINAL_TYPE (CrmPaneHandle, crm_pane_handle, GTK_TYPE_WIDGET)

enum
{
  PULL,
  PULLED,
  STEP,
  RESET,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static int
get_direction (CrmPaneHandle *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
}

static void
drag_update_cb (CrmPaneHandle *self, double x, double y)
{
  g_signal_emit (self, signals[PULL], 0, x * get_direction (self));
}

static void
drag_end_cb (CrmPaneHandle *self, double x, double y)
{
  g_signal_emit (self, signals[PULLED], 0);
}

static void
pressed_cb (CrmPaneHandle *self, int n_press)
{
  if (n_press == 2)
    g_signal_emit (self, signals[RESET], 0);
}

static gboolean
step_binding (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  g_signal_emit (widget,
                 signals[STEP],
                 0,
                 g_variant_get_int32 (args) * get_direction (CRM_PANE_HANDLE (widget)));

  return GDK_EVENT_STOP;
}

static gboolean
leave_binding (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  g_autoptr (GtkWidget) before = g_weak_ref_get (&CRM_PANE_HANDLE (widget)->before);

  if (before == NULL || !gtk_widget_grab_focus (before))
    gtk_root_set_focus (gtk_widget_get_root (widget), NULL);

  return GDK_EVENT_STOP;
}

static gboolean
crm_pane_handle_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return FALSE;
}

static void
crm_pane_handle_finalize (GObject *object)
{
  g_weak_ref_clear (&CRM_PANE_HANDLE (object)->before);

  G_OBJECT_CLASS (crm_pane_handle_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_params, GType param)
{
  return g_signal_new (name,
                       CRM_TYPE_PANE_HANDLE,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       n_params,
                       param);
}

static void
crm_pane_handle_class_init (CrmPaneHandleClass *klass)
{
  static const guint leave_keys[] = { GDK_KEY_Escape, GDK_KEY_Return, GDK_KEY_KP_Enter };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_pane_handle_finalize;
  widget_class->focus = crm_pane_handle_focus;

  signals[PULL] = new_signal ("pull", 1, G_TYPE_DOUBLE);
  signals[PULLED] = new_signal ("pulled", 0, G_TYPE_NONE);
  signals[STEP] = new_signal ("step", 1, G_TYPE_INT);
  signals[RESET] = new_signal ("reset", 0, G_TYPE_NONE);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, step_binding, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, step_binding, "i", 1);
  for (gsize i = 0; i < G_N_ELEMENTS (leave_keys); i++)
    gtk_widget_class_add_binding (widget_class, leave_keys[i], 0, leave_binding, NULL);
  gtk_widget_class_set_css_name (widget_class, "pane-handle");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEPARATOR);
}

static void
crm_pane_handle_init (CrmPaneHandle *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_weak_ref_init (&self->before, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_ORIENTATION,
                                  GTK_ORIENTATION_VERTICAL,
                                  -1);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "col-resize");
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
crm_pane_handle_new (void)
{
  return g_object_new (CRM_TYPE_PANE_HANDLE, NULL);
}

gboolean
crm_pane_handle_grab (CrmPaneHandle *self)
{
  GtkRoot *root;

  g_return_val_if_fail (CRM_IS_PANE_HANDLE (self), FALSE);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  if (!CRM_IS_PANE_HANDLE (gtk_root_get_focus (root)))
    g_weak_ref_set (&self->before, gtk_root_get_focus (root));

  return gtk_widget_grab_focus (GTK_WIDGET (self));
}
