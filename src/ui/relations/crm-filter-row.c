#include "ui/relations/crm-filter-row.h"

#include "model/crm-value.h"

#include <glib/gi18n-lib.h>

struct _CrmFilterRow
{
  GtkBox parent_instance;

  GPtrArray *fields; /* (element-type CrmField), in the order of the drop-down */
  CrmFilterTerm term;
  gboolean filling; /* the widgets follow the term, not the other way round */

  GtkDropDown *field_drop;
  GtkDropDown *op_drop;
  GtkStack *value_stack;
  GtkEntry *text_entry;
  GtkDropDown *choice_drop;
  GtkSpinButton *amount_spin;
  GtkDropDown *unit_drop;
};

G_DEFINE_FINAL_TYPE (CrmFilterRow, crm_filter_row, GTK_TYPE_BOX)

enum
{
  CHANGED,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Choices of a closed or short list are offered; tags and the like are typed. */
static gboolean
has_choices (const CrmField *field)
{
  return field->type == CRM_FIELD_CHOICE && field->choices != NULL;
}

static const char *
get_page (const CrmFilterTerm *term)
{
  if (term->field->type == CRM_FIELD_BOOL)
    return "none";
  if (crm_filter_op_takes_amount (term->op))
    return "amount";
  if (!crm_filter_op_takes_value (term->op))
    return "none";

  return has_choices (term->field) ? "choice" : "text";
}

static void
fill_ops (CrmFilterRow *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const CrmFilterOp *ops = crm_filter_list_ops (self->term.field);
  guint selected = 0;

  for (guint i = 0; ops[i] != CRM_FILTER_N_OPS; i++)
    {
      gtk_string_list_append (labels, crm_filter_op_get_label (self->term.field, ops[i]));
      if (ops[i] == self->term.op)
        selected = i;
    }
  self->term.op = ops[selected];
  gtk_drop_down_set_model (self->op_drop, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->op_drop, selected);
}

static void
fill_choices (CrmFilterRow *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; self->term.field->choices[i].value != NULL; i++)
    {
      const char *value = self->term.field->choices[i].value;

      gtk_string_list_append (labels, crm_field_get_choice_label (self->term.field, value));
      if (g_strcmp0 (value, self->term.value) == 0)
        selected = i;
    }
  gtk_drop_down_set_model (self->choice_drop, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->choice_drop, selected);
  g_set_str (&self->term.value, self->term.field->choices[selected].value);
}

static void
fill_value (CrmFilterRow *self)
{
  const char *page = get_page (&self->term);
  g_autofree char *shown = NULL;

  if (g_str_equal (page, "choice"))
    fill_choices (self);
  else if (g_str_equal (page, "text"))
    {
      if (self->term.value != NULL)
        shown = crm_value_display (self->term.field, self->term.value);
      gtk_editable_set_text (GTK_EDITABLE (self->text_entry), shown != NULL ? shown : "");
    }
  else if (g_str_equal (page, "amount"))
    {
      gtk_spin_button_set_value (self->amount_spin, self->term.amount);
      gtk_drop_down_set_selected (self->unit_drop, self->term.unit);
    }
  gtk_stack_set_visible_child_name (self->value_stack, page);
}

static void
fill (CrmFilterRow *self)
{
  guint index = 0;

  self->filling = TRUE;
  if (g_ptr_array_find (self->fields, self->term.field, &index))
    gtk_drop_down_set_selected (self->field_drop, index);
  fill_ops (self);
  fill_value (self);
  self->filling = FALSE;
}

/* What cannot be understood yet, a date of which two digits are typed, filters nothing. */
static void
read_text (CrmFilterRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text_entry));
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  g_clear_pointer (&self->term.value, g_free);
  if (self->term.op == CRM_FILTER_CONTAINS || self->term.field->type == CRM_FIELD_LINK ||
      self->term.field->type == CRM_FIELD_SET)
    self->term.value = g_strdup (text);
  else
    self->term.value = crm_value_parse (self->term.field, text, &error);

  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->text_entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->text_entry), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->text_entry),
                               error != NULL
                               ? _("This value is not understood")
                               : NULL);
}

