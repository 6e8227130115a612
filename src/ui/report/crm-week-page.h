#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_WEEK_PAGE (crm_week_page_get_type ())

G_DECLARE_FINAL_TYPE (CrmWeekPage, crm_week_page, CRM, WEEK_PAGE, AdwNavigationPage)

/* "Mijn week": figures against the period before, the days, and rows that open their records. */
CrmWeekPage *crm_week_page_new (CrmStore *store);
/* Writes what is shown; the ending of @path says as what. */
void crm_week_page_export (CrmWeekPage *self, const char *path);

G_END_DECLS
