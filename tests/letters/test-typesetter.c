#include "letters/crm-typesetter.h"

#include "letters/crm-letter-pdf.h"

#include <glib/gstdio.h>
#include <poppler.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

static CrmLetterSettings *
make_settings (const char *envelope)
{
  CrmLetterSettings *settings = crm_letter_settings_new ();

  crm_letter_settings_set (settings, "sender.organisation", "Molenaar Advies B.V.");
  crm_letter_settings_set (settings, "sender.name", "Anna Smit");
  crm_letter_settings_set (settings, "sender.street", "Postbus 123");
  crm_letter_settings_set (settings, "sender.postcode", "6711 AB");
  crm_letter_settings_set (settings, "sender.city", "Ede");
  crm_letter_settings_set (settings, "sender.phone", "0318 123456");
  crm_letter_settings_set (settings, "sender.chamber_number", "12345678");
  crm_letter_settings_set (settings, "letters.envelope", envelope);
  return settings;
}

static CrmLetter *
make_letter (const char *markdown, const char *const *address)
{
  static const char *const plain[] = {
    "Bakker Techniek B.V.", "De heer ir. J. de Vries", "Postbus 123", "1067 GZ  AMSTERDAM", NULL
  };
  CrmLetter *letter = crm_letter_new ();

  letter->relation = g_strdup ("r");
  letter->address = g_strdupv ((char **) (address != NULL ? address : plain));
  letter->place_date = g_strdup ("Ede, 5 maart 2024");
  letter->our_reference = g_strdup ("V24-AB12-0001");
  letter->subject = g_strdup ("Onze afspraak");
  g_ptr_array_unref (letter->text);
  letter->text = crm_letter_text_parse (markdown);
  return letter;
}

