#include "ui/relations/crm-relations-page.h"

#include "ui/relations/crm-pick.h"
#include "ui/relations/crm-relations-page-private.h"
#include "ui/widgets/crm-screen.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (CrmRelationsPage, crm_relations_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_VIEW = 1,
  PROP_SORT,
  PROP_DESCENDING,
} CrmRelationsPageProperty;

static GParamSpec *properties[PROP_DESCENDING + 1];

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static guint
count_rows (CrmRelationsPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

static char *
dup_id_at (CrmRelationsPage *self, guint position)
{
  g_autoptr (CrmListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  return row != NULL ? g_strdup (crm_list_row_get_id (row)) : NULL;
}

static CrmQuery *
make_query (CrmRelationsPage *self)
{
  CrmQuery *query = crm_relation_search_make_query (self->search);

  if (self->sort[0] != '\0' || self->descending)
    crm_query_set_sort (query, self->sort[0] != '\0' ? self->sort : NULL, self->descending);

  return query;
}

static GtkWidget *
get_rows (CrmRelationsPage *self)
{
  return g_str_equal (self->view, "table") ? GTK_WIDGET (self->table) : GTK_WIDGET (self->rows);
}

static void
focus_rows (CrmRelationsPage *self)
{
  /* Somebody who types already goes on typing. */
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->search)) == NULL)
    gtk_widget_grab_focus (get_rows (self));
}

static void
show_content (CrmRelationsPage *self)
{
  guint n = count_rows (self);
  gboolean loading = FALSE;
  g_autofree char *subtitle = NULL;

  g_object_get (self->list, "loading", &loading, NULL);
  if (n == 0 && loading)
    return;

  /* The first rows come before the others are counted. */
  subtitle = g_strdup_printf (ngettext ("%'u relation", "%'u relations", n), n);
  if (!loading)
    adw_window_title_set_subtitle (self->window_title, n > 0 ? subtitle : "");
  if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, self->view);
  else
    gtk_stack_set_visible_child_name (self->stack,
                                      crm_relation_search_is_narrowed (self->search) ? "nothing"
                                                                                     : "empty");
  if (self->focusing && n > 0)
    focus_rows (self);
  self->focusing = FALSE;
}

static void
requery (CrmRelationsPage *self)
{
  g_autoptr (CrmQuery) query = NULL;

  if (self->list == NULL)
    return;
  query = make_query (self);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  crm_record_list_set_query (self->list, query);
}

/* Made when several are picked: most of the time it is not needed, and the window opens faster. */
static CrmSelectionBar *
get_selection_bar (CrmRelationsPage *self)
{
  if (self->selection_bar == NULL)
    {
      self->selection_bar = CRM_SELECTION_BAR (crm_selection_bar_new (self->store));
      adw_toolbar_view_add_bottom_bar (self->toolbar, GTK_WIDGET (self->selection_bar));
    }

  return self->selection_bar;
}

static void
selection_changed_cb (CrmRelationsPage *self)
{
  g_autoptr (GtkBitset) chosen = NULL;
  guint64 n;

  chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  n = gtk_bitset_get_size (chosen);
  if (n > 1)
    crm_selection_bar_set_pick (get_selection_bar (self),
                                crm_pick_new_for_selection (crm_record_list_get_query (self->list),
                                                            GTK_SELECTION_MODEL (self->selection)),
                                (guint) n);
  adw_toolbar_view_set_reveal_bottom_bars (self->toolbar, n > 1);
  if (n == 1 && !self->selecting)
    {
      g_autofree char *id = dup_id_at (self, gtk_bitset_get_nth (chosen, 0));

      if (id != NULL)
        g_signal_emit (self, signals[SELECTED], 0, id);
    }
}

static void
located_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRelationsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 position = crm_record_list_locate_finish (CRM_RECORD_LIST (source), result, &error);
  g_autoptr (GtkBitset) chosen = NULL;

  if (error != NULL || self->list == NULL)
    return;
  chosen = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  /* Several are picked: leave them. */
  if (gtk_bitset_get_size (chosen) > 1)
    return;

  self->selecting = TRUE;
  if (position >= 0 && position < count_rows (self))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), (guint) position, TRUE);
  else
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  self->selecting = FALSE;
}

static void
locate_shown (CrmRelationsPage *self)
{
  g_cancellable_cancel (self->locating);
  g_clear_object (&self->locating);
  if (self->shown == NULL || count_rows (self) == 0)
    return;

  self->locating = g_cancellable_new ();
  crm_record_list_locate_async (self->list,
                                self->shown,
                                self->locating,
                                located_cb,
                                g_object_ref (self));
}

