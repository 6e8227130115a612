#pragma once

#include "exchange/crm-import-index.h"
#include "exchange/crm-import-keys.h"

G_BEGIN_DECLS

struct _CrmImportIndex
{
  CrmReplica *replica;
  GPtrArray *entries;
  GHashTable *by_id;       /* id */
  GHashTable *by_number;   /* "p" or "o" and the folded number */
  GHashTable *by_email;    /* e-mail, newline, squashed surname, to GPtrArray */
  GHashTable *by_name;     /* squashed name of an organisation to GPtrArray */
  GHashTable *by_likeness; /* hash of what looks alike: a false hit of 64 bits is only a hint */
  GHashTable *domains;     /* domain of e-mail addresses to how many persons have one there */
  GHashTable *claimed;     /* what rows of this file are known by, to the entry of the first */
  GStringChunk *keys;
  GCancellable *cancellable;
};

G_END_DECLS