/* The PDF of one letter, read back. */
static PopplerDocument *
print (CrmLetterSettings *settings, const CrmLetter *letter, CrmLetterPages **pages)
{
  g_autofree char *folder = g_dir_make_tmp ("crm-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "letter.pdf", NULL);
  g_autofree char *data = NULL;
  gsize size;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CrmTypesetter) typesetter = crm_typesetter_new (settings);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmLetterPdf)
      pdf = crm_letter_pdf_new (path, "A title", "Molenaar Advies B.V.", "nl", &error);
  PopplerDocument *document;

  g_assert_no_error (error);
  *pages = crm_typesetter_set (typesetter, letter);
  g_assert_true (crm_letter_pdf_add (pdf, *pages, &error));
  g_assert_true (crm_letter_pdf_finish (pdf, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (crm_letter_pdf_commit (pdf, &error));
  g_assert_no_error (error);

  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  bytes = g_bytes_new (data, size);
  document = poppler_document_new_from_bytes (bytes, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  return document;
}

static char *
dup_page_text (PopplerDocument *document, int index)
{
  g_autoptr (PopplerPage) page = poppler_document_get_page (document, index);

  return poppler_page_get_text (page);
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

static void
test_page (void)
{
  g_autoptr (CrmLetterSettings) settings = make_settings (NULL);
  g_autoptr (CrmLetter) letter =
      make_letter ("Geachte heer De Vries,\n\nDank voor *uw* brief, **graag** tot ziens.\n\n"
                   "Met vriendelijke groet,\n\n<!-- signature -->\n\nAnna Smit",
                   NULL);
  g_autoptr (CrmLetterPages) pages = NULL;
  g_autoptr (PopplerDocument) document = print (settings, letter, &pages);
  g_autofree char *text = dup_page_text (document, 0);
  const char *const order[] = { "Molenaar Advies B.V.",    "Bakker Techniek B.V.",
                                "De heer ir. J. de Vries", "AMSTERDAM",
                                "Ede, 5 maart 2024",       "Ons kenmerk",
                                "Geachte heer De Vries,",  "Dank voor uw brief, graag tot ziens.",
                                "Met vriendelijke groet,", "Anna Smit" };
  const char *at = text;

  g_assert_cmpint (poppler_document_get_n_pages (document), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      assert_has (at, order[i]);
      at = strstr (at, order[i]) + 1;
    }
  assert_has (text, "V24-AB12-0001");
  assert_has (text, "Betreft");
  assert_has (text, "Onze afspraak");
  g_assert_null (strstr (text, "Pagina"));
  assert_has (text, "KvK 12345678");
}

static void
test_metadata (void)
{
  g_autoptr (CrmLetterSettings) settings = make_settings (NULL);
  g_autoptr (CrmLetter) letter = make_letter ("Tekst", NULL);
  g_autoptr (CrmLetterPages) pages = NULL;
  g_autoptr (PopplerDocument) document = print (settings, letter, &pages);
  g_autofree char *title = poppler_document_get_title (document);
  g_autofree char *author = poppler_document_get_author (document);

  g_assert_cmpstr (title, ==, "A title");
  g_assert_cmpstr (author, ==, "Molenaar Advies B.V.");
}

static void
test_pages (void)
{
  g_autoptr (CrmLetterSettings) settings = make_settings (NULL);
  g_autoptr (GString) markdown = g_string_new ("Geachte heer De Vries,\n\n");
  g_autoptr (CrmLetterPages) pages = NULL;
  g_autoptr (PopplerDocument) document = NULL;
  g_autoptr (CrmLetter) letter = NULL;
  g_autoptr (GString) all = g_string_new (NULL);
  int n;

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (markdown,
                            "Alinea %u met genoeg woorden om over meer dan een regel te lopen, "
                            "zodat de pagina volloopt en er nog een nodig is.\n\n",
                            i);
  letter = make_letter (markdown->str, NULL);
  document = print (settings, letter, &pages);
  n = poppler_document_get_n_pages (document);
  g_assert_cmpint (n, >=, 3);
  g_assert_cmpuint (crm_letter_pages_get_n (pages), ==, (guint) n);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *text = dup_page_text (document, i);
      g_autofree char *number = g_strdup_printf ("Pagina %d van %d", i + 1, n);

      g_assert_true ((strstr (text, number) != NULL) == (i > 0));
      g_string_append (all, text);
    }
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *paragraph = g_strdup_printf ("Alinea %u met", i);

      assert_has (all->str, paragraph);
    }
}

/* The ink of the first lines that lie in the window's columns, measured in the PDF itself. */
static void
assert_in_window (PopplerDocument *document, const CrmEnvelope *envelope, const char *const *lines)
{
  g_autoptr (PopplerPage) page = poppler_document_get_page (document, 0);
  CrmRect safe = crm_envelope_get_safe_area (envelope);
  guint n_found = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autolist (PopplerRectangle) found = poppler_page_find_text (page, lines[i]);
      gboolean inside = FALSE;

      for (GList *item = found; item != NULL; item = item->next)
        {
          const PopplerRectangle *box = item->data;
          double top = (CRM_PAGE_HEIGHT - box->y2) / CRM_MM;
          double bottom = (CRM_PAGE_HEIGHT - box->y1) / CRM_MM;

          /* Boxes are as high as the font; ink is a little less. */
          inside |= box->x1 / CRM_MM >= safe.x - 0.1 &&
                    box->x2 / CRM_MM <= safe.x + safe.width + 0.1 && top >= safe.y - 1.2 &&
                    bottom <= safe.y + safe.height + 1.2;
        }
      n_found += inside;
    }
  g_assert_cmpuint (n_found, ==, g_strv_length ((char **) lines));
}

/* At both ends of the paper's play every glyph of the address is inside the window, less 3 mm. */
static void
assert_ink_fits (const CrmLetterPages *pages, const CrmEnvelope *envelope)
{
  CrmRect ink = crm_letter_pages_get_address_ink (pages);

  for (int side = -1; side <= 1; side += 2)
    {
      double x = ink.x + side * envelope->play_x;
      double y = ink.y + side * envelope->play_y;

      g_assert_cmpfloat (x, >=, envelope->window.x + CRM_ENVELOPE_MARGIN - 0.01);
      g_assert_cmpfloat (y, >=, envelope->window.y + CRM_ENVELOPE_MARGIN - 0.01);
      g_assert_cmpfloat (x + ink.width,
                         <=,
                         envelope->window.x + envelope->window.width - CRM_ENVELOPE_MARGIN + 0.01);
      g_assert_cmpfloat (y + ink.height,
                         <=,
                         envelope->window.y + envelope->window.height - CRM_ENVELOPE_MARGIN + 0.01);
    }
}

