#include "ui/letters/crm-letter-paper.h"

#include <glib/gi18n-lib.h>

#define MIN_WIDTH     220
#define NATURAL_WIDTH 680
#define GAP           12

struct _CrmLetterPaper
{
  GtkWidget parent_instance;

  CrmLetterSettings *settings;
  CrmTypesetter *typesetter; /* nullable until there are settings */
  CrmLetter *letter;         /* nullable */
  CrmLetterPages *pages;     /* nullable */
};

G_DEFINE_FINAL_TYPE (CrmLetterPaper, crm_letter_paper, GTK_TYPE_WIDGET)

static int
get_sheet_height (int width)
{
  return (int) (width * CRM_PAGE_HEIGHT / CRM_PAGE_WIDTH);
}

static guint
count_sheets (CrmLetterPaper *self)
{
  return self->pages != NULL ? crm_letter_pages_get_n (self->pages) : 1;
}

static void
crm_letter_paper_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  CrmLetterPaper *self = CRM_LETTER_PAPER (widget);
  int n = (int) count_sheets (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }

  if (for_size < 0)
    for_size = NATURAL_WIDTH;
  *minimum = *natural = n * get_sheet_height (for_size) + (n - 1) * GAP;
}

static void
snapshot_sheet (CrmLetterPaper *self, GtkSnapshot *snapshot, guint page, int width)
{
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA shade = { 0, 0, 0, 0.25f };
  int height = get_sheet_height (width);
  graphene_rect_t sheet = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  GskRoundedRect outline;
  cairo_t *cr;

  gsk_rounded_rect_init_from_rect (&outline, &sheet, 2);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &shade, 0, 1, 0, 4);
  gtk_snapshot_append_color (snapshot, &white, &sheet);
  if (self->pages == NULL)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &sheet);
  cairo_scale (cr, width / CRM_PAGE_WIDTH, width / CRM_PAGE_WIDTH);
  crm_letter_pages_draw (self->pages, page, cr);
  cairo_destroy (cr);
}

static void
crm_letter_paper_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CrmLetterPaper *self = CRM_LETTER_PAPER (widget);
  int width = gtk_widget_get_width (widget);

  gtk_snapshot_save (snapshot);
  for (guint i = 0; i < count_sheets (self); i++)
    {
      snapshot_sheet (self, snapshot, i, width);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT (0, (float) (get_sheet_height (width) + GAP)));
    }
  gtk_snapshot_restore (snapshot);
}

static GtkSizeRequestMode
crm_letter_paper_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
crm_letter_paper_finalize (GObject *object)
{
  CrmLetterPaper *self = CRM_LETTER_PAPER (object);

  g_clear_pointer (&self->pages, crm_letter_pages_free);
  g_clear_pointer (&self->letter, crm_letter_free);
  g_clear_pointer (&self->typesetter, crm_typesetter_free);
  g_clear_pointer (&self->settings, crm_letter_settings_free);

  G_OBJECT_CLASS (crm_letter_paper_parent_class)->finalize (object);
}

static void
crm_letter_paper_class_init (CrmLetterPaperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = crm_letter_paper_finalize;
  widget_class->measure = crm_letter_paper_measure;
  widget_class->snapshot = crm_letter_paper_snapshot;
  widget_class->get_request_mode = crm_letter_paper_get_request_mode;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "letter-paper");
}

static void
crm_letter_paper_init (CrmLetterPaper *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Empty letter"), -1);
}

GtkWidget *
crm_letter_paper_new (void)
{
  return g_object_new (CRM_TYPE_LETTER_PAPER, NULL);
}

static void
set_pages (CrmLetterPaper *self)
{
  g_clear_pointer (&self->pages, crm_letter_pages_free);
  if (self->letter != NULL && self->typesetter != NULL)
    self->pages = crm_typesetter_set (self->typesetter, self->letter);

  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
crm_letter_paper_set_settings (CrmLetterPaper *self, const CrmLetterSettings *settings)
{
  g_return_if_fail (CRM_IS_LETTER_PAPER (self));
  g_return_if_fail (settings != NULL);

  g_clear_pointer (&self->typesetter, crm_typesetter_free);
  self->typesetter = crm_typesetter_new (settings);
  set_pages (self);
}

void
crm_letter_paper_set_letter (CrmLetterPaper *self, CrmLetter *letter, const char *name)
{
  g_autofree char *label = NULL;

  g_return_if_fail (CRM_IS_LETTER_PAPER (self));

  g_clear_pointer (&self->letter, crm_letter_free);
  self->letter = letter;
  set_pages (self);

  /* Translators: what a screen reader says of the picture of a letter: who gets it, its pages */
  label = g_strdup_printf (ngettext ("Letter to %s, %u page",
                                     "Letter to %s, %u pages",
                                     count_sheets (self)),
                           name != NULL ? name : "",
                           count_sheets (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  letter != NULL ? label : _("Empty letter"), -1);
}

guint
crm_letter_paper_get_n_pages (CrmLetterPaper *self)
{
  g_return_val_if_fail (CRM_IS_LETTER_PAPER (self), 0);

  return self->pages != NULL ? crm_letter_pages_get_n (self->pages) : 0;
}
