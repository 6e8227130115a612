#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Above this many deletes in one action the server wants to know that they are meant (at least; of
 * a large company a share of what there is). */
#define CRM_MASS_DELETE 500

/* Asks whether @n are to be deleted for everybody; response "delete" or "cancel". */
AdwAlertDialog *crm_mass_delete_alert_new (guint n);

G_END_DECLS
