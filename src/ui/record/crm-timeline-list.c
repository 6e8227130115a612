#include "ui/record/crm-timeline-list.h"

#include "ui/record/crm-timeline-item.h"
#include "ui/record/crm-timeline-row.h"
#include "ui/record/crm-when.h"

#include <glib/gi18n-lib.h>

/* A row costs about a millisecond, so that these fit in a frame with what else is to be done. */
#define ROWS_A_FRAME 6
/* Until the first row was measured. */
#define FIRST_HEIGHT 64
/* Pixels in sight where nothing scrolls. */
#define UNSCROLLED_PAGE 1000

typedef struct
{
  GtkWidget *row; /* nullable */
  int height;     /* at the present width; a guess until it had a row */
} Slot;

struct _CrmTimelineList
{
  GtkWidget parent_instance;

  GListModel *items;
  GArray *slots;         /* (element-type Slot): one an item */
  GtkAdjustment *scroll; /* nullable: of the page around it */
  GtkWidget *content;    /* borrowed: what that moves */
  guint tick;
  int min_width;
  gint64 measured; /* heights of the rows seen, and how many */
  guint n_measured;
};

G_DEFINE_FINAL_TYPE (CrmTimelineList, crm_timeline_list, GTK_TYPE_WIDGET)

enum
{
  NEAR_END,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static Slot *
get_slot (CrmTimelineList *self, guint i)
{
  return &g_array_index (self->slots, Slot, i);
}

static char *
dup_day (CrmTimelineList *self, guint i)
{
  g_autoptr (CrmTimelineItem) item = g_list_model_get_item (self->items, i);
  g_autoptr (GDateTime) moment = crm_when_parse (crm_timeline_item_get_at (item), NULL);
  g_autoptr (GDateTime) now = crm_when_now ();

  return moment != NULL ? crm_when_dup_day (moment, now) : g_strdup (_("Without a Date"));
}

/* The first of a day says so. */
static void
update_row (CrmTimelineList *self, guint i)
{
  GtkWidget *row = get_slot (self, i)->row;
  g_autofree char *day = dup_day (self, i);
  g_autofree char *before = i > 0 ? dup_day (self, i - 1) : NULL;

  crm_timeline_row_set_day (CRM_TIMELINE_ROW (row), g_strcmp0 (day, before) != 0 ? day : NULL);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) i + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  (int) self->slots->len,
                                  -1);
}

/* Children are in the order of the items, so that the keyboard goes through them in that order. */
static void
add_row (CrmTimelineList *self, guint i)
{
  g_autoptr (CrmTimelineItem) item = g_list_model_get_item (self->items, i);
  GtkWidget *row = GTK_WIDGET (crm_timeline_row_new (item));
  GtkWidget *before = NULL;

  for (guint j = i; j > 0 && before == NULL; j--)
    before = get_slot (self, j - 1)->row;
  get_slot (self, i)->row = row;
  update_row (self, i);
  gtk_widget_insert_after (row, GTK_WIDGET (self), before);
}

static void
remove_row (CrmTimelineList *self, guint i)
{
  g_clear_pointer (&get_slot (self, i)->row, gtk_widget_unparent);
}

/* Which part of the list is in sight, in its own pixels. */
static void
get_sight (CrmTimelineList *self, double *top, double *bottom)
{
  graphene_point_t place = GRAPHENE_POINT_INIT (0, 0);
  graphene_point_t zero = GRAPHENE_POINT_INIT (0, 0);

  *top = 0;
  *bottom = UNSCROLLED_PAGE;
  if (self->scroll == NULL ||
      !gtk_widget_compute_point (GTK_WIDGET (self), self->content, &zero, &place))
    return;
  *top = gtk_adjustment_get_value (self->scroll) - place.y;
  *bottom = *top + gtk_adjustment_get_page_size (self->scroll);
}

/* Something above what is in sight became higher by @delta: the page goes along. It knows its own
 * height only after the next layout. */
static void
keep_in_place (CrmTimelineList *self, int delta)
{
  GtkAdjustment *scroll = self->scroll;

  if (scroll == NULL || delta == 0)
    return;
  gtk_adjustment_set_upper (scroll, gtk_adjustment_get_upper (scroll) + delta);
  gtk_adjustment_set_value (scroll, gtk_adjustment_get_value (scroll) + delta);
}

