#include "ui/record/crm-activity-draft.h"
#include "ui/record/crm-natural-date.h"
#include "ui/record/crm-record-dialog.h"
#include "ui/record/crm-relation-page-private.h"
#include "ui/record/crm-when.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

/* The activity as the page shows it, in the next steps or the timeline; NULL when it went
 * meanwhile. */
static CrmRecord *
find_activity (CrmRelationPage *self, const char *id)
{
  CrmRelationData *data = crm_relation_page_get_data (self);
  g_autoptr (GPtrArray) items = NULL;

  for (guint i = 0; data != NULL && i < data->steps->len; i++)
    {
      CrmRecord *step = g_ptr_array_index (data->steps, i);

      if (g_str_equal (crm_record_get_id (step), id))
        return g_object_ref (step);
    }

  items = crm_timeline_view_list_items (crm_relation_page_get_timeline (self));
  for (guint i = 0; i < items->len; i++)
    {
      CrmRecord *activity = crm_timeline_item_get_activity (g_ptr_array_index (items, i));

      if (activity != NULL && g_str_equal (crm_record_get_id (activity), id))
        return g_object_ref (activity);
    }

  return NULL;
}

static void
logged (CrmRelationPage *self)
{
  crm_quick_entry_clear (crm_relation_page_get_quick_entry (self));
}

static const char *
get_logged_text (const char *type)
{
  if (g_str_equal (type, "call"))
    return _("Call logged");
  if (g_str_equal (type, "visit"))
    return _("Visit logged");
  if (g_str_equal (type, "task"))
    return _("Task planned");

  return _("Note kept");
}

void
crm_relation_page_log (CrmRelationPage *self, const char *type, const char *text, GDateTime *when)
{
  CrmRelationData *data = crm_relation_page_get_data (self);
  CrmChangeSet *set;

  if (data == NULL)
    return;

  set = crm_activity_draft_new_set (crm_store_get_model (crm_relation_page_get_store (self)),
                                    data->record,
                                    type,
                                    text,
                                    when,
                                    data->user);
  crm_quick_entry_set_busy (crm_relation_page_get_quick_entry (self), TRUE);
  crm_relation_page_apply (self, set, get_logged_text (type), logged);
}

static void
start (CrmRelationPage *self, const char *type)
{
  CrmQuickEntry *quick = crm_relation_page_get_quick_entry (self);

  if (quick == NULL)
    return;

  crm_relation_page_show_story (self);
  crm_quick_entry_start (quick, type);
}

static void
log_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  start (CRM_RELATION_PAGE (widget), NULL);
}

static void
plan_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  start (CRM_RELATION_PAGE (widget), "task");
}

static void
edit_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRelationPage *self = CRM_RELATION_PAGE (widget);
  g_autoptr (CrmRecord) activity = NULL;
  CrmRecordDialog *dialog;

  activity = find_activity (self, g_variant_get_string (parameter, NULL));
  if (activity == NULL)
    return;

  dialog = crm_record_dialog_new (crm_relation_page_get_store (self),
                                  crm_record_get_kind (activity),
                                  activity);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
delete_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRelationPage *self = CRM_RELATION_PAGE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  g_autoptr (CrmRecord) activity = find_activity (self, id);
  CrmChangeSet *set;

  if (activity == NULL)
    return;

  set = crm_change_set_new ("activity.delete");
  crm_change_set_delete (set, crm_record_get_kind (activity), id);
  crm_relation_page_apply (self, set, _("Activity deleted"), NULL);
}

static void
done_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRelationPage *self = CRM_RELATION_PAGE (widget);
  g_autoptr (CrmRecord) activity = NULL;

  activity = find_activity (self, g_variant_get_string (parameter, NULL));
  if (activity != NULL)
    crm_relation_page_apply (self,
                             crm_activity_draft_done_set (activity,
                                                          crm_relation_page_get_record (self)),
                             _("Done"), NULL);
}

/* From today, at the time of day it had. */
static GDateTime *
put_off (CrmRecord *activity, const char *words)
{
  g_autoptr (GDateTime) now = crm_when_now ();
  g_autoptr (GDateTime) due = crm_when_parse (crm_record_get (activity, "due"), NULL);
  g_autoptr (GDateTime) day = crm_natural_date_parse (words, now, NULL);

  g_return_val_if_fail (day != NULL, NULL);

  return g_date_time_new_local (g_date_time_get_year (day),
                                g_date_time_get_month (day),
                                g_date_time_get_day_of_month (day),
                                due != NULL ? g_date_time_get_hour (due) : 0,
                                due != NULL ? g_date_time_get_minute (due) : 0,
                                0);
}

static void
postpone_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmRelationPage *self = CRM_RELATION_PAGE (widget);
  const char *id;
  const char *words;
  g_autoptr (CrmRecord) activity = NULL;
  g_autoptr (GDateTime) now = crm_when_now ();
  g_autoptr (GDateTime) due = NULL;
  g_autofree char *value = NULL;
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;
  CrmChangeSet *set;

  g_variant_get (parameter, "(&s&s)", &id, &words);
  activity = find_activity (self, id);
  if (activity == NULL || (due = put_off (activity, words)) == NULL)
    return;

  value = crm_when_to_time (due);
  day = crm_when_dup_short (due, FALSE, now);
  /* Translators: a toast: "Put off to Tue 24 Nov" */
  text = g_strdup_printf (_("Put off to %s"), day);
  set = crm_change_set_new ("activity.edit");
  crm_change_set_set (set, crm_record_get_kind (activity), id, "due", value);
  crm_relation_page_apply (self, set, text, NULL);
}

void
crm_relation_page_install_activity_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "relation.log", NULL, log_action);
  gtk_widget_class_install_action (widget_class, "relation.plan", NULL, plan_action);
  gtk_widget_class_install_action (widget_class, "activity.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "activity.delete", "s", delete_action);
  gtk_widget_class_install_action (widget_class, "activity.done", "s", done_action);
  gtk_widget_class_install_action (widget_class, "activity.postpone", "(ss)", postpone_action);
}
