#include "letters/crm-letter-note.h"

CrmLetterNote *
crm_letter_note_new (const char *id,
                     const char *field,
                     CrmLetterProblem problem,
                     gboolean stops,
                     const char *message)
{
  CrmLetterNote *self = g_new0 (CrmLetterNote, 1);

  self->id = g_strdup (id);
  self->field = g_strdup (field);
  self->problem = problem;
  self->stops = stops;
  self->message = g_strdup (message);
  return self;
}

void
crm_letter_note_free (CrmLetterNote *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->field);
  g_free (self->message);
  g_free (self);
}

GPtrArray *
crm_letter_note_list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) crm_letter_note_free);
}

gboolean
crm_letter_notes_stop (GPtrArray *notes)
{
  g_return_val_if_fail (notes != NULL, TRUE);

  for (guint i = 0; i < notes->len; i++)
    if (((const CrmLetterNote *) g_ptr_array_index (notes, i))->stops)
      return TRUE;

  return FALSE;
}
