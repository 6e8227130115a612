#include "ui/widgets/crm-long-list.h"

/* Until the first row was measured. */
#define FIRST_HEIGHT 64
/* Pixels in sight where nothing scrolls. */
#define UNSCROLLED_PAGE 1000

typedef struct
{
  GtkWidget *row; /* nullable */
  int height;     /* at the present width; a guess until it had a row */
  gboolean seen;  /* had one */
} Slot;

struct _CrmLongList
{
  GtkWidget parent_instance;

  GListModel *items;
  const CrmLongListRows *rows;
  gpointer user_data;
  GArray *slots;         /* (element-type Slot): one an item */
  GtkAdjustment *scroll; /* nullable: of the page around it */
  GtkWidget *content;    /* borrowed: what that moves */
  guint tick;
  int min_width;
  int guess;
  gint64 measured; /* heights of the rows seen, and how many */
  guint n_measured;
};

G_DEFINE_FINAL_TYPE (CrmLongList, crm_long_list, GTK_TYPE_WIDGET)

enum
{
  NEAR_END,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static Slot *
get_slot (CrmLongList *self, guint i)
{
  return &g_array_index (self->slots, Slot, i);
}

static void
update_row (CrmLongList *self, guint i)
{
  GtkWidget *row = get_slot (self, i)->row;

  if (self->rows->update != NULL)
    self->rows->update (row, i, self->user_data);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) i + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  (int) self->slots->len,
                                  -1);
}

/* Children are in the order of the items, so that the keyboard goes through them in that order. */
static void
add_row (CrmLongList *self, guint i)
{
  g_autoptr (GObject) item = g_list_model_get_item (self->items, i);
  GtkWidget *row = self->rows->make (item, self->user_data);
  GtkWidget *before = NULL;

  for (guint j = i; j > 0 && before == NULL; j--)
    before = get_slot (self, j - 1)->row;
  get_slot (self, i)->row = row;
  update_row (self, i);
  gtk_widget_insert_after (row, GTK_WIDGET (self), before);
}

/* Which part of the list is in sight, in its own pixels. */
static void
get_sight (CrmLongList *self, double *top, double *bottom)
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
keep_in_place (CrmLongList *self, int delta)
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
learn_height (CrmLongList *self, Slot *slot)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int guess = slot->height;

  if (width == 0)
    return 0;
  slot->height = measure_row (slot->row, width);
  slot->seen = TRUE;
  self->measured += slot->height;
  self->n_measured++;

  return slot->height - guess;
}

static gboolean
has_focus (GtkWidget *row)
{
  return row != NULL && gtk_widget_get_focus_child (gtk_widget_get_parent (row)) == row;
}

/* Where somebody went to the end, it stays the end. */
static gboolean
is_at_end (CrmLongList *self)
{
  GtkAdjustment *scroll = self->scroll;
  double value = scroll != NULL ? gtk_adjustment_get_value (scroll) : 0;

  return value > 0 &&
         value + gtk_adjustment_get_page_size (scroll) >= gtk_adjustment_get_upper (scroll) - 1;
}

/* Rows for what is between @from and @to; @n: (inout): how many may still be made in this frame.
 * Returns: whether some are still to come */
static gboolean
make_rows (CrmLongList *self, double from, double to, guint *n)
{
  double top;
  double bottom;
  double y = 0;
  int shift = 0;
  gboolean at_end = is_at_end (self);
  gboolean more = FALSE;

  get_sight (self, &top, &bottom);
  for (guint i = 0; i < self->slots->len && y < to; i++)
    {
      Slot *slot = get_slot (self, i);
      double end = y + slot->height;

      if (slot->row == NULL && end > from && *n > 0)
        {
          int wrong;

          add_row (self, i);
          (*n)--;
          wrong = learn_height (self, slot);
          shift += y < top || at_end ? wrong : 0;
        }
      else if (slot->row == NULL && end > from)
        more = TRUE;
      y = end;
    }
  keep_in_place (self, shift);

  return more;
}

/* Returns: the height of all of it */
static double
drop_rows (CrmLongList *self, double from, double to)
{
  double y = 0;

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);
      double end = y + slot->height;

      if (slot->row != NULL && (end < from || y > to) && !has_focus (slot->row))
        g_clear_pointer (&get_slot (self, i)->row, gtk_widget_unparent);
      y = end;
    }

  return y;
}

