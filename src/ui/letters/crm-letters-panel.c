#include "ui/letters/crm-letters-panel.h"

#include <glib/gi18n-lib.h>

/* More lines than this nobody reads one by one; mending the first shows the next. */
#define MAX_ROWS 50

struct _CrmLettersPanel
{
  AdwBin parent_instance;

  CrmPreflight *preflight;
  guint n_recipients;

  CrmLettersRecipients *recipients;

  GtkBox *box;
  AdwActionRow *summary_row;
  GtkImage *summary_icon;
  GtkListBox *notes_list;
  GtkLabel *more_label;
};

G_DEFINE_FINAL_TYPE (CrmLettersPanel, crm_letters_panel, ADW_TYPE_BIN)

enum
{
  MEND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
note_activated_cb (CrmLettersPanel *self, GtkListBoxRow *row)
{
  CrmPreflightItem *item = g_object_get_data (G_OBJECT (row), "item");

  g_signal_emit (self, signals[MEND], 0, crm_preflight_item_get_id (item));
}

static GtkWidget *
make_row (CrmPreflightItem *item)
{
  gboolean stops = crm_preflight_item_get_stops (item);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (stops ? "dialog-error-symbolic"
                                                        : "dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, stops ? "error" : "warning");
  gtk_widget_set_tooltip_text (icon, stops ? _("Stops this letter") : _("Warning"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), crm_preflight_item_get_title (item));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), crm_preflight_item_get_text (item));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);

  return row;
}

static void
show_notes (CrmLettersPanel *self)
{
  GListModel *items = crm_preflight_get_items (self->preflight);
  guint n = g_list_model_get_n_items (items);
  g_autofree char *more = NULL;

  gtk_list_box_remove_all (self->notes_list);
  for (guint i = 0; i < MIN (n, MAX_ROWS); i++)
    {
      g_autoptr (CrmPreflightItem) item = g_list_model_get_item (items, i);

      gtk_list_box_append (self->notes_list, make_row (item));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->notes_list), n > 0);

  more = g_strdup_printf (ngettext ("and %'u more", "and %'u more", n - MIN (n, MAX_ROWS)),
                          n - MIN (n, MAX_ROWS));
  gtk_label_set_text (self->more_label, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n > MAX_ROWS);
}

static char *
dup_summary (CrmLettersPanel *self)
{
  guint n = crm_preflight_get_n_noted (self->preflight);

  if (crm_preflight_get_running (self->preflight))
    return g_strdup (_("Checking…"));
  if (self->n_recipients == 0)
    return g_strdup (_("Nobody to check yet"));
  if (n == 0)
    return g_strdup (_("All is well"));

  return g_strdup_printf (ngettext ("%'u needs attention", "%'u need attention", n), n);
}

static char *
dup_stopped (CrmLettersPanel *self)
{
  guint n = crm_preflight_get_n_stopped (self->preflight);

  if (crm_preflight_get_running (self->preflight) || n == 0)
    return NULL;

  return g_strdup_printf (ngettext ("%'u letter cannot be made", "%'u letters cannot be made", n),
                          n);
}

static void
show_checks (CrmLettersPanel *self)
{
  g_autofree char *summary = dup_summary (self);
  g_autofree char *stopped = dup_stopped (self);
  const char *icon = "object-select-symbolic";

  if (stopped != NULL)
    icon = "dialog-error-symbolic";
  else if (crm_preflight_get_n_noted (self->preflight) > 0)
    icon = "dialog-warning-symbolic";

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->summary_row), summary);
  adw_action_row_set_subtitle (self->summary_row, stopped != NULL ? stopped : "");
  gtk_image_set_from_icon_name (self->summary_icon, icon);
  show_notes (self);
}

static void
crm_letters_panel_dispose (GObject *object)
{
  CrmLettersPanel *self = CRM_LETTERS_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_LETTERS_PANEL);
  g_clear_object (&self->preflight);

  G_OBJECT_CLASS (crm_letters_panel_parent_class)->dispose (object);
}

static void
crm_letters_panel_class_init (CrmLettersPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_letters_panel_dispose;

  signals[MEND] = g_signal_new ("mend",
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
                                               "/org/example/Crm/ui/letters/crm-letters-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPanel, box);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPanel, summary_row);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPanel, summary_icon);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPanel, notes_list);
  gtk_widget_class_bind_template_child (widget_class, CrmLettersPanel, more_label);
  gtk_widget_class_bind_template_callback (widget_class, note_activated_cb);
}

static void
crm_letters_panel_init (CrmLettersPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

CrmLettersPanel *
crm_letters_panel_new (CrmPreflight *preflight, CrmModel *model)
{
  CrmLettersPanel *self;

  g_return_val_if_fail (CRM_IS_PREFLIGHT (preflight), NULL);

  self = g_object_new (CRM_TYPE_LETTERS_PANEL, NULL);
  self->preflight = g_object_ref (preflight);
  self->recipients = crm_letters_recipients_new (model);
  gtk_box_prepend (self->box, GTK_WIDGET (self->recipients));
  g_signal_connect_object (preflight, "changed", G_CALLBACK (show_checks), self, G_CONNECT_SWAPPED);
  crm_letters_panel_set_n_recipients (self, 0);
  return self;
}

void
crm_letters_panel_set_n_recipients (CrmLettersPanel *self, guint n)
{
  g_return_if_fail (CRM_IS_LETTERS_PANEL (self));

  self->n_recipients = n;
  crm_letters_recipients_set_n (self->recipients, n);
  show_checks (self);
}

CrmLettersRecipients *
crm_letters_panel_get_recipients (CrmLettersPanel *self)
{
  g_return_val_if_fail (CRM_IS_LETTERS_PANEL (self), NULL);

  return self->recipients;
}
