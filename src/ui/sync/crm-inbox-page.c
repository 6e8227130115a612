#include "ui/sync/crm-inbox-page.h"

#include "ui/record/crm-compare-dialog.h"
#include "ui/sync/crm-conflict-card.h"
#include "ui/sync/crm-conflict-words.h"
#include "ui/sync/crm-inbox-data.h"
#include "ui/sync/crm-inbox-work.h"
#include "ui/sync/crm-write-dialog.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

/* What is to be decided by eye; the next ones come when these are. */
#define MAX_CARDS 100
/* A card costs some milliseconds. */
#define CARDS_A_FRAME 2

struct _CrmInboxPage
{
  AdwNavigationPage parent_instance;

  CrmStore *store;
  CrmInboxData *data; /* nullable */
  GCancellable *cancellable;
  gboolean loading;
  gboolean stale;
  guint tick;

  GtkStack *stack;
  AdwBreakpointBin *bin;
  GtkBox *cards;
  GtkActionBar *bar;
  GtkLabel *bar_label;
};

G_DEFINE_FINAL_TYPE (CrmInboxPage, crm_inbox_page, ADW_TYPE_NAVIGATION_PAGE)

static void load (CrmInboxPage *self);

static const CrmConflict *
find_conflict (CrmInboxPage *self, const char *id)
{
  for (guint i = 0; self->data != NULL && i < self->data->conflicts->len; i++)
    {
      const CrmConflict *conflict = g_ptr_array_index (self->data->conflicts, i);

      if (g_str_equal (conflict->id, id))
        return conflict;
    }

  return NULL;
}

static CrmConflictCard *
get_card (GtkWidget *widget)
{
  return widget != NULL ? CRM_CONFLICT_CARD (widget) : NULL;
}

/* ---- Several by selection ---- */

/* NULL-terminated; ids of those that are marked. */
static GPtrArray *
list_selected (CrmInboxPage *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (CrmConflictCard *card = get_card (gtk_widget_get_first_child (GTK_WIDGET (self->cards)));
       card != NULL;
       card = get_card (gtk_widget_get_next_sibling (GTK_WIDGET (card))))
    if (crm_conflict_card_get_selected (card))
      g_ptr_array_add (ids, g_strdup (crm_conflict_card_get_id (card)));
  g_ptr_array_add (ids, NULL);

  return ids;
}

static void
selected_cb (CrmInboxPage *self)
{
  g_autoptr (GPtrArray) ids = list_selected (self);
  guint n = ids->len - 1;
  g_autofree char *text = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);

  gtk_label_set_text (self->bar_label, text);
  gtk_action_bar_set_revealed (self->bar, n > 0);
}

static void
select_none_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (widget);

  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    crm_conflict_card_set_selected (CRM_CONFLICT_CARD (card), FALSE);
}

/* ---- Cards ---- */

static gboolean
is_narrow (CrmInboxPage *self)
{
  return adw_breakpoint_bin_get_current_breakpoint (self->bin) != NULL;
}

static void
width_changed_cb (CrmInboxPage *self)
{
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card != NULL;
       card = gtk_widget_get_next_sibling (card))
    crm_conflict_card_set_narrow (CRM_CONFLICT_CARD (card), is_narrow (self));
}

/* How many come of the action of the one at @i, when it is the first of them; else 0. */
static guint
count_group (CrmInboxPage *self, guint i)
{
  GPtrArray *conflicts = self->data->conflicts;
  const CrmConflict *first = g_ptr_array_index (conflicts, i);
  guint n = 0;

  if (i > 0 && g_str_equal (((CrmConflict *) conflicts->pdata[i - 1])->group, first->group))
    return 0;
  while (i + n < conflicts->len &&
         g_str_equal (((CrmConflict *) conflicts->pdata[i + n])->group, first->group))
    n++;

  return n;
}

static CrmConflictCard *
make_card (CrmInboxPage *self, const CrmConflict *conflict)
{
  CrmConflictCard *card = crm_conflict_card_new (conflict, self->data->titles);

  crm_conflict_card_set_narrow (card, is_narrow (self));
  g_signal_connect_object (card, "selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);

  return card;
}

/* NULL when none looks like it. */
static GtkWidget *
find_card (CrmInboxPage *self, const CrmConflict *conflict)
{
  GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards));

  while (card != NULL && !crm_conflict_card_shows (CRM_CONFLICT_CARD (card), conflict))
    card = gtk_widget_get_next_sibling (card);

  return card;
}

