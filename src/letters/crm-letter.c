#include "letters/crm-letter.h"

CrmLetter *
crm_letter_new (void)
{
  CrmLetter *self = g_new0 (CrmLetter, 1);

  self->words = crm_letter_words_find (NULL);
  self->text = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_letter_block_free);
  return self;
}

void
crm_letter_free (CrmLetter *self)
{
  if (self == NULL)
    return;

  g_free (self->relation);
  g_strfreev (self->address);
  g_free (self->place_date);
  g_free (self->our_reference);
  g_free (self->your_letter);
  g_free (self->your_reference);
  g_free (self->handled_by);
  g_free (self->subject);
  g_free (self->enclosures);
  g_clear_pointer (&self->text, g_ptr_array_unref);
  g_free (self);
}