static void
items_changed_cb (CrmRelationsPage *self)
{
  show_content (self);
  locate_shown (self);
}

static void
activate_cb (CrmRelationsPage *self, guint position)
{
  g_autofree char *id = dup_id_at (self, position);

  if (id != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, id);
}

static void
search_stopped_cb (CrmRelationsPage *self)
{
  gtk_widget_grab_focus (get_rows (self));
}

static void
search_activated_cb (CrmRelationsPage *self)
{
  if (count_rows (self) == 0)
    return;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), 0, TRUE);
  activate_cb (self, 0);
}

static void
set_sort (CrmRelationsPage *self, const char *sort, gboolean descending)
{
  GSettings *settings = crm_screen_get_settings ();

  if (g_str_equal (self->sort, sort) && self->descending == descending)
    return;

  if (g_set_str (&self->sort, sort))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
  if (self->descending != descending)
    {
      self->descending = descending;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCENDING]);
    }
  if (settings != NULL)
    {
      g_settings_set_string (settings, "list-sort", sort);
      g_settings_set_boolean (settings, "list-descending", descending);
    }
  if (self->table != NULL)
    crm_relation_table_show_sort (self->table, sort, descending);
  requery (self);
}

static void
table_sort_changed_cb (CrmRelationsPage *self, const char *field, gboolean descending)
{
  set_sort (self, field != NULL ? field : "", descending);
}

static void
crm_relations_page_dispose (GObject *object)
{
  CrmRelationsPage *self = CRM_RELATIONS_PAGE (object);

  g_cancellable_cancel (self->locating);
  g_clear_object (&self->locating);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_relations_page_parent_class)->dispose (object);
}

static void
crm_relations_page_finalize (GObject *object)
{
  CrmRelationsPage *self = CRM_RELATIONS_PAGE (object);

  g_free (self->shown);
  g_free (self->view);
  g_free (self->sort);

  G_OBJECT_CLASS (crm_relations_page_parent_class)->finalize (object);
}

