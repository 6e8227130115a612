#include "ui/shell/crm-page-list.h"

#include "ui/letters/crm-letters-page.h"
#include "ui/report/crm-week-page.h"
#include "ui/sync/crm-inbox-page.h"
#include "ui/tags/crm-tags-page.h"

#include <glib/gi18n-lib.h>

static AdwNavigationPage *
make_letters (CrmStore *store)
{
  return ADW_NAVIGATION_PAGE (crm_letters_page_new (store));
}

static AdwNavigationPage *
make_week (CrmStore *store)
{
  return ADW_NAVIGATION_PAGE (crm_week_page_new (store));
}

static const CrmPageInfo pages[] = {
  { "inbox", N_ ("Inbox"), "mail-read-symbolic", crm_inbox_page_new, TRUE, NULL, NULL },
    { "relations", N_ ("Relations"), "system-users-symbolic", NULL, TRUE, "relation", NULL },
      { "letters", N_ ("Letters"), "mail-unread-symbolic", make_letters, TRUE, NULL, NULL },
        { "week", N_ ("My Week"), "x-office-calendar-symbolic", make_week, TRUE, NULL, NULL },
          { "tags", N_ ("Tags"), "tag-symbolic", crm_tags_page_new, FALSE, NULL, NULL },
        };

const CrmPageInfo *
crm_page_list_get (guint *n_pages)
{
  *n_pages = G_N_ELEMENTS (pages);

  return pages;
}

const CrmPageInfo *
crm_page_list_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].name, name))
      return &pages[i];

  return NULL;
}
