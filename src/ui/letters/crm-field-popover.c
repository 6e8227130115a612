#include "ui/letters/crm-field-popover.h"

#include "base/crm-text.h"
#include "letters/crm-letter-fields.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

struct _CrmFieldPopover
{
  GtkPopover parent_instance;

  GtkSearchEntry *search;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (CrmFieldPopover, crm_field_popover, GTK_TYPE_POPOVER)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_name (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "name");
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  CrmFieldPopover *self = user_data;
  g_autofree char *wanted = crm_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_autofree char *name = crm_text_fold (get_name (row));
  g_autofree char
      *label = crm_text_fold (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

  return strstr (name, wanted) != NULL || strstr (label, wanted) != NULL;
}

static void
choose (CrmFieldPopover *self, GtkListBoxRow *row)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, get_name (row));
}

/* Enter takes the first that is left. */
static void
activate_cb (CrmFieldPopover *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        choose (self, row);
        return;
      }
}

static void
show_cb (CrmFieldPopover *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
crm_field_popover_class_init (CrmFieldPopoverClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen",
                                  CRM_TYPE_FIELD_POPOVER,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_STRING);
}

static void
crm_field_popover_init (CrmFieldPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_search_entry_set_placeholder_text (self->search, _("Search fields"));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Fields"), -1);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scroll, 260, 280);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), scroll);
  gtk_popover_set_child (GTK_POPOVER (self), box);

  g_signal_connect_swapped (self->search,
                            "search-changed",
                            G_CALLBACK (gtk_list_box_invalidate_filter),
                            self->list);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (choose), self);
  g_signal_connect (self, "show", G_CALLBACK (show_cb), NULL);
}

GtkWidget *
crm_field_popover_new (const CrmModel *model, gboolean dutch)
{
  CrmFieldPopover *self = g_object_new (CRM_TYPE_FIELD_POPOVER, NULL);
  g_autoptr (GPtrArray) choices = crm_letter_name_list (model, dutch);

  for (guint i = 0; i < choices->len; i++)
    {
      CrmLetterNameChoice *choice = g_ptr_array_index (choices, i);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), choice->label);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), choice->name);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "name", g_strdup (choice->name), g_free);
      gtk_list_box_append (self->list, row);
    }

  return GTK_WIDGET (self);
}