static int
measure_row (GtkWidget *row, int width)
{
  int height;

  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

/* Now that it has a row, the guess ends. Returns: by how much it was wrong */
static int
learn_height (CrmTimelineList *self, Slot *slot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int guess = slot->height;

  if (width == 0)
    return 0;
  slot->height = measure_row (slot->row, width);
  self->measured += slot->height;
  self->n_measured++;

  return slot->height - guess;
}

static gboolean
has_focus (GtkWidget *row)
{
  return gtk_widget_get_focus_child (gtk_widget_get_parent (row)) == row;
}

/* Returns: whether rows are still to come */
static gboolean
update_rows (CrmTimelineList *self)
{
  double top;
  double bottom;
  double margin;
  double y = 0;
  guint n_added = 0;
  int shift = 0;
  gboolean more = FALSE;

  get_sight (self, &top, &bottom);
  margin = (bottom - top) / 2;
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);
      double end = y + slot->height;
      gboolean near = end > top - margin && y < bottom + margin;
      gboolean far = end < top - 2 * margin || y > bottom + 2 * margin;

      if (slot->row == NULL && near && n_added < ROWS_A_FRAME)
        {
          int wrong;

          add_row (self, i);
          n_added++;
          wrong = learn_height (self, slot);
          shift += end < top ? wrong : 0;
        }
      else if (slot->row == NULL && near)
        more = TRUE;
      else if (slot->row != NULL && far && !has_focus (slot->row))
        remove_row (self, i);
      y = end;
    }
  keep_in_place (self, shift);
  if (self->slots->len > 0 && y < bottom + 2 * margin)
    g_signal_emit (self, signals[NEAR_END], 0);

  return more;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  CrmTimelineList *self = CRM_TIMELINE_LIST (widget);

  if (update_rows (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;

  return G_SOURCE_REMOVE;
}

static void
update_soon (CrmTimelineList *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

static int
guess_height (CrmTimelineList *self)
{
  return self->n_measured > 0 ? (int) (self->measured / self->n_measured) : FIRST_HEIGHT;
}

/* What is read does not move when something comes or goes above it. */
static void
shift_sight (CrmTimelineList *self, guint position, guint removed, int added_height)
{
  int removed_height = 0;
  int y = 0;
  double top;
  double bottom;

  get_sight (self, &top, &bottom);
  for (guint i = 0; i < position + removed; i++)
    if (i < position)
      y += get_slot (self, i)->height;
    else
      removed_height += get_slot (self, i)->height;
  if (y + removed_height < top)
    keep_in_place (self, added_height - removed_height);
}

static void
items_changed_cb (CrmTimelineList *self, guint position, guint removed, guint added)
{
  g_autofree Slot *fresh = g_new0 (Slot, MAX (added, 1));
  int guess = guess_height (self);

  for (guint i = 0; i < added; i++)
    fresh[i].height = guess;
  shift_sight (self, position, removed, guess * (int) added);
  for (guint i = position; i < position + removed; i++)
    remove_row (self, i);
  g_array_remove_range (self->slots, position, removed);
  if (added > 0)
    g_array_insert_vals (self->slots, position, fresh, added);
  for (guint i = 0; i < self->slots->len; i++)
    if (get_slot (self, i)->row != NULL)
      update_row (self, i);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  /* The first are there at once. */
  if (update_rows (self))
    update_soon (self);
}

static void
crm_timeline_list_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  CrmTimelineList *self = CRM_TIMELINE_LIST (widget);
  int height = 0;

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);
      int width = 0;

      if (orientation == GTK_ORIENTATION_VERTICAL)
        height += slot->row != NULL ? measure_row (slot->row, for_size) : slot->height;
      else if (slot->row != NULL)
        gtk_widget_measure (slot->row, orientation, -1, &width, NULL, NULL, NULL);
      self->min_width = MAX (self->min_width, width);
    }
  /* Never less than it was, so that the page does not breathe while it scrolls. */
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? height : self->min_width;
  *natural = *minimum;
}

static GtkSizeRequestMode
crm_timeline_list_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
crm_timeline_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CrmTimelineList *self = CRM_TIMELINE_LIST (widget);
  int y = 0;

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);

      if (slot->row != NULL)
        {
          GtkAllocation place = { 0, y, width, measure_row (slot->row, width) };

          gtk_widget_size_allocate (slot->row, &place, -1);
          slot->height = place.height;
        }
      y += slot->height;
    }
  update_soon (self);
}

/* -1 when it is none of ours. */
static int
find_row (CrmTimelineList *self, GtkWidget *row)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (get_slot (self, i)->row == row)
      return (int) i;

  return -1;
}

