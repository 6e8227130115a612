#include "crm-sim-trace.h"

#include <string.h>

struct _CrmSimTrace
{
  GChecksum *checksum;
  gboolean print;
};

CrmSimTrace *
crm_sim_trace_new (gboolean print)
{
  CrmSimTrace *self = g_new0 (CrmSimTrace, 1);

  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->print = print;

  return self;
}

void
crm_sim_trace_free (CrmSimTrace *self)
{
  g_checksum_free (self->checksum);
  g_free (self);
}

void
crm_sim_trace_add (CrmSimTrace *self, gint64 time, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  line = g_strdup_printf ("%14.6f %s\n", (double) time / G_USEC_PER_SEC, text);
  g_checksum_update (self->checksum, (const guchar *) line, (gssize) strlen (line));
  if (self->print)
    g_print ("%s", line);
}

char *
crm_sim_trace_dup_hash (CrmSimTrace *self)
{
  g_autoptr (GChecksum) copy = g_checksum_copy (self->checksum);

  return g_strndup (g_checksum_get_string (copy), 16);
}