static void
remove_old_cards (CrmInboxPage *self)
{
  GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards));

  while (card != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (card);
      const CrmConflict
          *conflict = find_conflict (self, crm_conflict_card_get_id (CRM_CONFLICT_CARD (card)));

      if (conflict == NULL || !crm_conflict_card_shows (CRM_CONFLICT_CARD (card), conflict))
        gtk_box_remove (self->cards, card);
      card = next;
    }
}

/* What did not change keeps its card. Returns: whether cards are still to come */
static gboolean
update_cards (CrmInboxPage *self)
{
  guint n = self->data != NULL ? MIN (self->data->conflicts->len, MAX_CARDS) : 0;
  guint n_made = 0;
  GtkWidget *before = NULL;

  remove_old_cards (self);
  for (guint i = 0; i < n; i++)
    {
      const CrmConflict *conflict = g_ptr_array_index (self->data->conflicts, i);
      GtkWidget *card = find_card (self, conflict);

      if (card == NULL && n_made == CARDS_A_FRAME)
        return TRUE;
      if (card == NULL)
        {
          card = GTK_WIDGET (make_card (self, conflict));
          gtk_box_insert_child_after (self->cards, card, before);
          n_made++;
        }
      else if (gtk_widget_get_prev_sibling (card) != before)
        gtk_box_reorder_child_after (self->cards, card, before);
      crm_conflict_card_set_group (CRM_CONFLICT_CARD (card), count_group (self, i));
      before = card;
    }

  return FALSE;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (widget);

  if (update_cards (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  selected_cb (self);

  return G_SOURCE_REMOVE;
}

static void
show_data (CrmInboxPage *self)
{
  gboolean empty = self->data->conflicts->len == 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "cards");
  if (!update_cards (self))
    selected_cb (self);
  else if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* ---- Reading ---- */

static gpointer
load_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_inbox_data_load (replica, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmInboxPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmInboxData) data = crm_store_run_finish (CRM_STORE (source), result, &error);

  self->loading = FALSE;
  if (self->store == NULL)
    return;
  if (data != NULL)
    {
      g_clear_pointer (&self->data, crm_inbox_data_free);
      self->data = g_steal_pointer (&data);
      show_data (self);
    }
  else if (self->data == NULL)
    {
      g_message ("Reading the inbox failed: %s", error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  if (self->stale)
    load (self);
}

static void
load (CrmInboxPage *self)
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
                       (GDestroyNotify) crm_inbox_data_free,
                       self->cancellable,
                       loaded_cb,
                       g_object_ref (self));
}

static void
reload_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  load (CRM_INBOX_PAGE (widget));
}

/* ---- Deciding ---- */

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmInboxPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *set = NULL;

  if (self->store == NULL)
    return;
  if (!crm_inbox_work_finish (CRM_STORE (source), result, &text, &set, &error))
    {
      crm_toast_show_error (GTK_WIDGET (self), crm_conflict_words_get_error (error), error);
      load (self);
      return;
    }
  crm_toast_show_undo (GTK_WIDGET (self), text, self->store, set);
  /* What is known only here tells no other window. */
  load (self);
}

static void
decide (CrmInboxPage *self, const char *const *ids, CrmConflictChoice choice, const char *value)
{
  if (ids[0] != NULL)
    crm_inbox_work_decide_async (self->store, ids, choice, value, worked_cb, g_object_ref (self));
}

static void
decide_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  const char *const ids[] = { g_variant_get_string (parameter, NULL), NULL };
  CrmConflictChoice choice = g_str_has_suffix (action_name, "mine")     ? CRM_CONFLICT_MINE
                             : g_str_has_suffix (action_name, "theirs") ? CRM_CONFLICT_THEIRS
                                                                        : CRM_CONFLICT_LEAVE;

  decide (CRM_INBOX_PAGE (widget), ids, choice, NULL);
}

static void
group_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (widget);
  const char *group = g_variant_get_string (parameter, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; self->data != NULL && i < self->data->conflicts->len; i++)
    {
      const CrmConflict *conflict = g_ptr_array_index (self->data->conflicts, i);

      if (g_str_equal (conflict->group, group) && crm_conflict_words_get_mine (conflict) != NULL)
        g_ptr_array_add (ids, conflict->id);
    }
  g_ptr_array_add (ids, NULL);
  decide (self,
          (const char *const *) ids->pdata,
          g_str_has_suffix (action_name, "mine") ? CRM_CONFLICT_MINE : CRM_CONFLICT_THEIRS,
          NULL);
}