/* The focus was left behind out of sight: it comes back into it, with the rows around it. */
static void
scroll_to (CrmTimelineList *self, guint i)
{
  double top;
  double bottom;
  double y = 0;

  get_sight (self, &top, &bottom);
  for (guint j = 0; j < i; j++)
    y += get_slot (self, j)->height;
  if (self->scroll != NULL)
    gtk_adjustment_set_value (self->scroll,
                              gtk_adjustment_get_value (self->scroll) + y - top -
                                  (bottom - top) / 3);
}

/* The arrows go from row to row, past what is in them. */
static gboolean
crm_timeline_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  CrmTimelineList *self = CRM_TIMELINE_LIST (widget);
  GtkWidget *row = gtk_widget_get_focus_child (widget);
  int here = row != NULL ? find_row (self, row) : -1;
  int next = here + (direction == GTK_DIR_DOWN ? 1 : -1);

  if (here < 0 || (direction != GTK_DIR_UP && direction != GTK_DIR_DOWN))
    return GTK_WIDGET_CLASS (crm_timeline_list_parent_class)->focus (widget, direction);
  if (next < 0 || next >= (int) self->slots->len)
    return FALSE;
  if (get_slot (self, (guint) next)->row != NULL)
    return gtk_widget_grab_focus (get_slot (self, (guint) next)->row);
  scroll_to (self, (guint) here);

  return TRUE;
}

static void
scrolled_cb (CrmTimelineList *self)
{
  update_soon (self);
}

static void
crm_timeline_list_map (GtkWidget *widget)
{
  CrmTimelineList *self = CRM_TIMELINE_LIST (widget);
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);

  GTK_WIDGET_CLASS (crm_timeline_list_parent_class)->map (widget);

  if (viewport == NULL)
    return;
  self->content = gtk_viewport_get_child (GTK_VIEWPORT (viewport));
  g_set_object (&self->scroll, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)));
  g_signal_connect_swapped (self->scroll, "value-changed", G_CALLBACK (scrolled_cb), self);
  g_signal_connect_swapped (self->scroll, "changed", G_CALLBACK (scrolled_cb), self);
  update_soon (self);
}

static void
forget_scroll (CrmTimelineList *self)
{
  if (self->scroll != NULL)
    g_signal_handlers_disconnect_by_data (self->scroll, self);
  g_clear_object (&self->scroll);
  self->content = NULL;
}

static void
crm_timeline_list_unmap (GtkWidget *widget)
{
  forget_scroll (CRM_TIMELINE_LIST (widget));

  GTK_WIDGET_CLASS (crm_timeline_list_parent_class)->unmap (widget);
}

static void
crm_timeline_list_dispose (GObject *object)
{
  CrmTimelineList *self = CRM_TIMELINE_LIST (object);

  forget_scroll (self);
  for (guint i = 0; i < self->slots->len; i++)
    remove_row (self, i);
  g_array_set_size (self->slots, 0);
  if (self->items != NULL)
    g_signal_handlers_disconnect_by_data (self->items, self);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (crm_timeline_list_parent_class)->dispose (object);
}

static void
crm_timeline_list_finalize (GObject *object)
{
  g_array_unref (CRM_TIMELINE_LIST (object)->slots);

  G_OBJECT_CLASS (crm_timeline_list_parent_class)->finalize (object);
}

static void
crm_timeline_list_class_init (CrmTimelineListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_timeline_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_timeline_list_finalize;
  widget_class->get_request_mode = crm_timeline_list_get_request_mode;
  widget_class->measure = crm_timeline_list_measure;
  widget_class->size_allocate = crm_timeline_list_size_allocate;
  widget_class->focus = crm_timeline_list_focus;
  widget_class->map = crm_timeline_list_map;
  widget_class->unmap = crm_timeline_list_unmap;

  signals[NEAR_END] = g_signal_new ("near-end",
                                    G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    0);

  gtk_widget_class_set_css_name (widget_class, "list");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
crm_timeline_list_init (CrmTimelineList *self)
{
  self->slots = g_array_new (FALSE, TRUE, sizeof (Slot));
}

CrmTimelineList *
crm_timeline_list_new (GListModel *items)
{
  CrmTimelineList *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (items), NULL);

  self = g_object_new (CRM_TYPE_TIMELINE_LIST, NULL);
  self->items = g_object_ref (items);
  g_signal_connect_swapped (items, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (items));

  return self;
}

guint
crm_timeline_list_get_n_rows (CrmTimelineList *self)
{
  guint n = 0;

  g_return_val_if_fail (CRM_IS_TIMELINE_LIST (self), 0);

  for (guint i = 0; i < self->slots->len; i++)
    n += get_slot (self, i)->row != NULL ? 1 : 0;

  return n;
}
