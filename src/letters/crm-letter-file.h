#pragma once

#include "model/crm-record.h"

G_BEGIN_DECLS

/*
 * A name for the letter of @record in a folder of letters: from its title, with only letters,
 * digits, spaces and . - _ in it, at most 100 bytes before ".pdf", not hidden, valid on every file
 * system, and different (compared folded) from all in @taken, which it is added to.
 */
char *crm_letter_file_dup_name (CrmRecord *record, GHashTable *taken);

G_END_DECLS