static void
selected_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (widget);
  g_autoptr (GPtrArray) ids = list_selected (self);

  decide (self,
          (const char *const *) ids->pdata,
          g_str_has_suffix (action_name, "mine") ? CRM_CONFLICT_MINE : CRM_CONFLICT_THEIRS,
          NULL);
}

static void
written_cb (CrmInboxPage *self, const char *value, AdwDialog *dialog)
{
  const char *const ids[] = { g_object_get_data (G_OBJECT (dialog), "conflict"), NULL };

  if (self->store != NULL)
    decide (self, ids, CRM_CONFLICT_VALUE, value);
}

static void
write_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (widget);
  const CrmConflict *conflict = find_conflict (self, g_variant_get_string (parameter, NULL));
  g_autofree char *heading = NULL;
  AdwDialog *dialog;

  if (conflict == NULL || !crm_conflict_words_can_write (conflict))
    return;
  heading = crm_conflict_words_dup_heading (conflict);
  dialog = crm_write_dialog_new (self->store,
                                 heading,
                                 conflict->kind,
                                 crm_kind_find_field (conflict->kind, conflict->field),
                                 conflict->mine);
  g_object_set_data_full (G_OBJECT (dialog), "conflict", g_strdup (conflict->id), g_free);
  g_signal_connect_object (dialog, "written", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
refusal_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (widget);

  crm_inbox_work_settle_async (self->store,
                               g_variant_get_string (parameter, NULL),
                               g_str_equal (action_name, "inbox.retry"),
                               worked_cb,
                               g_object_ref (self));
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmInboxPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) two = crm_inbox_work_get_two_finish (CRM_STORE (source), result, &error);

  if (self->store == NULL)
    return;
  if (two == NULL)
    crm_toast_show_error (GTK_WIDGET (self), _("One of the two is not there any more"), error);
  else
    adw_dialog_present (crm_compare_dialog_new (two->pdata[0], two->pdata[1]), GTK_WIDGET (self));
}

static void
compare_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmInboxPage *self = CRM_INBOX_PAGE (widget);
  const CrmConflict *conflict = find_conflict (self, g_variant_get_string (parameter, NULL));

  if (conflict != NULL && conflict->record != NULL && conflict->other != NULL)
    crm_inbox_work_get_two_async (self->store,
                                  conflict->record,
                                  conflict->other,
                                  compared_cb,
                                  g_object_ref (self));
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
  g_clear_pointer (&self->data, crm_inbox_data_free);

  G_OBJECT_CLASS (crm_inbox_page_parent_class)->dispose (object);
}

static void
crm_inbox_page_finalize (GObject *object)
{
  g_object_unref (CRM_INBOX_PAGE (object)->cancellable);

  G_OBJECT_CLASS (crm_inbox_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    const char *parameter;
    GtkWidgetActionActivateFunc func;
  } actions[] = {
    { "inbox.mine", "s", decide_action },
    { "inbox.theirs", "s", decide_action },
    { "inbox.leave", "s", decide_action },
    { "inbox.group-mine", "s", group_action },
    { "inbox.group-theirs", "s", group_action },
    { "inbox.selected-mine", NULL, selected_action },
    { "inbox.selected-theirs", NULL, selected_action },
    { "inbox.select-none", NULL, select_none_action },
    { "inbox.write", "s", write_action },
    { "inbox.compare", "s", compare_action },
    { "inbox.retry", "s", refusal_action },
    { "inbox.dismiss", "s", refusal_action },
    { "inbox.reload", NULL, reload_action },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class,
                                     actions[i].name,
                                     actions[i].parameter,
                                     actions[i].func);
}

static void
crm_inbox_page_class_init (CrmInboxPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_inbox_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_inbox_page_finalize;
  install_actions (widget_class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/sync/crm-inbox-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmInboxPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmInboxPage, bin);
  gtk_widget_class_bind_template_child (widget_class, CrmInboxPage, cards);
  gtk_widget_class_bind_template_child (widget_class, CrmInboxPage, bar);
  gtk_widget_class_bind_template_child (widget_class, CrmInboxPage, bar_label);
  gtk_widget_class_bind_template_callback (widget_class, width_changed_cb);
}

static void
crm_inbox_page_init (CrmInboxPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
crm_inbox_page_new (CrmStore *store)
{
  CrmInboxPage *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_INBOX_PAGE, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_swapped (store, "changed", G_CALLBACK (load), self);
  load (self);

  return ADW_NAVIGATION_PAGE (self);
}
