#pragma once

#include "letters/crm-typesetter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_LETTER_PAPER (crm_letter_paper_get_type ())

G_DECLARE_FINAL_TYPE (CrmLetterPaper, crm_letter_paper, CRM, LETTER_PAPER, GtkWidget)

/* Sheets of paper with a letter on them, one below the other, as wide as there is room for. */
GtkWidget *crm_letter_paper_new (void);
/* @settings: of the sender; sets how letters look from then on. */
void crm_letter_paper_set_settings (CrmLetterPaper *self, const CrmLetterSettings *settings);
/* @letter: (transfer full) (nullable); what is on the paper stays there until this is called.
 * @name: (nullable): who gets it, for those who cannot see it */
void crm_letter_paper_set_letter (CrmLetterPaper *self, CrmLetter *letter, const char *name);
guint crm_letter_paper_get_n_pages (CrmLetterPaper *self);

G_END_DECLS
