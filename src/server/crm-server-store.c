#include "server/crm-server-store.h"

#include "server/crm-server-error.h"
#include "server/sqlite/crm-sqlite-store.h"

#include <string.h>

CrmServerStore *
crm_server_store_open (const char *url, gboolean create, GError **error)
{
  const char *path = url;

  g_return_val_if_fail (url != NULL, NULL);

  if (g_str_has_prefix (url, "sqlite:"))
    path = url + strlen ("sqlite:");
  /* As other programs write it: three slashes before an absolute path. */
  if (g_str_has_prefix (path, "///"))
    path += 2;
  if (path[0] == '\0' || strstr (path, "://") != NULL)
    {
      g_set_error (error,
                   CRM_SERVER_ERROR,
                   CRM_SERVER_ERROR_USAGE,
                   "The database is “sqlite:PATH”, not “%s”",
                   url);
      return NULL;
    }

  return crm_sqlite_store_open (path, create, error);
}

void
crm_server_store_free (CrmServerStore *self)
{
  if (self != NULL)
    self->ops->free (self);
}

void
crm_server_head_free (CrmServerHead *head)
{
  if (head == NULL)
    return;

  g_free (head->epoch);
  g_free (head);
}

void
crm_server_entry_free (CrmServerEntry *entry)
{
  if (entry == NULL)
    return;

  g_free (entry->kind);
  g_free (entry->id);
  g_clear_pointer (&entry->scopes, g_array_unref);
  g_free (entry);
}

void
crm_server_user_scope_free (CrmServerUserScope *scope)
{
  if (scope == NULL)
    return;

  g_free (scope->mask);
  g_free (scope);
}
