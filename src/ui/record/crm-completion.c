#include "ui/record/crm-completion.h"

#include "base/crm-text.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _CrmCompletion
{
  GObject parent_instance;

  CrmSuggester *suggester;
  const CrmKind *kind;
  const CrmField *field;

  /* NULL once it is destroyed. */
  GtkWidget *entry;
  GtkWidget *popover;
  GtkListBox *list;
  GPtrArray *found; /* element-type CrmSuggestion */
  GCancellable *search;
  guint timer;
  gboolean silent;
  gboolean allow_new;
  gboolean wanted;
};

G_DEFINE_FINAL_TYPE (CrmCompletion, crm_completion, G_TYPE_OBJECT)

typedef enum
{
  CHOSEN,
} CrmCompletionSignal;

static guint signals[CHOSEN + 1];

static void
stop (CrmCompletion *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  self->wanted = FALSE;
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
choose (CrmCompletion *self, guint index)
{
  g_autoptr (CrmSuggestion) suggestion = NULL;

  if (index >= self->found->len)
    return;

  suggestion = g_object_ref (g_ptr_array_index (self->found, index));
  stop (self);
  g_signal_emit (self, signals[CHOSEN], 0, suggestion);
}

static void
row_activated_cb (CrmCompletion *self, GtkListBoxRow *row)
{
  choose (self, (guint) gtk_list_box_row_get_index (row));
}

static GtkWidget *
make_row (CrmSuggestion *suggestion)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (crm_suggestion_get_title (suggestion));
  const char *subtitle = crm_suggestion_get_subtitle (suggestion);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  if (subtitle != NULL)
    {
      GtkWidget *label = gtk_label_new (subtitle);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }

  return box;
}

static void
add_new_suggestion (CrmCompletion *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *name = crm_text_clean (text);
  g_autofree char *title = NULL;
  g_autoptr (CrmRecord) draft = NULL;

  if (!self->allow_new || name == NULL || crm_completion_find (self, name) != NULL)
    return;
  if (!(draft = crm_suggester_make_draft (self->suggester, self->field, name)))
    return;

  title = g_strdup_printf (_("New organisation “%s”"), name);
  g_ptr_array_add (self->found, crm_suggestion_new_for_draft (draft, title));
}

static void
show_found (CrmCompletion *self)
{
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < self->found->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (self->found, i)));

  if (self->found->len == 0 || !self->wanted)
    {
      gtk_popover_popdown (GTK_POPOVER (self->popover));
      return;
    }

  gtk_widget_set_size_request (self->popover, MAX (200, gtk_widget_get_width (self->entry)), -1);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmCompletion) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  found = crm_suggester_search_finish (CRM_SUGGESTER (source), result, &error);
  if (self->entry == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (found == NULL)
    {
      /* Typing goes on without suggestions. */
      g_message ("Suggestions for %s failed: %s", self->field->name, error->message);
      return;
    }

  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = g_steal_pointer (&found);
  add_new_suggestion (self);
  show_found (self);
}

