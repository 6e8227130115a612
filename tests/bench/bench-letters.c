/* Letters against a bare loop over Pango and Cairo that writes the same text; and their memory. */

#include "bench.h"

#include "letters/crm-letter-pages.h"
#include "letters/crm-letters.h"
#include "model/crm-builtin.h"
#include "store/crm-replica-private.h"
#include "store/log/crm-change-log.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS 1000
#define RUNS    3

typedef struct
{
  BenchWorld *world;
  CrmRecord *template;
  GPtrArray *ids;
  char *path;
} Job;

static void
make (gpointer data)
{
  Job *job = data;
  CrmLettersOptions options = { .output = job->path, .skip = TRUE };
  g_autoptr (CrmLettersResult) result = NULL;
  GError *error = NULL;

  result = crm_letters_make (job->world->replica,
                             job->template,
                             (const char *const *) job->ids->pdata,
                             &options,
                             NULL,
                             NULL,
                             &error);
  bench_check (error);
  g_assert (result->n_letters == job->ids->len - 1);
}

/* The words of the first built-in letter, as one text. */
static const char text[] =
    "Molenaar Advies B.V.\n\nBedrijf %1$u B.V.\nDe heer J. de Vries %1$u\nKerkstraat %1$u\n"
    "6711 AB  EDE\n\nEde, 5 maart 2024\n\nOns kenmerk  V24-AB12-%1$04u\n"
    "Betreft  De gevraagde informatie\n\nGeachte heer De Vries %1$u,\n\n"
    "Hierbij sturen wij u de informatie die u met ons hebt besproken.\n\n"
    "Hebt u vragen of wilt u iets wijzigen? Dan horen wij dat graag. Vermeld daarbij ons kenmerk "
    "V24-AB12-%1$04u.\n\nMet vriendelijke groet,\n\n\n\nAnna Smit\n";

static void
draw_bare (gpointer data)
{
  Job *job = data;
  g_autofree char *path = g_strconcat (job->path, ".bare", NULL);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, CRM_PAGE_WIDTH, CRM_PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Liberation Sans");

  pango_font_description_set_absolute_size (font, 10.5 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (165 * CRM_MM * PANGO_SCALE));
  for (guint i = 0; i < LETTERS; i++)
    {
      g_autofree char *page = g_strdup_printf (text, i);

      pango_layout_set_text (layout, page, -1);
      cairo_move_to (cr, 25 * CRM_MM, 40);
      pango_cairo_show_layout (cr, layout);
      cairo_show_page (cr);
    }

  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  g_unlink (path);
}

/* Persons with an address, @n ids and the NULL behind them. */
static GPtrArray *
add_persons (BenchWorld *world, guint n)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  const CrmKind *kind = crm_model_find_kind (crm_replica_get_model (world->replica), "person");
  GError *error = NULL;
  g_autoptr (CrmAction) action = crm_action_begin (world->replica, "bench", NULL, &error);

  bench_check (error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CrmRecord) record = crm_record_new (kind, NULL);
      g_autofree char *surname = g_strdup_printf ("Vries %u", i);
      g_autofree char *number = g_strdup_printf ("%u", i);

      crm_record_set (record, "initials", "J.");
      crm_record_set (record, "surname_prefix", "de");
      crm_record_set (record, "surname", surname);
      crm_record_set (record, "form_of_address", "mr");
      crm_record_set (record, "street", "Kerkstraat");
      crm_record_set (record, "house_number", number);
      crm_record_set (record, "postcode", "6711AB");
      crm_record_set (record, "city", "Ede");
      crm_action_put (action, record, &error);
      bench_check (error);
      g_ptr_array_add (ids, g_strdup (crm_record_get_id (record)));
    }
  crm_action_finish (action, NULL, &error);
  bench_check (error);
  g_ptr_array_add (ids, NULL);
  return ids;
}

static double
get_resident (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "VmRSS:") : NULL;
  return line != NULL ? strtod (line + strlen ("VmRSS:"), NULL) / 1024.0 : 0;
}

/* How long an edit would have waited at most: the writer asks so seldom whether one waits. */
typedef struct
{
  gint64 last;
  gint64 longest;
} Waits;

static gboolean
note_wait (gpointer data)
{
  Waits *waits = data;
  const gint64 now = g_get_monotonic_time ();

  waits->longest = MAX (waits->longest, now - waits->last);
  waits->last = now;

  return FALSE;
}

static void
note_turn (gpointer data)
{
  note_wait (data);
}

static void
measure_waits (Job *job)
{
  Waits waits = { g_get_monotonic_time (), 0 };

  crm_replica_set_yield_hooks (job->world->replica, note_turn, note_wait, &waits);
  make (job);
  crm_replica_set_yield_hook (job->world->replica, NULL, NULL);
  bench_report_goal ("10,000 letters: an edit waits at most", waits.longest / 1000.0, 50, "ms");
}

/* What cairo keeps for each page, a bare loop shows too; beyond that nothing may grow. */
static void
measure_memory (Job *job)
{
  double start, few, many;

  g_ptr_array_unref (job->ids);
  job->ids = add_persons (job->world, 100);
  make (job);
  few = get_resident ();

  g_ptr_array_unref (job->ids);
  job->ids = add_persons (job->world, 10000);
  start = get_resident ();
  make (job);
  many = get_resident ();
  bench_report_goal ("10,000 letters: memory beyond 100", many - MAX (start, few), 24, "MB");
  measure_waits (job);
}

int
main (void)
{
  g_autoptr (BenchWorld) world = bench_world_new (0);
  Job job = { .world = world };
  double ours, bare;

  job.template = crm_builtin_new (crm_replica_get_model (world->replica), 0);
  job.ids = add_persons (world, LETTERS);
  job.path = g_build_filename (world->dir, "letters.pdf", NULL);

  bare = bench_median (RUNS, draw_bare, &job);
  ours = bench_median (RUNS, make, &job);
  bench_report_gate ("1,000 letters, checked, set and logged", ours, bare, 1 / 0.7, "ms");
  measure_memory (&job);

  g_object_unref (job.template);
  g_ptr_array_unref (job.ids);
  g_free (job.path);
  return bench_finish ();
}
