#include "report/crm-report-file-private.h"

#include "letters/crm-letter-pdf.h"

#include <glib/gi18n-lib.h>

#define MARGIN (20 * CRM_MM)
#define WIDTH  (CRM_PAGE_WIDTH - 2 * MARGIN)
#define CHART  90.0

typedef struct
{
  cairo_t *cr;
  PangoLayout *layout;
  double y;
} Sheet;

static void
new_page (Sheet *self)
{
  cairo_show_page (self->cr);
  self->y = MARGIN;
}

/* One line, cut at @width; returns its height. */
static double
draw_text (Sheet *self,
           const char *text,
           double x,
           double width,
           double size,
           gboolean bold,
           double grey)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  int height;

  pango_font_description_set_family (font, "Liberation Sans,Arial,Sans");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (self->layout, font);
  pango_layout_set_width (self->layout, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_size (self->layout, NULL, &height);

  cairo_set_source_rgb (self->cr, grey, grey, grey);
  cairo_move_to (self->cr, x, self->y);
  pango_cairo_show_layout (self->cr, self->layout);
  return (double) height / PANGO_SCALE;
}

static void
draw_figures (Sheet *self, const CrmReport *report)
{
  double width = WIDTH / 3;

  for (guint i = 0; i < report->figures->len; i++)
    {
      const CrmReportFigure *figure = g_ptr_array_index (report->figures, i);
      double x = MARGIN + (i % 3) * width;
      g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, figure->value);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, figure->before);
      g_autofree char *before = g_strdup_printf (_("before: %s"), number);

      draw_text (self, value, x, width - 6, 22, TRUE, 0);
      self->y += 27;
      draw_text (self, figure->label, x, width - 6, 10, FALSE, 0);
      self->y += 13;
      draw_text (self, before, x, width - 6, 8.5, FALSE, 0.4);
      self->y -= 40;
      if (i % 3 == 2 || i + 1 == report->figures->len)
        self->y += 64;
    }
}

static void
draw_chart (Sheet *self, const CrmReport *report)
{
  gint64 most = 1;
  double step = WIDTH / MAX (report->points->len, 1);

  for (guint i = 0; i < report->points->len; i++)
    {
      const CrmReportPoint *point = g_ptr_array_index (report->points, i);

      most = MAX (most, MAX (point->value, point->before));
    }

  for (guint i = 0; i < report->points->len; i++)
    {
      const CrmReportPoint *point = g_ptr_array_index (report->points, i);
      double x = MARGIN + i * step;
      double value = CHART * (double) point->value / (double) most;
      double before = CHART * (double) point->before / (double) most;

      cairo_set_source_rgb (self->cr, 0.8, 0.8, 0.8);
      cairo_rectangle (self->cr, x + step * 0.5, self->y + CHART - before, step * 0.35, before);
      cairo_fill (self->cr);
      cairo_set_source_rgb (self->cr, 0.2, 0.52, 0.89);
      cairo_rectangle (self->cr, x + step * 0.1, self->y + CHART - value, step * 0.35, value);
      cairo_fill (self->cr);
    }

  self->y += CHART + 4;
  for (guint i = 0; i < report->points->len && report->points->len <= 14; i++)
    {
      const CrmReportPoint *point = g_ptr_array_index (report->points, i);

      draw_text (self, point->date + 5, MARGIN + i * step, step, 8, FALSE, 0.4);
    }
  self->y += 24;
}

static void
draw_row (Sheet *self, char **cells, gboolean bold)
{
  static const double shares[] = { 0.2, 0.16, 0.34, 0.3 };
  double x = MARGIN;

  if (self->y > CRM_PAGE_HEIGHT - MARGIN - 14)
    new_page (self);
  for (guint i = 0; cells[i] != NULL && i < G_N_ELEMENTS (shares); i++)
    {
      /* The last column takes what is left. */
      double width = cells[i + 1] == NULL ? MARGIN + WIDTH - x : WIDTH * shares[i];

      draw_text (self, cells[i], x, width - 6, 9, bold, 0);
      x += width;
    }
  self->y += 14;
}

static void
draw_table (Sheet *self, const CrmReportTable *table)
{
  if (table->rows->len == 0)
    return;

  /* A title does not stand at the foot of a page alone. */
  if (self->y > CRM_PAGE_HEIGHT - MARGIN - 60)
    new_page (self);
  draw_text (self, table->title, MARGIN, WIDTH, 12, TRUE, 0);
  self->y += 18;
  draw_row (self, table->columns, TRUE);
  for (guint i = 0; i < table->rows->len; i++)
    draw_row (self, ((const CrmReportRow *) g_ptr_array_index (table->rows, i))->cells, FALSE);
  self->y += 12;
}

gboolean
crm_report_write_pdf (const CrmReport *self, const char *path, GError **error)
{
  g_autoptr (CrmLetterPdf) pdf = NULL;
  g_autofree char *period = g_strdup_printf ("%s – %s", self->from, self->to);
  Sheet sheet = { .y = MARGIN };

  /* Translators: the language of printed reports, as ISO 639-1: "nl" in Dutch */
  pdf = crm_letter_pdf_new (path, self->title, self->user, C_ ("language code", "en"), error);
  if (pdf == NULL)
    return FALSE;

  sheet.cr = crm_letter_pdf_get_cairo (pdf);
  sheet.layout = pango_cairo_create_layout (sheet.cr);
  sheet.y += draw_text (&sheet, self->title, MARGIN, WIDTH, 20, TRUE, 0) + 4;
  sheet.y += draw_text (&sheet, period, MARGIN, WIDTH, 10, FALSE, 0.4) + 18;
  draw_figures (&sheet, self);
  draw_chart (&sheet, self);
  for (guint i = 0; i < self->tables->len; i++)
    draw_table (&sheet, g_ptr_array_index (self->tables, i));
  cairo_show_page (sheet.cr);
  g_object_unref (sheet.layout);

  return crm_letter_pdf_finish (pdf, error) && crm_letter_pdf_commit (pdf, error);
}
