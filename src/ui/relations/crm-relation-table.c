#include "ui/relations/crm-relation-table.h"

#include "ui/relations/crm-columns-dialog.h"
#include "ui/relations/crm-field-cell.h"
#include "ui/relations/crm-filter.h"
#include "ui/widgets/crm-screen.h"

#include <glib/gi18n-lib.h>

struct _CrmRelationTable
{
  GtkWidget parent_instance;

  CrmModel *model;
  char **columns; /* names of fields */
  GtkWidget *scrolled;
  GtkColumnView *view;
  gboolean showing_sort;
};

G_DEFINE_FINAL_TYPE (CrmRelationTable, crm_relation_table, GTK_TYPE_WIDGET)

enum
{
  SORT_CHANGED,
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const char *field)
{
  gtk_list_item_set_child (item, crm_field_cell_new (field));
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  crm_field_cell_set_item (CRM_FIELD_CELL (gtk_list_item_get_child (item)),
                           gtk_list_item_get_item (item));
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  crm_field_cell_set_item (CRM_FIELD_CELL (gtk_list_item_get_child (item)), NULL);
}

/* @field: interned, nullable. */
static GtkListItemFactory *
make_factory (const char *field)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), (gpointer) field);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cell_cb), NULL);

  return factory;
}

static void
add_column (CrmRelationTable *self, const char *field, const char *title, int width, gboolean sorts)
{
  const char *id = field != NULL ? g_intern_string (field) : NULL;
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, make_factory (id));

  gtk_column_view_column_set_id (column, id != NULL ? id : "");
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_fixed_width (column, width);
  gtk_column_view_column_set_expand (column, id == NULL);
  if (sorts)
    {
      /* Never asked to compare: it makes the header a button and gives it an arrow. */
      g_autoptr (GtkCustomSorter) sorter = gtk_custom_sorter_new (NULL, NULL, NULL);

      gtk_column_view_column_set_sorter (column, GTK_SORTER (sorter));
    }
  gtk_column_view_append_column (self->view, column);
}

static void
sorter_changed_cb (CrmRelationTable *self)
{
  GtkColumnViewSorter *sorter = GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (self->view));
  GtkColumnViewColumn *column = gtk_column_view_sorter_get_primary_sort_column (sorter);
  const char *id = column != NULL ? gtk_column_view_column_get_id (column) : NULL;
  gboolean descending = column != NULL && gtk_column_view_sorter_get_primary_sort_order (sorter) ==
                                              GTK_SORT_DESCENDING;

  if (!self->showing_sort)
    g_signal_emit (self,
                   signals[SORT_CHANGED],
                   0,
                   id != NULL && id[0] != '\0' ? id : NULL,
                   descending);
}

static void
activate_cb (CrmRelationTable *self, guint position)
{
  g_signal_emit (self, signals[ACTIVATE], 0, position);
}

static void
crm_relation_table_dispose (GObject *object)
{
  CrmRelationTable *self = CRM_RELATION_TABLE (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_pointer (&self->model, crm_model_unref);
  g_clear_pointer (&self->columns, g_strfreev);

  G_OBJECT_CLASS (crm_relation_table_parent_class)->dispose (object);
}

static gboolean
crm_relation_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CRM_RELATION_TABLE (widget)->view));
}

static void
crm_relation_table_class_init (CrmRelationTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_relation_table_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = crm_relation_table_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[SORT_CHANGED] = g_signal_new ("sort-changed",
                                        G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        2,
                                        G_TYPE_STRING,
                                        G_TYPE_BOOLEAN);
  signals[ACTIVATE] = g_signal_new ("activate",
                                    G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    1,
                                    G_TYPE_UINT);
}

static void
crm_relation_table_init (CrmRelationTable *self)
{
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_column_view_set_reorderable (self->view, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Relations"), -1);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view),
                           "changed",
                           G_CALLBACK (sorter_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activate_cb), self);

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
crm_relation_table_new (CrmModel *model)
{
  static const char *const usual_columns[] = { "organisation", "city",          "phone", "email",
                                               "stage",        "last_activity", NULL };
  CrmRelationTable *self = g_object_new (CRM_TYPE_RELATION_TABLE, NULL);
  GSettings *settings = crm_screen_get_settings ();
  g_auto (GStrv) columns = NULL;

  self->model = crm_model_ref (model);
  if (settings != NULL)
    columns = g_settings_get_strv (settings, "list-columns");
  crm_relation_table_set_columns (self,
                                  columns != NULL ? (const char *const *) columns : usual_columns);

  return GTK_WIDGET (self);
}

void
crm_relation_table_set_selection (CrmRelationTable *self, GtkSelectionModel *selection)
{
  g_return_if_fail (CRM_IS_RELATION_TABLE (self));

  gtk_column_view_set_model (self->view, selection);
}

static const CrmField *
find_field (CrmRelationTable *self, const char *name)
{
  g_autoptr (GPtrArray) fields = crm_filter_list_fields (self->model);

  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);

      if (g_str_equal (field->name, name))
        return field;
    }

  return NULL;
}

static void
remove_columns (CrmRelationTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }
}

void
crm_relation_table_set_columns (CrmRelationTable *self, const char *const *fields)
{
  g_auto (GStrv) old = NULL;

  g_return_if_fail (CRM_IS_RELATION_TABLE (self));
  g_return_if_fail (fields != NULL);

  old = self->columns;
  self->columns = g_strdupv ((char **) fields);

  remove_columns (self);
  add_column (self, NULL, _("Name"), 220, TRUE);
  for (gsize i = 0; fields[i] != NULL; i++)
    {
      const CrmField *field = g_str_equal (fields[i], "name") ? NULL : find_field (self, fields[i]);

      if (field != NULL)
        add_column (self,
                    field->name,
                    crm_field_get_label (field),
                    field->type == CRM_FIELD_LINK || field->check == CRM_CHECK_EMAIL ? 180 : 120,
                    crm_field_has_flag (field, CRM_FIELD_SORTED));
    }
}

static void
columns_changed_cb (CrmRelationTable *self, CrmColumnsDialog *dialog)
{
  GSettings *settings = crm_screen_get_settings ();
  g_auto (GStrv) columns = crm_columns_dialog_dup_columns (dialog);

  crm_relation_table_set_columns (self, (const char *const *) columns);
  if (settings != NULL)
    g_settings_set_strv (settings, "list-columns", (const char *const *) columns);
}

void
crm_relation_table_choose_columns (CrmRelationTable *self)
{
  AdwDialog *dialog;

  g_return_if_fail (CRM_IS_RELATION_TABLE (self));

  dialog = crm_columns_dialog_new (self->model, (const char *const *) self->columns);
  g_signal_connect_object (dialog,
                           "changed",
                           G_CALLBACK (columns_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

void
crm_relation_table_show_sort (CrmRelationTable *self, const char *field, gboolean descending)
{
  GListModel *columns;
  GtkSortType order = descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING;

  g_return_if_fail (CRM_IS_RELATION_TABLE (self));

  columns = gtk_column_view_get_columns (self->view);
  self->showing_sort = TRUE;
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_sorter (column) != NULL &&
          g_strcmp0 (gtk_column_view_column_get_id (column), field != NULL ? field : "") == 0)
        gtk_column_view_sort_by_column (self->view, column, order);
    }
  self->showing_sort = FALSE;
}
