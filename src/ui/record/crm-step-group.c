#include "ui/record/crm-step-group.h"

#include "ui/record/crm-record-words.h"
#include "ui/record/crm-when.h"

#include <glib/gi18n-lib.h>

struct _CrmStepGroup
{
  AdwPreferencesGroup parent_instance;

  GtkListBox *list;
  GPtrArray *steps; /* element-type CrmRecord */
  gint64 n_steps;
};

G_DEFINE_FINAL_TYPE (CrmStepGroup, crm_step_group, ADW_TYPE_PREFERENCES_GROUP)

static void
toggled_cb (GtkCheckButton *button, gpointer user_data)
{
  const char *id = g_object_get_data (G_OBJECT (button), "crm-id");

  if (gtk_check_button_get_active (button))
    gtk_widget_activate_action (GTK_WIDGET (button), "activity.done", "s", id);
}

static GtkWidget *
make_check (CrmRecord *step, const char *title)
{
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *tooltip = NULL;

  /* Translators: ticks off a task: "Done: Call back" */
  tooltip = g_strdup_printf (_("Done: %s"), title);
  gtk_widget_add_css_class (check, "selection-mode");
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (check, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip,
                                  -1);
  g_object_set_data_full (G_OBJECT (check), "crm-id", g_strdup (crm_record_get_id (step)), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), NULL);

  return check;
}

static void
add_choice (GMenu *menu, const char *label, const char *id, const char *when)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "activity.postpone", "(ss)", id, when);
  g_menu_append_item (menu, item);
}

static GtkWidget *
make_postpone (CrmRecord *step)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  const char *id = crm_record_get_id (step);

  add_choice (menu, _("Tomorrow"), id, "tomorrow");
  add_choice (menu, _("In Three Days"), id, "in 3 days");
  add_choice (menu, _("Next Week"), id, "in 1 week");
  add_choice (menu, _("Next Month"), id, "in 1 month");

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "alarm-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Put Off"));

  return button;
}

static char *
dup_when (CrmRecord *step, gboolean *overdue)
{
  g_autoptr (GDateTime) now = crm_when_now ();
  gboolean has_time;
  g_autoptr (GDateTime) due = crm_when_parse (crm_record_get (step, "due"), &has_time);

  *overdue = FALSE;
  if (due == NULL)
    return g_strdup (_("No day set"));

  *overdue = has_time ? g_date_time_compare (due, now) < 0 : crm_when_days_until (due, now) < 0;

  return crm_when_dup_short (due, has_time, now);
}

static GtkWidget *
make_row (CrmRecord *step)
{
  GtkWidget *row = adw_action_row_new ();
  const CrmField *type = crm_kind_find_field (crm_record_get_kind (step), "type");
  const char *kind = crm_field_get_choice_label (type, crm_record_get (step, "type"));
  const char *subject = crm_record_get (step, "subject");
  const char *owner = crm_record_get (step, "owner");
  g_autofree char *when = NULL;
  g_autofree char *subtitle = NULL;
  gboolean overdue;

  when = dup_when (step, &overdue);
  subtitle = g_strjoin (" · ",
                        when,
                        subject != NULL ? kind : owner,
                        subject != NULL ? owner : NULL,
                        NULL);
  if (subject == NULL)
    subject = kind;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), subject);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (overdue)
    gtk_widget_add_css_class (row, "crm-overdue");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_check (step, subject));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_postpone (step));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", crm_record_get_id (step));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "activity.edit");

  return row;
}

static void
add_plan_row (CrmStepGroup *self)
{
  GtkWidget *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Plan a Next Step"));
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (row), "list-add-symbolic");
  gtk_widget_add_css_class (row, "crm-missing");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "relation.plan");
  gtk_list_box_append (self->list, row);
}

static void
crm_step_group_finalize (GObject *object)
{
  g_clear_pointer (&CRM_STEP_GROUP (object)->steps, g_ptr_array_unref);

  G_OBJECT_CLASS (crm_step_group_parent_class)->finalize (object);
}

static void
crm_step_group_class_init (CrmStepGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_step_group_finalize;
}

static void
crm_step_group_init (CrmStepGroup *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Next Step"), -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Next Step"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), list);
}

CrmStepGroup *
crm_step_group_new (void)
{
  return g_object_new (CRM_TYPE_STEP_GROUP, NULL);
}

static gboolean
is_same (CrmStepGroup *self, GPtrArray *steps, gint64 n_steps)
{
  if (self->steps == NULL || self->n_steps != n_steps || self->steps->len != steps->len)
    return FALSE;

  for (guint i = 0; i < steps->len; i++)
    if (!crm_record_equal (g_ptr_array_index (self->steps, i), g_ptr_array_index (steps, i)))
      return FALSE;

  return TRUE;
}

void
crm_step_group_set_steps (CrmStepGroup *self, GPtrArray *steps, gint64 n_steps)
{
  g_return_if_fail (CRM_IS_STEP_GROUP (self));
  g_return_if_fail (steps != NULL);

  if (is_same (self, steps, n_steps))
    return;

  g_clear_pointer (&self->steps, g_ptr_array_unref);
  self->steps = g_ptr_array_ref (steps);
  self->n_steps = n_steps;
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < steps->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (steps, i)));
  if (steps->len == 0)
    add_plan_row (self);

  if (n_steps > (gint64) steps->len)
    {
      g_autofree char *more = NULL;

      more = g_strdup_printf (ngettext ("%d more planned",
                                        "%d more planned",
                                        (gulong) (n_steps - steps->len)),
                              (int) (n_steps - steps->len));
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), more);
    }
  else
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), NULL);
}
