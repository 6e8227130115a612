#pragma once

#include "exchange/crm-import-values.h"

G_BEGIN_DECLS

/* Takes apart what foreign files write in one cell. @full: a name in one piece, or "". */
void crm_import_mend_names (CrmImportValues *person, const char *full);
/* "Kerkstraat 12 bis", "1234 AB Ede", "Postbus 123" to the fields they are. */
void crm_import_mend_address (CrmImportValues *values);

G_END_DECLS
