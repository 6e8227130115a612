#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * crm_sync_look_async:
 * @url: as crm_sync_login_async()
 * @insecure: as crm_sync_normalize_server()
 *
 * Asks the server who it is (hello), before anybody types a password for it. Main thread. Fails
 * with %CRM_SYNC_ERROR_ADDRESS, or the state that says why: offline, no CRM server, too old …
 */
void crm_sync_look_async (const char *url,
                          gboolean insecure,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* @name: (out) (transfer full): of the company, the host when it has none. Returns: (transfer full)
 * (nullable): the address, normalized */
char *crm_sync_look_finish (GAsyncResult *result, char **name, GError **error);

G_END_DECLS
