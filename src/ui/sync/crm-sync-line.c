#include "ui/sync/crm-sync-line.h"

#include "ui/sync/crm-sync-words.h"

#include <glib/gi18n-lib.h>

/* "2 min" becomes "3 min". */
#define CLOCK_SECONDS 30

struct _CrmSyncLine
{
  AdwBin parent_instance;

  CrmSync *sync;
  guint clock;

  GtkMenuButton *button;
  GtkImage *icon;
  GtkLabel *label;
  GtkPopover *popover;
  GtkLabel *title;
  GtkLabel *remedy;
  GtkProgressBar *progress;
  GtkGrid *facts;
  GtkWidget *decide;
  GtkButton *connect;
  GtkWidget *again;
  GtkButton *pause;
};

G_DEFINE_FINAL_TYPE (CrmSyncLine, crm_sync_line, ADW_TYPE_BIN)

static void
add_fact (CrmSyncLine *self, int row, const char *name, const char *value)
{
  GtkWidget *left = gtk_label_new (name);
  GtkWidget *right = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_xalign (GTK_LABEL (right), 1);
  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (right), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (right), 22);
  gtk_label_set_selectable (GTK_LABEL (right), FALSE);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_add_css_class (left, "dim-label");
  gtk_widget_add_css_class (right, "numeric");
  gtk_grid_attach (self->facts, left, 0, row, 1, 1);
  gtk_grid_attach (self->facts, right, 1, row, 1, 1);
}

static void
show_facts (CrmSyncLine *self, const CrmSyncPicture *picture)
{
  g_autofree char *ago = crm_sync_words_dup_ago (picture->last_contact);
  g_autofree char *pending = g_strdup_printf ("%'" G_GINT64_FORMAT, picture->pending);
  g_autofree char *parked = g_strdup_printf ("%'" G_GINT64_FORMAT,
                                             crm_sync_get_parked (self->sync));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), picture->connected);
  if (!picture->connected)
    return;

  add_fact (self, 0, _("Server"), crm_sync_get_server (self->sync));
  add_fact (self, 1, _("User"), crm_sync_get_user (self->sync));
  add_fact (self, 2, _("Last contact"), ago != NULL ? ago : _("Never"));
  add_fact (self, 3, _("Waiting"), pending);
  if (crm_sync_get_parked (self->sync) > 0)
    add_fact (self, 4, _("Set aside"), parked);
}

static gboolean
needs_login (const CrmSyncPicture *picture)
{
  return !picture->connected || picture->state == CRM_SYNC_SIGNED_OUT ||
         picture->state == CRM_SYNC_WRONG_PASSWORD;
}

static void
show_buttons (CrmSyncLine *self, const CrmSyncPicture *picture)
{
  gtk_widget_set_visible (self->decide, picture->attention > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->connect), needs_login (picture));
  gtk_button_set_label (self->connect,
                        picture->connected
                        ? _("_Sign In…")
                        : _("_Connect to a Server…"));
  gtk_widget_set_visible (self->again, !needs_login (picture) && !picture->paused);
  gtk_widget_set_visible (GTK_WIDGET (self->pause), !needs_login (picture));
  gtk_button_set_label (self->pause, picture->paused ? _("_Go On") : _("_Pause"));
}

static void
update_cb (CrmSyncLine *self)
{
  CrmSyncPicture picture = crm_sync_words_look_at (self->sync);
  g_autofree char *line = crm_sync_words_dup_line (&picture);
  const char *remedy = picture.connected ? crm_sync_words_get_remedy (picture.state)
                                         : _("There is no server: everything is kept on this laptop, encrypted. Make a back-up now and then.");

  gtk_label_set_text (self->label, line);
  gtk_image_set_from_icon_name (self->icon, crm_sync_words_get_icon (&picture));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  line,
                                  -1);
  gtk_label_set_text (self->title,
                      picture.connected ? crm_sync_words_get_title (picture.state)
                                        : _("On This Laptop Only"));
  gtk_label_set_text (self->remedy, remedy);
  gtk_widget_set_visible (GTK_WIDGET (self->remedy), remedy[0] != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->progress), picture.progress >= 0);
  gtk_progress_bar_set_fraction (self->progress, CLAMP (picture.progress, 0, 1));
  show_facts (self, &picture);
  show_buttons (self, &picture);
}

static void
close_cb (CrmSyncLine *self)
{
  gtk_popover_popdown (self->popover);
}

static gboolean
clock_cb (gpointer user_data)
{
  update_cb (user_data);

  return G_SOURCE_CONTINUE;
}

static void
crm_sync_line_dispose (GObject *object)
{
  CrmSyncLine *self = CRM_SYNC_LINE (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  if (self->sync != NULL)
    g_signal_handlers_disconnect_by_data (self->sync, self);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (crm_sync_line_parent_class)->dispose (object);
}

static void
crm_sync_line_class_init (CrmSyncLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_sync_line_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/sync/crm-sync-line.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmSyncLine, button);
  gtk_widget_class_bind_template_child (widget_class, CrmSyncLine, icon);
  gtk_widget_class_bind_template_child (widget_class, CrmSyncLine, label);
  gtk_widget_class_bind_template_child (widget_class, CrmSyncLine, popover);
  gtk_widget_class_bind_template_child (widget_class, CrmSyncLine, title);
  gtk_widget_class_bind_template_child (widget_class, CrmSyncLine, remedy);
  gtk_widget_class_bind_template_child (widget_class, CrmSyncLine, progress);
  gtk_widget_class_bind_template_child (widget_class, CrmSyncLine, facts);
  gtk_widget_class_bind_template_child (widget_class, CrmSyncLine, decide);
  gtk_widget_class_bind_template_child (widget_class, CrmSyncLine, connect);
  gtk_widget_class_bind_template_child (widget_class, CrmSyncLine, again);
  gtk_widget_class_bind_template_child (widget_class, CrmSyncLine, pause);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

static void
crm_sync_line_init (CrmSyncLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_sync_line_new (CrmSync *sync)
{
  CrmSyncLine *self;

  g_return_val_if_fail (CRM_IS_SYNC (sync), NULL);

  self = g_object_new (CRM_TYPE_SYNC_LINE, NULL);
  self->sync = g_object_ref (sync);
  /* Whatever changes: it is a line of text. */
  g_signal_connect_swapped (sync, "notify", G_CALLBACK (update_cb), self);
  self->clock = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
  update_cb (self);

  return GTK_WIDGET (self);
}
