#include "crm-sim-trace.h"

struct _CrmSimTrace
{
  GChecksum *checksum;
  char *folder;
  gboolean print;
};

CrmSimTrace *
crm_sim_trace_new (const char *folder, gboolean print)
{
  CrmSimTrace *self = g_new0 (CrmSimTrace, 1);

  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  self->folder = g_strdup (folder);
  self->print = print;

  return self;
}

void
crm_sim_trace_free (CrmSimTrace *self)
{
  g_checksum_free (self->checksum);
  g_free (self->folder);
  g_free (self);
}

void
crm_sim_trace_add (CrmSimTrace *self, gint64 time, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  g_string_printf (line, "%14.6f %s\n", (double) time / G_USEC_PER_SEC, text);
  g_string_replace (line, self->folder, "", 0);
  g_checksum_update (self->checksum, (const guchar *) line->str, (gssize) line->len);
  if (self->print)
    g_print ("%s", line->str);
}

char *
crm_sim_trace_dup_hash (CrmSimTrace *self)
{
  g_autoptr (GChecksum) copy = g_checksum_copy (self->checksum);

  return g_strndup (g_checksum_get_string (copy), 16);
}
