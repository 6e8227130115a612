#pragma once

#include "cli/crm-cli.h"

G_BEGIN_DECLS

/* "FIELD=VALUE"; @value points into @pair. Fails with %CRM_CLI_ERROR_USAGE. */
gboolean crm_cli_split_pair (const char *pair, char **field, const char **value, GError **error);
gboolean crm_cli_check_field (const CrmKind *kind, const char *field, GError **error);
/* Sets what "FIELD=VALUE" says, links by id, number or name; a value that fails its check is kept,
 * with a warning. */
gboolean
crm_cli_set_pair (CrmReplica *replica, CrmRecord *record, const char *pair, GError **error);

G_END_DECLS
