#pragma once

#include "letters/crm-letter-note.h"
#include "letters/crm-letter-settings.h"
#include "letters/crm-letter.h"

G_BEGIN_DECLS

/*
 * Merges a template with relations, one letter at a time. Belongs to the thread of its replica.
 *
 * The address shows in the window, and place, date, our reference and subject above the text,
 * whether the template names them or not; what its head (all before the salutation) names itself is
 * left to it.
 */
typedef struct _CrmLetterComposer CrmLetterComposer;

/* Fails with %CRM_LETTERS_ERROR_TEMPLATE when the text of @template cannot be read. @replica is
 * referenced; @settings copied. */
CrmLetterComposer *crm_letter_composer_new (CrmReplica *replica,
                                            CrmRecord *template,
                                            const CrmLetterSettings *settings,
                                            GError **error);
void crm_letter_composer_free (CrmLetterComposer *self);
/* Names that do not exist, with their place. Returns: (transfer full) (element-type CrmLetterNote)
 */
GPtrArray *crm_letter_composer_check_template (CrmLetterComposer *self);
/*
 * crm_letter_composer_compose:
 * @reference: our reference
 * @notes: (nullable) (element-type CrmLetterNote): what the pre-flight says of it is added
 *
 * Never fails: a letter with notes that stop it can still be looked at.
 */
CrmLetter *crm_letter_composer_compose (CrmLetterComposer *self,
                                        CrmRecord *relation,
                                        const char *reference,
                                        GPtrArray *notes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLetterComposer, crm_letter_composer_free)

G_END_DECLS
