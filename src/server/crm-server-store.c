#include "server/crm-server-store.h"

#include "server/crm-server-error.h"
#include "server/sqlite/crm-sqlite-store.h"

#include <string.h>

/* The path in "sqlite:PATH"; NULL with an error. Points into @url. */
static const char *
get_path (const char *url, GError **error)
{
  const char *path = url;

  if (g_str_has_prefix (url, "sqlite:"))
    path = url + strlen ("sqlite:");
  /* As other programs write it: three slashes before an absolute path. */
  if (g_str_has_prefix (path, "///"))
    path += 2;
  if (path[0] != '\0' && strstr (path, "://") == NULL)
    return path;

  g_set_error (error,
               CRM_SERVER_ERROR,
               CRM_SERVER_ERROR_USAGE,
               "The database is “sqlite:PATH”, not “%s”",
               url);
  return NULL;
}

CrmServerStore *
crm_server_store_open (const char *url, gboolean create, GError **error)
{
  const char *path;

  g_return_val_if_fail (url != NULL, NULL);

  path = get_path (url, error);

  return path != NULL ? crm_sqlite_store_open (path, create, error) : NULL;
}

char *
crm_server_store_dup_cache (const char *url)
{
  const char *path = get_path (url, NULL);

  return path != NULL ? g_strconcat (path, "-segments", NULL) : NULL;
}

gboolean
crm_server_store_restore (const char *url, const char *file, char **aside, GError **error)
{
  const char *path;

  g_return_val_if_fail (url != NULL && file != NULL, FALSE);

  path = get_path (url, error);

  return path != NULL && crm_sqlite_restore (path, file, aside, error);
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
