#include "cli/crm-cli-commands.h"

#include "model/crm-date.h"
#include "report/crm-report-file.h"
#include "report/crm-report-week.h"

#include <string.h>

static char *from;
static char *to;
static char *user;
static char *format_name;
static char *output;

const GOptionEntry crm_cli_report_options[] = {
  { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, "First day; a week ago when not given", "DATE" },
  { "to", 0, 0, G_OPTION_ARG_FILENAME, &to, "Last day; today when not given", "DATE" },
  { "user", 0, 0, G_OPTION_ARG_FILENAME, &user, "Whose; yours when not given", "NAME" },
  { "format",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &format_name,
    "How to write it",
    "table|csv|json|xlsx|pdf" },
  { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "File to write, in place of printing", "FILE" },
  G_OPTION_ENTRY_NULL,
};

static gboolean
find_format (CrmCli *self, CrmReportFormat *format, GError **error)
{
  *format = self->json ? CRM_REPORT_JSON : CRM_REPORT_TABLE;
  if (format_name != NULL)
    {
      if (!crm_report_format_parse (format_name, format))
        return crm_cli_usage_error (error,
                                    "--format is table, csv, json, xlsx or pdf, not “%s”",
                                    format_name);
    }
  else if (output != NULL && !self->json)
    crm_report_format_guess (output, format);

  if (output == NULL && (*format == CRM_REPORT_XLSX || *format == CRM_REPORT_PDF))
    return crm_cli_usage_error (error, "--output is missing: a file for the report");

  return TRUE;
}

/* Any notation of a date, "5-3-2024" and "yesterday" too. */
static gboolean
read_date (const char *option, const char *text, char **date, GError **error)
{
  if (text == NULL)
    return TRUE;
  *date = crm_date_parse (text, FALSE);
  if (*date != NULL)
    return TRUE;

  return crm_cli_usage_error (error, "%s: “%s” is not a date like 2024-12-31", option, text);
}

gboolean
crm_cli_report (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmReport) report = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *text = NULL;
  CrmReportFormat format;

  if (!crm_cli_expect (args, 1, 1, error))
    return FALSE;
  if (strcmp (args[0], "week") != 0)
    return crm_cli_usage_error (error, "there is no report “%s”; there is: week", args[0]);
  if (!find_format (self, &format, error) || !read_date ("--from", from, &first, error) ||
      !read_date ("--to", to, &last, error))
    return FALSE;
  replica = crm_cli_open (self, CRM_REPLICA_READ_ONLY, error);
  if (replica == NULL)
    return FALSE;

  crm_cli_watch_signals (self);
  report = crm_report_week_new (replica, first, last, user, self->cancellable, error);
  if (report == NULL)
    return FALSE;
  if (output != NULL)
    return crm_report_save (report, format, output, error);

  text = crm_report_to_text (report, format);
  crm_cli_print ("%s%s", text, g_str_has_suffix (text, "\n") ? "" : "\n");

  return TRUE;
}
