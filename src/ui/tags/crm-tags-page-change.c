#include "ui/tags/crm-tags-page-private.h"

#include "ui/widgets/crm-progress-dialog.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

/* What goes to the worker, and what comes back from it. */
typedef struct
{
  CrmTagChange *change;
  CrmProgress *progress;
} Job;

typedef struct
{
  char *group;
  guint n_relations;
} Outcome;

static void
job_free (Job *job)
{
  crm_tag_change_free (job->change);
  g_object_unref (job->progress);
  g_free (job);
}

static void
outcome_free (Outcome *outcome)
{
  g_free (outcome->group);
  g_free (outcome);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outcome, outcome_free)

static gpointer
change_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (Outcome) outcome = g_new0 (Outcome, 1);

  outcome->group = crm_tag_work_change (replica,
                                        job->change,
                                        job->progress,
                                        &outcome->n_relations,
                                        cancellable,
                                        error);

  return outcome->group != NULL ? g_steal_pointer (&outcome) : NULL;
}

/* From asking until the toast. */
typedef struct
{
  CrmTagsPage *page;
  CrmStore *store;
  CrmTagChange *change;
  CrmProgressDialog *dialog;
} Asked;

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->page);
  g_object_unref (asked->store);
  crm_tag_change_free (asked->change);
  g_object_unref (asked->dialog);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static char *
dup_renamed_text (const CrmTagChange *change, guint n)
{
  if (n == 0)
    /* Translators: %1$s and %2$s are tags */
    return g_strdup_printf (_("“%1$s” is now “%2$s”"), change->from, change->to);

  /* Translators: %1$s and %2$s are tags, %3$u is a number of relations */
  return g_strdup_printf (ngettext ("“%1$s” is now “%2$s” at %3$'u relation",
                                    "“%1$s” is now “%2$s” at %3$'u relations",
                                    n),
                          change->from,
                          change->to,
                          n);
}

static char *
dup_done_text (const CrmTagChange *change, guint n)
{
  if (change->from == NULL)
    /* Translators: %s is a tag */
    return g_strdup_printf (_("“%s” created"), change->to);
  if (change->to != NULL && g_str_equal (change->from, change->to))
    /* Translators: %s is a tag */
    return g_strdup_printf (_("“%s” explained"), change->to);
  if (change->to != NULL)
    return dup_renamed_text (change, n);
  if (n == 0)
    /* Translators: %s is a tag */
    return g_strdup_printf (_("“%s” deleted"), change->from);

  /* Translators: %1$s is a tag, %2$u a number of relations */
  return g_strdup_printf (ngettext ("“%1$s” deleted and taken from %2$'u relation",
                                    "“%1$s” deleted and taken from %2$'u relations",
                                    n),
                          change->from,
                          n);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Outcome) outcome = crm_store_run_finish (CRM_STORE (source), result, &error);
  g_autofree char *text = NULL;

  crm_progress_dialog_done (asked->dialog);
  if (gtk_widget_get_root (GTK_WIDGET (asked->page)) == NULL)
    return;
  if (outcome == NULL)
    {
      crm_toast_show_error (GTK_WIDGET (asked->page),
                            _("The tag could not be changed; nothing was changed"), error);
      return;
    }

  text = dup_done_text (asked->change, outcome->n_relations);
  crm_toast_show_undo (GTK_WIDGET (asked->page), text, asked->store, outcome->group);
}

void
crm_tags_page_change (CrmTagsPage *self, CrmStore *store, const CrmTagChange *change)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CrmProgress) progress = crm_progress_new ();
  Asked *asked = g_new0 (Asked, 1);
  Job *job = g_new0 (Job, 1);

  asked->page = g_object_ref (self);
  asked->store = g_object_ref (store);
  asked->change = crm_tag_change_copy (change);
  asked->dialog = g_object_ref_sink (crm_progress_dialog_new (change->to != NULL ? _("Tagging")
                                                                                 : _("Deleting"),
                                                                                     progress,
                                                                                     cancellable));
  job->change = crm_tag_change_copy (change);
  job->progress = g_object_ref (progress);

  crm_progress_dialog_present_late (asked->dialog, GTK_WIDGET (self));
  crm_store_run_async (store,
                       CRM_STORE_BULK,
                       change_on_worker,
                       job,
                       (GDestroyNotify) job_free,
                       (GDestroyNotify) outcome_free,
                       cancellable,
                       changed_cb,
                       asked);
}
