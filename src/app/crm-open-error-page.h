#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_OPEN_ERROR_PAGE (crm_open_error_page_get_type ())

G_DECLARE_FINAL_TYPE (CrmOpenErrorPage, crm_open_error_page, CRM, OPEN_ERROR_PAGE, AdwBin)

/* What is wrong with a replica that does not open, and what to do. Signals "retry" and, when the
 * key is missing, "recover" and "key-file". */
GtkWidget *crm_open_error_page_new (const GError *error, const char *dir);

G_END_DECLS
