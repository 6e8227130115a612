#pragma once

#include "server/crm-server-store.h"

G_BEGIN_DECLS

/* Where a replica is, and in which history that is meant; opaque to the replica, and trusted by the
 * server for nothing but that. */
typedef struct
{
  char *epoch;
  gint64 seq;
  /* Everything up to here was sent: a row that is sent later has all that changed since, also what
   * lies before @seq, because its place moved up while pages were read. */
  gint64 whole;
  /* Of the last row that was sent; "" behind all of @seq. */
  char *kind;
  char *id;
  /* The first bytes of the chain's hash at @seq. */
  guint8 h[8];
  gint64 rights;
  gint64 schema;
} CrmServerCursor;

/* Behind everything at @head. */
CrmServerCursor *crm_server_cursor_new (const CrmServerHead *head, const CrmServerUser *user);
/* Before everything: what follows is all there is. */
CrmServerCursor *crm_server_cursor_new_first (const CrmServerHead *head, const CrmServerUser *user);
void crm_server_cursor_free (CrmServerCursor *self);
/* (transfer full) */
char *crm_server_cursor_format (const CrmServerCursor *self);
/* Fails with %CRM_WIRE_ERROR_INVALID. */
CrmServerCursor *crm_server_cursor_parse (const char *text, GError **error);
/* Fails with %CRM_WIRE_ERROR_EPOCH when the database's history is not the one it was given in. */
gboolean crm_server_cursor_check (const CrmServerCursor *self,
                                  CrmServerStore *store,
                                  const CrmServerHead *head,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerCursor, crm_server_cursor_free)

G_END_DECLS
