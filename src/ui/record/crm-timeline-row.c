#include "ui/record/crm-timeline-row.h"

#include "ui/record/crm-record-words.h"
#include "ui/record/crm-timeline-words.h"

#include <glib/gi18n-lib.h>

struct _CrmTimelineRow
{
  AdwBin parent_instance;

  CrmTimelineItem *item;
  GtkWidget *day;
};

G_DEFINE_FINAL_TYPE (CrmTimelineRow, crm_timeline_row, ADW_TYPE_BIN)

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
make_icon (const char *name)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (name);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, "crm-timeline-icon");
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);

  return icon;
}

static void
add_choice (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

/* When it is wanted: it costs as much as the rest of the row. */
static void
fill_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  CrmTimelineRow *self = user_data;
  const char *id = crm_timeline_item_get_id (self->item);
  g_autoptr (GMenu) menu = g_menu_new ();

  add_choice (menu, _("_Edit"), "activity.edit", id);
  add_choice (menu, _("_Delete"), "activity.delete", id);
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

static GtkWidget *
make_menu (CrmTimelineRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), fill_menu_cb, self, NULL);
  gtk_widget_set_tooltip_text (button, _("More"));
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "crm-copy");

  return button;
}

static void
add_activity (CrmTimelineRow *self, GtkWidget *box)
{
  CrmRecord *activity = crm_timeline_item_get_activity (self->item);
  const char *type = crm_record_get (activity, "type");
  const char *subject = crm_record_get (activity, "subject");
  const char *note = crm_record_get (activity, "note");
  g_autofree char *meta = crm_timeline_words_dup_activity_meta (self->item);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_hexpand (column, TRUE);
  if (subject != NULL)
    gtk_box_append (GTK_BOX (column), make_label (subject, "crm-subject"));
  if (note != NULL)
    {
      GtkWidget *label = make_label (note, NULL);

      gtk_label_set_lines (GTK_LABEL (label), 6);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_box_append (GTK_BOX (column), label);
    }
  gtk_box_append (GTK_BOX (column), make_label (meta, "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (column), "dim-label");

  gtk_box_append (GTK_BOX (box), make_icon (crm_record_words_get_activity_icon (type)));
  gtk_box_append (GTK_BOX (box), column);
  gtk_box_append (GTK_BOX (box), make_menu (self));
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "crm-activity");
  gtk_widget_add_css_class (GTK_WIDGET (self), "activatable");
}

static void
add_change (CrmTimelineRow *self, GtkWidget *box)
{
  g_autofree char *lines = crm_timeline_words_dup_change (self->item);
  g_autofree char *meta = crm_timeline_words_dup_change_meta (self->item);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), make_label (lines, "caption"));
  if (crm_timeline_item_get_made (self->item))
    gtk_widget_add_css_class (gtk_widget_get_first_child (column), "dim-label");
  if (meta[0] != '\0')
    {
      gtk_box_append (GTK_BOX (column), make_label (meta, "caption"));
      gtk_widget_add_css_class (gtk_widget_get_last_child (column), "dim-label");
    }
  gtk_box_append (GTK_BOX (box), make_icon ("document-open-recent-symbolic"));
  gtk_box_append (GTK_BOX (box), column);
  gtk_widget_add_css_class (box, "crm-change");
}

static void
activate_cb (CrmTimelineRow *self)
{
  if (crm_timeline_item_get_activity (self->item) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self),
                                "activity.edit",
                                "s",
                                crm_timeline_item_get_id (self->item));
}

static void
crm_timeline_row_dispose (GObject *object)
{
  g_clear_object (&CRM_TIMELINE_ROW (object)->item);

  G_OBJECT_CLASS (crm_timeline_row_parent_class)->dispose (object);
}

static void
crm_timeline_row_class_init (CrmTimelineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };

  G_OBJECT_CLASS (klass)->dispose = crm_timeline_row_dispose;

  gtk_widget_class_set_activate_signal (widget_class,
                                        g_signal_new_class_handler ("activate",
                                                                    G_TYPE_FROM_CLASS (klass),
                                                                    G_SIGNAL_RUN_FIRST |
                                                                        G_SIGNAL_ACTION,
                                                                    G_CALLBACK (activate_cb),
                                                                    NULL,
                                                                    NULL,
                                                                    NULL,
                                                                    G_TYPE_NONE,
                                                                    0));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_signal (widget_class, keys[i], 0, "activate", NULL);
  gtk_widget_class_set_css_name (widget_class, "row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
crm_timeline_row_init (CrmTimelineRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (click, "released", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

CrmTimelineRow *
crm_timeline_row_new (CrmTimelineItem *item)
{
  CrmTimelineRow *self;
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  g_return_val_if_fail (CRM_IS_TIMELINE_ITEM (item), NULL);

  self = g_object_new (CRM_TYPE_TIMELINE_ROW, NULL);
  self->item = g_object_ref (item);
  if (crm_timeline_item_get_activity (item) != NULL)
    add_activity (self, box);
  else
    add_change (self, box);
  self->day = make_label (NULL, "caption-heading");
  gtk_widget_add_css_class (self->day, "dim-label");
  gtk_widget_add_css_class (self->day, "crm-day");
  gtk_widget_set_visible (self->day, FALSE);
  gtk_box_append (GTK_BOX (column), self->day);
  gtk_box_append (GTK_BOX (column), box);
  adw_bin_set_child (ADW_BIN (self), column);

  return self;
}

CrmTimelineItem *
crm_timeline_row_get_item (CrmTimelineRow *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_ROW (self), NULL);

  return self->item;
}

void
crm_timeline_row_set_day (CrmTimelineRow *self, const char *day)
{
  g_return_if_fail (CRM_IS_TIMELINE_ROW (self));

  gtk_widget_set_visible (self->day, day != NULL);
  gtk_label_set_text (GTK_LABEL (self->day), day != NULL ? day : "");
}
