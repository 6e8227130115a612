#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One answered request. Bodies, tokens and values are never logged. */
typedef struct
{
  const char *method;
  const char *path;
  guint status;
  const char *code; /* nullable */
  const char *user; /* nullable */
  const char *address;
  gsize received;
  gsize sent;
  gint64 usec;
} CrmServerLogRequest;

/* From now on each message is one line of JSON on standard error: time, level, message and its
 * fields. Once, before other threads start. */
void crm_server_log_init (void);
void crm_server_log_request (const CrmServerLogRequest *request);

G_END_DECLS
