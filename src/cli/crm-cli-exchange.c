#include "cli/crm-cli-commands.h"

#include "cli/crm-cli-progress.h"
#include "exchange/crm-export.h"
#include "exchange/crm-import.h"

#include <string.h>

/* So many notes are printed; the file of refused rows has them all. */
#define SHOWN_NOTES 20

static char *kind_name;
static char **maps;
static gboolean dry_run;

const GOptionEntry crm_cli_import_options[] = {
  { "kind",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &kind_name,
    "relation, or one kind; from the header when not given",
    "KIND" },
  { "map",
    0,
    0,
    G_OPTION_ARG_FILENAME_ARRAY,
    &maps,
    "Column (header or number) of a field; may be repeated",
    "FIELD=COLUMN" },
  { "dry-run",
    0,
    0,
    G_OPTION_ARG_NONE,
    &dry_run,
    "Tell what would happen and change nothing",
    NULL },
  G_OPTION_ENTRY_NULL,
};

static void
print_note_json (const CrmImportNote *note)
{
  g_autofree char *reason = crm_import_note_dup_reason (note);
  JsonObject *object = json_object_new ();

  if (note->line > 0)
    json_object_set_int_member (object, "line", (gint64) note->line);
  crm_cli_add_string (object, "column", note->column);
  crm_cli_add_string (object, "id", note->id);
  crm_cli_add_string (object, "reason", reason);
  json_object_set_boolean_member (object, "refused", crm_import_note_is_refusal (note));
  crm_cli_print_json (object);
}

static void
print_notes (CrmCli *self, const CrmImportResult *result)
{
  const guint n = self->json ? result->notes->len : MIN (result->notes->len, SHOWN_NOTES);

  for (guint i = 0; i < n; i++)
    if (self->json)
      print_note_json (result->notes->pdata[i]);
    else
      {
        g_autofree char *text = crm_import_note_to_string (result->notes->pdata[i]);

        crm_cli_warn ("%s", text);
      }
  if (result->n_notes > n && self->json)
    crm_cli_print ("{\"more\":%" G_GUINT64_FORMAT "}\n", result->n_notes - n);
  else if (result->n_notes > n)
    crm_cli_warn ("… and %" G_GUINT64_FORMAT " more", result->n_notes - n);
}

/* Seconds with three decimals, which json-glib would make seventeen. */
static void
print_totals_json (const CrmImportResult *result)
{
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (seconds, sizeof seconds, "%.3f", result->seconds);
  crm_cli_print ("{\"rows\":%" G_GUINT64_FORMAT ",\"new\":%" G_GUINT64_FORMAT
                 ",\"updated\":%" G_GUINT64_FORMAT ",\"unchanged\":%" G_GUINT64_FORMAT
                 ",\"rejected\":%" G_GUINT64_FORMAT ",\"seconds\":%s}\n",
                 result->n_rows,
                 result->n_new,
                 result->n_updated,
                 result->n_unchanged,
                 result->n_rejected,
                 seconds);
}

static void
print_totals (const CrmImportResult *result)
{
  crm_cli_print ("%s%" G_GUINT64_FORMAT " %s: %" G_GUINT64_FORMAT " new, %" G_GUINT64_FORMAT
                 " updated, %" G_GUINT64_FORMAT " unchanged, %" G_GUINT64_FORMAT
                 " rejected, in %.1f seconds\n",
                 dry_run ? "would import " : "",
                 result->n_rows,
                 result->n_rows == 1 ? "row" : "rows",
                 result->n_new,
                 result->n_updated,
                 result->n_unchanged,
                 result->n_rejected,
                 result->seconds);
  if (result->n_organisations > 0)
    crm_cli_print ("%" G_GUINT64_FORMAT " %s made along the way\n",
                   result->n_organisations,
                   result->n_organisations == 1 ? "organisation" : "organisations");
  if (result->n_possible > 0)
    crm_cli_print ("%" G_GUINT64_FORMAT " %s that were there already\n",
                   result->n_possible,
                   result->n_possible == 1 ? "row may be a relation" : "rows may be relations");
  if (result->rejected_file != NULL)
    crm_cli_print ("refused rows, with the reason: %s\n", result->rejected_file);
  if (result->group != NULL && !dry_run)
    crm_cli_print ("“crm-cli undo %s” takes it back\n", result->group);
}

static gboolean
check_maps (GError **error)
{
  for (guint i = 0; maps != NULL && maps[i] != NULL; i++)
    {
      const char *sign = strchr (maps[i], '=');

      if (sign == NULL || sign == maps[i] || sign[1] == '\0')
        return crm_cli_usage_error (error, "--map: “%s” is not of the form FIELD=COLUMN", maps[i]);
    }

  return TRUE;
}

gboolean
crm_cli_import (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmImportPlan) plan = NULL;
  g_autoptr (CrmImportResult) result = NULL;
  g_autoptr (CrmCliProgress) progress = NULL;
  g_autoptr (GFile) file = NULL;
  CrmImportOptions options = { 0 };

  if (!crm_cli_expect (args, 1, 1, error))
    return FALSE;
  if (!check_maps (error) || (kind_name != NULL && strcmp (kind_name, "relation") != 0 &&
                              crm_cli_find_kind (self, kind_name, error) == NULL))
    return FALSE;
  replica = crm_cli_open (self, dry_run ? CRM_REPLICA_READ_ONLY : CRM_REPLICA_READ_WRITE, error);
  if (replica == NULL)
    return FALSE;

  crm_cli_watch_signals (self);
  options.kind = kind_name;
  options.maps = (const char *const *) maps;
  file = g_file_new_for_commandline_arg (args[0]);
  progress = crm_cli_progress_start ();
  plan = crm_import_plan_new (self->model, file, &options, self->cancellable, error);
  if (plan == NULL)
    return FALSE;
  result = crm_import_run (replica,
                           plan,
                           dry_run ? CRM_IMPORT_DRY_RUN : CRM_IMPORT_DEFAULT,
                           crm_cli_progress_get (progress),
                           self->cancellable,
                           error);
  g_clear_pointer (&progress, crm_cli_progress_stop);
  if (result == NULL)
    return FALSE;

  print_notes (self, result);
  if (self->json)
    print_totals_json (result);
  else
    print_totals (result);

  return TRUE;
}

gboolean
crm_cli_export (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (CrmCliProgress) progress = NULL;
  guint64 n_records = 0;

  if (!crm_cli_expect (args, 2, 2, error))
    return FALSE;
  if (strcmp (args[0], "relation") != 0 && crm_cli_find_kind (self, args[0], error) == NULL)
    return FALSE;
  replica = crm_cli_open (self, CRM_REPLICA_READ_ONLY, error);
  if (replica == NULL)
    return FALSE;

  crm_cli_watch_signals (self);
  query = crm_query_new (args[0]);
  file = g_file_new_for_commandline_arg (args[1]);
  progress = crm_cli_progress_start ();
  if (!crm_export (replica,
                   query,
                   file,
                   NULL,
                   crm_cli_progress_get (progress),
                   self->cancellable,
                   &n_records,
                   error))
    return FALSE;
  g_clear_pointer (&progress, crm_cli_progress_stop);

  if (self->json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "records", (gint64) n_records);
      crm_cli_print_json (object);
    }
  else
    crm_cli_print ("%" G_GUINT64_FORMAT " %s\n", n_records, n_records == 1 ? "record" : "records");

  return TRUE;
}
