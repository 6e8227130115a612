#include "ui/relations/crm-selection-bar.h"

#include "ui/import/crm-export-dialog.h"
#include "ui/relations/crm-tag-popover.h"
#include "ui/tags/crm-tag-work.h"
#include "ui/widgets/crm-mass-delete.h"
#include "ui/widgets/crm-progress-dialog.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

struct _CrmSelectionBar
{
  GtkWidget parent_instance;

  CrmStore *store;
  CrmPick *pick;
  guint n;
  GCancellable *cancellable;

  GtkWidget *bar;
  GtkLabel *count_label;
  GtkMenuButton *tag_button;
};

G_DEFINE_FINAL_TYPE (CrmSelectionBar, crm_selection_bar, GTK_TYPE_WIDGET)

/* What goes to the worker, and what comes back from it. */
typedef struct
{
  CrmPick *pick;
  char *tag; /* nullable: delete */
  gboolean remove;
  CrmProgress *progress;
} Job;

typedef struct
{
  char *group;
  guint n_changed;
} Outcome;

static void
job_free (gpointer data)
{
  Job *job = data;

  crm_pick_free (job->pick);
  g_free (job->tag);
  g_object_unref (job->progress);
  g_free (job);
}

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  g_free (outcome->group);
  g_free (outcome);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, outcome_free)

static gpointer
change_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (Outcome) outcome = g_new0 (Outcome, 1);

  if (job->tag != NULL)
    outcome->group = crm_pick_tag (job->pick,
                                   replica,
                                   job->tag,
                                   job->remove,
                                   job->progress,
                                   &outcome->n_changed,
                                   cancellable,
                                   error);
  else
    outcome->group = crm_pick_delete (job->pick,
                                      replica,
                                      job->progress,
                                      &outcome->n_changed,
                                      cancellable,
                                      error);

  return outcome->group != NULL ? g_steal_pointer (&outcome) : NULL;
}

/* From asking until the toast. */
typedef struct
{
  CrmSelectionBar *self;
  CrmProgressDialog *dialog;
  char *tag; /* nullable: delete */
  gboolean remove;
} Asked;

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->self);
  g_object_unref (asked->dialog);
  g_free (asked->tag);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static char *
dup_done_text (Asked *asked, guint n)
{
  if (asked->tag == NULL)
    return g_strdup_printf (ngettext ("%'u relation deleted", "%'u relations deleted", n), n);
  if (asked->remove)
    /* Translators: %1$s is a tag, %2$u a number of relations */
    return g_strdup_printf (ngettext ("“%1$s” taken from %2$'u relation",
                                      "“%1$s” taken from %2$'u relations",
                                      n),
                            asked->tag,
                            n);

  /* Translators: %1$s is a tag, %2$u a number of relations */
  return g_strdup_printf (ngettext ("“%1$s” given to %2$'u relation",
                                    "“%1$s” given to %2$'u relations",
                                    n),
                          asked->tag,
                          n);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  g_autoptr (Outcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  outcome = crm_store_run_finish (CRM_STORE (source), result, &error);
  crm_progress_dialog_done (asked->dialog);
  if (gtk_widget_get_root (GTK_WIDGET (asked->self)) == NULL)
    return;

  if (outcome == NULL)
    {
      crm_toast_show_error (GTK_WIDGET (asked->self),
                            asked->tag != NULL
                            ? _("The tag could not be changed; nothing was changed")
                            : _("They could not be deleted; nothing was changed"), error);
      return;
    }

  text = dup_done_text (asked, outcome->n_changed);
  crm_toast_show_undo (GTK_WIDGET (asked->self),
                       text,
                       asked->self->store,
                       outcome->n_changed > 0 ? outcome->group : NULL);
  if (asked->tag == NULL)
    gtk_widget_activate_action (GTK_WIDGET (asked->self), "relations.unselect", NULL);
}

static void
start_change (CrmSelectionBar *self, const char *tag, gboolean remove)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CrmProgress) progress = crm_progress_new ();
  Asked *asked = g_new0 (Asked, 1);
  Job *job = g_new0 (Job, 1);

  asked->self = g_object_ref (self);
  asked->tag = g_strdup (tag);
  asked->remove = remove;
  asked->dialog = g_object_ref_sink (crm_progress_dialog_new (tag != NULL ? _("Tagging")
                                                                          : _("Deleting"),
                                                                              progress,
                                                                              cancellable));

  job->pick = crm_pick_copy (self->pick);
  job->tag = g_strdup (tag);
  job->remove = remove;
  job->progress = g_object_ref (progress);

  crm_progress_dialog_present_late (asked->dialog, GTK_WIDGET (self));
  crm_store_run_async (self->store,
                       CRM_STORE_BULK,
                       change_on_worker,
                       job,
                       job_free,
                       outcome_free,
                       cancellable,
                       changed_cb,
                       asked);
}

static void
sure_cb (CrmSelectionBar *self, const char *response)
{
  if (g_str_equal (response, "delete") && self->pick != NULL)
    start_change (self, NULL, FALSE);
}

