#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The xor of ids, by which two ends see whether they hold the same rows: order does not matter, and
 * adding an id again takes it out. */
typedef struct
{
  guint8 bytes[16];
} CrmIdSum;

/* FALSE, and nothing added, when @id is not of the form of crm_id_is_valid(). */
gboolean crm_id_sum_add (CrmIdSum *self, const char *id);
/* As if the ids of @other were added one by one. */
void crm_id_sum_merge (CrmIdSum *self, const CrmIdSum *other);
/* 32 hex digits. */
char *crm_id_sum_to_hex (const CrmIdSum *self);
gboolean crm_id_sum_from_hex (CrmIdSum *self, const char *hex);

G_END_DECLS
