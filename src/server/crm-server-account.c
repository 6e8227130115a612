#include "server/crm-server-account.h"

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
