#include "ui/shell/crm-palette.h"

#include "ui/shell/crm-palette-entry.h"

#define MAX_RELATIONS 12

struct _CrmPalette
{
  AdwDialog parent_instance;

  CrmStore *store;
  GCancellable *searching;
  GPtrArray *entries; /* (element-type CrmPaletteEntry), one a row */

  GtkSearchEntry *entry;
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (CrmPalette, crm_palette, ADW_TYPE_DIALOG)

static GtkWidget *
make_row (CrmPaletteEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (crm_palette_entry_get_title (entry));
  GtkWidget *subtitle = gtk_label_new (crm_palette_entry_get_subtitle (entry));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (subtitle), 28);
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (crm_palette_entry_get_icon (entry)));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  crm_palette_entry_get_title (entry),
                                  -1);

  return row;
}

static gpointer
copy_entry (gconstpointer entry, gpointer user_data)
{
  return g_object_ref ((gpointer) entry);
}

/* @relations: nullable. Who types the start of a page or an action wants that, who types anything
 * else wants a relation. */
static void
show_entries (CrmPalette *self, GPtrArray *relations)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GPtrArray) first = crm_palette_entry_list_fixed (text, TRUE);
  g_autoptr (GPtrArray) last = crm_palette_entry_list_fixed (text, FALSE);

  g_ptr_array_set_size (self->entries, 0);
  g_ptr_array_extend (self->entries, first, copy_entry, NULL);
  for (guint i = 0; relations != NULL && i < relations->len; i++)
    g_ptr_array_add (self->entries,
                     crm_palette_entry_new_for_record (g_ptr_array_index (relations, i)));
  g_ptr_array_extend (self->entries, last, copy_entry, NULL);

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < self->entries->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (self->entries, i)));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_stack_set_visible_child_name (self->stack, self->entries->len > 0 ? "list" : "nothing");
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmPalette) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) relations = crm_store_list_finish (CRM_STORE (source), result, &error);

  /* The next key is already being searched for. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->entries == NULL)
    return;
  if (error != NULL)
    g_message ("Searching relations failed: %s", error->message);
  show_entries (self, relations);
}

static void
stop_searching (CrmPalette *self)
{
  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
}

static void
search_changed_cb (CrmPalette *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (CrmQuery) query = NULL;

  stop_searching (self);
  if (text[0] == '\0')
    {
      show_entries (self, NULL);
      return;
    }

  query = crm_query_new ("relation");
  crm_query_set_text (query, text);
  self->searching = g_cancellable_new ();
  crm_store_list_async (self->store,
                        query,
                        MAX_RELATIONS,
                        self->searching,
                        found_cb,
                        g_object_ref (self));
}

static void
go (CrmPalette *self, GtkListBoxRow *row)
{
  g_autoptr (CrmPaletteEntry) entry = NULL;
  g_autoptr (GtkWidget) root = NULL;

  if (row == NULL)
    return;
  entry = g_object_ref (g_ptr_array_index (self->entries, gtk_list_box_row_get_index (row)));
  root = g_object_ref (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  adw_dialog_close (ADW_DIALOG (self));
  gtk_widget_activate_action_variant (root,
                                      crm_palette_entry_get_action (entry),
                                      crm_palette_entry_get_target (entry));
}

static void
row_activated_cb (CrmPalette *self, GtkListBoxRow *row)
{
  go (self, row);
}

static void
activate_cb (CrmPalette *self)
{
  go (self, gtk_list_box_get_selected_row (self->list));
}

static void
stop_cb (CrmPalette *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* The arrows move through the results while the text keeps the focus. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType state,
                gpointer user_data)
{
  CrmPalette *self = user_data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (key != GDK_KEY_Down && key != GDK_KEY_Up)
    return GDK_EVENT_PROPAGATE;

  row = gtk_list_box_get_row_at_index (self->list,
                                       key == GDK_KEY_Down ? index + 1 : MAX (index - 1, 0));
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);

  return GDK_EVENT_STOP;
}

static void
crm_palette_dispose (GObject *object)
{
  CrmPalette *self = CRM_PALETTE (object);

  stop_searching (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_PALETTE);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_palette_parent_class)->dispose (object);
}

static void
crm_palette_class_init (CrmPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_palette_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/shell/crm-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, CrmPalette, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
crm_palette_init (CrmPalette *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

AdwDialog *
crm_palette_new (CrmStore *store)
{
  CrmPalette *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_PALETTE, NULL);
  self->store = g_object_ref (store);
  show_entries (self, NULL);

  return ADW_DIALOG (self);
}

void
crm_palette_search (CrmPalette *self, const char *text)
{
  g_return_if_fail (CRM_IS_PALETTE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}
