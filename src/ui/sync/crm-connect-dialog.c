#include "ui/sync/crm-connect-dialog.h"

#include "sync/crm-sync-look.h"
#include "ui/sync/crm-sync-words.h"

#include <glib/gi18n-lib.h>

struct _CrmConnectDialog
{
  AdwDialog parent_instance;

  CrmSync *sync;
  GCancellable *cancellable;
  char *server; /* nullable: not known to be one yet */
  char *name;   /* of the company */
  gboolean busy;

  GtkLabel *company;
  GtkWidget *intro;
  GtkWidget *address_row;
  GtkWidget *user_row;
  GtkWidget *password_row;
  GtkWidget *device_row;
  GtkWidget *problem;
  GtkLabel *problem_title;
  GtkLabel *problem_text;
  GtkButton *next_button;
  GtkWidget *busy_box;
};

G_DEFINE_FINAL_TYPE (CrmConnectDialog, crm_connect_dialog, ADW_TYPE_DIALOG)

enum
{
  CONNECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static gboolean
is_filled (GtkWidget *row)
{
  return get_text (row)[0] != '\0';
}

static void
update (CrmConnectDialog *self)
{
  gboolean login = self->server != NULL;
  gboolean filled = login ? is_filled (self->user_row) && is_filled (self->password_row)
                          : is_filled (self->address_row);
  GtkWidget *const rows[] = { self->user_row, self->password_row, self->device_row };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_visible (rows[i], login);
  gtk_widget_set_visible (self->intro, !login);
  gtk_widget_set_visible (GTK_WIDGET (self->company), login);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), filled);
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), !self->busy);
  gtk_widget_set_visible (self->busy_box, self->busy);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_editable_set_editable (GTK_EDITABLE (rows[i]), !self->busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->address_row), !self->busy);
  gtk_button_set_label (self->next_button, login ? _("C_onnect") : _("_Continue"));
}

static void
set_busy (CrmConnectDialog *self, gboolean busy)
{
  self->busy = busy;
  if (busy)
    gtk_widget_set_visible (self->problem, FALSE);
  update (self);
}

