#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In millimetres from the top left corner of an A4 sheet that lies in the middle of its play. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} CrmRect;

/*
 * A window envelope, as seen from the folded sheet inside. Paper has play in its envelope: the
 * sheet may lie @play_x to either side and @play_y up or down. What must be read stays inside the
 * window, less 3 mm, at both ends of that play; see crm_envelope_get_safe_area().
 */
typedef struct
{
  const char *name;
  /* English, marked for translation. */
  const char *label;
  CrmRect window;
  double play_x;
  double play_y;
} CrmEnvelope;

/* What the print advice keeps free along the edge of the window. */
#define CRM_ENVELOPE_MARGIN 3.0

guint crm_envelope_get_n (void);
const CrmEnvelope *crm_envelope_get (guint index);
/* The first when @name is NULL or unknown. */
const CrmEnvelope *crm_envelope_find (const char *name);
CrmRect crm_envelope_get_safe_area (const CrmEnvelope *self);
/* Translated. */
const char *crm_envelope_get_label (const CrmEnvelope *self);

G_END_DECLS
