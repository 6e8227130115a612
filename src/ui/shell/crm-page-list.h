#pragma once

#include "store/crm-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The pages that the sidebar, the palette and "win.show" know. */
typedef struct
{
  const char *name;  /* of "win.show" */
  const char *title; /* English, marked for translation */
  const char *icon;
  /* NULL: the window makes it itself. */
  AdwNavigationPage *(*make) (CrmStore *store);
  /* Else it is in the main menu: pages to put in order, not to work in. These come last. */
  gboolean in_sidebar;
  /* What the number behind it counts; NULL: none. */
  const char *kinds;
  const char *where; /* nullable */
} CrmPageInfo;

const CrmPageInfo *crm_page_list_get (guint *n_pages);
/* NULL when there is no such page. */
const CrmPageInfo *crm_page_list_find (const char *name);

G_END_DECLS
