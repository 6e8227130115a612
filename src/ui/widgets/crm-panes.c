#include "ui/widgets/crm-panes.h"

#include "ui/widgets/crm-pane-handle.h"
#include "ui/widgets/crm-screen.h"

/* Most of it lies over the content: at the sidebar's side there is a scroll bar. */
#define HANDLE_BEFORE 2
#define HANDLE_WIDTH  8
#define KEY_STEP      16

struct _CrmPanes
{
  GtkWidget parent_instance;

  AdwNavigationSplitView *split;
  GtkWidget *handle;
  char *setting;
  gboolean pulled;
};

G_DEFINE_FINAL_TYPE (CrmPanes, crm_panes, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SPLIT = 1,
  PROP_SETTING,
  PROP_LABEL,
} CrmPanesProperty;

static GParamSpec *properties[PROP_LABEL + 1];

/* The least and the most by the setting's range, narrowed by what the split view takes. */
static void
get_range (CrmPanes *self, int *least, int *most)
{
  GtkSettings *gtk_settings = gtk_widget_get_settings (GTK_WIDGET (self));
  GSettings *settings = crm_screen_get_settings ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) key = NULL;
  g_autoptr (GVariant) range = NULL;
  g_autoptr (GVariant) pair = NULL;
  double part = gtk_widget_get_width (GTK_WIDGET (self)) *
                adw_navigation_split_view_get_sidebar_width_fraction (self->split);

  *least = (int) adw_navigation_split_view_get_min_sidebar_width (self->split);
  *most = MAX ((int) adw_length_unit_from_px (ADW_LENGTH_UNIT_SP, part, gtk_settings), *least);
  if (settings == NULL)
    return;

  g_object_get (settings, "settings-schema", &schema, NULL);
  key = g_settings_schema_get_key (schema, self->setting);
  range = g_settings_schema_key_get_range (key);
  g_variant_get (range, "(sv)", NULL, &pair);
  if (g_variant_is_of_type (pair, G_VARIANT_TYPE ("(ii)")))
    {
      int low;
      int high;

      g_variant_get (pair, "(ii)", &low, &high);
      *least = MAX (*least, low);
      *most = CLAMP (*most, *least, high);
    }
}

static void
tell_width (CrmPanes *self)
{
  int least;
  int most;

  get_range (self, &least, &most);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->handle),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  (double) least,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  (double) most,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  adw_navigation_split_view_get_max_sidebar_width (self->split),
                                  -1);
}

static void
set_width (CrmPanes *self, double width, gboolean keep)
{
  GSettings *settings = crm_screen_get_settings ();
  int least;
  int most;
  int chosen;

  get_range (self, &least, &most);
  chosen = CLAMP ((int) width, least, most);
  adw_navigation_split_view_set_max_sidebar_width (self->split, chosen);
  tell_width (self);
  if (keep && settings != NULL)
    g_settings_set_int (settings, self->setting, chosen);
}

/* As it is now, in the split view's unit: less than what was chosen in a smaller window. */
static double
get_width (CrmPanes *self)
{
  AdwNavigationPage *sidebar = adw_navigation_split_view_get_sidebar (self->split);

  return adw_length_unit_from_px (ADW_LENGTH_UNIT_SP,
                                  gtk_widget_get_width (GTK_WIDGET (sidebar)),
                                  gtk_widget_get_settings (GTK_WIDGET (self)));
}

/* The edge follows the pointer, and where pulling is counted from follows the edge. */
static void
pull_cb (CrmPanes *self, double pixels)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));

  self->pulled = TRUE;
  set_width (self,
             get_width (self) + adw_length_unit_from_px (ADW_LENGTH_UNIT_SP, pixels, settings),
             FALSE);
}

static void
pulled_cb (CrmPanes *self)
{
  if (self->pulled)
    set_width (self, adw_navigation_split_view_get_max_sidebar_width (self->split), TRUE);
  self->pulled = FALSE;
}

static void
step_cb (CrmPanes *self, int steps)
{
  set_width (self, get_width (self) + steps * KEY_STEP, TRUE);
}

