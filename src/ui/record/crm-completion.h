#pragma once

#include "ui/record/crm-suggester.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CRM_TYPE_COMPLETION (crm_completion_get_type ())

G_DECLARE_FINAL_TYPE (CrmCompletion, crm_completion, CRM, COMPLETION, GObject)

/*
 * A list of suggestions below an entry while one types: Down and Up choose, Enter takes, Escape
 * closes. The keyboard stays in the entry.
 *
 * Signal "chosen" (CrmSuggestion *): the entry's text is for the handler to set.
 *
 * @entry: (a GtkEditable that is alive as long as the completion, or is destroyed first)
 */
CrmCompletion *crm_completion_new (GtkWidget *entry,
                                   CrmSuggester *suggester,
                                   const CrmKind *kind,
                                   const CrmField *field);
/* Last in the list: "New organisation “…”" for a link that can be made in place. */
void crm_completion_set_allow_new (CrmCompletion *self, gboolean allow_new);
/* Shows what there is for the text as it stands, also when that is empty. */
void crm_completion_open (CrmCompletion *self);
/* Sets the entry's text without suggesting anything. */
void crm_completion_set_text (CrmCompletion *self, const char *text);
/* The suggestion that is called exactly @text, if the list has it. */
CrmSuggestion *crm_completion_find (CrmCompletion *self, const char *text);

G_END_DECLS