static void
test_window (void)
{
  static const char *const six[] = { "Bakker Techniek en Installatie",
                                     "Afdeling Inkoop",
                                     "De heer ir. J. de Vries",
                                     "Daniël Stalpertstraat 35 III",
                                     "1067 GZ  AMSTERDAM",
                                     "BELGIË",
                                     NULL };

  static const char *const words[] = { "Installatie", "Inkoop",    "ir. J. de Vries", "35 III",
                                       "1067 GZ",     "AMSTERDAM", "BELGIË",          NULL };

  for (guint i = 0; i < crm_envelope_get_n (); i++)
    {
      const CrmEnvelope *envelope = crm_envelope_get (i);
      g_autoptr (CrmLetterSettings) settings = make_settings (envelope->name);
      g_autoptr (CrmLetter) letter = make_letter ("Tekst", six);
      g_autoptr (CrmLetterPages) pages = NULL;
      g_autoptr (PopplerDocument) document = print (settings, letter, &pages);

      g_test_message ("%s", envelope->name);
      g_assert_cmpuint (crm_letter_pages_get_n_lost (pages), ==, 0);
      assert_ink_fits (pages, envelope);
      assert_in_window (document, envelope, words);
    }
}

static void
set_hostile (CrmLetter *letter, guint seed)
{
  static const char *const pieces[] = { "a", "W", "é", " ", "漢", "م", "fj", "Ỗ", "\n", "g" };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n = (guint) g_rand_int_range (rand, 1, seed % 5 == 0 ? 40 : 8);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);
      int length = g_rand_int_range (rand, 1, seed % 3 == 0 ? 200 : 50);

      for (int j = 0; j < length; j++)
        g_string_append (line, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      g_ptr_array_add (lines, g_string_free_and_steal (g_steal_pointer (&line)));
    }
  g_ptr_array_add (lines, NULL);
  g_strfreev (letter->address);
  letter->address = (char **) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

static void
test_hostile_address (void)
{
  guint n_lost = 0;

  for (guint i = 0; i < crm_envelope_get_n (); i++)
    {
      const CrmEnvelope *envelope = crm_envelope_get (i);
      g_autoptr (CrmLetterSettings) settings = make_settings (envelope->name);
      g_autoptr (CrmTypesetter) typesetter = crm_typesetter_new (settings);

      for (guint seed = 0; seed < 60; seed++)
        {
          g_autoptr (CrmLetter) letter = make_letter ("Tekst", NULL);
          g_autoptr (CrmLetterPages) pages = NULL;

          set_hostile (letter, seed);
          pages = crm_typesetter_set (typesetter, letter);
          assert_ink_fits (pages, envelope);
          n_lost += crm_letter_pages_get_n_lost (pages);
        }
    }
  g_assert_cmpuint (n_lost, >, 0);
}

/* Forty lines: the name, the town and the country stay. */
static void
test_long_address (void)
{
  g_autoptr (CrmLetterSettings) settings = make_settings ("c65-left");
  g_autoptr (CrmLetter) letter = make_letter ("Tekst", NULL);
  g_autoptr (CrmLetterPages) pages = NULL;
  g_autoptr (PopplerDocument) document = NULL;
  char **lines = g_new0 (char *, 41);
  static const char *const kept[] = { "Eerste regel", "1067 GZ", "DUITSLAND", NULL };

  for (guint i = 0; i < 40; i++)
    lines[i] = g_strdup_printf ("regel nummer %u", i);
  g_free (lines[0]);
  g_free (lines[38]);
  g_free (lines[39]);
  lines[0] = g_strdup ("Eerste regel");
  lines[38] = g_strdup ("1067 GZ  AMSTERDAM");
  lines[39] = g_strdup ("DUITSLAND");
  g_strfreev (letter->address);
  letter->address = lines;

  document = print (settings, letter, &pages);
  g_assert_cmpuint (crm_letter_pages_get_n_lost (pages), >, 25);
  assert_ink_fits (pages, crm_envelope_find ("c65-left"));
  assert_in_window (document, crm_envelope_find ("c65-left"), kept);
}

/* No page ends with the first line of a paragraph or starts with its last. */
static void
test_widows (void)
{
  g_autoptr (CrmLetterSettings) settings = make_settings (NULL);
  g_autoptr (CrmTypesetter) typesetter = crm_typesetter_new (settings);

  for (guint n = 20; n < 60; n++)
    {
      g_autoptr (GString) markdown = g_string_new (NULL);
      g_autoptr (CrmLetter) letter = NULL;
      g_autoptr (CrmLetterPages) pages = NULL;
      g_autoptr (PopplerDocument) document = NULL;
      g_autofree char *last = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append (markdown, "regel\\\n");
      g_string_append (markdown,
                       "voorlaatste\\\nlaatste\n\n# Kop\n\nonder de kop\\\nen nog een\n\n"
                       "slotzin een\\\nslotzin twee\\\nslotzin drie\\\nslotzin vier\n\n"
                       "De groet\n\n<!-- signature -->\n\nDe naam");
      letter = make_letter (markdown->str, NULL);
      document = print (settings, letter, &pages);
      last = dup_page_text (document, poppler_document_get_n_pages (document) - 1);

      /* The signature is never alone. */
      assert_has (last, "De groet");
      assert_has (last, "De naam");
      assert_has (last, "slotzin drie");
      for (int i = 0; i < poppler_document_get_n_pages (document); i++)
        {
          g_autofree char *text = dup_page_text (document, i);

          if (strstr (text, "Kop") != NULL)
            assert_has (text, "onder de kop");
          if (strstr (text, "laatste") != NULL)
            assert_has (text, "voorlaatste");
        }
    }
}