/* Undo is enough for a few; so many the server takes for a mistake, unless somebody was asked. */
static void
delete_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmSelectionBar *self = CRM_SELECTION_BAR (widget);
  AdwAlertDialog *alert;

  if (self->pick == NULL)
    return;
  if (self->n <= CRM_MASS_DELETE)
    {
      start_change (self, NULL, FALSE);
      return;
    }
  alert = crm_mass_delete_alert_new (self->n);
  g_signal_connect_object (alert, "response", G_CALLBACK (sure_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (alert), widget);
}

static void
tag_cb (CrmSelectionBar *self, const char *tag, gboolean remove)
{
  if (self->pick != NULL)
    start_change (self, tag, remove);
}

static gpointer
load_ids_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_pick_load_ids (data, replica, cancellable, error);
}

static void
free_pick (gpointer data)
{
  crm_pick_free (data);
}

static void
free_ids (gpointer data)
{
  g_strfreev (data);
}

static void
ids_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSelectionBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = crm_store_run_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (ids == NULL)
    crm_toast_show_error (GTK_WIDGET (self), _("The selection could not be read"), error);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.make-letters", "^as", ids);
}

static void
load_ids (CrmSelectionBar *self, GAsyncReadyCallback callback)
{
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       load_ids_on_worker,
                       crm_pick_copy (self->pick),
                       free_pick,
                       free_ids,
                       self->cancellable,
                       callback,
                       g_object_ref (self));
}

static void
letter_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmSelectionBar *self = CRM_SELECTION_BAR (widget);

  if (self->pick != NULL)
    load_ids (self, ids_loaded_cb);
}

static void
export_ids_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmSelectionBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = crm_store_run_finish (CRM_STORE (source), result, &error);
  g_autoptr (CrmQuery) query = NULL;
  CrmExportDialog *dialog;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (ids == NULL)
    {
      crm_toast_show_error (GTK_WIDGET (self), _("The selection could not be read"), error);
      return;
    }
  query = crm_query_new ("relation");
  dialog = crm_export_dialog_new (self->store, query);
  crm_export_dialog_set_ids (dialog, (const char *const *) ids);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
export_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmSelectionBar *self = CRM_SELECTION_BAR (widget);

  if (self->pick != NULL)
    load_ids (self, export_ids_cb);
}

static gpointer
load_tags_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) tags = crm_tag_work_list (replica, cancellable, error);
  GStrvBuilder *names;

  if (tags == NULL)
    return NULL;
  names = g_strv_builder_new ();
  for (guint i = 0; i < tags->len; i++)
    g_strv_builder_add (names, crm_tag_get_name (tags->pdata[i]));

  return g_strv_builder_unref_to_strv (names);
}

static void
tags_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmTagPopover) popover = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) tags = crm_store_run_finish (CRM_STORE (source), result, &error);

  /* Without the list a tag can still be typed. */
  if (tags != NULL)
    crm_tag_popover_set_known (popover, (const char *const *) tags);
  else
    g_message ("The known tags could not be read: %s", error->message);
}

static void
popover_mapped_cb (CrmSelectionBar *self, GtkWidget *popover)
{
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       load_tags_on_worker,
                       NULL,
                       NULL,
                       free_ids,
                       self->cancellable,
                       tags_loaded_cb,
                       g_object_ref (popover));
}

static void
crm_selection_bar_dispose (GObject *object)
{
  CrmSelectionBar *self = CRM_SELECTION_BAR (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_SELECTION_BAR);
  g_clear_pointer (&self->pick, crm_pick_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_selection_bar_parent_class)->dispose (object);
}

static void
crm_selection_bar_class_init (CrmSelectionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_selection_bar_dispose;

  gtk_widget_class_install_action (widget_class, "selection.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "selection.letter", NULL, letter_action);
  gtk_widget_class_install_action (widget_class, "selection.export", NULL, export_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/relations/"
                                               "crm-selection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmSelectionBar, bar);
  gtk_widget_class_bind_template_child (widget_class, CrmSelectionBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, CrmSelectionBar, tag_button);
}

static void
crm_selection_bar_init (CrmSelectionBar *self)
{
  GtkWidget *popover = crm_tag_popover_new ();

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (popover, "tag", G_CALLBACK (tag_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "map", G_CALLBACK (popover_mapped_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (self->tag_button, popover);
}

GtkWidget *
crm_selection_bar_new (CrmStore *store)
{
  CrmSelectionBar *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_SELECTION_BAR, NULL);
  self->store = g_object_ref (store);

  return GTK_WIDGET (self);
}

void
crm_selection_bar_set_pick (CrmSelectionBar *self, CrmPick *pick, guint n)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CRM_IS_SELECTION_BAR (self));

  g_clear_pointer (&self->pick, crm_pick_free);
  self->pick = pick;
  self->n = n;
  text = g_strdup_printf (ngettext ("%'u selected", "%'u selected", n), n);
  gtk_label_set_text (self->count_label, text);
}
