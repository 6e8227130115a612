#include "ui/report/crm-week-figures.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _CrmWeekFigures
{
  GtkWidget parent_instance;

  GtkFlowBox *box;
  char *chosen; /* nullable */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (CrmWeekFigures, crm_week_figures, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkToggleButton *
get_button (CrmWeekFigures *self, int index)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->box, index);

  return child != NULL ? GTK_TOGGLE_BUTTON (gtk_flow_box_child_get_child (child)) : NULL;
}

static void
update_buttons (CrmWeekFigures *self)
{
  GtkToggleButton *button;

  self->filling = TRUE;
  for (int i = 0; (button = get_button (self, i)) != NULL; i++)
    gtk_toggle_button_set_active (button,
                                  g_strcmp0 (gtk_widget_get_name (GTK_WIDGET (button)),
                                             self->chosen) == 0);
  self->filling = FALSE;
}

static void
toggled_cb (CrmWeekFigures *self, GtkToggleButton *button)
{
  if (self->filling)
    return;

  g_set_str (&self->chosen,
             gtk_toggle_button_get_active (button) ? gtk_widget_get_name (GTK_WIDGET (button))
                                                   : NULL);
  update_buttons (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
add_label (GtkWidget *box, const char *text, const char *const *styles)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_css_classes (label, (const char **) styles);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
make_button (CrmWeekFigures *self, const CrmReportFigure *figure)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *value = g_strdup_printf ("%'" G_GINT64_FORMAT, figure->value);
  g_autofree char *number = g_strdup_printf ("%'" G_GINT64_FORMAT, figure->before);
  /* Translators: the same figure in the period before */
  g_autofree char *before = g_strdup_printf (_("%s before"), number);
  g_autofree char *name = g_strdup_printf ("%s: %s", figure->label, value);

  add_label (box, value, (const char *const[]) { "title-1", "numeric", NULL });
  add_label (box, figure->label, (const char *const[]) { "body", NULL });
  add_label (box, before, (const char *const[]) { "dim-label", "caption", "numeric", NULL });

  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "crm-figure");
  gtk_widget_set_name (button, figure->name);
  /* Zero has no rows to show. */
  gtk_widget_set_can_target (button, figure->value > 0);
  gtk_widget_set_focusable (button, figure->value > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static void
crm_week_figures_dispose (GObject *object)
{
  CrmWeekFigures *self = CRM_WEEK_FIGURES (object);

  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  g_clear_pointer (&self->chosen, g_free);

  G_OBJECT_CLASS (crm_week_figures_parent_class)->dispose (object);
}

static void
crm_week_figures_class_init (CrmWeekFiguresClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_week_figures_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHOSEN] = g_signal_new ("chosen",
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
crm_week_figures_init (CrmWeekFigures *self)
{
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "crm-figures");
  gtk_flow_box_set_homogeneous (self->box, TRUE);
  gtk_flow_box_set_min_children_per_line (self->box, 2);
  gtk_flow_box_set_max_children_per_line (self->box, 3);
  gtk_flow_box_set_row_spacing (self->box, 12);
  gtk_flow_box_set_column_spacing (self->box, 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Figures"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}

GtkWidget *
crm_week_figures_new (void)
{
  return g_object_new (CRM_TYPE_WEEK_FIGURES, NULL);
}

void
crm_week_figures_set_report (CrmWeekFigures *self, const CrmReport *report)
{
  const CrmReportFigure *chosen;

  g_return_if_fail (CRM_IS_WEEK_FIGURES (self));
  g_return_if_fail (report != NULL);

  gtk_flow_box_remove_all (self->box);
  for (guint i = 0; i < report->figures->len; i++)
    {
      GtkWidget *child = gtk_flow_box_child_new ();

      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child),
                                    make_button (self, g_ptr_array_index (report->figures, i)));
      gtk_widget_set_focusable (child, FALSE);
      gtk_flow_box_append (self->box, child);
    }

  chosen = self->chosen != NULL ? crm_report_find_figure (report, self->chosen) : NULL;
  if (chosen == NULL || chosen->value == 0)
    g_clear_pointer (&self->chosen, g_free);
  update_buttons (self);
}

const char *
crm_week_figures_get_chosen (CrmWeekFigures *self)
{
  g_return_val_if_fail (CRM_IS_WEEK_FIGURES (self), NULL);

  return self->chosen;
}
