#pragma once

#include <glib.h>
#include <sodium.h>

G_BEGIN_DECLS

/*
 * The digest chain of a replica's log, computed alike by the replica that wrote the log and by the
 * server that gets it: a twin of the replica that went its own way, or a changed row, breaks it.
 *
 * digest(n) = SHA-256 over digest(n-1) (32 bytes; zeros before set 1) and these texts, each ended
 * by a zero byte, a missing one empty: n in decimal, id, group, action, why, at, mode ("all" or
 * "each"); then per record in order: kind, id, "new", "set" or "del", for "del" its base; per field
 * in the order sent: name, value, base, old; and one empty name. A base is "90110", "n805" (the
 * replica's own set) or empty. Values are canonical strings (crm-field.h), an old one longer than
 * %CRM_SET_DIGEST_LONG bytes is its SHA-256 in lower case hex.
 *
 * User and device are not in it: the server knows both from the token.
 */
#define CRM_SET_DIGEST_SIZE 32
#define CRM_SET_DIGEST_LONG 256

/* Kept in the file and on the wire. */
typedef enum
{
  CRM_SET_OP_NEW = 1,
  CRM_SET_OP_SET = 2,
  CRM_SET_OP_DELETE = 3,
} CrmSetOp;

typedef struct
{
  crypto_hash_sha256_state state;
  GString *text; /* of one record, so that each is hashed in one go */
} CrmSetDigest;

typedef struct
{
  gint64 n;
  const char *id;
  const char *group; /* nullable */
  const char *action;
  const char *why; /* nullable */
  const char *at;
  gboolean all;
} CrmSetHeader;

/* "new", "set", "del" */
const char *crm_set_op_get_name (CrmSetOp op);

/* Any number of sets may follow each other on one @self that starts as { 0 }. */
void crm_set_digest_begin (CrmSetDigest *self,
                           const guint8 previous[CRM_SET_DIGEST_SIZE],
                           const CrmSetHeader *header);
/* @base: of a delete, > 0 the server's seq, < 0 own set, 0 none; not looked at otherwise. A record
 * that is begun and not ended is not in the digest. */
void crm_set_digest_begin_op (CrmSetDigest *self,
                              const char *kind,
                              const char *id,
                              CrmSetOp op,
                              gint64 base);
/* @value, @old: nullable */
void crm_set_digest_add_field (CrmSetDigest *self,
                               const char *name,
                               const char *value,
                               gint64 base,
                               const char *old);
void crm_set_digest_end_op (CrmSetDigest *self);
void crm_set_digest_end (CrmSetDigest *self, guint8 digest[CRM_SET_DIGEST_SIZE]);
void crm_set_digest_clear (CrmSetDigest *self);

/* "90110", "n805" or "". */
void crm_set_base_append (GString *text, gint64 base);
/* FALSE when @text is no such thing. */
gboolean crm_set_base_parse (const char *text, gint64 *base);

/* @text itself, or in @hex its SHA-256 when it is longer than %CRM_SET_DIGEST_LONG bytes. */
const char *crm_set_digest_shorten (const char *text, char hex[2 * CRM_SET_DIGEST_SIZE + 1]);
void crm_set_digest_to_hex (const guint8 digest[CRM_SET_DIGEST_SIZE],
                            char hex[2 * CRM_SET_DIGEST_SIZE + 1]);
/* FALSE when @hex is not 64 lower case hex digits. @hex: nullable */
gboolean crm_set_digest_from_hex (const char *hex, guint8 digest[CRM_SET_DIGEST_SIZE]);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmSetDigest, crm_set_digest_clear)

G_END_DECLS
