#include "server/crm-server-set.h"

void
crm_server_set_free (CrmServerSet *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->replica);
  g_free (self->user);
  g_free (self->user_name);
  g_free (self->device);
  g_free (self->action);
  g_free (self->group);
  g_free (self->why);
  g_free (self->client_ts);
  g_free (self->server_ts);
  g_free (self->status);
  g_free (self->code);
  g_free (self->conflicts);
  g_free (self);
}

CrmSetStatus
crm_server_set_get_status (const CrmServerSet *self)
{
  for (CrmSetStatus status = CRM_SET_STATUS_OK; status <= CRM_SET_STATUS_REJECTED; status++)
    if (g_strcmp0 (self->status, crm_set_status_get_name (status)) == 0)
      return status;

  return CRM_SET_STATUS_OK;
}

void
crm_server_set_get_result (const CrmServerSet *self, CrmSetResult *result)
{
  char **conflicts = self->conflicts != NULL ? g_strsplit (self->conflicts, " ", -1) : NULL;

  *result = (CrmSetResult) { .n = self->n,
                             .status = crm_server_set_get_status (self),
                             .seq = self->seq,
                             .code = self->code,
                             .conf = (const char *const *) conflicts,
                             .n_conf = conflicts != NULL ? g_strv_length (conflicts) : 0 };
}

CrmSetLine
crm_server_set_get_line (const CrmServerSet *self)
{
  return (CrmSetLine) { .seq = self->seq,
                        .user = self->user_name,
                        .device = self->device,
                        .at = self->client_ts,
                        .action = self->action,
                        .why = self->why,
                        .group = self->group,
                        .replica = self->replica,
                        .n = self->n };
}

void
crm_server_change_free (CrmServerChange *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->id);
  g_free (self->field);
  g_free (self->old_value);
  g_free (self->new_value);
  crm_server_set_free (self->set);
  g_free (self);
}

CrmServerConflict *
crm_server_conflict_copy (const CrmServerConflict *self)
{
  CrmServerConflict *copy = g_new0 (CrmServerConflict, 1);

  copy->id = g_strdup (self->id);
  copy->kind = g_strdup (self->kind);
  copy->record = g_strdup (self->record);
  copy->field = g_strdup (self->field);
  copy->user = g_strdup (self->user);
  copy->open = self->open;

  return copy;
}

void
crm_server_conflict_free (CrmServerConflict *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->kind);
  g_free (self->record);
  g_free (self->field);
  g_free (self->user);
  g_free (self);
}
