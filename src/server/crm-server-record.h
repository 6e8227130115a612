#pragma once

#include "wire/crm-wire-value.h"

G_BEGIN_DECLS

/* A field that was once written: also when it is empty now, for its version. */
typedef struct
{
  char *name;
  CrmWireType type;
  char *text; /* NULL when EMPTY */
  /* The seq that wrote it. */
  gint64 version;
} CrmServerField;

/*
 * A record as the server keeps it: whatever its kind, and with fields that this program does not
 * know.
 */
typedef struct
{
  char *kind;
  char *id;
  /* The record whose scopes it shares; itself for most. */
  char *root;
  /* Made, and last changed in any way, at these seqs; 0 while it is in no database. */
  gint64 born;
  gint64 row_seq;
  gboolean deleted;

  /* (element-type CrmServerField) */
  GPtrArray *fields;
} CrmServerRecord;

/* Empty, and not yet in a database. */
CrmServerRecord *crm_server_record_new (const char *kind, const char *id);
CrmServerRecord *crm_server_record_copy (const CrmServerRecord *self);
void crm_server_record_free (CrmServerRecord *self);

/*
 * crm_server_record_parse:
 * @fields: {"surname":"Bakker","tags":["vip"]}
 * @versions: (nullable): {"surname":90211}: of fields changed since the record was made, so
 *   %born is set before
 *
 * Fills an empty record from the columns of a database. Fails with %CRM_WIRE_ERROR_INVALID.
 */
gboolean crm_server_record_parse (CrmServerRecord *self,
                                  const char *fields,
                                  const char *versions,
                                  GError **error);
/* (transfer full) */
char *crm_server_record_dup_fields (const CrmServerRecord *self);
/* (transfer full) (nullable) */
char *crm_server_record_dup_versions (const CrmServerRecord *self);

/* NULL when the field was never written. */
const CrmServerField *crm_server_record_find (const CrmServerRecord *self, const char *field);
/* NULL when empty. */
const char *crm_server_record_get (const CrmServerRecord *self, const char *field);
CrmWireValue crm_server_record_get_value (const CrmServerRecord *self, const char *field);
gint64 crm_server_record_get_version (const CrmServerRecord *self, const char *field);
void crm_server_record_set (CrmServerRecord *self,
                            const char *field,
                            const CrmWireValue *value,
                            gint64 seq);
/* Bytes of its values as JSON, about. */
gsize crm_server_record_measure (const CrmServerRecord *self);
/* Above these it is taken from nobody: whole, with the sets that made it, it has to fit in one
 * message to everybody. */
#define CRM_SERVER_RECORD_BYTES  (3 * 1024 * 1024)
#define CRM_SERVER_RECORD_FIELDS 1000
/* Like new at @seq: no fields. */
void crm_server_record_clear (CrmServerRecord *self, gint64 seq);

/* Seqs from %CRM_SERVER_PROVISIONAL on stand for those that a push has not taken yet, in the same
 * order: this makes them real, from @first. */
#define CRM_SERVER_PROVISIONAL (G_GINT64_CONSTANT (1) << 60)
gint64 crm_server_seq_settle (gint64 seq, gint64 first);
void crm_server_record_settle (CrmServerRecord *self, gint64 first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerRecord, crm_server_record_free)

G_END_DECLS