static void
restore (CrmPanes *self)
{
  GSettings *settings = crm_screen_get_settings ();

  if (settings != NULL && self->split != NULL && self->setting != NULL)
    adw_navigation_split_view_set_max_sidebar_width (self->split,
                                                     g_settings_get_int (settings, self->setting));
}

static void
reset_cb (CrmPanes *self)
{
  GSettings *settings = crm_screen_get_settings ();

  if (settings == NULL)
    return;
  g_settings_reset (settings, self->setting);
  restore (self);
  tell_width (self);
}

static void
crm_panes_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (CRM_PANES (widget)->split),
                      orientation,
                      for_size,
                      minimum,
                      natural,
                      minimum_baseline,
                      natural_baseline);
}

static void
crm_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CrmPanes *self = CRM_PANES (widget);
  AdwNavigationPage *sidebar = adw_navigation_split_view_get_sidebar (self->split);
  gboolean beside = sidebar != NULL && !adw_navigation_split_view_get_collapsed (self->split);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation place = { 0, 0, HANDLE_WIDTH, height };
  graphene_rect_t bounds;

  gtk_widget_allocate (GTK_WIDGET (self->split), width, height, baseline, NULL);
  beside = beside && gtk_widget_compute_bounds (GTK_WIDGET (sidebar), widget, &bounds);
  gtk_widget_set_child_visible (self->handle, beside);
  if (!beside)
    return;

  place.x = rtl ? (int) bounds.origin.x - HANDLE_WIDTH + HANDLE_BEFORE
                : (int) (bounds.origin.x + bounds.size.width) - HANDLE_BEFORE;
  gtk_widget_size_allocate (self->handle, &place, -1);
}

static void
crm_panes_dispose (GObject *object)
{
  CrmPanes *self = CRM_PANES (object);

  g_clear_pointer (&self->handle, gtk_widget_unparent);
  if (self->split != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->split));
  g_clear_object (&self->split);

  G_OBJECT_CLASS (crm_panes_parent_class)->dispose (object);
}

static void
crm_panes_finalize (GObject *object)
{
  g_free (CRM_PANES (object)->setting);

  G_OBJECT_CLASS (crm_panes_parent_class)->finalize (object);
}

static void
crm_panes_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  CrmPanes *self = CRM_PANES (object);

  switch ((CrmPanesProperty) prop_id)
    {
    case PROP_SPLIT:
      self->split = g_value_dup_object (value);
      gtk_widget_insert_before (GTK_WIDGET (self->split), GTK_WIDGET (self), self->handle);
      restore (self);
      break;

    case PROP_SETTING:
      self->setting = g_value_dup_string (value);
      restore (self);
      break;

    case PROP_LABEL:
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->handle),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value),
                                      -1);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
crm_panes_class_init (CrmPanesClass *klass)
{
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_panes_dispose;
  object_class->finalize = crm_panes_finalize;
  object_class->set_property = crm_panes_set_property;
  widget_class->measure = crm_panes_measure;
  widget_class->size_allocate = crm_panes_size_allocate;

  properties[PROP_SPLIT] = g_param_spec_object ("split",
                                                NULL,
                                                NULL,
                                                ADW_TYPE_NAVIGATION_SPLIT_VIEW,
                                                flags);
  properties[PROP_SETTING] = g_param_spec_string ("setting", NULL, NULL, NULL, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
crm_panes_init (CrmPanes *self)
{
  self->handle = crm_pane_handle_new ();
  gtk_widget_set_parent (self->handle, GTK_WIDGET (self));
  g_signal_connect_swapped (self->handle, "pull", G_CALLBACK (pull_cb), self);
  g_signal_connect_swapped (self->handle, "pulled", G_CALLBACK (pulled_cb), self);
  g_signal_connect_swapped (self->handle, "step", G_CALLBACK (step_cb), self);
  g_signal_connect_swapped (self->handle, "reset", G_CALLBACK (reset_cb), self);
}

gboolean
crm_panes_focus_handle (CrmPanes *self)
{
  g_return_val_if_fail (CRM_IS_PANES (self), FALSE);

  return crm_pane_handle_grab (CRM_PANE_HANDLE (self->handle));
}
