#pragma once

#include "model/crm-kind.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_COLUMNS_DIALOG (crm_columns_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmColumnsDialog, crm_columns_dialog, CRM, COLUMNS_DIALOG, AdwDialog)

/* Which columns the table has. Signal "changed", at each switch. */
AdwDialog *crm_columns_dialog_new (CrmModel *model, const char *const *columns);
/* Returns: (transfer full): chosen ones in their old order, new ones after them */
char **crm_columns_dialog_dup_columns (CrmColumnsDialog *self);

G_END_DECLS
