#pragma once

#include "letters/crm-envelope.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* A4 in points, the unit of everything that is drawn here. */
#define CRM_PAGE_WIDTH  595.276
#define CRM_PAGE_HEIGHT 841.890
/* Points in a millimetre. */
#define CRM_MM (72.0 / 25.4)

/*
 * A letter set on pages. Belongs to the thread of its typesetter and may outlive it; what is on it
 * does not change any more.
 */
typedef struct _CrmLetterPages CrmLetterPages;

void crm_letter_pages_free (CrmLetterPages *self);
guint crm_letter_pages_get_n (const CrmLetterPages *self);
/* In points from the top left corner of the sheet; the background is left alone. */
void crm_letter_pages_draw (const CrmLetterPages *self, guint page, cairo_t *cr);
/* Where the ink of the addressee is on the first page, in millimetres. */
CrmRect crm_letter_pages_get_address_ink (const CrmLetterPages *self);
/* How many lines of the address were left out because the window is too small. */
guint crm_letter_pages_get_n_lost (const CrmLetterPages *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLetterPages, crm_letter_pages_free)

G_END_DECLS
