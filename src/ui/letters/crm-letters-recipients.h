#pragma once

#include "store/query/crm-query.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_LETTERS_RECIPIENTS (crm_letters_recipients_get_type ())

G_DECLARE_FINAL_TYPE (CrmLettersRecipients,
                      crm_letters_recipients,
                      CRM,
                      LETTERS_RECIPIENTS,
                      AdwPreferencesGroup)

/*
 * How many get the letter and how they were chosen; to choose them by a filter in words, as in the
 * list of relations, or by an expression. Signal "query" (CrmQuery *): who answers gets it; NULL:
 * nobody.
 */
CrmLettersRecipients *crm_letters_recipients_new (CrmModel *model);
void crm_letters_recipients_set_n (CrmLettersRecipients *self, guint n);
/* They come from elsewhere, the selection of the list: no filter says who they are. */
void crm_letters_recipients_show_chosen (CrmLettersRecipients *self);
/* As if people chose everybody. */
void crm_letters_recipients_choose_everybody (CrmLettersRecipients *self);
void crm_letters_recipients_open_filter (CrmLettersRecipients *self);

G_END_DECLS
