#pragma once

#include "wire/crm-wire-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * gunzip that stops in time: at %CRM_WIRE_MAX_BODY bytes in, %CRM_WIRE_MAX_INFLATED out or a ratio
 * above %CRM_WIRE_MAX_RATIO it fails with %CRM_WIRE_ERROR_TOO_BIG, at what is no gzip with
 * %CRM_WIRE_ERROR_INVALID, and takes no more memory than it has given out. After a failure it
 * fails for ever.
 */
typedef struct _CrmInflate CrmInflate;

/* @gzip: FALSE counts and keeps what comes as it is, under the same limits */
CrmInflate *crm_inflate_new (gboolean gzip);
void crm_inflate_free (CrmInflate *self);
gboolean crm_inflate_push (CrmInflate *self, gconstpointer data, gsize size, GError **error);
/* Fails with %CRM_WIRE_ERROR_TRUNCATED when the end is missing.
 * Returns: (transfer full) */
GBytes *crm_inflate_finish (CrmInflate *self, GError **error);

/* Both in one go. @level: 1 to 9; bodies under 1 KiB gain nothing */
GBytes *crm_wire_gunzip (GBytes *packed, GError **error);
GBytes *crm_wire_gzip (GBytes *plain, int level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmInflate, crm_inflate_free)

G_END_DECLS