static void
crm_relations_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  CrmRelationsPage *self = CRM_RELATIONS_PAGE (object);

  switch ((CrmRelationsPageProperty) prop_id)
    {
    case PROP_VIEW:
      g_value_set_string (value, self->view);
      break;

    case PROP_SORT:
      g_value_set_string (value, self->sort);
      break;

    case PROP_DESCENDING:
      g_value_set_boolean (value, self->descending);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
crm_relations_page_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  CrmRelationsPage *self = CRM_RELATIONS_PAGE (object);
  const char *sort;

  switch ((CrmRelationsPageProperty) prop_id)
    {
    case PROP_VIEW:
      crm_relations_page_set_view (self, g_value_get_string (value));
      break;

    case PROP_SORT:
      sort = g_value_get_string (value);
      /* Of dates people want the last one first. */
      set_sort (self, sort, g_str_equal (sort, "last_activity"));
      break;

    case PROP_DESCENDING:
      set_sort (self, self->sort, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, "list", flags);
  properties[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, "", flags);
  properties[PROP_DESCENDING] = g_param_spec_boolean ("descending", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static guint
new_signal (const char *name, GType type)
{
  return g_signal_new (name,
                       type,
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
crm_relations_page_class_init (CrmRelationsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = crm_relations_page_dispose;
  object_class->finalize = crm_relations_page_finalize;
  object_class->get_property = crm_relations_page_get_property;
  object_class->set_property = crm_relations_page_set_property;
  install_properties (object_class);

  signals[SELECTED] = new_signal ("selected", type);
  signals[ACTIVATED] = new_signal ("activated", type);

  crm_relations_page_install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/relations/"
                                               "crm-relations-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRelationsPage, toolbar);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationsPage, window_title);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationsPage, list_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationsPage, table_bin);
}

static void
crm_relations_page_init (CrmRelationsPage *self)
{
  self->view = g_strdup ("list");
  self->sort = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "relations.columns", FALSE);
}

static void
restore_screen (CrmRelationsPage *self)
{
  GSettings *settings = crm_screen_get_settings ();

  if (settings == NULL)
    return;
  g_free (self->sort);
  self->sort = g_settings_get_string (settings, "list-sort");
  self->descending = g_settings_get_boolean (settings, "list-descending");
}

/* Made when people first look at it. */
static void
ensure_table (CrmRelationsPage *self)
{
  if (self->table != NULL)
    return;

  self->table = CRM_RELATION_TABLE (crm_relation_table_new (crm_store_get_model (self->store)));
  crm_relation_table_show_sort (self->table, self->sort, self->descending);
  g_signal_connect_object (self->table,
                           "sort-changed",
                           G_CALLBACK (table_sort_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table,
                           "activate",
                           G_CALLBACK (activate_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->table_bin, GTK_WIDGET (self->table));
}

static void
make_children (CrmRelationsPage *self)
{
  self->search = CRM_RELATION_SEARCH (crm_relation_search_new (crm_store_get_model (self->store)));
  g_signal_connect_object (self->search, "changed", G_CALLBACK (requery), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search,
                           "activate",
                           G_CALLBACK (search_activated_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search,
                           "stop",
                           G_CALLBACK (search_stopped_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_toolbar_view_add_top_bar (self->toolbar, GTK_WIDGET (self->search));

  self->rows = CRM_RELATION_LIST (crm_relation_list_new ());
  g_signal_connect_object (self->rows,
                           "activate",
                           G_CALLBACK (activate_cb),
                           self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->list_bin, GTK_WIDGET (self->rows));
}

static void
make_list (CrmRelationsPage *self)
{
  g_autoptr (CrmQuery) query = make_query (self);

  self->list = crm_record_list_new (self->store, query);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  g_signal_connect_swapped (self->selection,
                            "selection-changed",
                            G_CALLBACK (selection_changed_cb),
                            self);
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect_swapped (self->list, "notify::loading", G_CALLBACK (show_content), self);
  crm_relation_list_set_selection (self->rows, GTK_SELECTION_MODEL (self->selection));
}

AdwNavigationPage *
crm_relations_page_new (CrmStore *store)
{
  CrmRelationsPage *self;
  GSettings *settings = crm_screen_get_settings ();

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_RELATIONS_PAGE, NULL);
  self->store = g_object_ref (store);
  restore_screen (self);
  make_children (self);
  make_list (self);
  show_content (self);
  if (settings != NULL)
    {
      g_autofree char *view = g_settings_get_string (settings, "list-view");

      crm_relations_page_set_view (self, view);
    }

  return ADW_NAVIGATION_PAGE (self);
}

GtkSearchEntry *
crm_relations_page_get_entry (CrmRelationsPage *self)
{
  g_return_val_if_fail (CRM_IS_RELATIONS_PAGE (self), NULL);

  return crm_relation_search_get_entry (self->search);
}

void
crm_relations_page_focus_list (CrmRelationsPage *self)
{
  g_return_if_fail (CRM_IS_RELATIONS_PAGE (self));

  self->focusing = TRUE;
  show_content (self);
}

void
crm_relations_page_search (CrmRelationsPage *self, const char *text)
{
  g_return_if_fail (CRM_IS_RELATIONS_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (crm_relations_page_get_entry (self)), text);
}

void
crm_relations_page_show_tag (CrmRelationsPage *self, const char *tag)
{
  g_return_if_fail (CRM_IS_RELATIONS_PAGE (self));

  crm_relation_search_set_only (self->search, "tags", tag);
}

void
crm_relations_page_show_record (CrmRelationsPage *self, const char *id)
{
  g_return_if_fail (CRM_IS_RELATIONS_PAGE (self));

  if (!g_set_str (&self->shown, id))
    return;
  if (id != NULL)
    locate_shown (self);
  else
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

void
crm_relations_page_set_view (CrmRelationsPage *self, const char *view)
{
  GSettings *settings = crm_screen_get_settings ();
  gboolean table;

  g_return_if_fail (CRM_IS_RELATIONS_PAGE (self));
  g_return_if_fail (view != NULL);

  table = g_str_equal (view, "table");
  if (!g_set_str (&self->view, table ? "table" : "list"))
    return;

  if (table)
    ensure_table (self);
  /* Only what is seen has rows. */
  if (self->table != NULL)
    crm_relation_table_set_selection (self->table,
                                      table ? GTK_SELECTION_MODEL (self->selection) : NULL);
  crm_relation_list_set_selection (self->rows,
                                   table ? NULL : GTK_SELECTION_MODEL (self->selection));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "relations.columns", table);
  show_content (self);
  if (settings != NULL)
    g_settings_set_string (settings, "list-view", self->view);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
}

GtkSelectionModel *
crm_relations_page_get_selection (CrmRelationsPage *self)
{
  g_return_val_if_fail (CRM_IS_RELATIONS_PAGE (self), NULL);

  return GTK_SELECTION_MODEL (self->selection);
}
