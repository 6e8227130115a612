#pragma once

#include "server/crm-server-store.h"

G_BEGIN_DECLS

/* A kind of store, for the tests that each must pass: they know nothing but CrmServerStoreOps. */
typedef struct
{
  const char *name;
  /* A new database that nobody else uses, and what names it. */
  CrmServerStore *(*make) (char **url);
  /* The same database by another connection. */
  CrmServerStore *(*open) (const char *url);
  void (*remove) (const char *url);
} CrmStoreMaker;

/* Adds "/server/store/NAME/…". @maker lives on. */
void crm_store_suite_add (const CrmStoreMaker *maker);

G_END_DECLS
