#include "ui/relations/crm-filter-popover.h"

#include "ui/relations/crm-filter-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _CrmFilterPopover
{
  GtkPopover parent_instance;

  CrmModel *model;
  gboolean filling;

  AdwToggleGroup *kind_group;
  GtkBox *rows_box;
  GtkWidget *clear_button;
};

G_DEFINE_FINAL_TYPE (CrmFilterPopover, crm_filter_popover, GTK_TYPE_POPOVER)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_plain (CrmFilterPopover *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (self->rows_box)) == NULL &&
         g_str_equal (crm_filter_popover_get_kinds (self), "relation");
}

static void
changed (CrmFilterPopover *self)
{
  if (self->filling)
    return;
  gtk_widget_set_sensitive (self->clear_button, !is_plain (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
kind_changed_cb (CrmFilterPopover *self)
{
  changed (self);
}

static void
remove_cb (CrmFilterPopover *self, GtkWidget *row)
{
  gtk_box_remove (self->rows_box, row);
  changed (self);
}

static GtkWidget *
add_row (CrmFilterPopover *self, const CrmFilterTerm *term)
{
  GtkWidget *row = crm_filter_row_new (self->model);

  crm_filter_row_set_term (CRM_FILTER_ROW (row), term);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->rows_box, row);

  return row;
}

/* The two that are asked most come first; after that the person chooses. */
static const char *
suggest_field (CrmFilterPopover *self)
{
  g_autoptr (CrmFilter) filter = crm_filter_popover_dup_filter (self);
  static const char *const names[] = { "city", "last_activity", "tags", "stage" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gboolean used = FALSE;

      for (guint j = 0; j < crm_filter_get_n_terms (filter); j++)
        used |= g_str_equal (crm_filter_get_term (filter, j)->field->name, names[i]);
      if (!used)
        return names[i];
    }

  return "city";
}

/* The first of all when there is none of that name. */
static const CrmField *
find_field (CrmFilterPopover *self, const char *name)
{
  g_autoptr (GPtrArray) fields = crm_filter_list_fields (self->model);

  for (guint i = 0; i < fields->len; i++)
    {
      const CrmField *field = g_ptr_array_index (fields, i);

      if (g_str_equal (field->name, name))
        return field;
    }

  return g_ptr_array_index (fields, 0);
}

static void
add_clicked_cb (CrmFilterPopover *self)
{
  CrmFilterTerm term = { .amount = 6, .unit = CRM_FILTER_MONTHS };
  GtkWidget *row;

  term.field = find_field (self, suggest_field (self));
  term.op = crm_filter_list_ops (term.field)[0];

  row = add_row (self, &term);
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
  changed (self);
}

static void
clear_clicked_cb (CrmFilterPopover *self)
{
  crm_filter_popover_set (self, "relation", NULL);
}

static void
crm_filter_popover_dispose (GObject *object)
{
  CrmFilterPopover *self = CRM_FILTER_POPOVER (object);

  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_FILTER_POPOVER);
  g_clear_pointer (&self->model, crm_model_unref);

  G_OBJECT_CLASS (crm_filter_popover_parent_class)->dispose (object);
}

static void
crm_filter_popover_class_init (CrmFilterPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_filter_popover_dispose;

  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/relations/"
                                               "crm-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmFilterPopover, kind_group);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterPopover, rows_box);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterPopover, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_clicked_cb);
}

static void
crm_filter_popover_init (CrmFilterPopover *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

GtkWidget *
crm_filter_popover_new (CrmModel *model)
{
  CrmFilterPopover *self = g_object_new (CRM_TYPE_FILTER_POPOVER, NULL);

  self->model = crm_model_ref (model);
  gtk_widget_set_sensitive (self->clear_button, FALSE);

  return GTK_WIDGET (self);
}

CrmFilter *
crm_filter_popover_dup_filter (CrmFilterPopover *self)
{
  CrmFilter *filter = crm_filter_new ();
  GtkWidget *row;

  g_return_val_if_fail (CRM_IS_FILTER_POPOVER (self), filter);

  for (row = gtk_widget_get_first_child (GTK_WIDGET (self->rows_box)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    crm_filter_add (filter, crm_filter_row_get_term (CRM_FILTER_ROW (row)));

  return filter;
}

const char *
crm_filter_popover_get_kinds (CrmFilterPopover *self)
{
  const char *name;

  g_return_val_if_fail (CRM_IS_FILTER_POPOVER (self), "relation");

  name = adw_toggle_group_get_active_name (self->kind_group);

  return name != NULL ? name : "relation";
}

char *
crm_filter_popover_dup_words (CrmFilterPopover *self)
{
  g_autoptr (CrmFilter) filter = NULL;
  g_autofree char *words = NULL;
  gboolean persons;

  g_return_val_if_fail (CRM_IS_FILTER_POPOVER (self), NULL);

  filter = crm_filter_popover_dup_filter (self);
  words = crm_filter_dup_words (filter);
  if (g_str_equal (crm_filter_popover_get_kinds (self), "relation"))
    return g_steal_pointer (&words);

  persons = g_str_equal (crm_filter_popover_get_kinds (self), "person");
  if (words == NULL)
    return g_strdup (persons ? _("Persons only") : _("Organisations only"));
  if (persons)
    /* Translators: %s is a filter in words, "Town is Ede" */
    return g_strdup_printf (_("Persons: %s"), words);

  /* Translators: %s is a filter in words, "Town is Ede" */
  return g_strdup_printf (_("Organisations: %s"), words);
}

void
crm_filter_popover_set (CrmFilterPopover *self, const char *kinds, const CrmFilter *filter)
{
  GtkWidget *row;

  g_return_if_fail (CRM_IS_FILTER_POPOVER (self));
  g_return_if_fail (kinds != NULL);

  self->filling = TRUE;
  adw_toggle_group_set_active_name (self->kind_group, kinds);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows_box))) != NULL)
    gtk_box_remove (self->rows_box, row);
  for (guint i = 0; filter != NULL && i < crm_filter_get_n_terms (filter); i++)
    add_row (self, crm_filter_get_term (filter, i));
  self->filling = FALSE;

  changed (self);
}

void
crm_filter_popover_set_only (CrmFilterPopover *self, const char *field, const char *value)
{
  g_autoptr (CrmFilter) filter = crm_filter_new ();
  CrmFilterTerm term = { .op = CRM_FILTER_IS, .value = (char *) value };

  g_return_if_fail (CRM_IS_FILTER_POPOVER (self));
  g_return_if_fail (field != NULL && value != NULL);

  term.field = find_field (self, field);
  crm_filter_add (filter, &term);
  crm_filter_popover_set (self, "relation", filter);
}
