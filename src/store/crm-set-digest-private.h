#pragma once

#include <glib.h>
#include <sodium.h>

/*
 * The digest chain of the log. digest(n) = SHA-256 over digest(n-1) (32 bytes; zeros before set 1)
 * and these texts, each ended by a zero byte, a missing one empty: n in decimal, id, group, action,
 * why, at, user, device, body; then per record in order: kind (its name), id, op in decimal,
 * fields. A twin of the replica that went its own way, or a changed row, breaks it.
 */
#define CRM_SET_DIGEST_SIZE 32

/* Other names than those of the chain that server and replica share, which takes their place. */
#define crm_set_digest_begin crm_log_digest_begin
#define crm_set_digest_add   crm_log_digest_add
#define crm_set_digest_end   crm_log_digest_end

typedef struct
{
  crypto_hash_sha256_state state;
} CrmSetDigest;

typedef struct
{
  gint64 n;
  const char *id;
  const char *group; /* nullable */
  const char *action;
  const char *why; /* nullable */
  const char *at;
  const char *user;
  const char *device;
  const char *body;
} CrmSetHeader;

void crm_set_digest_begin (CrmSetDigest *self,
                           const guint8 previous[CRM_SET_DIGEST_SIZE],
                           const CrmSetHeader *header);
void crm_set_digest_add (CrmSetDigest *self,
                         const char *kind,
                         const char *id,
                         int op,
                         const char *fields);
void crm_set_digest_end (CrmSetDigest *self, guint8 digest[CRM_SET_DIGEST_SIZE]);
