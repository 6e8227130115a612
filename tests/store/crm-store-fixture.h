#pragma once

#include "store/crm-store.h"
#include "store/log/crm-change-log.h"

#include <glib/gstdio.h>

/* A new replica in a folder of its own; for the tests of this room. */
typedef struct
{
  char *dir;
  CrmKey *key;
  CrmReplica *replica;
} CrmStoreFixture;

void crm_store_fixture_set_up (CrmStoreFixture *fixture, gconstpointer unused);
void crm_store_fixture_tear_down (CrmStoreFixture *fixture, gconstpointer unused);
/* Closes and opens again, as the next start of the program does. */
void crm_store_fixture_reopen (CrmStoreFixture *fixture);
/* Removes a folder and what is in it. */
void crm_store_fixture_remove (const char *dir);

const CrmKind *crm_store_fixture_get_kind (CrmStoreFixture *fixture, const char *name);
/* Not stored yet. */
CrmRecord *
crm_store_fixture_new_person (CrmStoreFixture *fixture, const char *surname, const char *city);
/* Stores @record in a set of its own; returns the set's id. */
char *crm_store_fixture_put (CrmStoreFixture *fixture, CrmRecord *record);
char *crm_store_fixture_set (CrmStoreFixture *fixture,
                             CrmRecord *record,
                             const char *field,
                             const char *value);
void crm_store_fixture_assert_value (CrmStoreFixture *fixture,
                                     const char *id,
                                     const char *field,
                                     const char *value);
