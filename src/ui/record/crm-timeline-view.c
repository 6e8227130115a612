#include "ui/record/crm-timeline-view.h"

#include "ui/record/crm-timeline-row.h"
#include "ui/record/crm-when.h"
#include "ui/widgets/crm-long-list.h"

#include <glib/gi18n-lib.h>

struct _CrmTimelineView
{
  AdwBin parent_instance;

  GListStore *items;
  gboolean has_more;
  gboolean asked; /* for more, which did not come yet */
  GtkWidget *list;
  GtkDropDown *filter;
  GtkWidget *more;
  GtkWidget *empty;
};

G_DEFINE_FINAL_TYPE (CrmTimelineView, crm_timeline_view, ADW_TYPE_BIN)

typedef enum
{
  FILTER_CHANGED,
  MORE,
} CrmTimelineViewSignal;

static guint signals[MORE + 1];

static const struct
{
  const char *filter;
  const char *label;
} filters[] = {
  { NULL, N_ ("Everything") }, { "call", N_ ("Calls") },     { "visit", N_ ("Visits") },
  { "note", N_ ("Notes") },    { "task", N_ ("Tasks") },     { "email", N_ ("E-mails") },
  { "letter", N_ ("Letters") }, { "change", N_ ("Changes") },
};

static void
filter_changed_cb (CrmTimelineView *self)
{
  g_signal_emit (self, signals[FILTER_CHANGED], 0);
}

static void
more_cb (CrmTimelineView *self)
{
  self->asked = TRUE;
  g_signal_emit (self, signals[MORE], 0);
}

/* Whoever goes on reading need not ask. */
static void
near_end_cb (CrmTimelineView *self)
{
  if (self->has_more && !self->asked)
    more_cb (self);
}

static void
crm_timeline_view_finalize (GObject *object)
{
  g_object_unref (CRM_TIMELINE_VIEW (object)->items);

  G_OBJECT_CLASS (crm_timeline_view_parent_class)->finalize (object);
}

static void
crm_timeline_view_class_init (CrmTimelineViewClass *klass)
{
  const GType type = CRM_TYPE_TIMELINE_VIEW;

  G_OBJECT_CLASS (klass)->finalize = crm_timeline_view_finalize;

  signals[FILTER_CHANGED] =
      g_signal_new ("filter-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MORE] =
      g_signal_new ("more", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_title (CrmTimelineView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_("Timeline"));
  GtkStringList *labels = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    gtk_string_list_append (labels, _(filters[i].label));
  self->filter = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (labels), NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->filter), "crm-filter");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->filter),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Show in the timeline"), -1);
  g_signal_connect_object (self->filter,
                           "notify::selected",
                           G_CALLBACK (filter_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->filter));

  return box;
}

