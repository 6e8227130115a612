#include "ui/sync/crm-inbox-page-private.h"

#include "ui/sync/crm-conflict-card.h"
#include "ui/widgets/crm-long-list.h"

#include <glib/gi18n-lib.h>

struct _CrmInboxPage
{
  AdwNavigationPage parent_instance;

  CrmStore *store;
  CrmInboxList *items;
  GCancellable *cancellable;
  gboolean loading;
  gboolean stale;
  gboolean loaded; /* once */

  GtkStack *stack;
  AdwBreakpointBin *bin;
  AdwClamp *clamp;
  CrmLongList *cards;
  GtkActionBar *bar;
  GtkLabel *bar_label;
};

G_DEFINE_FINAL_TYPE (CrmInboxPage, crm_inbox_page, ADW_TYPE_NAVIGATION_PAGE)

CrmStore *
crm_inbox_page_get_store (CrmInboxPage *self)
{
  g_return_val_if_fail (CRM_IS_INBOX_PAGE (self), NULL);

  return self->store;
}

CrmInboxList *
crm_inbox_page_get_list (CrmInboxPage *self)
{
  g_return_val_if_fail (CRM_IS_INBOX_PAGE (self), NULL);

  return self->items;
}

static void
selected_cb (CrmInboxPage *self)
{
  guint n = crm_inbox_list_get_n_selected (self->items);
  g_autofree char *text = g_strdup_printf (ngettext ("%'u selected", "%'u selected", n), n);

  gtk_label_set_text (self->bar_label, text);
  gtk_action_bar_set_revealed (self->bar, n > 0);
}

/* ---- Cards ---- */

static GtkWidget *
make_card (gpointer item, gpointer user_data)
{
  return GTK_WIDGET (crm_conflict_card_new (item));
}

static void
update_card (GtkWidget *card, guint position, gpointer user_data)
{
  CrmInboxPage *self = user_data;

  crm_conflict_card_set_narrow (CRM_CONFLICT_CARD (card),
                                adw_breakpoint_bin_get_current_breakpoint (self->bin) != NULL);
}

static void
width_changed_cb (CrmInboxPage *self)
{
  if (self->cards != NULL)
    crm_long_list_refresh (self->cards);
}

static void
show_items (CrmInboxPage *self, GPtrArray *items)
{
  self->loaded = TRUE;
  crm_inbox_list_set_items (self->items, items);
  gtk_stack_set_visible_child_name (self->stack, items->len == 0 ? "empty" : "cards");
}

/* ---- Reading ---- */

static gpointer
load_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_inbox_item_list (replica, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmInboxPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = crm_store_run_finish (CRM_STORE (source), result, &error);

  self->loading = FALSE;
  if (self->store == NULL)
    return;
  if (items != NULL)
    show_items (self, items);
  else if (!self->loaded)
    {
      g_message ("Reading the inbox failed: %s", error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  if (self->stale)
    crm_inbox_page_load (self);
}

void
crm_inbox_page_load (CrmInboxPage *self)
{
  self->stale = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       load_on_worker,
                       NULL,
                       NULL,
                       (GDestroyNotify) g_ptr_array_unref,
                       self->cancellable,
                       loaded_cb,
                       g_object_ref (self));
}

static void
reload_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  crm_inbox_page_load (CRM_INBOX_PAGE (widget));
}

/* ---- The page ---- */

static void
crm_inbox_page_dispose (GObject *object)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_INBOX_PAGE);

  G_OBJECT_CLASS (crm_inbox_page_parent_class)->dispose (object);
}

static void
crm_inbox_page_finalize (GObject *object)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->items);

  G_OBJECT_CLASS (crm_inbox_page_parent_class)->finalize (object);
}

static void
crm_inbox_page_class_init (CrmInboxPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_inbox_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_inbox_page_finalize;
  crm_inbox_page_install_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "inbox.reload", NULL, reload_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/sync/crm-inbox-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmInboxPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmInboxPage, bin);
  gtk_widget_class_bind_template_child (widget_class, CrmInboxPage, clamp);
  gtk_widget_class_bind_template_child (widget_class, CrmInboxPage, bar);
  gtk_widget_class_bind_template_child (widget_class, CrmInboxPage, bar_label);
  gtk_widget_class_bind_template_callback (widget_class, width_changed_cb);
}

static void
crm_inbox_page_init (CrmInboxPage *self)
{
  /* One costs some milliseconds. */
  static const CrmLongListRows rows = { make_card, update_card, 2 };

  self->cancellable = g_cancellable_new ();
  self->items = crm_inbox_list_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cards = crm_long_list_new (crm_inbox_list_get_items (self->items), &rows, self);
  gtk_widget_add_css_class (GTK_WIDGET (self->cards), "crm-inbox");
  adw_clamp_set_child (self->clamp, GTK_WIDGET (self->cards));
  g_signal_connect_object (self->items,
                           "selected",
                           G_CALLBACK (selected_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

AdwNavigationPage *
crm_inbox_page_new (CrmStore *store)
{
  CrmInboxPage *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_INBOX_PAGE, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_swapped (store, "changed", G_CALLBACK (crm_inbox_page_load), self);
  crm_inbox_page_load (self);

  return ADW_NAVIGATION_PAGE (self);
}
