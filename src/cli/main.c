#include "cli/crm-cli.h"

#include <locale.h>

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_set_prgname ("crm-cli");

  return crm_cli_run (argc, argv);
}
