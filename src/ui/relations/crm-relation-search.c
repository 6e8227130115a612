#include "ui/relations/crm-relation-search.h"

#include "ui/relations/crm-filter-popover.h"

struct _CrmRelationSearch
{
  GtkBox parent_instance;

  CrmFilterPopover *popover;

  GtkSearchEntry *entry;
  GtkMenuButton *filter_button;
  GtkRevealer *revealer;
  GtkLabel *words_label;
};

G_DEFINE_FINAL_TYPE (CrmRelationSearch, crm_relation_search, GTK_TYPE_BOX)

enum
{
  CHANGED,
  ACTIVATE,
  STOP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_text (CrmRelationSearch *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/* Somebody types in the list: what is typed next belongs in the entry too, also a space, which
 * would open the row. */
static void
typed_cb (CrmRelationSearch *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));

  if (gtk_search_entry_get_key_capture_widget (self->entry) != NULL &&
      gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] != '\0' &&
      gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
}

static void
changed_cb (CrmRelationSearch *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
stop_cb (CrmRelationSearch *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_signal_emit (self, signals[STOP], 0);
}

static void
activate_cb (CrmRelationSearch *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
filter_changed_cb (CrmRelationSearch *self)
{
  g_autofree char *words = crm_filter_popover_dup_words (self->popover);

  if (words != NULL)
    gtk_label_set_text (self->words_label, words);
  gtk_revealer_set_reveal_child (self->revealer, words != NULL);
  changed_cb (self);
}

static void
clear_filter_cb (CrmRelationSearch *self)
{
  crm_filter_popover_set (self->popover, "relation", NULL);
}

static void
crm_relation_search_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_RELATION_SEARCH);

  G_OBJECT_CLASS (crm_relation_search_parent_class)->dispose (object);
}

static guint
new_signal (const char *name, GType type)
{
  return g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_relation_search_class_init (CrmRelationSearchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_relation_search_dispose;

  signals[CHANGED] = new_signal ("changed", type);
  signals[ACTIVATE] = new_signal ("activate", type);
  signals[STOP] = new_signal ("stop", type);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/relations/"
                                               "crm-relation-search.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRelationSearch, entry);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationSearch, filter_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationSearch, revealer);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationSearch, words_label);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_filter_cb);
}

static void
crm_relation_search_init (CrmRelationSearch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_relation_search_new (CrmModel *model)
{
  CrmRelationSearch *self = g_object_new (CRM_TYPE_RELATION_SEARCH, NULL);

  self->popover = CRM_FILTER_POPOVER (crm_filter_popover_new (model));
  g_signal_connect_object (self->popover,
                           "changed",
                           G_CALLBACK (filter_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (self->filter_button, GTK_WIDGET (self->popover));

  return GTK_WIDGET (self);
}

CrmQuery *
crm_relation_search_make_query (CrmRelationSearch *self)
{
  g_autoptr (CrmFilter) filter = NULL;
  g_autoptr (CrmExpr) where = NULL;
  CrmQuery *query;

  g_return_val_if_fail (CRM_IS_RELATION_SEARCH (self), NULL);

  filter = crm_filter_popover_dup_filter (self->popover);
  where = crm_filter_to_expr (filter);
  query = crm_query_new (crm_filter_popover_get_kinds (self->popover));
  if (where != NULL)
    crm_query_set_where (query, where);
  if (get_text (self)[0] != '\0')
    crm_query_set_text (query, get_text (self));

  return query;
}

gboolean
crm_relation_search_is_narrowed (CrmRelationSearch *self)
{
  g_return_val_if_fail (CRM_IS_RELATION_SEARCH (self), FALSE);

  return get_text (self)[0] != '\0' || gtk_revealer_get_reveal_child (self->revealer);
}

void
crm_relation_search_clear (CrmRelationSearch *self)
{
  g_return_if_fail (CRM_IS_RELATION_SEARCH (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  crm_filter_popover_set (self->popover, "relation", NULL);
}

void
crm_relation_search_set_only (CrmRelationSearch *self, const char *field, const char *value)
{
  g_return_if_fail (CRM_IS_RELATION_SEARCH (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  crm_filter_popover_set_only (self->popover, field, value);
}

GtkSearchEntry *
crm_relation_search_get_entry (CrmRelationSearch *self)
{
  g_return_val_if_fail (CRM_IS_RELATION_SEARCH (self), NULL);

  return self->entry;
}