static char *
dup_day (CrmTimelineView *self, guint i)
{
  g_autoptr (CrmTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
  g_autoptr (GDateTime) moment = crm_when_parse (crm_timeline_item_get_at (item), NULL);
  g_autoptr (GDateTime) now = crm_when_now ();

  return moment != NULL ? crm_when_dup_day (moment, now) : g_strdup (_("Without a Date"));
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  return GTK_WIDGET (crm_timeline_row_new (item));
}

/* The first of a day says so. */
static void
update_row (GtkWidget *row, guint position, gpointer user_data)
{
  CrmTimelineView *self = user_data;
  g_autofree char *day = dup_day (self, position);
  g_autofree char *before = position > 0 ? dup_day (self, position - 1) : NULL;

  crm_timeline_row_set_day (CRM_TIMELINE_ROW (row), g_strcmp0 (day, before) != 0 ? day : NULL);
}

static void
make_list (CrmTimelineView *self)
{
  /* One costs about a millisecond. */
  static const CrmLongListRows rows = { make_row, update_row, 6 };

  self->list = GTK_WIDGET (crm_long_list_new (G_LIST_MODEL (self->items), &rows, self));
  g_signal_connect_object (self->list,
                           "near-end",
                           G_CALLBACK (near_end_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (self->list, "crm-timeline");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Timeline"), -1);
}

static void
crm_timeline_view_init (CrmTimelineView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->items = g_list_store_new (CRM_TYPE_TIMELINE_ITEM);
  gtk_box_append (GTK_BOX (box), make_title (self));
  make_list (self);
  gtk_box_append (GTK_BOX (box), self->list);

  self->empty = gtk_label_new (_("Nothing here yet. What you log above comes here."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_widget_set_visible (self->empty, FALSE);
  gtk_box_append (GTK_BOX (box), self->empty);

  self->more = gtk_button_new_with_mnemonic (_("Show _Older"));
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->more, "pill");
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_object (self->more, "clicked", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->more);

  adw_bin_set_child (ADW_BIN (self), box);
}

CrmTimelineView *
crm_timeline_view_new (void)
{
  return g_object_new (CRM_TYPE_TIMELINE_VIEW, NULL);
}

const char *
crm_timeline_view_get_filter (CrmTimelineView *self)
{
  guint selected;

  g_return_val_if_fail (CRM_IS_TIMELINE_VIEW (self), NULL);

  selected = gtk_drop_down_get_selected (self->filter);

  return selected < G_N_ELEMENTS (filters) ? filters[selected].filter : NULL;
}

void
crm_timeline_view_set_filter (CrmTimelineView *self, const char *filter)
{
  g_return_if_fail (CRM_IS_TIMELINE_VIEW (self));

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    if (g_strcmp0 (filters[i].filter, filter) == 0)
      gtk_drop_down_set_selected (self->filter, i);
}

/* How many of the shown items, from one end, equal those of @items. */
static guint
count_equal (CrmTimelineView *self, GPtrArray *items, guint max, gboolean from_end)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint n = 0;

  for (; n < max; n++)
    {
      guint shown_at = from_end ? n_shown - 1 - n : n;
      guint item_at = from_end ? items->len - 1 - n : n;
      g_autoptr (CrmTimelineItem)
          shown = g_list_model_get_item (G_LIST_MODEL (self->items), shown_at);

      if (!crm_timeline_item_equal (shown, g_ptr_array_index (items, item_at)))
        break;
    }

  return n;
}

static void
finish (CrmTimelineView *self, gboolean more)
{
  gboolean any = crm_timeline_view_get_n_items (self) > 0;

  self->has_more = more;
  self->asked = FALSE;
  gtk_widget_set_visible (self->more, more);
  gtk_widget_set_visible (self->empty, !any);
  gtk_widget_set_visible (self->list, any);
}

void
crm_timeline_view_set_items (CrmTimelineView *self, GPtrArray *items, gboolean more)
{
  guint n_shown;
  guint n_head;
  guint n_tail;

  g_return_if_fail (CRM_IS_TIMELINE_VIEW (self));
  g_return_if_fail (items != NULL);

  /* Only what differs is replaced, so that scroll and keyboard stay where they are. */
  n_shown = crm_timeline_view_get_n_items (self);
  n_head = count_equal (self, items, MIN (n_shown, items->len), FALSE);
  n_tail = count_equal (self, items, MIN (n_shown, items->len) - n_head, TRUE);
  if (n_head + n_tail < n_shown || n_head + n_tail < items->len)
    g_list_store_splice (self->items,
                         n_head,
                         n_shown - n_head - n_tail,
                         items->pdata + n_head,
                         items->len - n_head - n_tail);
  finish (self, more);
}

void
crm_timeline_view_add_items (CrmTimelineView *self, GPtrArray *items, gboolean more)
{
  g_return_if_fail (CRM_IS_TIMELINE_VIEW (self));
  g_return_if_fail (items != NULL);

  g_list_store_splice (self->items,
                       crm_timeline_view_get_n_items (self),
                       0,
                       items->pdata,
                       items->len);
  finish (self, more);
}

GPtrArray *
crm_timeline_view_list_items (CrmTimelineView *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (CRM_IS_TIMELINE_VIEW (self), items);

  for (guint i = 0; i < crm_timeline_view_get_n_items (self); i++)
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->items), i));

  return items;
}

guint
crm_timeline_view_get_n_items (CrmTimelineView *self)
{
  g_return_val_if_fail (CRM_IS_TIMELINE_VIEW (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}
