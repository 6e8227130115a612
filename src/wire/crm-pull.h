#pragma once

#include "wire/crm-json.h"

G_BEGIN_DECLS

/* POST /v1/pull; ?wait=50 is the address's, not the body's. */
typedef struct
{
  gint64 proto;
  gint64 schema;
  const char *cursor; /* nullable: from the beginning */
  gint64 max;         /* rows of a page; 0: the server's */
  gint64 acked;       /* n of the last own set that the replica knows acknowledged */
  /* Without a cursor: only the place to go on from, as the scopes are loaded by /v1/boot. */
  gboolean boots;
  const gint64 *booting;
  guint n_booting;

  CrmArena *arena;
} CrmPullRequest;

void crm_pull_request_write (const CrmPullRequest *self, GString *json);
/* Fails with %CRM_WIRE_ERROR_PROTO or %CRM_WIRE_ERROR_INVALID. Returns: (transfer full) */
CrmPullRequest *crm_pull_request_read (const char *text, gsize size, GError **error);
void crm_pull_request_free (CrmPullRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmPullRequest, crm_pull_request_free)

G_END_DECLS
