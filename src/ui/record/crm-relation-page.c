#include "ui/record/crm-fact-group.h"
#include "ui/record/crm-people-group.h"
#include "ui/record/crm-relation-head.h"
#include "ui/record/crm-relation-page-private.h"
#include "ui/record/crm-step-group.h"
#include "ui/record/crm-timeline-data.h"
#include "ui/widgets/crm-toast.h"

#include <glib/gi18n-lib.h>

#define PEOPLE_STEP   6
#define TIMELINE_STEP 60
#define N_FACT_GROUPS 6

struct _CrmRelationPage
{
  AdwNavigationPage parent_instance;

  CrmStore *store;
  char *id;
  CrmRelationData *data;
  guint n_people;
  GCancellable *cancellable;
  gulong changed_handler;
  /* One read at a time; what changes meanwhile asks for another. */
  gboolean loading;
  gboolean stale;
  GCancellable *timeline_search;
  CrmSuggester *suggester;

  CrmRelationHead *head;
  CrmStepGroup *steps;
  CrmQuickEntry *quick;
  CrmTimelineView *timeline;
  CrmFactGroup *groups[N_FACT_GROUPS];
  CrmPeopleGroup *people;

  AdwBanner *banner;
  GtkStack *stack;
  AdwBreakpointBin *bin;
  GtkBox *body;
  AdwToggleGroup *switcher;
  GtkBox *columns;
  GtkWidget *story;
  GtkWidget *facts;
};

G_DEFINE_FINAL_TYPE (CrmRelationPage, crm_relation_page, ADW_TYPE_NAVIGATION_PAGE)

static void load (CrmRelationPage *self);

static void
update_columns (CrmRelationPage *self)
{
  const char *name = adw_toggle_group_get_active_name (self->switcher);
  gboolean narrow = adw_breakpoint_bin_get_current_breakpoint (self->bin) != NULL;
  gboolean facts = g_strcmp0 (name, "facts") == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->switcher), narrow);
  gtk_widget_set_visible (self->story, !narrow || !facts);
  gtk_widget_set_visible (self->facts, !narrow || facts);
  gtk_widget_set_hexpand (self->facts, narrow);
  gtk_widget_set_size_request (self->facts, narrow ? -1 : 300, -1);
  if (self->head != NULL)
    crm_relation_head_set_narrow (self->head, narrow);
}

typedef struct
{
  char *id;
  char *filter;
  GPtrArray *shown;
  guint limit;
  gboolean more; /* what follows @shown, not what took its place */
} TimelineRequest;

static void
timeline_request_free (TimelineRequest *request)
{
  g_free (request->id);
  g_free (request->filter);
  g_ptr_array_unref (request->shown);
  g_free (request);
}

static gpointer
load_timeline_on_worker (CrmReplica *replica,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error)
{
  TimelineRequest *request = data;
  CrmTimelineData *timeline = crm_timeline_data_load (replica,
                                                      request->id,
                                                      request->filter,
                                                      request->more ? request->shown : NULL,
                                                      request->limit,
                                                      cancellable,
                                                      error);

  if (timeline != NULL && !request->more)
    crm_timeline_data_keep (timeline, request->shown);

  return timeline;
}

static gboolean
take_timeline (CrmRelationPage *self,
               GObject *source,
               GAsyncResult *result,
               CrmTimelineData **timeline)
{
  g_autoptr (GError) error = NULL;

  *timeline = crm_store_run_finish (CRM_STORE (source), result, &error);
  if (*timeline == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND))
    crm_toast_show_error (GTK_WIDGET (self), _("The timeline could not be read"), error);

  return *timeline != NULL && self->timeline != NULL;
}

static void
timeline_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRelationPage) self = user_data;
  g_autoptr (CrmTimelineData) timeline = NULL;

  if (take_timeline (self, source, result, &timeline))
    crm_timeline_view_set_items (self->timeline, timeline->items, timeline->more);
}

static void
timeline_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRelationPage) self = user_data;
  g_autoptr (CrmTimelineData) timeline = NULL;

  if (take_timeline (self, source, result, &timeline))
    crm_timeline_view_add_items (self->timeline, timeline->items, timeline->more);
}

