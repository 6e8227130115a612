#include "server/crm-server-network.h"

#define IPV6_NETWORK_BYTES 8

char *
crm_server_network_dup_name (GInetAddress *address)
{
  const gsize size = g_inet_address_get_native_size (address);
  const guint8 *bytes = g_inet_address_to_bytes (address);
  GString *name = g_string_new (NULL);

  for (gsize i = 0; i < MIN (size, IPV6_NETWORK_BYTES); i++)
    g_string_append_printf (name, "%02x", bytes[i]);

  return g_string_free_and_steal (name);
}
