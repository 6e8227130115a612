#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the pre-flight found. */
typedef enum
{
  /* Neither surname nor organisation; stops. With an organisation it warns: it goes there. */
  CRM_LETTER_NO_NAME,
  /* No address with a town; stops. */
  CRM_LETTER_NO_ADDRESS,
  /* A town, but neither street nor PO box. */
  CRM_LETTER_NO_STREET,
  CRM_LETTER_NO_FORM_OF_ADDRESS,
  CRM_LETTER_BAD_POSTCODE,
  /* The postcode is not one of the own country, and no country is given. */
  CRM_LETTER_NO_COUNTRY,
  /* The template asks for the field and it is empty. */
  CRM_LETTER_EMPTY_FIELD,
  /* Lines of the address do not fit in the window. */
  CRM_LETTER_ADDRESS_TOO_LONG,
  /* The template names something that does not exist; stops every letter. */
  CRM_LETTER_UNKNOWN_NAME,
  /* The merged text passes a limit; stops. */
  CRM_LETTER_TOO_LONG,
} CrmLetterProblem;

typedef struct
{
  /* Of the relation to mend; of the template when that is to mend. */
  char *id;
  char *field;
  CrmLetterProblem problem;
  /* English, for logs and the command line; where in the template for an unknown name. */
  char *message;
  gboolean stops;
} CrmLetterNote;

CrmLetterNote *crm_letter_note_new (const char *id,
                                    const char *field,
                                    CrmLetterProblem problem,
                                    gboolean stops,
                                    const char *message);
void crm_letter_note_free (CrmLetterNote *self);
GPtrArray *crm_letter_note_list_new (void);
gboolean crm_letter_notes_stop (GPtrArray *notes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLetterNote, crm_letter_note_free)

G_END_DECLS
