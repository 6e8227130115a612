#pragma once

#include "model/crm-record.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Two relations side by side, field by field, those that differ marked; each can be opened
 * ("win.open-record"). */
AdwDialog *crm_compare_dialog_new (CrmRecord *shown, CrmRecord *other);

G_END_DECLS