static gboolean
search_cb (gpointer user_data)
{
  CrmCompletion *self = user_data;

  self->timer = 0;
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  self->search = g_cancellable_new ();
  crm_suggester_search_async (self->suggester,
                              self->kind,
                              self->field,
                              gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                              self->search,
                              searched_cb,
                              g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
changed_cb (CrmCompletion *self)
{
  if (self->silent)
    return;
  if (crm_text_is_empty (gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    {
      stop (self);
      return;
    }

  self->wanted = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (80, search_cb, self);
}

static void
move_selection (CrmCompletion *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : step > 0 ? 0 : -1;

  row = gtk_list_box_get_row_at_index (self->list, index);
  gtk_list_box_select_row (self->list, row);
  if (row != NULL)
    {
      GtkWidget *label = gtk_widget_get_first_child (gtk_list_box_row_get_child (row));

      gtk_accessible_announce (GTK_ACCESSIBLE (self->entry),
                               gtk_label_get_text (GTK_LABEL (label)),
                               GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
}

static gboolean
key_pressed_cb (CrmCompletion *self, guint key, guint code, GdkModifierType state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  gboolean shown = gtk_widget_get_visible (self->popover);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;

  switch (key)
    {
    case GDK_KEY_Down:
      if (shown)
        move_selection (self, 1);
      else
        crm_completion_open (self);
      return TRUE;

    case GDK_KEY_Up:
      if (shown)
        move_selection (self, -1);
      return shown;

    case GDK_KEY_Escape:
      stop (self);
      return shown;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (shown && row != NULL)
        {
          choose (self, (guint) gtk_list_box_row_get_index (row));
          return TRUE;
        }
      return FALSE;

    default:
      return FALSE;
    }
}

static void
focus_left_cb (CrmCompletion *self)
{
  stop (self);
}

static void
entry_destroyed_cb (CrmCompletion *self)
{
  stop (self);
  /* Some entries take their children away before they say that they go. */
  if (self->popover != NULL && gtk_widget_get_parent (self->popover) != NULL)
    gtk_widget_unparent (self->popover);
  g_clear_object (&self->popover);
  self->entry = NULL;
}

static void
crm_completion_dispose (GObject *object)
{
  CrmCompletion *self = CRM_COMPLETION (object);

  if (self->entry != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->entry, self);
      entry_destroyed_cb (self);
    }
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_object (&self->suggester);

  G_OBJECT_CLASS (crm_completion_parent_class)->dispose (object);
}

static void
crm_completion_class_init (CrmCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_completion_dispose;

  signals[CHOSEN] = g_signal_new ("chosen",
                                  CRM_TYPE_COMPLETION,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  CRM_TYPE_SUGGESTION);
}

static void
crm_completion_init (CrmCompletion *self)
{
  self->found = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
add_popover (CrmCompletion *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_widget_add_css_class (list, "menu");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Suggestions"), -1);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (row_activated_cb), self);

  self->popover = g_object_ref_sink (gtk_popover_new ());
  gtk_widget_add_css_class (self->popover, "menu");
  gtk_widget_set_can_focus (self->popover, FALSE);
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_popover_set_child (GTK_POPOVER (self->popover), list);
  gtk_widget_set_parent (self->popover, self->entry);
}

CrmCompletion *
crm_completion_new (GtkWidget *entry,
                    CrmSuggester *suggester,
                    const CrmKind *kind,
                    const CrmField *field)
{
  CrmCompletion *self;
  GtkEventController *keys;
  GtkEventController *focus;

  g_return_val_if_fail (GTK_IS_EDITABLE (entry), NULL);
  g_return_val_if_fail (CRM_IS_SUGGESTER (suggester), NULL);

  self = g_object_new (CRM_TYPE_COMPLETION, NULL);
  self->entry = entry;
  self->suggester = g_object_ref (suggester);
  self->kind = kind;
  self->field = field;
  add_popover (self);

  /* Before the text inside the entry sees them. */
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys,
                           "key-pressed",
                           G_CALLBACK (key_pressed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, keys);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);

  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry,
                           "destroy",
                           G_CALLBACK (entry_destroyed_cb),
                           self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
crm_completion_set_allow_new (CrmCompletion *self, gboolean allow_new)
{
  g_return_if_fail (CRM_IS_COMPLETION (self));

  self->allow_new = allow_new;
}

void
crm_completion_open (CrmCompletion *self)
{
  g_return_if_fail (CRM_IS_COMPLETION (self));

  self->wanted = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  search_cb (self);
}

void
crm_completion_set_text (CrmCompletion *self, const char *text)
{
  g_return_if_fail (CRM_IS_COMPLETION (self));

  self->silent = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->silent = FALSE;
}

CrmSuggestion *
crm_completion_find (CrmCompletion *self, const char *text)
{
  g_autofree char *wanted = crm_text_fold (text);

  g_return_val_if_fail (CRM_IS_COMPLETION (self), NULL);

  for (guint i = 0; i < self->found->len; i++)
    {
      CrmSuggestion *suggestion = g_ptr_array_index (self->found, i);
      g_autofree char *title = crm_text_fold (crm_suggestion_get_title (suggestion));

      if (g_str_equal (title, wanted))
        return suggestion;
    }

  return NULL;
}