/* @more: the page after the last; else everything that is shown once more. The later request wins.
 */
static void
load_timeline (CrmRelationPage *self, gboolean more)
{
  TimelineRequest *request = g_new0 (TimelineRequest, 1);

  g_cancellable_cancel (self->timeline_search);
  g_clear_object (&self->timeline_search);
  self->timeline_search = g_cancellable_new ();
  request->id = g_strdup (self->id);
  request->filter = g_strdup (crm_timeline_view_get_filter (self->timeline));
  request->limit = more ? TIMELINE_STEP
                        : MAX (TIMELINE_STEP, crm_timeline_view_get_n_items (self->timeline));
  request->more = more;
  request->shown = crm_timeline_view_list_items (self->timeline);

  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       load_timeline_on_worker,
                       request,
                       (GDestroyNotify) timeline_request_free,
                       (GDestroyNotify) crm_timeline_data_free,
                       self->timeline_search,
                       more ? timeline_added_cb : timeline_loaded_cb,
                       g_object_ref (self));
}

static void
more_timeline_cb (CrmRelationPage *self)
{
  load_timeline (self, TRUE);
}

static void
filter_changed_cb (CrmRelationPage *self)
{
  load_timeline (self, FALSE);
}

static void
add_groups (CrmRelationPage *self)
{
  const struct
  {
    const char *title;
    CrmSection first;
    CrmSection second;
  } groups[N_FACT_GROUPS] = {
    { _("Contact"), CRM_SECTION_CONTACT, CRM_SECTION_HIDDEN },
      { _("Address"), CRM_SECTION_VISITING, CRM_SECTION_POSTAL },
        { _("Work"), CRM_SECTION_WORK, CRM_SECTION_HIDDEN },
          { _("Status"), CRM_SECTION_STATUS, CRM_SECTION_HIDDEN },
            { _("Name"), CRM_SECTION_NAME, CRM_SECTION_HIDDEN },
              { _("Note"), CRM_SECTION_NOTE, CRM_SECTION_HIDDEN },
            };

  for (guint i = 0; i < N_FACT_GROUPS; i++)
    {
      self->groups[i] = crm_fact_group_new (groups[i].title, groups[i].first, groups[i].second);
      gtk_box_append (GTK_BOX (self->facts), GTK_WIDGET (self->groups[i]));
      if (groups[i].first == CRM_SECTION_WORK)
        {
          self->people = crm_people_group_new ();
          gtk_box_append (GTK_BOX (self->facts), GTK_WIDGET (self->people));
        }
    }
}

static void
add_tag_cb (CrmRelationPage *self, const char *tag)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "relation.change-tag", "(ss)", tag, "");
}

static void
remove_tag_cb (CrmRelationPage *self, const char *tag)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "relation.change-tag", "(ss)", "", tag);
}