/* A short paragraph goes along with the closing, whole. */
static void
test_short_last_paragraph (void)
{
  static const char *const last[] = { "slotzin", "slotzin\\\ntwee", "slotzin\\\ntwee\\\ndrie" };
  g_autoptr (CrmLetterSettings) settings = make_settings (NULL);

  for (guint n = 20; n < 60; n++)
    {
      g_autoptr (GString) markdown = g_string_new ("begin");
      g_autoptr (CrmLetter) letter = NULL;
      g_autoptr (CrmLetterPages) pages = NULL;
      g_autoptr (PopplerDocument) document = NULL;
      g_autofree char *text = NULL;

      for (guint i = 0; i < n; i++)
        g_string_append (markdown, "\\\nregel");
      g_string_append_printf (markdown,
                              "\n\n%s\n\nDe groet\n\n<!-- signature -->\n\nDe naam",
                              last[n % G_N_ELEMENTS (last)]);
      letter = make_letter (markdown->str, NULL);
      document = print (settings, letter, &pages);
      text = dup_page_text (document, poppler_document_get_n_pages (document) - 1);

      assert_has (text, "slotzin");
      assert_has (text, "De naam");
    }
}

static void
test_hostile_text (void)
{
  g_autoptr (CrmLetterSettings) settings = make_settings (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CrmLetter) letter = NULL;
  g_autoptr (CrmLetterPages) pages = NULL;
  g_autoptr (PopplerDocument) document = NULL;
  g_autofree char *subject = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append (text, "Donaudampfschiffahrt");
  g_string_append (text, "\n\n| \n\n- - - - x\n\n***\n\n# ");
  for (guint i = 0; i < 500; i++)
    g_string_append (text, "kop ");
  subject = g_strndup (text->str, 5000);

  letter = make_letter (text->str, NULL);
  g_free (letter->subject);
  letter->subject = g_steal_pointer (&subject);
  document = print (settings, letter, &pages);
  g_assert_cmpint (poppler_document_get_n_pages (document), >, 5);

  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      g_autoptr (PopplerPage) page = poppler_document_get_page (document, i);
      PopplerRectangle *boxes = NULL;
      guint n = 0;

      g_assert_true (poppler_page_get_text_layout (page, &boxes, &n));
      for (guint j = 0; j < n; j++)
        {
          g_assert_cmpfloat (boxes[j].x1, >=, 0);
          g_assert_cmpfloat (boxes[j].x2, <=, CRM_PAGE_WIDTH - 15 * CRM_MM);
          g_assert_cmpfloat (boxes[j].y2, <=, CRM_PAGE_HEIGHT);
        }
      g_free (boxes);
    }
}

static void
test_page_break (void)
{
  g_autoptr (CrmLetterSettings) settings = make_settings (NULL);
  g_autoptr (CrmLetter) letter = make_letter ("een\n\n<!-- page -->\n\ntwee", NULL);
  g_autoptr (CrmLetterPages) pages = NULL;
  g_autoptr (PopplerDocument) document = print (settings, letter, &pages);
  g_autofree char *second = NULL;

  g_assert_cmpint (poppler_document_get_n_pages (document), ==, 2);
  second = dup_page_text (document, 1);
  assert_has (second, "twee");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/letters/typesetter/page", test_page);
  g_test_add_func ("/letters/typesetter/metadata", test_metadata);
  g_test_add_func ("/letters/typesetter/pages", test_pages);
  g_test_add_func ("/letters/typesetter/window", test_window);
  g_test_add_func ("/letters/typesetter/hostile-address", test_hostile_address);
  g_test_add_func ("/letters/typesetter/long-address", test_long_address);
  g_test_add_func ("/letters/typesetter/widows", test_widows);
  g_test_add_func ("/letters/typesetter/short-last-paragraph", test_short_last_paragraph);
  g_test_add_func ("/letters/typesetter/hostile-text", test_hostile_text);
  g_test_add_func ("/letters/typesetter/page-break", test_page_break);

  return g_test_run ();
}
