#pragma once

#include "letters/crm-letter-settings.h"
#include "store/log/crm-change-log.h"

/* A replica in a folder of its own, with a sender, on a fixed day: 5 March 2024. */
typedef struct
{
  char *dir;
  CrmReplica *replica;
} CrmLettersFixture;

void crm_letters_fixture_set_up (CrmLettersFixture *fixture, gconstpointer unused);
void crm_letters_fixture_tear_down (CrmLettersFixture *fixture, gconstpointer unused);

/* Stores a record of these names and values, NULL-terminated, and returns its id. */
char *
crm_letters_fixture_add (CrmLettersFixture *fixture, const char *kind, ...) G_GNUC_NULL_TERMINATED;
/* The same from a list that ends with NULL. */
char *crm_letters_fixture_add_values (CrmLettersFixture *fixture,
                                      const char *kind,
                                      const char *const *values);
/* A plain person with a full address: "De heer J. de Vries" in Ede, with this surname. */
char *crm_letters_fixture_add_person (CrmLettersFixture *fixture, const char *surname);
/* A template of type letter that is not stored. */
CrmRecord *crm_letters_fixture_make_template (CrmLettersFixture *fixture,
                                              const char *subject,
                                              const char *body);
guint crm_letters_fixture_count (CrmLettersFixture *fixture, const char *kind);