static void
show_problem (CrmConnectDialog *self, const GError *error)
{
  CrmSyncState state;
  gboolean known = crm_sync_error_get_state (error, &state);

  g_message ("The server: %s", error->message);
  gtk_label_set_text (self->problem_title,
                      known ? crm_sync_words_get_title (state)
                            : g_error_matches (error, CRM_SYNC_ERROR, CRM_SYNC_ERROR_ADDRESS)
                          ? _("Not an Address")
                          : _("Not Connected"));
  gtk_label_set_text (self->problem_text, crm_sync_words_get_error (error));
  gtk_widget_set_visible (self->problem, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           gtk_label_get_text (self->problem_text),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* The dialog closed in the meantime. */
static gboolean
is_gone (CrmConnectDialog *self, const GError *error)
{
  return self->sync == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmConnectDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *server = crm_sync_look_finish (result, &name, &error);

  if (is_gone (self, error))
    return;
  if (server == NULL)
    {
      set_busy (self, FALSE);
      show_problem (self, error);
      gtk_widget_grab_focus (self->address_row);
      return;
    }

  self->name = g_steal_pointer (&name);
  gtk_label_set_text (self->company, self->name);
  gtk_editable_set_text (GTK_EDITABLE (self->address_row), server);
  self->server = g_steal_pointer (&server);
  set_busy (self, FALSE);
  gtk_widget_grab_focus (is_filled (self->user_row) ? self->password_row : self->user_row);
}

static void
logged_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmConnectDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = crm_sync_login_finish (CRM_SYNC (source), result, &error);

  if (is_gone (self, error))
    return;
  if (!done)
    {
      set_busy (self, FALSE);
      show_problem (self, error);
      gtk_widget_grab_focus (self->password_row);
      return;
    }

  g_signal_emit (self, signals[CONNECTED], 0, self->name);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
next_cb (CrmConnectDialog *self)
{
  if (self->busy || !gtk_widget_get_sensitive (GTK_WIDGET (self->next_button)))
    return;

  set_busy (self, TRUE);
  if (self->server == NULL)
    {
      crm_sync_look_async (get_text (self->address_row),
                           FALSE,
                           self->cancellable,
                           looked_cb,
                           g_object_ref (self));
      return;
    }

  crm_sync_set_device (self->sync, get_text (self->device_row));
  crm_sync_login_async (self->sync,
                        self->server,
                        get_text (self->user_row),
                        get_text (self->password_row),
                        self->cancellable,
                        logged_in_cb,
                        g_object_ref (self));
}

/* The server may take its time, or never answer; what was typed stays. */
static void
cancel_cb (CrmConnectDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_busy (self, FALSE);
  gtk_widget_grab_focus (self->server != NULL ? self->password_row : self->address_row);
}

/* Another address is another server: it has to say who it is first. */
static void
edited_cb (CrmConnectDialog *self, GtkWidget *row)
{
  if (row == self->address_row && self->server != NULL && !self->busy)
    {
      g_clear_pointer (&self->server, g_free);
      g_clear_pointer (&self->name, g_free);
    }
  gtk_widget_set_visible (self->problem, FALSE);
  update (self);
}

static void
let_go (CrmConnectDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->password_row != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  g_clear_object (&self->sync);
}

static void
crm_connect_dialog_closed (AdwDialog *dialog)
{
  let_go (CRM_CONNECT_DIALOG (dialog));
}

static void
crm_connect_dialog_dispose (GObject *object)
{
  CrmConnectDialog *self = CRM_CONNECT_DIALOG (object);

  let_go (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_CONNECT_DIALOG);

  G_OBJECT_CLASS (crm_connect_dialog_parent_class)->dispose (object);
}

static void
crm_connect_dialog_finalize (GObject *object)
{
  CrmConnectDialog *self = CRM_CONNECT_DIALOG (object);

  g_object_unref (self->cancellable);
  g_free (self->server);
  g_free (self->name);

  G_OBJECT_CLASS (crm_connect_dialog_parent_class)->finalize (object);
}

static void
crm_connect_dialog_class_init (CrmConnectDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_connect_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_connect_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = crm_connect_dialog_closed;

  signals[CONNECTED] = g_signal_new ("connected",
                                     G_TYPE_FROM_CLASS (klass),
                                     G_SIGNAL_RUN_LAST,
                                     0,
                                     NULL,
                                     NULL,
                                     NULL,
                                     G_TYPE_NONE,
                                     1,
                                     G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/sync/crm-connect-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmConnectDialog, company);
  gtk_widget_class_bind_template_child (widget_class, CrmConnectDialog, intro);
  gtk_widget_class_bind_template_child (widget_class, CrmConnectDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, CrmConnectDialog, user_row);
  gtk_widget_class_bind_template_child (widget_class, CrmConnectDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, CrmConnectDialog, device_row);
  gtk_widget_class_bind_template_child (widget_class, CrmConnectDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, CrmConnectDialog, problem_title);
  gtk_widget_class_bind_template_child (widget_class, CrmConnectDialog, problem_text);
  gtk_widget_class_bind_template_child (widget_class, CrmConnectDialog, next_button);
  gtk_widget_class_bind_template_child (widget_class, CrmConnectDialog, busy_box);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
crm_connect_dialog_init (CrmConnectDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
crm_connect_dialog_new (CrmSync *sync)
{
  CrmConnectDialog *self;
  const char *server;
  const char *user;

  g_return_val_if_fail (CRM_IS_SYNC (sync), NULL);

  self = g_object_new (CRM_TYPE_CONNECT_DIALOG, NULL);
  self->sync = g_object_ref (sync);
  server = crm_sync_get_server (sync);
  user = crm_sync_get_user (sync);
  gtk_editable_set_text (GTK_EDITABLE (self->device_row), g_get_host_name ());
  if (user != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->user_row), user);
  if (server != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->address_row), server);
  update (self);

  return ADW_DIALOG (self);
}
