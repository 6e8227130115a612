#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_START_PAGE (crm_start_page_get_type ())

G_DECLARE_FINAL_TYPE (CrmStartPage, crm_start_page, CRM, START_PAGE, AdwBin)

/*
 * What a replica without relations is greeted with: a demo company, a file, or an empty start.
 *
 * Signal "done": there are relations, or people want to make the first themselves.
 */
GtkWidget *crm_start_page_new (CrmStore *store);

G_END_DECLS
