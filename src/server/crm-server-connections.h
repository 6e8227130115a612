#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * Watches over sockets, because the HTTP library waits for ever: whoever sends no header within ten
 * seconds, nothing of a body for thirty, or takes nothing of an answer for a minute is cut off; and
 * sooner when there are too many. Main thread.
 */
typedef struct _CrmServerConnections CrmServerConnections;

/* @max: connections at a time; an eighth more for a moment */
CrmServerConnections *crm_server_connections_new (guint max);
void crm_server_connections_free (CrmServerConnections *self);
/* FALSE when there are too many: close it. @address: (transfer none): that of the peer, of the
 * internet, by which messages are told to be of this connection */
gboolean crm_server_connections_add (CrmServerConnections *self,
                                     GSocketConnection *connection,
                                     GSocketAddress *address);
/* Follows one message through its life. */
void crm_server_connections_follow (CrmServerConnections *self, SoupServerMessage *message);
/* Cuts off those whose time is over; done every second without being asked. */
void crm_server_connections_check (CrmServerConnections *self);
/* Cuts off the connection of @message now. */
void crm_server_connections_cut (SoupServerMessage *message);
guint crm_server_connections_get_n (CrmServerConnections *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerConnections, crm_server_connections_free)

G_END_DECLS
