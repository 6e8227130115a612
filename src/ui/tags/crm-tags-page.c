#include "ui/tags/crm-tags-page.h"

#include "base/crm-text.h"
#include "ui/tags/crm-tag-dialog.h"
#include "ui/tags/crm-tag-row.h"
#include "ui/tags/crm-tags-page-private.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

/* An import changes the store many times a second, and counting looks at every relation. */
#define LOAD_DELAY_MS 200

struct _CrmTagsPage
{
  AdwNavigationPage parent_instance;

  CrmStore *store;
  GListStore *tags; /* (element-type CrmTag) */
  GtkFilterListModel *found;
  GCancellable *cancellable;
  guint load_timer;
  gboolean loaded;
  gboolean stale; /* changed while nobody looked */
  char *search;   /* folded */

  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (CrmTagsPage, crm_tags_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
filter_cb (gpointer item, gpointer user_data)
{
  CrmTagsPage *self = user_data;
  g_autofree char *name = crm_text_fold (crm_tag_get_name (item));
  g_autofree char *explanation = crm_text_fold (crm_tag_get_explanation (item));

  return strstr (name, self->search) != NULL || strstr (explanation, self->search) != NULL;
}

static void
show_stack (CrmTagsPage *self)
{
  if (!self->loaded)
    return;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->tags)) == 0)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->found)) == 0)
    gtk_stack_set_visible_child_name (self->stack, "nothing");
  else
    gtk_stack_set_visible_child_name (self->stack, "tags");
}

/* How many of both, from one end, are alike. */
static guint
count_equal (CrmTagsPage *self, GPtrArray *tags, guint max, gboolean from_end)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->tags));
  guint n = 0;

  for (; n < max; n++)
    {
      g_autoptr (CrmTag)
          shown = g_list_model_get_item (G_LIST_MODEL (self->tags), from_end ? n_shown - 1 - n : n);

      if (!crm_tag_equal (shown, tags->pdata[from_end ? tags->len - 1 - n : n]))
        break;
    }

  return n;
}

/* Only what differs is replaced, so that scroll and keyboard stay where they are. */
static void
show_tags (CrmTagsPage *self, GPtrArray *tags)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->tags));
  guint n_head = count_equal (self, tags, MIN (n_shown, tags->len), FALSE);
  guint n_tail = count_equal (self, tags, MIN (n_shown, tags->len) - n_head, TRUE);

  g_list_store_splice (self->tags,
                       n_head,
                       n_shown - n_head - n_tail,
                       tags->pdata + n_head,
                       tags->len - n_head - n_tail);
  self->loaded = TRUE;
  show_stack (self);
}

static gpointer
list_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  return crm_tag_work_list (replica, cancellable, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmTagsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tags = crm_store_run_finish (CRM_STORE (source), result, &error);

  /* The page is gone. */
  if (self->store == NULL)
    return;
  if (tags != NULL)
    show_tags (self, tags);
  else
    crm_toast_show_error (GTK_WIDGET (self), _("The tags could not be read"), error);
}

static void
load (CrmTagsPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stale = FALSE;
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       list_on_worker,
                       NULL,
                       NULL,
                       (GDestroyNotify) g_ptr_array_unref,
                       self->cancellable,
                       listed_cb,
                       g_object_ref (self));
}

static void
load_cb (gpointer user_data)
{
  CrmTagsPage *self = user_data;

  self->load_timer = 0;
  load (self);
}

static gboolean
is_watched (CrmTagsPage *self, guint kinds)
{
  CrmModel *model = crm_store_get_model (self->store);

  for (guint i = 0; i < crm_model_get_n_kinds (model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (model, i);

      if ((kinds & (1u << crm_kind_get_number (kind))) != 0 &&
          (crm_kind_find_field (kind, "tags") != NULL ||
           g_str_equal (crm_kind_get_name (kind), "tag")))
        return TRUE;
    }

  return FALSE;
}

static void
store_changed_cb (CrmTagsPage *self, const CrmStoreChange *change)
{
  if (!is_watched (self, change->kinds))
    return;

  self->stale = TRUE;
  if (self->load_timer == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->load_timer = g_timeout_add_once (LOAD_DELAY_MS, load_cb, self);
}

static void
crm_tags_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (crm_tags_page_parent_class)->map (widget);

  if (CRM_TAGS_PAGE (widget)->stale)
    load (CRM_TAGS_PAGE (widget));
}

static void
search_changed_cb (CrmTagsPage *self)
{
  g_free (self->search);
  self->search = crm_text_fold (gtk_editable_get_text (self->search_entry));
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->found), GTK_FILTER_CHANGE_DIFFERENT);
  show_stack (self);
}

static void
change_cb (CrmTagsPage *self, const CrmTagChange *change)
{
  crm_tags_page_change (self, self->store, change);
}

static void
present_dialog (CrmTagsPage *self, CrmTag *tag)
{
  CrmTagDialog *dialog = crm_tag_dialog_new (tag, G_LIST_MODEL (self->tags));

  g_signal_connect_object (dialog, "change", G_CALLBACK (change_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
new_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  present_dialog (CRM_TAGS_PAGE (widget), NULL);
}

static void
edit_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  CrmTagsPage *self = CRM_TAGS_PAGE (widget);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tags)); i++)
    {
      g_autoptr (CrmTag) tag = g_list_model_get_item (G_LIST_MODEL (self->tags), i);

      if (g_str_equal (crm_tag_get_name (tag), g_variant_get_string (parameter, NULL)))
        present_dialog (self, tag);
    }
}

static void
crm_tags_page_dispose (GObject *object)
{
  CrmTagsPage *self = CRM_TAGS_PAGE (object);

  g_clear_handle_id (&self->load_timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_TAGS_PAGE);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->found);
  g_clear_object (&self->tags);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_tags_page_parent_class)->dispose (object);
}

static void
crm_tags_page_finalize (GObject *object)
{
  g_free (CRM_TAGS_PAGE (object)->search);

  G_OBJECT_CLASS (crm_tags_page_parent_class)->finalize (object);
}

static void
crm_tags_page_class_init (CrmTagsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_tags_page_dispose;
  object_class->finalize = crm_tags_page_finalize;
  widget_class->map = crm_tags_page_map;

  gtk_widget_class_install_action (widget_class, "tags.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "tags.edit", "s", edit_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/tags/crm-tags-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmTagsPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, CrmTagsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CrmTagsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmTagsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  return crm_tag_row_new (item);
}

static void
crm_tags_page_init (CrmTagsPage *self)
{
  GtkCustomFilter *filter = gtk_custom_filter_new (filter_cb, self, NULL);

  self->search = g_strdup ("");
  self->tags = g_list_store_new (CRM_TYPE_TAG);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  self->found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->tags)),
                                           GTK_FILTER (filter));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->found), make_row, NULL, NULL);
}

AdwNavigationPage *
crm_tags_page_new (CrmStore *store)
{
  CrmTagsPage *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_TAGS_PAGE, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store,
                           "changed",
                           G_CALLBACK (store_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  load (self);

  return ADW_NAVIGATION_PAGE (self);
}
