#include "app/crm-application.h"
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

int
main (int argc, char *argv[])
{
  g_autoptr (CrmApplication) application = NULL;
  /* Run from the build, the translations are beside it. */
  const char *locale_dir = g_getenv ("CRM_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : CRM_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = crm_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
