#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * crm_server_network_dup_name:
 *
 * Names whom an address belongs to, so that what one may use up can be counted: an address of IPv4,
 * the first half of one of IPv6, because whoever has a network of those has all its addresses.
 * Returns: (transfer full)
 */
char *crm_server_network_dup_name (GInetAddress *address);

G_END_DECLS
