#include "server/crm-server-run.h"

#include <locale.h>

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_set_prgname ("crm-server");

  return crm_server_run (argc, argv);
}
