#include "ui/sync/crm-inbox-page-private.h"

#include "ui/record/crm-compare-dialog.h"
#include "ui/sync/crm-conflict-words.h"
#include "ui/sync/crm-inbox-work.h"
#include "ui/sync/crm-write-dialog.h"
#include "ui/widgets/crm-mass-delete.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmInboxPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *set = NULL;

  if (crm_inbox_page_get_store (self) == NULL)
    return;
  if (!crm_inbox_work_finish (CRM_STORE (source), result, &text, &set, &error))
    {
      crm_toast_show_error (GTK_WIDGET (self), crm_conflict_words_get_error (error), error);
      crm_inbox_page_load (self);
      return;
    }
  crm_toast_show_undo (GTK_WIDGET (self), text, crm_inbox_page_get_store (self), set);
  /* What is known only here tells no other window. */
  crm_inbox_page_load (self);
}

static void
decide (CrmInboxPage *self, const char *const *ids, CrmConflictChoice choice, const char *value)
{
  if (ids[0] != NULL)
    crm_inbox_work_decide_async (crm_inbox_page_get_store (self),
                                 ids,
                                 choice,
                                 value,
                                 worked_cb,
                                 g_object_ref (self));
}

static CrmConflictChoice
get_choice (const char *action_name)
{
  return g_str_has_suffix (action_name, "mine")     ? CRM_CONFLICT_MINE
         : g_str_has_suffix (action_name, "theirs") ? CRM_CONFLICT_THEIRS
                                                    : CRM_CONFLICT_LEAVE;
}

static void
decide_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  const char *const ids[] = { g_variant_get_string (parameter, NULL), NULL };

  decide (CRM_INBOX_PAGE (widget), ids, get_choice (action_name), NULL);
}

/* @parameter: of an action, its group; NULL: what is selected */
static void
several_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (widget);
  const char *group = parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL;
  g_auto (GStrv) ids = crm_inbox_list_list_ids (crm_inbox_page_get_list (self), group);

  decide (self, (const char *const *) ids, get_choice (action_name), NULL);
}

static void
select_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  crm_inbox_list_select (crm_inbox_page_get_list (CRM_INBOX_PAGE (widget)),
                         g_str_has_suffix (action_name, "all"));
}

static void
written_cb (CrmInboxPage *self, const char *value, AdwDialog *dialog)
{
  const char *const ids[] = { g_object_get_data (G_OBJECT (dialog), "conflict"), NULL };

  if (crm_inbox_page_get_store (self) != NULL)
    decide (self, ids, CRM_CONFLICT_VALUE, value);
}

static void
write_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (widget);
  const CrmConflict *conflict = crm_inbox_list_find (crm_inbox_page_get_list (self),
                                                     g_variant_get_string (parameter, NULL));
  g_autofree char *heading = NULL;
  AdwDialog *dialog;

  if (conflict == NULL || !crm_conflict_words_can_write (conflict))
    return;
  heading = crm_conflict_words_dup_heading (conflict);
  dialog = crm_write_dialog_new (crm_inbox_page_get_store (self),
                                 heading,
                                 conflict->kind,
                                 crm_kind_find_field (conflict->kind, conflict->field),
                                 conflict->mine);
  g_object_set_data_full (G_OBJECT (dialog), "conflict", g_strdup (conflict->id), g_free);
  g_signal_connect_object (dialog, "written", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

/* ---- Refusals ---- */

static void
settle (CrmInboxPage *self, const char *const *ids, gboolean retry)
{
  if (ids[0] != NULL)
    crm_inbox_work_settle_async (crm_inbox_page_get_store (self),
                                 ids,
                                 retry,
                                 worked_cb,
                                 g_object_ref (self));
}

static void
sure_cb (CrmInboxPage *self, const char *response, AdwAlertDialog *alert)
{
  const char *const *ids = g_object_get_data (G_OBJECT (alert), "ids");

  if (g_str_equal (response, "delete") && crm_inbox_page_get_store (self) != NULL)
    settle (self, ids, TRUE);
}

/* The server takes so many for a mistake, until somebody says that they are none. */
static void
ask_delete (CrmInboxPage *self, GStrv ids)
{
  guint n = 0;
  AdwAlertDialog *alert;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const CrmConflict *conflict = crm_inbox_list_find (crm_inbox_page_get_list (self), ids[i]);

      n += conflict != NULL ? conflict->n_records : 0;
    }
  alert = crm_mass_delete_alert_new (n);
  g_object_set_data_full (G_OBJECT (alert), "ids", g_strdupv (ids), (GDestroyNotify) g_strfreev);
  g_signal_connect_object (alert, "response", G_CALLBACK (sure_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (alert), GTK_WIDGET (self));
}

/* @parameter: of a group all that it has, else this one */
static void
refusal_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  g_auto (GStrv) ids = g_str_has_prefix (action_name, "inbox.group")
                           ? crm_inbox_list_list_refusals (crm_inbox_page_get_list (self), id)
                           : g_strdupv ((char *[]) { (char *) id, NULL });
  gboolean retry = g_str_has_suffix (action_name, "retry");
  const CrmConflict *first = ids[0] != NULL
                                 ? crm_inbox_list_find (crm_inbox_page_get_list (self), ids[0])
                                 : NULL;

  if (retry && first != NULL && crm_conflict_words_is_mass_delete (first))
    ask_delete (self, ids);
  else
    settle (self, (const char *const *) ids, retry);
}

/* ---- Doubles ---- */

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmInboxPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) two = crm_inbox_work_get_two_finish (CRM_STORE (source), result, &error);

  if (crm_inbox_page_get_store (self) == NULL)
    return;
  if (two == NULL)
    crm_toast_show_error (GTK_WIDGET (self), _("One of the two is not there any more"), error);
  else
    adw_dialog_present (crm_compare_dialog_new (two->pdata[0], two->pdata[1]), GTK_WIDGET (self));
}

static void
compare_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (widget);
  const CrmConflict *conflict = crm_inbox_list_find (crm_inbox_page_get_list (self),
                                                     g_variant_get_string (parameter, NULL));

  if (conflict != NULL && conflict->record != NULL && conflict->other != NULL)
    crm_inbox_work_get_two_async (crm_inbox_page_get_store (self),
                                  conflict->record,
                                  conflict->other,
                                  compared_cb,
                                  g_object_ref (self));
}

/* ---- All of them ---- */

void
crm_inbox_page_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    const char *parameter;
    GtkWidgetActionActivateFunc func;
  } actions[] = {
    { "inbox.mine", "s", decide_action },
    { "inbox.theirs", "s", decide_action },
    { "inbox.leave", "s", decide_action },
    { "inbox.group-mine", "s", several_action },
    { "inbox.group-theirs", "s", several_action },
    { "inbox.group-retry", "s", refusal_action },
    { "inbox.group-dismiss", "s", refusal_action },
    { "inbox.selected-mine", NULL, several_action },
    { "inbox.selected-theirs", NULL, several_action },
    { "inbox.select-all", NULL, select_action },
    { "inbox.select-none", NULL, select_action },
    { "inbox.write", "s", write_action },
    { "inbox.compare", "s", compare_action },
    { "inbox.retry", "s", refusal_action },
    { "inbox.dismiss", "s", refusal_action },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class,
                                     actions[i].name,
                                     actions[i].parameter,
                                     actions[i].func);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_a,
                                       GDK_CONTROL_MASK,
                                       "inbox.select-all",
                                       NULL);
}
