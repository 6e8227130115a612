#include "letters/crm-typesetter-private.h"

/* A subject of a hundred lines would push the letter off its page. */
#define MAX_REFERENCE_LINES 6

/* Joins the settings that are there: "Postbus 1 · 1234 AB  EDE · 0318 123456". */
static char *
join_settings (CrmTypesetter *self, const char *const *names, const char *const *labels)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = crm_letter_settings_get (self->settings, names[i]);

      if (value == NULL)
        continue;
      if (line->len > 0)
        g_string_append (line, "  ·  ");
      if (labels != NULL && labels[i] != NULL)
        g_string_append_printf (line, "%s ", labels[i]);
      g_string_append (line, value);
    }

  return line->len > 0 ? g_string_free_and_steal (g_steal_pointer (&line)) : NULL;
}

/* "Postbus 123  ·  6711 AB  EDE" */
static char *
join_place (CrmTypesetter *self)
{
  const char *street = crm_letter_settings_get (self->settings, "sender.street");
  const char *postcode = crm_letter_settings_get (self->settings, "sender.postcode");
  const char *city = crm_letter_settings_get (self->settings, "sender.city");
  g_autoptr (GString) line = g_string_new (street);

  if (city == NULL)
    return street != NULL ? g_strdup (street) : NULL;

  if (line->len > 0)
    g_string_append (line, "  ·  ");
  if (postcode != NULL)
    g_string_append_printf (line, "%s  ", postcode);
  g_string_append (line, city);
  return g_string_free_and_steal (g_steal_pointer (&line));
}

static void
set_letterhead (CrmTypesetter *self, CrmLetterPages *pages, double limit)
{
  static const char *const reach[] = { "sender.phone", "sender.email", "sender.website", NULL };
  const char *name = crm_letter_settings_get (self->settings, "sender.organisation");
  g_autofree char *place_line = join_place (self);
  g_autofree char *reach_line = join_settings (self, reach, NULL);
  const char *lines[] = { name, place_line, reach_line };
  double y = 12 * CRM_MM;

  if (name == NULL)
    lines[0] = crm_letter_settings_get (self->settings, "sender.name");
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (TypeBlock) block = NULL;

      if (lines[i] == NULL)
        continue;
      block = typesetter_shape (self,
                                i == 0 ? STYLE_NAME : STYLE_SMALL,
                                lines[i],
                                NULL,
                                RIGHT - LEFT);
      if (y + block->height > limit)
        break;
      y = letter_pages_put (pages, 0, block, LEFT, y, i == 0 ? 0 : 0.35);
    }
}

static void
set_foot (CrmTypesetter *self, CrmLetterPages *pages, const CrmLetter *letter)
{
  static const char *const names[] = {
    "sender.chamber_number", "sender.vat_number", "sender.iban", NULL
  };
  const char *const labels[] = { letter->words->chamber, letter->words->vat, "IBAN" };
  g_autofree char *text = join_settings (self, names, labels);
  g_autoptr (TypeBlock) block = NULL;

  if (text == NULL)
    return;

  block = typesetter_shape (self, STYLE_SMALL, text, NULL, RIGHT - LEFT);
  if (block->n_lines <= 2)
    letter_pages_put (pages, 0, block, LEFT, FOOT, 0.35);
}

/* A label and its value on one line. */
static double
set_reference (CrmTypesetter *self,
               CrmLetterPages *pages,
               TypeStyle style,
               const char *label,
               const char *value,
               double y)
{
  g_autoptr (TypeBlock) left = NULL;
  g_autoptr (TypeBlock) right = NULL;

  if (value == NULL)
    return y;

  left = typesetter_shape (self, STYLE_LABEL, label, NULL, LABEL_WIDTH);
  right = typesetter_shape (self, style, value, NULL, RIGHT - LEFT - LABEL_WIDTH);
  letter_pages_put (pages, 0, left, LEFT, y, 0.35);
  g_ptr_array_add (pages->blocks, type_block_ref (right));
  for (guint i = 0; i < MIN (right->n_lines, MAX_REFERENCE_LINES); i++)
    {
      letter_pages_put_line (pages, 0, &right->lines[i], LEFT + LABEL_WIDTH, y, 0);
      y += right->lines[i].height;
    }

  return y;
}

static double
set_references (CrmTypesetter *self, CrmLetterPages *pages, const CrmLetter *letter, double y)
{
  const CrmLetterWords *words = letter->words;
  double start = y;

  if (letter->place_date != NULL)
    {
      g_autoptr (TypeBlock)
          block = typesetter_shape (self, STYLE_BODY, letter->place_date, NULL, RIGHT - LEFT);

      y = start = letter_pages_put (pages, 0, block, LEFT, y, 0) + LEADING;
    }

  y = set_reference (self, pages, STYLE_BODY, words->your_letter, letter->your_letter, y);
  y = set_reference (self, pages, STYLE_BODY, words->your_reference, letter->your_reference, y);
  y = set_reference (self, pages, STYLE_BODY, words->our_reference, letter->our_reference, y);
  y = set_reference (self, pages, STYLE_BODY, words->handled_by, letter->handled_by, y);
  y = set_reference (self, pages, STYLE_SUBJECT, words->subject, letter->subject, y);

  return y > start ? y + 2 * LEADING : y + LEADING;
}

double
letter_face_set (CrmTypesetter *self, CrmLetterPages *pages, const CrmLetter *letter)
{
  const CrmEnvelope *envelope = crm_letter_settings_get_envelope (self->settings);
  double window_top = (envelope->window.y - envelope->play_y) * CRM_MM;
  double window_bottom = (envelope->window.y + envelope->window.height + envelope->play_y) * CRM_MM;

  /* Nothing but the address may show in the window, wherever the sheet slides. */
  if (crm_letter_settings_get_letterhead (self->settings))
    {
      set_letterhead (self, pages, window_top - CRM_MM);
      set_foot (self, pages, letter);
    }
  if (letter->address != NULL)
    letter_window_set (self, pages, letter->address);

  return set_references (self, pages, letter, window_bottom + 5 * CRM_MM);
}

void
letter_face_number (CrmTypesetter *self, CrmLetterPages *pages, const CrmLetter *letter)
{
  for (guint i = 1; i < pages->pages->len; i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %u %s %u",
                                               letter->words->page,
                                               i + 1,
                                               letter->words->of,
                                               pages->pages->len);
      g_autoptr (TypeBlock) block = typesetter_shape (self, STYLE_SMALL, text, NULL, RIGHT - LEFT);

      letter_pages_put (pages, i, block, LEFT, FOOT, 0.35);
    }
}
