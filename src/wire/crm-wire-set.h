#pragma once

#include "model/crm-set-digest.h"
#include "wire/crm-wire-value.h"

G_BEGIN_DECLS

/*
 * A change set on its way to the server. The same structs are read and written: for writing they
 * point to what the caller has, after reading into the message's arena.
 */
typedef struct
{
  const char *name;
  CrmWireValue value;
  /*
   * What the edit was made on; EMPTY in a new record. Longer than %CRM_SET_DIGEST_LONG bytes it is
   * its SHA-256 in hex (crm_set_digest_shorten()), except of fields that are merged
   * (crm_merge_needs_old()): those need it whole.
   */
  CrmWireValue old;
  /* The version seen: > 0 the server's seq, < 0 the replica's own set -base, 0 none. */
  gint64 base;
} CrmWireField;

typedef struct
{
  CrmSetOp op;
  const char *kind;
  const char *id;
  gint64 base;                /* DELETE: highest version of the row that was seen; else 0 */
  const CrmWireField *fields; /* none for DELETE */
  guint n_fields;
} CrmWireOp;

typedef struct
{
  const char *id;
  gint64 n;
  const char *prev; /* nullable: digest of set n-1 in hex; then it is not compared */
  const char *action;
  const char *group; /* nullable */
  const char *why;   /* nullable */
  const char *at;
  gboolean all; /* mode: as a whole or field by field */
  /* A person was asked whether so many records are to go, and said yes: without it a server refuses
   * a group that deletes more than it takes for a mistake, with the code "mass_delete". Not part of
   * the digest. */
  gboolean confirm;
  const CrmWireOp *ops;
  guint n_ops;
  /* After reading, a %CRM_WIRE_ERROR why the set must be refused although the request is in order
   * (a field that is too big); 0 when none. */
  int problem;
} CrmWireSet;

/* digest(n) of the chain of crm-set-digest.h from digest(n-1). */
void crm_wire_set_get_digest (const CrmWireSet *self,
                              const guint8 previous[CRM_SET_DIGEST_SIZE],
                              guint8 digest[CRM_SET_DIGEST_SIZE]);
void crm_wire_set_write (const CrmWireSet *self, GString *json);
gboolean crm_wire_set_read (const CrmJson *node, CrmArena *arena, CrmWireSet *set, GError **error);

G_END_DECLS
