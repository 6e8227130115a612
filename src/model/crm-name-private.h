#pragma once

#include "model/crm-record.h"

/* A surname by use of name: the prefix and core that come first, and all of it in one string. */
typedef struct
{
  /* Borrowed from the record; nullable. */
  const char *prefix;
  /* What follows that prefix: "Velzen-in het Veld"; nullable. */
  char *core;
  /* Only the first of a double name. */
  char *first_core;
} CrmSurname;

void crm_surname_init (CrmSurname *self, CrmRecord *person);
void crm_surname_clear (CrmSurname *self);
/* "van Velzen-in het Veld", @core one of the struct's; @capital: nothing precedes it, so that a
 * Dutch prefix takes its capital. */
char *crm_surname_join (const CrmSurname *self, const char *core, gboolean capital);

/* Names of Belgians are written as registered, always. */
gboolean crm_name_is_belgian (CrmRecord *person, CrmRecord *organisation);
/* Stored initials, or those of the given or call name; NULL when there is none. */
char *crm_name_dup_person_initials (CrmRecord *person);
/* The first of @names that has a value, or NULL; names end with NULL. */
const char *crm_name_peek_first (CrmRecord *person, const char *const *names);

/* Words that stand before a Dutch surname and are no part of its core. */
gboolean crm_name_is_prefix_word (const char *word);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmSurname, crm_surname_clear)
