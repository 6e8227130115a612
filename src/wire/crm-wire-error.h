#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CRM_WIRE_ERROR (crm_wire_error_quark ())

/* Versions of what is said, and of the description of kinds that it is about. */
#define CRM_WIRE_PROTO  1
#define CRM_WIRE_SCHEMA 1

/*
 * What a server answers instead of what was asked, and what a reader says of a message that it
 * refuses: one list, so that a refusal goes over the wire as it is. Codes are never renumbered.
 */
typedef enum
{
  /* Not the JSON that is expected: syntax, shape, a number that is none, bad UTF-8. */
  CRM_WIRE_ERROR_INVALID = 1,
  /* Above a limit of crm-wire-limit.h. */
  CRM_WIRE_ERROR_TOO_BIG,
  CRM_WIRE_ERROR_PROTO,
  CRM_WIRE_ERROR_SCHEMA,
  /* The replica's log and what the server has of it part: another twin pushes. */
  CRM_WIRE_ERROR_FORK,
  CRM_WIRE_ERROR_GAP,
  CRM_WIRE_ERROR_EPOCH,
  CRM_WIRE_ERROR_TOO_OLD,
  CRM_WIRE_ERROR_BUSY,
  /* No such user, password or token. */
  CRM_WIRE_ERROR_UNAUTHORIZED,
  /* The device is revoked: its key goes first. */
  CRM_WIRE_ERROR_WIPE,
  CRM_WIRE_ERROR_FORBIDDEN,
  CRM_WIRE_ERROR_NOT_FOUND,
  CRM_WIRE_ERROR_INTERNAL,
  /* Never sent: a page that is not whole, which is the network's fault. */
  CRM_WIRE_ERROR_TRUNCATED,
  /* The server has no room to write: nothing is wrong with what was sent. */
  CRM_WIRE_ERROR_FULL,
} CrmWireError;

GQuark crm_wire_error_quark (void);

/* "fork"; "internal" for what is no code. */
const char *crm_wire_error_get_name (int code);
/* The HTTP status that goes with the code. */
guint crm_wire_error_get_status (int code);
/* FALSE for a name that this version does not know. @name: nullable */
gboolean crm_wire_error_find (const char *name, CrmWireError *code);

/* {"error":{"code","message","retry_after"}}. An error of another domain is "internal" and its text
 * stays at home. @retry_after: seconds; 0 is left out */
void crm_wire_error_write (const GError *error, guint retry_after, GString *json);
/*
 * Reads that body into @error. What is no such body, of a proxy or a portal, is
 * %CRM_WIRE_ERROR_TRUNCATED; a code that this version does not know takes its meaning from @status.
 *
 * @retry_after: (out) (optional): seconds, 0 when not said
 */
void crm_wire_error_read (guint status,
                          const char *text,
                          gsize size,
                          guint *retry_after,
                          GError **error);

G_END_DECLS