/* As high as those that were seen, on average. */
static int
guess_height (CrmLongList *self)
{
  return self->n_measured > 0 ? (int) (self->measured / self->n_measured) : FIRST_HEIGHT;
}

/* The first guess was made before there was any row to learn from. */
static void
guess_again (CrmLongList *self)
{
  int guess = guess_height (self);
  double top;
  double bottom;
  double y = 0;
  int shift = 0;

  if (ABS (guess - self->guess) <= self->guess / 4)
    return;
  self->guess = guess;
  get_sight (self, &top, &bottom);
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = get_slot (self, i);
      int wrong = slot->seen ? 0 : guess - slot->height;

      shift += y < top ? wrong : 0;
      y += slot->height;
      slot->height += wrong;
    }
  keep_in_place (self, shift);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* What is in sight comes first. Returns: whether rows are still to come */
static gboolean
update_rows (CrmLongList *self)
{
  guint n = self->rows->n_a_frame;
  double top;
  double bottom;
  double page;
  gboolean more;

  get_sight (self, &top, &bottom);
  page = bottom - top;
  more = make_rows (self, top, bottom, &n);
  get_sight (self, &top, &bottom);
  more |= make_rows (self, top - page / 2, bottom + page / 2, &n);
  get_sight (self, &top, &bottom);
  if (drop_rows (self, top - page, bottom + page) < bottom + page && self->slots->len > 0)
    g_signal_emit (self, signals[NEAR_END], 0);
  guess_again (self);

  return more;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  CrmLongList *self = CRM_LONG_LIST (widget);

  if (update_rows (self))
    return G_SOURCE_CONTINUE;
  self->tick = 0;

  return G_SOURCE_REMOVE;
}

static void
update_soon (CrmLongList *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

/* What is read does not move when something comes or goes above it. */
static void
shift_sight (CrmLongList *self, guint position, guint removed, int added_height)
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

void
crm_long_list_refresh (CrmLongList *self)
{
  g_return_if_fail (CRM_IS_LONG_LIST (self));

  for (guint i = 0; i < self->slots->len; i++)
    if (get_slot (self, i)->row != NULL)
      update_row (self, i);
  self->min_width = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Where the focus was, so that whoever goes through them by keys need not start anew. */
static void
focus_near (CrmLongList *self, guint position)
{
  guint i = MIN (position, self->slots->len - 1);

  if (self->slots->len > 0 && get_slot (self, i)->row != NULL)
    gtk_widget_child_focus (get_slot (self, i)->row, GTK_DIR_TAB_FORWARD);
}

/* From what is about to go: GTK 4.18 keeps a widget for ever that lost it by going while another
 * one did so too in that frame. Returns: whether one of them had it */
static gboolean
let_focus_go (CrmLongList *self, guint position, guint n)
{
  for (guint i = position; i < position + n; i++)
    if (has_focus (get_slot (self, i)->row))
      {
        gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
        return TRUE;
      }

  return FALSE;
}

/* Returns: whether one of them had the focus */
static gboolean
replace_slots (CrmLongList *self, guint position, guint removed, guint added)
{
  g_autofree Slot *fresh = g_new0 (Slot, MAX (added, 1));
  gboolean had_focus = let_focus_go (self, position, removed);

  self->guess = guess_height (self);
  for (guint i = 0; i < added; i++)
    fresh[i].height = self->guess;
  shift_sight (self, position, removed, self->guess * (int) added);
  for (guint i = position; i < position + removed; i++)
    g_clear_pointer (&get_slot (self, i)->row, gtk_widget_unparent);
  g_array_remove_range (self->slots, position, removed);
  if (added > 0)
    g_array_insert_vals (self->slots, position, fresh, added);

  return had_focus;
}

static void
items_changed_cb (CrmLongList *self, guint position, guint removed, guint added)
{
  gboolean had_focus = replace_slots (self, position, removed, added);

  crm_long_list_refresh (self);
  /* The first are there at once. */
  if (update_rows (self))
    update_soon (self);
  if (had_focus)
    focus_near (self, position);
}

static void
crm_long_list_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  CrmLongList *self = CRM_LONG_LIST (widget);
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
crm_long_list_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
crm_long_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CrmLongList *self = CRM_LONG_LIST (widget);
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
find_row (CrmLongList *self, GtkWidget *row)
{
  for (guint i = 0; i < self->slots->len; i++)
    if (get_slot (self, i)->row == row)
      return (int) i;

  return -1;
}

/* The focus was left behind out of sight: it comes back into it, with the rows around it. */
static void
scroll_to (CrmLongList *self, guint i)
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
crm_long_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  CrmLongList *self = CRM_LONG_LIST (widget);
  GtkWidget *row = gtk_widget_get_focus_child (widget);
  int here = row != NULL ? find_row (self, row) : -1;
  int next = here + (direction == GTK_DIR_DOWN ? 1 : -1);

  if (here < 0 || (direction != GTK_DIR_UP && direction != GTK_DIR_DOWN))
    return GTK_WIDGET_CLASS (crm_long_list_parent_class)->focus (widget, direction);
  if (next < 0 || next >= (int) self->slots->len)
    return FALSE;
  if (get_slot (self, (guint) next)->row != NULL)
    return gtk_widget_grab_focus (get_slot (self, (guint) next)->row);
  scroll_to (self, (guint) here);

  return TRUE;
}

static void
crm_long_list_map (GtkWidget *widget)
{
  CrmLongList *self = CRM_LONG_LIST (widget);
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_VIEWPORT);

  GTK_WIDGET_CLASS (crm_long_list_parent_class)->map (widget);

  if (viewport == NULL)
    return;
  self->content = gtk_viewport_get_child (GTK_VIEWPORT (viewport));
  g_set_object (&self->scroll, gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)));
  g_signal_connect_swapped (self->scroll, "value-changed", G_CALLBACK (update_soon), self);
  g_signal_connect_swapped (self->scroll, "changed", G_CALLBACK (update_soon), self);
  update_soon (self);
}

