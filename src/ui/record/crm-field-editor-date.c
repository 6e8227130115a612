#include "base/crm-text.h"
#include "model/crm-value.h"
#include "ui/record/crm-field-editors-private.h"
#include "ui/record/crm-natural-date.h"
#include "ui/record/crm-when.h"

#include <glib/gi18n-lib.h>

/* A date or a moment, typed in any form or picked from a calendar. */
struct _CrmFieldEditorDate
{
  CrmFieldEditor parent_instance;

  GtkWidget *entry; /* the row, owned by the parent class */
  GtkCalendar *calendar;
  GtkMenuButton *button;
};

G_DEFINE_FINAL_TYPE (CrmFieldEditorDate, crm_field_editor_date, CRM_TYPE_FIELD_EDITOR)

static GDateTime *
read_input (CrmFieldEditorDate *self, const char *input)
{
  const CrmField *field = crm_field_editor_get_field (CRM_FIELD_EDITOR (self));
  g_autoptr (GDateTime) now = crm_when_now ();
  GDateTime *moment = crm_natural_date_parse (input, now, NULL);
  g_autofree char *value = NULL;

  if (moment != NULL)
    return moment;

  value = crm_value_parse (field, input, NULL);

  return crm_when_parse (value, NULL);
}

static char *
parse (CrmFieldEditor *editor, const char *input, GError **error)
{
  CrmFieldEditorDate *self = CRM_FIELD_EDITOR_DATE (editor);
  const CrmField *field = crm_field_editor_get_field (editor);
  g_autoptr (GDateTime) moment = NULL;

  if (crm_text_is_empty (input))
    return NULL;
  if ((moment = read_input (self, input)) != NULL)
    return field->type == CRM_FIELD_DATE ? crm_when_to_date (moment) : crm_when_to_time (moment);

  /* Says what is wrong. */
  return crm_value_parse (field, input, error);
}

static void
show (CrmFieldEditor *editor, const char *value)
{
  CrmFieldEditorDate *self = CRM_FIELD_EDITOR_DATE (editor);
  g_autofree char *shown = crm_when_dup_full (value);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), shown != NULL ? shown : "");
}

static char *
dup_input (CrmFieldEditor *editor)
{
  CrmFieldEditorDate *self = CRM_FIELD_EDITOR_DATE (editor);

  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

/* Keeps the time of day that was typed. */
static void
picked_cb (CrmFieldEditorDate *self)
{
  const CrmField *field = crm_field_editor_get_field (CRM_FIELD_EDITOR (self));
  const char *input = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GDateTime) known = read_input (self, input);
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) moment = NULL;
  g_autofree char *value = NULL;

  moment = g_date_time_new_local (g_date_time_get_year (day),
                                  g_date_time_get_month (day),
                                  g_date_time_get_day_of_month (day),
                                  known != NULL ? g_date_time_get_hour (known) : 0,
                                  known != NULL ? g_date_time_get_minute (known) : 0,
                                  0);
  value = field->type == CRM_FIELD_DATE ? crm_when_to_date (moment) : crm_when_to_time (moment);
  show (CRM_FIELD_EDITOR (self), value);
  gtk_menu_button_popdown (self->button);
}

/* The calendar opens at the date that stands in the entry. */
static void
popover_shown_cb (CrmFieldEditorDate *self)
{
  const char *input = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GDateTime) moment = read_input (self, input);

  if (moment == NULL)
    moment = crm_when_now ();
  g_signal_handlers_block_by_func (self->calendar, picked_cb, self);
  gtk_calendar_select_day (self->calendar, moment);
  g_signal_handlers_unblock_by_func (self->calendar, picked_cb, self);
}

static void
add_calendar (CrmFieldEditorDate *self, const CrmField *field)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *tooltip = g_strdup_printf (_("Calendar for %s"), crm_field_get_label (field));

  self->calendar = GTK_CALENDAR (calendar);
  self->button = GTK_MENU_BUTTON (button);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  g_signal_connect_object (popover, "show", G_CALLBACK (popover_shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (calendar,
                           "day-selected",
                           G_CALLBACK (picked_cb),
                           self,
                           G_CONNECT_SWAPPED);

  gtk_menu_button_set_icon_name (self->button, "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (self->button, popover);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip,
                                  -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->entry), button);
}

static GtkWidget *
make_row (CrmFieldEditor *editor)
{
  CrmFieldEditorDate *self = CRM_FIELD_EDITOR_DATE (editor);
  const CrmField *field = crm_field_editor_get_field (editor);

  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), crm_field_get_label (field));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (self->entry), TRUE);
  add_calendar (self, field);
  g_signal_connect_object (self->entry,
                           "changed",
                           G_CALLBACK (crm_field_editor_edited),
                           self,
                           G_CONNECT_SWAPPED);

  return self->entry;
}

static void
crm_field_editor_date_class_init (CrmFieldEditorDateClass *klass)
{
  CrmFieldEditorClass *editor_class = CRM_FIELD_EDITOR_CLASS (klass);

  editor_class->make_row = make_row;
  editor_class->show = show;
  editor_class->dup_input = dup_input;
  editor_class->parse = parse;
}

static void
crm_field_editor_date_init (CrmFieldEditorDate *self)
{
}
