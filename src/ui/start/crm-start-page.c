#include "ui/start/crm-start-page.h"

#include "store/demo/crm-demo.h"
#include "ui/start/crm-recovery-dialog.h"
#include "ui/widgets/crm-progress-dialog.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

#define N_DEMO 1000

struct _CrmStartPage
{
  AdwBin parent_instance;

  CrmStore *store;
  CrmProgressDialog *progress; /* nullable: nothing is being made */

  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (CrmStartPage, crm_start_page, ADW_TYPE_BIN)

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
done (CrmStartPage *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

static gpointer
make_demo_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  if (!crm_demo_fill (replica, N_DEMO, data, cancellable, error))
    return NULL;

  return g_strdup ("");
}

static void
demo_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmStartPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *made = crm_store_run_finish (CRM_STORE (source), result, &error);

  crm_progress_dialog_done (self->progress);
  g_clear_object (&self->progress);
  /* The window closed in the meantime. */
  if (self->list == NULL)
    return;
  gtk_widget_set_sensitive (self->list, TRUE);
  if (made != NULL)
    done (self);
  else
    crm_toast_show_error (GTK_WIDGET (self),
                          _("The demo company could not be made; nothing was kept"), error);
}

static void
demo_cb (CrmStartPage *self)
{
  g_autoptr (CrmProgress) progress = crm_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  self->progress = g_object_ref_sink (crm_progress_dialog_new (_("Making the Demo Company"),
                                                                 progress,
                                                                 cancellable));
  crm_progress_dialog_present_late (self->progress, GTK_WIDGET (self));
  gtk_widget_set_sensitive (self->list, FALSE);
  crm_store_run_async (self->store,
                       CRM_STORE_BULK,
                       make_demo_on_worker,
                       g_object_ref (progress),
                       g_object_unref,
                       g_free,
                       cancellable,
                       demo_made_cb,
                       g_object_ref (self));
}

static void
import_cb (CrmStartPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.import", NULL);
}

static void
connect_cb (CrmStartPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sync.connect", NULL);
}

static void
empty_cb (CrmStartPage *self)
{
  done (self);
}

static void
recovery_cb (CrmStartPage *self)
{
  adw_dialog_present (crm_recovery_dialog_new (self->store), GTK_WIDGET (self));
}

/* An import that was started here, or another program, brought relations: the greeting is over. */
static void
store_changed_cb (CrmStartPage *self, CrmStoreChange *change)
{
  CrmModel *model = crm_store_get_model (self->store);

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (model, i);

      if (self->progress == NULL && crm_kind_is_relation (kind) &&
          (change->kinds & (1u << crm_kind_get_number (kind))) != 0)
        {
          done (self);
          return;
        }
    }
}

static void
crm_start_page_dispose (GObject *object)
{
  CrmStartPage *self = CRM_START_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_START_PAGE);
  g_clear_object (&self->progress);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_start_page_parent_class)->dispose (object);
}

static void
crm_start_page_class_init (CrmStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_start_page_dispose;

  signals[DONE] = g_signal_new ("done",
                                G_TYPE_FROM_CLASS (klass),
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/start/crm-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmStartPage, list);
  gtk_widget_class_bind_template_callback (widget_class, demo_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
  gtk_widget_class_bind_template_callback (widget_class, empty_cb);
  gtk_widget_class_bind_template_callback (widget_class, recovery_cb);
}

static void
crm_start_page_init (CrmStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_start_page_new (CrmStore *store)
{
  CrmStartPage *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_START_PAGE, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store,
                           "changed",
                           G_CALLBACK (store_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