static void
forget_scroll (CrmLongList *self)
{
  if (self->scroll != NULL)
    g_signal_handlers_disconnect_by_data (self->scroll, self);
  g_clear_object (&self->scroll);
  self->content = NULL;
}

static void
crm_long_list_unmap (GtkWidget *widget)
{
  forget_scroll (CRM_LONG_LIST (widget));

  GTK_WIDGET_CLASS (crm_long_list_parent_class)->unmap (widget);
}

static void
crm_long_list_dispose (GObject *object)
{
  CrmLongList *self = CRM_LONG_LIST (object);

  forget_scroll (self);
  for (guint i = 0; i < self->slots->len; i++)
    g_clear_pointer (&get_slot (self, i)->row, gtk_widget_unparent);
  g_array_set_size (self->slots, 0);
  if (self->items != NULL)
    g_signal_handlers_disconnect_by_data (self->items, self);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (crm_long_list_parent_class)->dispose (object);
}

static void
crm_long_list_finalize (GObject *object)
{
  g_array_unref (CRM_LONG_LIST (object)->slots);

  G_OBJECT_CLASS (crm_long_list_parent_class)->finalize (object);
}

static void
crm_long_list_class_init (CrmLongListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_long_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_long_list_finalize;
  widget_class->get_request_mode = crm_long_list_get_request_mode;
  widget_class->measure = crm_long_list_measure;
  widget_class->size_allocate = crm_long_list_size_allocate;
  widget_class->focus = crm_long_list_focus;
  widget_class->map = crm_long_list_map;
  widget_class->unmap = crm_long_list_unmap;

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
crm_long_list_init (CrmLongList *self)
{
  self->slots = g_array_new (FALSE, TRUE, sizeof (Slot));
}

CrmLongList *
crm_long_list_new (GListModel *items, const CrmLongListRows *rows, gpointer user_data)
{
  CrmLongList *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (items), NULL);
  g_return_val_if_fail (rows != NULL && rows->make != NULL && rows->n_a_frame > 0, NULL);

  self = g_object_new (CRM_TYPE_LONG_LIST, NULL);
  self->rows = rows;
  self->user_data = user_data;
  self->items = g_object_ref (items);
  g_signal_connect_swapped (items, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (items));

  return self;
}

guint
crm_long_list_get_n_rows (CrmLongList *self)
{
  guint n = 0;

  g_return_val_if_fail (CRM_IS_LONG_LIST (self), 0);

  for (guint i = 0; i < self->slots->len; i++)
    n += get_slot (self, i)->row != NULL ? 1 : 0;

  return n;
}
