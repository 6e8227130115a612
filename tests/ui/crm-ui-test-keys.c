#include "crm-ui-test.h"

/* "<Control>Return|<Control>KP_Enter" has "<Control>Return". */
static gboolean
has_trigger (GtkShortcut *shortcut, const char *keys)
{
  g_autofree char *text = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));
  g_auto (GStrv) triggers = g_strsplit (text, "|", -1);

  return g_strv_contains ((const char *const *) triggers, keys);
}

static gboolean
press_on (GtkWidget *widget, const char *keys, GtkPropagationPhase phase)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller) ||
          gtk_event_controller_get_propagation_phase (controller) != phase)
        continue;
      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);

          if (has_trigger (shortcut, keys) &&
              gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                            GTK_SHORTCUT_ACTION_EXCLUSIVE,
                                            widget,
                                            gtk_shortcut_get_arguments (shortcut)))
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
capture (GtkWidget *widget, const char *keys)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return (parent != NULL && capture (parent, keys)) || press_on (widget, keys, GTK_PHASE_CAPTURE);
}

gboolean
crm_ui_test_press (GtkWindow *window, const char *keys)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  g_assert_nonnull (focus);
  if (capture (focus, keys))
    return TRUE;
  /* A text takes it for a new line before anything above it hears of it. */
  if (GTK_IS_TEXT_VIEW (focus) && g_str_has_suffix (keys, "Return"))
    return FALSE;
  for (; focus != NULL; focus = gtk_widget_get_parent (focus))
    if (press_on (focus, keys, GTK_PHASE_BUBBLE))
      return TRUE;

  return FALSE;
}
