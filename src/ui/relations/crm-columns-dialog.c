#include "ui/relations/crm-columns-dialog.h"

#include "ui/relations/crm-filter.h"

#include <glib/gi18n-lib.h>

struct _CrmColumnsDialog
{
  AdwDialog parent_instance;

  GPtrArray *columns; /* (element-type utf8): names of fields, interned */
};

G_DEFINE_FINAL_TYPE (CrmColumnsDialog, crm_columns_dialog, ADW_TYPE_DIALOG)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
switched_cb (CrmColumnsDialog *self, GParamSpec *pspec, GObject *row)
{
  gpointer name = g_object_get_data (row, "field");

  if (adw_switch_row_get_active (ADW_SWITCH_ROW (row)))
    g_ptr_array_add (self->columns, name);
  else
    g_ptr_array_remove (self->columns, name);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
make_row (CrmColumnsDialog *self, const CrmField *field)
{
  GtkWidget *row = adw_switch_row_new ();
  const char *name = g_intern_string (field->name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), crm_field_get_label (field));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), g_ptr_array_find (self->columns, name, NULL));
  g_object_set_data (G_OBJECT (row), "field", (gpointer) name);
  g_signal_connect_object (row,
                           "notify::active",
                           G_CALLBACK (switched_cb),
                           self,
                           G_CONNECT_SWAPPED);

  return row;
}

static void
crm_columns_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (CRM_COLUMNS_DIALOG (object)->columns);

  G_OBJECT_CLASS (crm_columns_dialog_parent_class)->finalize (object);
}

static void
crm_columns_dialog_class_init (CrmColumnsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_columns_dialog_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
crm_columns_dialog_init (CrmColumnsDialog *self)
{
  self->columns = g_ptr_array_new ();
  adw_dialog_set_title (ADW_DIALOG (self), _("Columns"));
  adw_dialog_set_content_width (ADW_DIALOG (self), 400);
  adw_dialog_set_content_height (ADW_DIALOG (self), 560);
}

AdwDialog *
crm_columns_dialog_new (CrmModel *model, const char *const *columns)
{
  CrmColumnsDialog *self = g_object_new (CRM_TYPE_COLUMNS_DIALOG, NULL);
  g_autoptr (GPtrArray) fields = crm_filter_list_fields (model);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *toolbar = adw_toolbar_view_new ();

  for (gsize i = 0; columns[i] != NULL; i++)
    g_ptr_array_add (self->columns, (gpointer) g_intern_string (columns[i]));
  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);

      /* The name is always there; a note does not fit a cell. */
      if (field->type != CRM_FIELD_LONG_TEXT && !g_str_equal (field->name, "name"))
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (self, field));
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), page);
  adw_dialog_set_child (ADW_DIALOG (self), toolbar);

  return ADW_DIALOG (self);
}

char **
crm_columns_dialog_dup_columns (CrmColumnsDialog *self)
{
  g_autoptr (GStrvBuilder) columns = g_strv_builder_new ();

  g_return_val_if_fail (CRM_IS_COLUMNS_DIALOG (self), NULL);

  for (guint i = 0; i < self->columns->len; i++)
    g_strv_builder_add (columns, g_ptr_array_index (self->columns, i));

  return g_strv_builder_end (columns);
}
