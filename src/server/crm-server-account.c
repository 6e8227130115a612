#include "server/crm-server-account.h"

#include "base/crm-text.h"

#define MAX_NAME 100

char *
crm_server_name_clean (const char *text)
{
  g_autofree char *clean = crm_text_clean (text);
  g_autofree char *cut = NULL;
  GString *name = g_string_new (NULL);

  if (clean == NULL)
    return g_string_free_and_steal (name);

  cut = g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), MAX_NAME));
  for (const char *c = cut; *c != '\0'; c = g_utf8_next_char (c))
    g_string_append_unichar (name,
                             g_unichar_isprint (g_utf8_get_char (c)) ? g_utf8_get_char (c) : ' ');

  return g_string_free_and_steal (name);
}

void
crm_server_user_free (CrmServerUser *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->name);
  g_free (self->password);
  g_free (self->profile);
  g_free (self->created);
  g_free (self);
}

void
crm_server_device_free (CrmServerDevice *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->user);
  g_free (self->replica);
  g_free (self->name);
  g_free (self->created);
  g_free (self->seen);
  g_free (self);
}

void
crm_server_replica_free (CrmServerReplica *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->user);
  g_free (self->device);
  g_free (self);
}

void
crm_server_profile_free (CrmServerProfile *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->rights);
  g_free (self);
}
