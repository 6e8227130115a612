#include "cli/crm-cli.h"

#include <locale.h>

/* Failures are one line of ours; what the rooms log besides is for who asks for it. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer unused)
{
  if (level > G_LOG_LEVEL_CRITICAL && g_getenv ("G_MESSAGES_DEBUG") == NULL)
    return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (level, fields, n_fields, NULL);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_set_prgname ("crm-cli");
  g_log_set_writer_func (write_log, NULL, NULL);

  return crm_cli_run (argc, argv);
}