static void
field_changed_cb (CrmFilterRow *self)
{
  guint selected = gtk_drop_down_get_selected (self->field_drop);
  const CrmField *field;

  if (self->filling || selected >= self->fields->len)
    return;
  field = g_ptr_array_index (self->fields, selected);
  if (field == self->term.field)
    return;

  self->term.field = field;
  self->term.op = crm_filter_list_ops (field)[0];
  g_clear_pointer (&self->term.value, g_free);
  fill (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
op_changed_cb (CrmFilterRow *self)
{
  guint selected = gtk_drop_down_get_selected (self->op_drop);

  if (self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;

  self->term.op = crm_filter_list_ops (self->term.field)[selected];
  self->filling = TRUE;
  fill_value (self);
  self->filling = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
value_changed_cb (CrmFilterRow *self)
{
  const char *page;

  if (self->filling || self->term.field == NULL)
    return;

  page = gtk_stack_get_visible_child_name (self->value_stack);
  if (g_strcmp0 (page, "text") == 0)
    read_text (self);
  else if (g_strcmp0 (page, "choice") == 0)
    {
      guint selected = gtk_drop_down_get_selected (self->choice_drop);

      g_set_str (&self->term.value, self->term.field->choices[selected].value);
    }
  else
    {
      self->term.amount = (guint) gtk_spin_button_get_value_as_int (self->amount_spin);
      self->term.unit = (CrmFilterUnit) gtk_drop_down_get_selected (self->unit_drop);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remove_clicked_cb (CrmFilterRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
crm_filter_row_dispose (GObject *object)
{
  CrmFilterRow *self = CRM_FILTER_ROW (object);

  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_FILTER_ROW);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->term.value, g_free);

  G_OBJECT_CLASS (crm_filter_row_parent_class)->dispose (object);
}

static void
crm_filter_row_class_init (CrmFilterRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_filter_row_dispose;

  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] =
      g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/relations/crm-filter-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmFilterRow, field_drop);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterRow, op_drop);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterRow, value_stack);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterRow, text_entry);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterRow, choice_drop);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterRow, amount_spin);
  gtk_widget_class_bind_template_child (widget_class, CrmFilterRow, unit_drop);
  gtk_widget_class_bind_template_callback (widget_class, field_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, op_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
}

static void
crm_filter_row_init (CrmFilterRow *self)
{
  self->filling = TRUE;
  self->term.amount = 6;
  self->term.unit = CRM_FILTER_MONTHS;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_filter_row_new (CrmModel *model)
{
  CrmFilterRow *self = g_object_new (CRM_TYPE_FILTER_ROW, NULL);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression)
      expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->fields = crm_filter_list_fields (model);
  for (guint i = 0; i < self->fields->len; i++)
    gtk_string_list_append (labels, crm_field_get_label (g_ptr_array_index (self->fields, i)));
  gtk_drop_down_set_expression (self->field_drop, expression);
  gtk_drop_down_set_model (self->field_drop, G_LIST_MODEL (labels));

  return GTK_WIDGET (self);
}

void
crm_filter_row_set_term (CrmFilterRow *self, const CrmFilterTerm *term)
{
  g_return_if_fail (CRM_IS_FILTER_ROW (self));
  g_return_if_fail (term != NULL && term->field != NULL);

  self->term.field = term->field;
  self->term.op = term->op;
  self->term.amount = term->amount > 0 ? term->amount : 6;
  self->term.unit = term->unit;
  g_set_str (&self->term.value, term->value);
  fill (self);
}

const CrmFilterTerm *
crm_filter_row_get_term (CrmFilterRow *self)
{
  g_return_val_if_fail (CRM_IS_FILTER_ROW (self), NULL);

  return &self->term;
}
