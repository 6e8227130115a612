#include "store/crm-set-digest-private.h"

#include <string.h>

static void
add_text (CrmSetDigest *self, const char *text)
{
  if (text == NULL)
    text = "";

  crypto_hash_sha256_update (&self->state, (const guint8 *) text, strlen (text) + 1);
}

static void
add_number (CrmSetDigest *self, gint64 number)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  add_text (self, text);
}

void
crm_set_digest_begin (CrmSetDigest *self,
                      const guint8 previous[CRM_SET_DIGEST_SIZE],
                      const CrmSetHeader *header)
{
  crypto_hash_sha256_init (&self->state);
  crypto_hash_sha256_update (&self->state, previous, CRM_SET_DIGEST_SIZE);
  add_number (self, header->n);
  add_text (self, header->id);
  add_text (self, header->group);
  add_text (self, header->action);
  add_text (self, header->why);
  add_text (self, header->at);
  add_text (self, header->user);
  add_text (self, header->device);
  add_text (self, header->body);
}

void
crm_set_digest_add (CrmSetDigest *self,
                    const char *kind,
                    const char *id,
                    int op,
                    const char *fields)
{
  add_text (self, kind);
  add_text (self, id);
  add_number (self, op);
  add_text (self, fields);
}

void
crm_set_digest_end (CrmSetDigest *self, guint8 digest[CRM_SET_DIGEST_SIZE])
{
  crypto_hash_sha256_final (&self->state, digest);
}
