#include "model/crm-set-digest.h"

#include <string.h>

const char *
crm_set_op_get_name (CrmSetOp op)
{
  switch (op)
    {
    case CRM_SET_OP_NEW:
      return "new";

    case CRM_SET_OP_DELETE:
      return "del";

    case CRM_SET_OP_SET:
    default:
      return "set";
    }
}

static void
add_text (CrmSetDigest *self, const char *text)
{
  if (text != NULL)
    g_string_append (self->text, text);
  g_string_append_c (self->text, '\0');
}

static void
add_base (CrmSetDigest *self, gint64 base)
{
  crm_set_base_append (self->text, base);
  g_string_append_c (self->text, '\0');
}

static void
flush (CrmSetDigest *self)
{
  crypto_hash_sha256_update (&self->state, (const guint8 *) self->text->str, self->text->len);
  g_string_truncate (self->text, 0);
}

void
crm_set_digest_begin (CrmSetDigest *self,
                      const guint8 previous[CRM_SET_DIGEST_SIZE],
                      const CrmSetHeader *header)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (header != NULL);

  if (self->text == NULL)
    self->text = g_string_sized_new (1024);
  g_string_truncate (self->text, 0);

  crypto_hash_sha256_init (&self->state);
  crypto_hash_sha256_update (&self->state, previous, CRM_SET_DIGEST_SIZE);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, header->n);
  g_string_append_c (self->text, '\0');
  add_text (self, header->id);
  add_text (self, header->group);
  add_text (self, header->action);
  add_text (self, header->why);
  add_text (self, header->at);
  add_text (self, header->all ? "all" : "each");
  flush (self);
}

void
crm_set_digest_begin_op (CrmSetDigest *self,
                         const char *kind,
                         const char *id,
                         CrmSetOp op,
                         gint64 base)
{
  g_return_if_fail (self != NULL && self->text != NULL);

  g_string_truncate (self->text, 0);
  add_text (self, kind);
  add_text (self, id);
  add_text (self, crm_set_op_get_name (op));
  if (op == CRM_SET_OP_DELETE)
    add_base (self, base);
}

void
crm_set_digest_add_field (CrmSetDigest *self,
                          const char *name,
                          const char *value,
                          gint64 base,
                          const char *old)
{
  char hex[2 * CRM_SET_DIGEST_SIZE + 1];

  g_return_if_fail (self != NULL && self->text != NULL);

  add_text (self, name);
  add_text (self, value);
  add_base (self, base);
  add_text (self, crm_set_digest_shorten (old, hex));
}

void
crm_set_digest_end_op (CrmSetDigest *self)
{
  g_return_if_fail (self != NULL && self->text != NULL);

  add_text (self, NULL);
  flush (self);
}

void
crm_set_digest_end (CrmSetDigest *self, guint8 digest[CRM_SET_DIGEST_SIZE])
{
  g_return_if_fail (self != NULL);

  crypto_hash_sha256_final (&self->state, digest);
}

void
crm_set_digest_clear (CrmSetDigest *self)
{
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

void
crm_set_base_append (GString *text, gint64 base)
{
  g_return_if_fail (text != NULL);

  if (base > 0)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, base);
  else if (base < 0)
    g_string_append_printf (text, "n%" G_GINT64_FORMAT, -base);
}

gboolean
crm_set_base_parse (const char *text, gint64 *base)
{
  const gboolean own = text != NULL && text[0] == 'n';
  const char *digits = own ? text + 1 : text;
  gint64 number;

  g_return_val_if_fail (base != NULL, FALSE);

  /* 2^53 has 16 digits. */
  if (digits == NULL || strlen (digits) > 16 || digits[0] == '0' || digits[0] == '\0' ||
      strspn (digits, "0123456789") != strlen (digits))
    return FALSE;

  number = g_ascii_strtoll (digits, NULL, 10);
  *base = own ? -number : number;

  return TRUE;
}

void
crm_set_digest_to_hex (const guint8 digest[CRM_SET_DIGEST_SIZE],
                       char hex[2 * CRM_SET_DIGEST_SIZE + 1])
{
  sodium_bin2hex (hex, 2 * CRM_SET_DIGEST_SIZE + 1, digest, CRM_SET_DIGEST_SIZE);
}

const char *
crm_set_digest_shorten (const char *text, char hex[2 * CRM_SET_DIGEST_SIZE + 1])
{
  const gsize length = text != NULL ? strlen (text) : 0;
  guint8 digest[CRM_SET_DIGEST_SIZE];

  if (length <= CRM_SET_DIGEST_LONG)
    return text;

  crypto_hash_sha256 (digest, (const guint8 *) text, length);
  crm_set_digest_to_hex (digest, hex);

  return hex;
}

gboolean
crm_set_digest_from_hex (const char *hex, guint8 digest[CRM_SET_DIGEST_SIZE])
{
  const gsize length = 2 * CRM_SET_DIGEST_SIZE;

  if (hex == NULL || strlen (hex) != length || strspn (hex, "0123456789abcdef") != length)
    return FALSE;

  return sodium_hex2bin (digest, CRM_SET_DIGEST_SIZE, hex, length, NULL, NULL, NULL) == 0;
}
