#include "ui/record/crm-quick-entry.h"

#include "base/crm-text.h"
#include "ui/record/crm-natural-date.h"
#include "ui/record/crm-when.h"

#include <glib/gi18n-lib.h>

struct _CrmQuickEntry
{
  AdwBin parent_instance;

  gboolean busy;

  GtkTextView *text_view;
  GtkTextBuffer *buffer;
  GtkLabel *placeholder;
  GtkLabel *hint;
  AdwToggleGroup *types;
  GtkEntry *when_entry;
  GtkButton *save_button;
};

G_DEFINE_FINAL_TYPE (CrmQuickEntry, crm_quick_entry, ADW_TYPE_BIN)

typedef enum
{
  SAVE,
} CrmQuickEntrySignal;

static guint signals[SAVE + 1];

static char *
dup_text (CrmQuickEntry *self)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static const char *
get_type (CrmQuickEntry *self)
{
  const char *name = adw_toggle_group_get_active_name (self->types);

  return name != NULL ? name : "note";
}

static const char *
get_placeholder (const char *type)
{
  if (g_str_equal (type, "call"))
    return _("What was said?");
  if (g_str_equal (type, "visit"))
    return _("How was the visit?");
  if (g_str_equal (type, "task"))
    return _("What has to be done?");

  return _("What should be known?");
}

/* FALSE when something stands there that is no moment. */
static gboolean
read_when (CrmQuickEntry *self, GDateTime **when, gboolean *has_time)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->when_entry));
  g_autoptr (GDateTime) now = crm_when_now ();

  *when = NULL;
  *has_time = FALSE;
  if (crm_text_is_empty (text))
    return TRUE;

  *when = crm_natural_date_parse (text, now, has_time);

  return *when != NULL;
}

static char *
dup_hint (CrmQuickEntry *self, GDateTime *when, gboolean has_time)
{
  g_autoptr (GDateTime) now = crm_when_now ();
  g_autofree char *shown = crm_when_dup_short (when, has_time, now);

  if (g_str_equal (get_type (self), "task"))
    /* Translators: when a task is due: "Due Tue 24 Nov" */
    return g_strdup_printf (_("Due %s"), shown);
  if (g_date_time_compare (when, now) > 0)
    /* Translators: when a call or visit is planned: "Planned for Tue 24 Nov 10:00" */
    return g_strdup_printf (_("Planned for %s"), shown);

  /* Translators: when it happened: "Was Yesterday 10:00" */
  return g_strdup_printf (_("Was %s"), shown);
}

static void
update (CrmQuickEntry *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *hint = NULL;
  g_autoptr (GDateTime) when = NULL;
  gboolean has_time;
  gboolean understood = read_when (self, &when, &has_time);
  gboolean is_task = g_str_equal (get_type (self), "task");

  if (!understood)
    hint = g_strdup (_("No moment yet: try “tue 10:00”, “tomorrow” or “24 nov”"));
  else if (when != NULL)
    hint = dup_hint (self, when, has_time);
  gtk_label_set_text (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);

  gtk_label_set_text (self->placeholder, get_placeholder (get_type (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), text[0] == '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text_view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_placeholder (get_type (self)),
                                  -1);
  gtk_entry_set_placeholder_text (self->when_entry, is_task ? _("When?") : _("Now"));
  gtk_button_set_label (self->save_button, is_task ? _("_Plan") : _("_Log"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "quick.save",
                                 !self->busy && understood &&
                                     !crm_text_is_empty (g_strstrip (text)));
}

static void
save (CrmQuickEntry *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "quick.save", NULL);
}

static void
save_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmQuickEntry *self = CRM_QUICK_ENTRY (widget);
  g_autofree char *text = dup_text (self);
  g_autoptr (GDateTime) when = NULL;
  gboolean has_time;

  if (read_when (self, &when, &has_time))
    g_signal_emit (self, signals[SAVE], 0, get_type (self), text, when);
}

static void
crm_quick_entry_dispose (GObject *object)
{
  /* The bin would take its child away once more. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_QUICK_ENTRY);

  G_OBJECT_CLASS (crm_quick_entry_parent_class)->dispose (object);
}

static void
crm_quick_entry_class_init (CrmQuickEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_quick_entry_dispose;
  gtk_widget_class_install_action (widget_class, "quick.save", NULL, save_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/record/crm-quick-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmQuickEntry, text_view);
  gtk_widget_class_bind_template_child (widget_class, CrmQuickEntry, buffer);
  gtk_widget_class_bind_template_child (widget_class, CrmQuickEntry, placeholder);
  gtk_widget_class_bind_template_child (widget_class, CrmQuickEntry, hint);
  gtk_widget_class_bind_template_child (widget_class, CrmQuickEntry, types);
  gtk_widget_class_bind_template_child (widget_class, CrmQuickEntry, when_entry);
  gtk_widget_class_bind_template_child (widget_class, CrmQuickEntry, save_button);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, save);

  signals[SAVE] = g_signal_new ("save",
                                CRM_TYPE_QUICK_ENTRY,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                3,
                                G_TYPE_STRING,
                                G_TYPE_STRING,
                                G_TYPE_DATE_TIME);
}

static void
crm_quick_entry_init (CrmQuickEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_toggle_group_set_active_name (self->types, "call");
  update (self);
}

CrmQuickEntry *
crm_quick_entry_new (void)
{
  return g_object_new (CRM_TYPE_QUICK_ENTRY, NULL);
}

void
crm_quick_entry_clear (CrmQuickEntry *self)
{
  g_return_if_fail (CRM_IS_QUICK_ENTRY (self));

  gtk_text_buffer_set_text (self->buffer, "", -1);
  gtk_editable_set_text (GTK_EDITABLE (self->when_entry), "");
}

void
crm_quick_entry_start (CrmQuickEntry *self, const char *type)
{
  g_return_if_fail (CRM_IS_QUICK_ENTRY (self));

  if (type != NULL)
    adw_toggle_group_set_active_name (self->types, type);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

void
crm_quick_entry_set_busy (CrmQuickEntry *self, gboolean busy)
{
  g_return_if_fail (CRM_IS_QUICK_ENTRY (self));

  self->busy = busy;
  update (self);
}
