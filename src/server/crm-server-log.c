#include "server/crm-server-log.h"

#include "base/crm-clock.h"
#include "wire/crm-json-writer.h"

#include <stdio.h>
#include <string.h>

#define FIELD_PREFIX "CRM_"

static const char *
name_level (GLogLevelFlags level)
{
  if (level & G_LOG_LEVEL_ERROR)
    return "fatal";
  if (level & G_LOG_LEVEL_CRITICAL)
    return "error";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  if (level & (G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO))
    return "info";

  return "debug";
}

static char *
dup_value (const GLogField *field)
{
  g_autofree char *raw = field->length < 0 ? g_strdup (field->value)
                                           : g_strndup (field->value, (gsize) field->length);

  return g_utf8_make_valid (raw, -1);
}

static GLogWriterOutput
write_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer unused)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *now = crm_clock_format (crm_clock_now ());

  if (level & G_LOG_LEVEL_DEBUG && g_getenv ("G_MESSAGES_DEBUG") == NULL)
    return G_LOG_WRITER_HANDLED;

  crm_json_open (json, NULL, '{');
  crm_json_put_string (json, "time", now);
  crm_json_put_string (json, "level", name_level (level));
  for (gsize i = 0; i < n_fields; i++)
    {
      g_autofree char *value = NULL;
      g_autofree char *name = NULL;

      if (strcmp (fields[i].key, "MESSAGE") == 0)
        name = g_strdup ("message");
      else if (g_str_has_prefix (fields[i].key, FIELD_PREFIX))
        name = g_ascii_strdown (fields[i].key + strlen (FIELD_PREFIX), -1);
      else
        continue;
      value = dup_value (&fields[i]);
      crm_json_put_string (json, name, value);
    }
  crm_json_close (json, '}');
  g_string_append_c (json, '\n');

  /* In one write, so that lines of two threads do not mix. */
  fwrite (json->str, 1, json->len, stderr);
  fflush (stderr);

  return G_LOG_WRITER_HANDLED;
}

void
crm_server_log_init (void)
{
  g_log_set_writer_func (write_line, NULL, NULL);
}

void
crm_server_log_request (const CrmServerLogRequest *request)
{
  char status[16], received[32], sent[32], ms[32];

  g_snprintf (status, sizeof status, "%u", request->status);
  g_snprintf (received, sizeof received, "%" G_GSIZE_FORMAT, request->received);
  g_snprintf (sent, sizeof sent, "%" G_GSIZE_FORMAT, request->sent);
  g_snprintf (ms,
              sizeof ms,
              "%" G_GINT64_FORMAT ".%03d",
              request->usec / 1000,
              (int) (request->usec % 1000));

  /* clang-format off */
  g_log_structured (G_LOG_DOMAIN,
                    G_LOG_LEVEL_INFO,
                    "CRM_METHOD", request->method,
                    "CRM_PATH", request->path,
                    "CRM_STATUS", status,
                    "CRM_CODE", request->code != NULL ? request->code : "",
                    "CRM_USER", request->user != NULL ? request->user : "",
                    "CRM_ADDRESS", request->address,
                    "CRM_IN", received,
                    "CRM_OUT", sent,
                    "CRM_MS", ms,
                    "MESSAGE", "request");
  /* clang-format on */
}
