#pragma once

#include "letters/crm-letter-pages.h"
#include "letters/crm-letter-settings.h"
#include "letters/crm-letter.h"

G_BEGIN_DECLS

/*
 * Sets letters on A4: letterhead, address in the window of the envelope, place and date, reference
 * lines, subject, text, page numbers from the second page. Used by one thread at a time. Paragraphs
 * that letters share are shaped once and kept while they are in use.
 */
typedef struct _CrmTypesetter CrmTypesetter;

/* @settings is copied. */
CrmTypesetter *crm_typesetter_new (const CrmLetterSettings *settings);
void crm_typesetter_free (CrmTypesetter *self);
CrmLetterPages *crm_typesetter_set (CrmTypesetter *self, const CrmLetter *letter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTypesetter, crm_typesetter_free)

G_END_DECLS