/* The widgets are made when the first record tells its kind. */
static void
build (CrmRelationPage *self)
{
  self->suggester = crm_suggester_new (self->store);
  self->head = crm_relation_head_new (self->suggester, crm_record_get_kind (self->data->record));
  g_signal_connect_object (self->head, "add-tag", G_CALLBACK (add_tag_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->head,
                           "remove-tag",
                           G_CALLBACK (remove_tag_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_box_prepend (self->body, GTK_WIDGET (self->head));

  self->steps = crm_step_group_new ();
  gtk_box_append (GTK_BOX (self->story), GTK_WIDGET (self->steps));
  self->quick = crm_quick_entry_new ();
  g_signal_connect_object (self->quick,
                           "save",
                           G_CALLBACK (crm_relation_page_log),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->story), GTK_WIDGET (self->quick));
  self->timeline = crm_timeline_view_new ();
  g_signal_connect_object (self->timeline,
                           "more",
                           G_CALLBACK (more_timeline_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline,
                           "filter-changed",
                           G_CALLBACK (filter_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->story), GTK_WIDGET (self->timeline));

  add_groups (self);
  update_columns (self);
}

static void
show_banner (CrmRelationPage *self)
{
  GPtrArray *duplicates = self->data->duplicates;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  adw_banner_set_revealed (self->banner, duplicates->len > 0);
  if (duplicates->len == 0)
    return;

  title = crm_record_dup_title (g_ptr_array_index (duplicates, 0));
  /* Translators: a relation that may be the same as the one shown */
  text = g_strdup_printf (_("Perhaps twice: %s"), title);
  adw_banner_set_title (self->banner, text);
}

static void
show_people (CrmRelationPage *self)
{
  CrmRecord *record = self->data->record;
  gboolean is_person = crm_kind_find_field (crm_record_get_kind (record), "organisation") != NULL;

  crm_people_group_set_people (self->people,
                               is_person
                               ? _("Colleagues")
                               : _("People"), self->data->people, self->data->n_people, !is_person);
}

static void
show_data (CrmRelationPage *self)
{
  CrmRecord *record = self->data->record;
  g_autofree char *title = crm_record_dup_title (record);

  if (self->head == NULL)
    build (self);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  crm_relation_head_set_record (self->head, record, self->data->titles);
  crm_step_group_set_steps (self->steps, self->data->steps, self->data->n_steps);
  for (guint i = 0; i < N_FACT_GROUPS; i++)
    crm_fact_group_set_record (self->groups[i], record, self->data->titles);
  show_people (self);
  show_banner (self);
  crm_relation_page_update_actions (self);
  gtk_stack_set_visible_child_name (self->stack, "content");
  load_timeline (self, FALSE);
}

static void
show_failure (CrmRelationPage *self, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, CRM_STORE_ERROR, CRM_STORE_ERROR_NOT_FOUND))
    {
      adw_banner_set_revealed (self->banner, FALSE);
      gtk_stack_set_visible_child_name (self->stack, "gone");
      return;
    }

  g_message ("Reading relation %s failed: %s", self->id, error->message);
  /* What was there is better than nothing. */
  if (self->data == NULL)
    gtk_stack_set_visible_child_name (self->stack, "failed");
}

typedef struct
{
  char *id;
  guint n_people;
} LoadRequest;

static void
load_request_free (LoadRequest *request)
{
  g_free (request->id);
  g_free (request);
}

static gpointer
load_on_worker (CrmReplica *replica, gpointer data, GCancellable *cancellable, GError **error)
{
  LoadRequest *request = data;

  return crm_relation_data_load (replica, request->id, request->n_people, cancellable, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CrmRelationPage) self = user_data;
  g_autoptr (GError) error = NULL;
  CrmRelationData *data = crm_store_run_finish (CRM_STORE (source), result, &error);

  self->loading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable) || self->stack == NULL)
    {
      g_clear_pointer (&data, crm_relation_data_free);
      return;
    }
  if (data == NULL)
    show_failure (self, error);
  else
    {
      /* What a first load did not bring; the store tells when it is there. */
      if (self->data == NULL)
        gtk_widget_activate_action (GTK_WIDGET (self), "sync.load-past", "s", self->id);
      g_clear_pointer (&self->data, crm_relation_data_free);
      self->data = data;
      show_data (self);
    }
  if (self->stale)
    load (self);
}

static void
load (CrmRelationPage *self)
{
  LoadRequest *request;

  self->stale = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  request = g_new0 (LoadRequest, 1);
  request->id = g_strdup (self->id);
  request->n_people = self->n_people;
  crm_store_run_async (self->store,
                       CRM_STORE_READ,
                       load_on_worker,
                       request,
                       (GDestroyNotify) load_request_free,
                       (GDestroyNotify) crm_relation_data_free,
                       self->cancellable,
                       loaded_cb,
                       g_object_ref (self));
}

static guint
get_bit (CrmRelationPage *self, const char *kind)
{
  return 1u << crm_kind_get_number (crm_model_find_kind (crm_store_get_model (self->store), kind));
}

/* Any activity or person may be one of this relation's. */
static void
store_changed_cb (CrmRelationPage *self, const CrmStoreChange *change)
{
  guint watched = get_bit (self, "activity") | get_bit (self, "person");

  if ((change->kinds & watched) != 0 || crm_store_change_touches (change, self->id))
    load (self);
}

