#include "server/crm-server-cursor.h"

#include "base/crm-bug.h"
#include "base/crm-id.h"
#include "wire/crm-wire-error.h"

#include <sodium.h>
#include <string.h>

/* Behind every kind: their names are of small letters. */
#define BEHIND "~"

CrmServerCursor *
crm_server_cursor_new (const CrmServerHead *head, const CrmServerUser *user)
{
  CrmServerCursor *self = g_new0 (CrmServerCursor, 1);

  self->epoch = g_strdup (head->epoch);
  self->seq = head->seq;
  self->whole = head->seq;
  self->kind = g_strdup (BEHIND);
  self->id = g_strdup ("");
  memcpy (self->h, head->h, sizeof self->h);
  self->rights = user->rights;
  self->schema = CRM_WIRE_SCHEMA;

  return self;
}

CrmServerCursor *
crm_server_cursor_new_first (const CrmServerHead *head, const CrmServerUser *user)
{
  CrmServerCursor *self = crm_server_cursor_new (head, user);

  self->seq = 0;
  self->whole = 0;
  memset (self->h, 0, sizeof self->h);

  return self;
}

void
crm_server_cursor_free (CrmServerCursor *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->kind);
  g_free (self->id);
  g_free (self);
}

char *
crm_server_cursor_format (const CrmServerCursor *self)
{
  char hex[2 * sizeof self->h + 1];
  g_autofree char *plain = NULL;
  char *text;
  gsize size;

  sodium_bin2hex (hex, sizeof hex, self->h, sizeof self->h);
  plain = g_strdup_printf ("1 %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                           " %s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                           self->epoch,
                           self->seq,
                           self->whole,
                           self->kind,
                           *self->id != '\0' ? self->id : "-",
                           hex,
                           self->rights,
                           self->schema);
  size = sodium_base64_encoded_len (strlen (plain), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text = g_malloc (size);

  return sodium_bin2base64 (text,
                            size,
                            (const guint8 *) plain,
                            strlen (plain),
                            sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

enum
{
  PART_VERSION,
  PART_EPOCH,
  PART_SEQ,
  PART_WHOLE,
  PART_KIND,
  PART_ID,
  PART_HASH,
  PART_RIGHTS,
  PART_SCHEMA,
  N_PARTS
};

static gboolean
parse_number (const char *text, gint64 *number)
{
  return g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, number, NULL);
}

static gboolean
fill (CrmServerCursor *self, char **parts)
{
  gsize size = 0;

  if (g_strv_length (parts) != N_PARTS || strcmp (parts[PART_VERSION], "1") != 0 ||
      !crm_id_is_valid (parts[PART_EPOCH]) || !parse_number (parts[PART_SEQ], &self->seq) ||
      !parse_number (parts[PART_WHOLE], &self->whole) || self->whole > self->seq ||
      !parse_number (parts[PART_RIGHTS], &self->rights) ||
      !parse_number (parts[PART_SCHEMA], &self->schema))
    return FALSE;
  if (strcmp (parts[PART_ID], "-") != 0 && !crm_id_is_valid (parts[PART_ID]))
    return FALSE;
  if (sodium_hex2bin (self->h,
                      sizeof self->h,
                      parts[PART_HASH],
                      strlen (parts[PART_HASH]),
                      NULL,
                      &size,
                      NULL) != 0 ||
      size != sizeof self->h)
    return FALSE;

  self->epoch = g_strdup (parts[PART_EPOCH]);
  self->kind = g_strdup (parts[PART_KIND]);
  self->id = g_strdup (strcmp (parts[PART_ID], "-") == 0 ? "" : parts[PART_ID]);

  return TRUE;
}

CrmServerCursor *
crm_server_cursor_parse (const char *text, GError **error)
{
  g_autoptr (CrmServerCursor) self = g_new0 (CrmServerCursor, 1);
  char plain[512] = { 0 };
  gsize size = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (sodium_base642bin ((guint8 *) plain,
                         sizeof plain - 1,
                         text,
                         strlen (text),
                         NULL,
                         &size,
                         NULL,
                         sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
      strlen (plain) == size)
    {
      g_auto (GStrv) parts = g_strsplit (plain, " ", N_PARTS + 1);

      if (fill (self, parts))
        return g_steal_pointer (&self);
    }

  g_set_error (error, CRM_WIRE_ERROR, CRM_WIRE_ERROR_INVALID, "The cursor is none of ours");
  return NULL;
}

gboolean
crm_server_cursor_check (const CrmServerCursor *self,
                         CrmServerStore *store,
                         const CrmServerHead *head,
                         GError **error)
{
  guint8 h[CRM_SERVER_HASH_SIZE] = { 0 };
  gboolean same = strcmp (self->epoch, head->epoch) == 0 && self->seq <= head->seq;

  if (same && self->seq > 0)
    {
      g_autoptr (GError) local_error = NULL;

      same = store->ops->get_hash (store, self->seq, h, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  if ((same && memcmp (self->h, h, sizeof self->h) == 0) ||
      (self->seq <= head->seq && CRM_BUG ("restore-unnoticed")))
    return TRUE;

  g_set_error (error,
               CRM_WIRE_ERROR,
               CRM_WIRE_ERROR_EPOCH,
               "The server was restored from a backup since");
  return FALSE;
}
