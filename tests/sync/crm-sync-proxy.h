#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The network between a laptop and its server, at an address of this machine that stays while the
 * server comes and goes. It takes one request a connection, whole, and a hook decides what becomes
 * of it. Works on threads of its own.
 */
typedef struct _CrmSyncProxy CrmSyncProxy;

/*
 * CrmSyncProxyHook:
 * @line: "POST /v1/push HTTP/1.1"
 * @reply: NULL before the request is sent on; then what the server answered, head and body
 *
 * On a thread of the proxy.
 *
 * Returns: (transfer full) (nullable): what the laptop gets, before the connection is closed; NULL
 * before: send it on; NULL after: all of @reply
 */
typedef GBytes *(*CrmSyncProxyHook) (const char *line, GBytes *reply, gpointer data);

CrmSyncProxy *crm_sync_proxy_new (void);
void crm_sync_proxy_free (CrmSyncProxy *self);
/* "http://127.0.0.1:40123" */
const char *crm_sync_proxy_get_url (CrmSyncProxy *self);
/* Where to send requests on: the url of a server. */
void crm_sync_proxy_set_server (CrmSyncProxy *self, const char *url);
/* @hook: nullable: all passes */
void crm_sync_proxy_set_hook (CrmSyncProxy *self, CrmSyncProxyHook hook, gpointer data);
/* Since the last crm_sync_proxy_reset(): requests, and bytes of both ways with their heads. */
guint crm_sync_proxy_get_n_requests (CrmSyncProxy *self);
guint64 crm_sync_proxy_get_n_sent (CrmSyncProxy *self);
guint64 crm_sync_proxy_get_n_received (CrmSyncProxy *self);
void crm_sync_proxy_reset (CrmSyncProxy *self);

/* An answer with a body of that type and status, as a server writes it. (transfer full) */
GBytes *crm_sync_proxy_make_reply (guint status, const char *headers, const char *body);
/* The first @size bytes. (transfer full) */
GBytes *crm_sync_proxy_cut (GBytes *reply, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSyncProxy, crm_sync_proxy_free)

G_END_DECLS
