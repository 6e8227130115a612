#include "letters/crm-envelope.h"

#include <glib/gi18n-lib.h>

/*
 * Top, left and size of E6/5, C6/5, C5 and EC4 are those of a printer's advice for window
 * envelopes; DIN 5008 form B is the field of that standard. The play is what remains when a sheet
 * that is folded for the envelope stands in it, divided over both sides; horizontally a printer
 * allows for half of it, because sheets are knocked square before they go in. The right-hand window
 * mirrors C6/5. Stock differs: somebody who orders another envelope adds a line here.
 */
/* clang-format off */
static const CrmEnvelope envelopes[] = {
  { "c65-left", N_ ("C5/6 (DL), window left"), { 15, 39, 100, 35 }, 5, 2.5 },
  { "c65-right", N_ ("C5/6 (DL), window right"), { 95, 39, 100, 35 }, 5, 2.5 },
  { "e65-left", N_ ("E5/6 (110 × 220), window left"), { 15, 40, 95, 30 }, 2.5, 1.5 },
  { "c5-left", N_ ("C5, window left"), { 15, 44, 105, 35 }, 5, 3 },
  { "ec4-left", N_ ("EC4, window left"), { 15, 42, 100, 40 }, 5, 4 },
  { "din-b", N_ ("DIN 5008 form B"), { 20, 45, 85, 45 }, 5, 2.5 },
};
/* clang-format on */

guint
crm_envelope_get_n (void)
{
  return G_N_ELEMENTS (envelopes);
}

const CrmEnvelope *
crm_envelope_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (envelopes), NULL);

  return &envelopes[index];
}

const CrmEnvelope *
crm_envelope_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (envelopes); i++)
    if (g_strcmp0 (envelopes[i].name, name) == 0)
      return &envelopes[i];

  return &envelopes[0];
}

CrmRect
crm_envelope_get_safe_area (const CrmEnvelope *self)
{
  CrmRect area;

  g_return_val_if_fail (self != NULL, ((CrmRect) { 0, 0, 0, 0 }));

  area.x = self->window.x + self->play_x + CRM_ENVELOPE_MARGIN;
  area.y = self->window.y + self->play_y + CRM_ENVELOPE_MARGIN;
  area.width = self->window.width - 2 * (self->play_x + CRM_ENVELOPE_MARGIN);
  area.height = self->window.height - 2 * (self->play_y + CRM_ENVELOPE_MARGIN);
  return area;
}

const char *
crm_envelope_get_label (const CrmEnvelope *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_dgettext (GETTEXT_PACKAGE, self->label);
}
