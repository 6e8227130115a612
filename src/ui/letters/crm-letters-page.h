#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_LETTERS_PAGE (crm_letters_page_get_type ())

G_DECLARE_FINAL_TYPE (CrmLettersPage, crm_letters_page, CRM, LETTERS_PAGE, AdwNavigationPage)

/* Templates, the letter on paper with a real relation on it, and what needs attention. */
CrmLettersPage *crm_letters_page_new (CrmStore *store);
/* @ids: of persons and organisations; nullable or empty: choose later. */
void crm_letters_page_set_recipients (CrmLettersPage *self, const char *const *ids);
guint crm_letters_page_get_n_recipients (CrmLettersPage *self);

/*
 * Makes the letters as the actions do once people chose a place: @output is a PDF file, or with
 * @each a folder. @skip leaves out what the pre-flight stops. Shows how far it is, and in the end a
 * toast that undoes and opens.
 */
void crm_letters_page_make (CrmLettersPage *self, const char *output, gboolean each, gboolean skip);

G_END_DECLS
