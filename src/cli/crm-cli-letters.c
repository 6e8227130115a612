#include "cli/crm-cli-commands.h"

#include "cli/crm-cli-progress.h"
#include "letters/crm-letter-templates.h"
#include "letters/crm-letters.h"

#include <string.h>

static char *to;
static char **ids;
static char *output;
static gboolean check_only;
static gboolean skip;

const GOptionEntry crm_cli_letters_options[] = {
  { "to",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &to,
    "Relations for which it is true: 'city = \"Ede\"'",
    "EXPR" },
  { "id",
    0,
    0,
    G_OPTION_ARG_FILENAME_ARRAY,
    &ids,
    "This relation; more may follow the template",
    "ID" },
  { "output",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &output,
    "One file, or a folder with a file for each",
    "FILE.pdf|DIR" },
  { "check",
    0,
    0,
    G_OPTION_ARG_NONE,
    &check_only,
    "Only tell what is wrong before anything is made",
    NULL },
  { "skip", 0, 0, G_OPTION_ARG_NONE, &skip, "Leave out letters that cannot be made", NULL },
  G_OPTION_ENTRY_NULL,
};

static GPtrArray *
find_recipients (CrmCli *self, CrmReplica *replica, char **more, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (CrmExpr) expr = NULL;

  if (to == NULL)
    {
      found = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; ids[i] != NULL; i++)
        g_ptr_array_add (found, g_strdup (ids[i]));
      for (guint i = 0; more[i] != NULL; i++)
        g_ptr_array_add (found, g_strdup (more[i]));
      return g_steal_pointer (&found);
    }

  expr = crm_expr_parse (to, error);
  if (expr == NULL || !crm_expr_check (expr, self->model, error))
    return NULL;
  found = crm_letters_find_recipients (replica, expr, self->cancellable, error);
  if (found != NULL && found->len == 0)
    {
      g_set_error (error,
                   CRM_CLI_ERROR,
                   CRM_CLI_ERROR_FAILED,
                   "No relation is like “%s”; no letter was made",
                   to);
      return NULL;
    }

  return g_steal_pointer (&found);
}

static void
print_note_json (const CrmLetterNote *note)
{
  JsonObject *object = json_object_new ();

  crm_cli_add_string (object, "id", note->id);
  crm_cli_add_string (object, "field", note->field);
  crm_cli_add_string (object, "problem", note->message);
  json_object_set_boolean_member (object, "stops", note->stops);
  crm_cli_print_json (object);
}

/* Of the pre-flight to stdout, otherwise beside the result. */
static void
print_notes (CrmCli *self, GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    {
      const CrmLetterNote *note = notes->pdata[i];
      const char *word = note->stops ? "stops" : "warning";

      if (self->json)
        print_note_json (note);
      else if (check_only)
        crm_cli_print ("%s %s: %s: %s\n",
                       note->id,
                       word,
                       note->field != NULL ? note->field : "-",
                       note->message);
      else
        crm_cli_warn ("%s %s: %s", note->id, word, note->message);
    }
}

static gboolean
check (CrmCli *self,
       CrmReplica *replica,
       CrmRecord *template,
       const char *const *list,
       GError **error)
{
  g_autoptr (CrmCliProgress) progress = crm_cli_progress_start ();
  g_autoptr (GPtrArray) notes = crm_letters_check (replica,
                                                   template,
                                                   list,
                                                   crm_cli_progress_get (progress),
                                                   self->cancellable,
                                                   error);
  g_autoptr (GHashTable) stopped = g_hash_table_new (g_str_hash, g_str_equal);

  g_clear_pointer (&progress, crm_cli_progress_stop);
  if (notes == NULL)
    return FALSE;
  print_notes (self, notes);
  for (guint i = 0; i < notes->len; i++)
    {
      const CrmLetterNote *note = notes->pdata[i];

      if (note->stops && note->id != NULL)
        g_hash_table_add (stopped, note->id);
    }
  if (skip || !crm_letter_notes_stop (notes))
    return TRUE;

  g_set_error (error,
               CRM_CLI_ERROR,
               CRM_CLI_ERROR_FAILED,
               "%u of %u letters cannot be made; mend what is named, or leave them out with --skip",
               g_hash_table_size (stopped),
               g_strv_length ((char **) list));
  return FALSE;
}

static gboolean
make (CrmCli *self,
      CrmReplica *replica,
      CrmRecord *template,
      const char *const *list,
      GError **error)
{
  const CrmLettersOptions options = { output, !crm_letters_is_file_name (output), skip };
  g_autoptr (CrmCliProgress) progress = crm_cli_progress_start ();
  g_autoptr (CrmLettersResult) result = crm_letters_make (replica,
                                                          template,
                                                          list,
                                                          &options,
                                                          crm_cli_progress_get (progress),
                                                          self->cancellable,
                                                          error);
  JsonObject *object;

  g_clear_pointer (&progress, crm_cli_progress_stop);
  if (result == NULL)
    return FALSE;
  print_notes (self, result->notes);
  if (!self->json)
    {
      crm_cli_print ("%u letters, %u pages, %u left out\n",
                     result->n_letters,
                     result->n_pages,
                     result->n_skipped);
      return TRUE;
    }

  object = json_object_new ();
  json_object_set_int_member (object, "letters", result->n_letters);
  json_object_set_int_member (object, "pages", result->n_pages);
  json_object_set_int_member (object, "skipped", result->n_skipped);
  crm_cli_add_string (object, "group", result->group);
  crm_cli_print_json (object);

  return TRUE;
}

static gboolean
check_options (char **args, GError **error)
{
  if (!crm_cli_expect (args, 1, ids != NULL ? -1 : 1, error))
    return FALSE;
  if ((to == NULL) == (ids == NULL))
    return crm_cli_usage_error (error, "name the relations by one of --to and --id");
  if (output == NULL && !check_only)
    return crm_cli_usage_error (error,
                                "--output is missing: a file that ends with .pdf, or a folder");

  return TRUE;
}

gboolean
crm_cli_letters (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmReplica) replica = NULL;
  g_autoptr (CrmRecord) template = NULL;
  g_autoptr (GPtrArray) recipients = NULL;
  const char *const *list;

  if (!check_options (args, error))
    return FALSE;
  replica = crm_cli_open (self, check_only ? CRM_REPLICA_READ_ONLY : CRM_REPLICA_READ_WRITE, error);
  if (replica == NULL)
    return FALSE;
  crm_cli_watch_signals (self);
  template = crm_letter_templates_find (replica, args[0], self->cancellable, error);
  if (template == NULL)
    return FALSE;
  recipients = find_recipients (self, replica, args + 1, error);
  if (recipients == NULL)
    return FALSE;

  g_ptr_array_add (recipients, NULL);
  list = (const char *const *) recipients->pdata;

  return check_only ? check (self, replica, template, list, error)
                    : make (self, replica, template, list, error);
}
