#pragma once

#include "server/crm-server-connections.h"

G_BEGIN_DECLS

/*
 * Greetings of TLS that come before a connection is anybody's. GLib runs each on a thread of a
 * small pool that everything else in the process shares, so a hundred that stop halfway would keep
 * all others out. Here a connection gets a thread only when its whole greeting has come, some at
 * once from one network, the threads are its own, and one that stops halfway is cut off after a
 * second when others wait for its place. Main thread only.
 */
typedef struct _CrmServerHandshakes CrmServerHandshakes;

/* @stream has said its greetings, or could not, which closes it. */
typedef void (*CrmServerHandshakeFunc) (GIOStream *stream,
                                        GSocketAddress *local,
                                        GSocketAddress *remote,
                                        gpointer data);

CrmServerHandshakes *crm_server_handshakes_new (GTlsCertificate *certificate,
                                                CrmServerHandshakeFunc done,
                                                gpointer data);
/* Waits for those under way: their sockets are shut down before. */
void crm_server_handshakes_free (CrmServerHandshakes *self);
/* The connection's deadline is that of crm_server_connections_add(). */
void crm_server_handshakes_add (CrmServerHandshakes *self,
                                GSocketConnection *connection,
                                GSocketAddress *local,
                                GSocketAddress *remote);

G_END_DECLS
