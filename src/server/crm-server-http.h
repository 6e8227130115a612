#pragma once

#include "server/crm-server-machine.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The machine on libsoup: sockets, TLS, gzip, limits and long polls on the main thread; the machine
 * and its database on a thread of their own; passwords on another. The address "/metrics" is told
 * in Prometheus' text format, "/healthz" asks the database.
 */
typedef struct _CrmServerHttp CrmServerHttp;

/* @store: (transfer full). */
CrmServerHttp *crm_server_http_new (CrmServerStore *store, CrmModel *model);
/* See crm_server_machine_set_cache(). */
gboolean crm_server_http_set_cache (CrmServerHttp *self, const char *dir, GError **error);
/* After crm_server_http_stop() only, or when listening failed. */
void crm_server_http_free (CrmServerHttp *self);

/*
 * crm_server_http_listen:
 * @address: "127.0.0.1:8470", "[::1]:0"; port 0 picks a free one
 * @certificate: (nullable): without one it is plain http
 *
 * Returns: (transfer full): "http://127.0.0.1:8470"; NULL with a %G_IO_ERROR or
 *   %CRM_SERVER_ERROR_USAGE
 */
char *crm_server_http_listen (CrmServerHttp *self,
                              const char *address,
                              GTlsCertificate *certificate,
                              GError **error);
/* Takes no more, answers what waits, and calls @stopped when nothing is under way, after some
 * seconds at the latest. */
void crm_server_http_stop (CrmServerHttp *self, void (*stopped) (gpointer data), gpointer data);

/* @is_loopback: (out): nobody but this machine can reach it. Fails with %CRM_SERVER_ERROR_USAGE for
 * what is no address. */
gboolean crm_server_http_check_address (const char *address, gboolean *is_loopback, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerHttp, crm_server_http_free)

G_END_DECLS
