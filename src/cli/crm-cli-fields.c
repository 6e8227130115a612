#include "cli/crm-cli-fields.h"

#include "model/crm-value.h"

#include <string.h>

gboolean
crm_cli_split_pair (const char *pair, char **field, const char **value, GError **error)
{
  const char *equals = strchr (pair, '=');

  if (equals == NULL || equals == pair)
    return crm_cli_usage_error (error, "“%s” is not of the form FIELD=VALUE", pair);

  *field = g_strndup (pair, (gsize) (equals - pair));
  *value = equals + 1;

  return TRUE;
}

gboolean
crm_cli_check_field (const CrmKind *kind, const char *field, GError **error)
{
  if (crm_kind_find_field (kind, field) != NULL)
    return TRUE;

  g_set_error (error,
               CRM_MODEL_ERROR,
               CRM_MODEL_ERROR_UNKNOWN,
               "A %s has no field “%s”; “crm-cli fields %s” lists them",
               crm_kind_get_name (kind),
               field,
               crm_kind_get_name (kind));
  return FALSE;
}

gboolean
crm_cli_set_pair (CrmReplica *replica, CrmRecord *record, const char *pair, GError **error)
{
  const CrmKind *kind = crm_record_get_kind (record);
  g_autofree char *field = NULL;
  g_autoptr (GError) warning = NULL;
  const char *value;

  if (!crm_cli_split_pair (pair, &field, &value, error) ||
      !crm_cli_check_field (kind, field, error) ||
      !crm_replica_set_input (replica, record, field, value, error))
    return FALSE;

  if (!crm_value_check (crm_kind_find_field (kind, field),
                        crm_record_get (record, field),
                        &warning))
    crm_cli_warn ("%s; kept as it is", warning->message);

  return TRUE;
}