static void
reload_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  load (CRM_RELATION_PAGE (widget));
}

static void
crm_relation_page_dispose (GObject *object)
{
  CrmRelationPage *self = CRM_RELATION_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->timeline_search);
  if (self->store != NULL)
    g_clear_signal_handler (&self->changed_handler, self->store);
  self->timeline = NULL;
  self->quick = NULL;
  self->head = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_RELATION_PAGE);
  g_clear_pointer (&self->data, crm_relation_data_free);
  g_clear_object (&self->timeline_search);
  /* Widgets that GTK leaves behind (crm-window.c) shall not keep the store by it. */
  if (self->suggester != NULL)
    g_object_run_dispose (G_OBJECT (self->suggester));
  g_clear_object (&self->suggester);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_relation_page_parent_class)->dispose (object);
}

static void
crm_relation_page_finalize (GObject *object)
{
  CrmRelationPage *self = CRM_RELATION_PAGE (object);

  g_free (self->id);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (crm_relation_page_parent_class)->finalize (object);
}

static void
crm_relation_page_class_init (CrmRelationPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_relation_page_dispose;
  object_class->finalize = crm_relation_page_finalize;

  crm_relation_page_install_actions (widget_class);
  crm_relation_page_install_activity_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "relation.reload", NULL, reload_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/Crm/ui/record/crm-relation-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRelationPage, banner);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationPage, bin);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationPage, body);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationPage, columns);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationPage, story);
  gtk_widget_class_bind_template_child (widget_class, CrmRelationPage, facts);
  gtk_widget_class_bind_template_callback (widget_class, update_columns);
}

static void
crm_relation_page_init (CrmRelationPage *self)
{
  AdwBreakpoint *breakpoint;

  self->cancellable = g_cancellable_new ();
  self->n_people = PEOPLE_STEP;
  gtk_widget_init_template (GTK_WIDGET (self));

  breakpoint = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 679sp"));
  adw_breakpoint_bin_add_breakpoint (self->bin, breakpoint);
  g_signal_connect_object (self->bin,
                           "notify::current-breakpoint",
                           G_CALLBACK (update_columns),
                           self,
                           G_CONNECT_SWAPPED);
}

AdwNavigationPage *
crm_relation_page_new (CrmStore *store, const char *id)
{
  CrmRelationPage *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (CRM_TYPE_RELATION_PAGE, NULL);
  self->store = g_object_ref (store);
  self->id = g_strdup (id);
  self->changed_handler = g_signal_connect_object (store,
                                                   "changed",
                                                   G_CALLBACK (store_changed_cb),
                                                   self,
                                                   G_CONNECT_SWAPPED);
  crm_relation_page_update_actions (self);
  load (self);

  return ADW_NAVIGATION_PAGE (self);
}

const char *
crm_relation_page_get_id (CrmRelationPage *self)
{
  g_return_val_if_fail (CRM_IS_RELATION_PAGE (self), NULL);

  return self->id;
}

CrmRecord *
crm_relation_page_get_record (CrmRelationPage *self)
{
  g_return_val_if_fail (CRM_IS_RELATION_PAGE (self), NULL);

  return self->data != NULL ? self->data->record : NULL;
}

CrmStore *
crm_relation_page_get_store (CrmRelationPage *self)
{
  return self->store;
}

CrmRelationData *
crm_relation_page_get_data (CrmRelationPage *self)
{
  return self->data;
}

CrmQuickEntry *
crm_relation_page_get_quick_entry (CrmRelationPage *self)
{
  return self->quick;
}

CrmTimelineView *
crm_relation_page_get_timeline (CrmRelationPage *self)
{
  return self->timeline;
}

void
crm_relation_page_show_story (CrmRelationPage *self)
{
  adw_toggle_group_set_active_name (self->switcher, "story");
}

void
crm_relation_page_show_more_people (CrmRelationPage *self)
{
  self->n_people += 10 * PEOPLE_STEP;
  load (self);
}
