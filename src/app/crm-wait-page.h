#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_WAIT_PAGE (crm_wait_page_get_type ())

G_DECLARE_FINAL_TYPE (CrmWaitPage, crm_wait_page, CRM, WAIT_PAGE, AdwBin)

/* What is seen while the relations are not there yet. Signal "stop": people wait no longer for the
 * keyring. */
GtkWidget *crm_wait_page_new (void);
/* First the keyring, which may ask people for a password; then the relations. */
void crm_wait_page_set_asking (CrmWaitPage *self, gboolean asking);

G_END_DECLS
