#include "cli/crm-cli-commands.h"

#include "model/crm-record-json.h"
#include "model/crm-value.h"
#include "store/query/crm-query.h"

#include <string.h>

static char *where;
static char *sort;
/* Not given: all. */
static int limit = G_MAXINT;
static gboolean csv;

const GOptionEntry crm_cli_list_options[] = {
  { "where",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &where,
    "Only those for which it is true: 'city = \"Ede\"'",
    "EXPR" },
  { "sort",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &sort,
    "In the order of a field; -FIELD for the other way",
    "FIELD" },
  { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many", "N" },
  { "csv", 0, 0, G_OPTION_ARG_NONE, &csv, "Print a table with commas", NULL },
  G_OPTION_ENTRY_NULL,
};

const GOptionEntry crm_cli_find_options[] = {
  { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "At most so many", "N" },
  G_OPTION_ENTRY_NULL,
};

static void
print_cell (const char *cell)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (cell == NULL)
    return;
  if (strpbrk (cell, ",\"\r\n") == NULL)
    {
      crm_cli_print ("%s", cell);
      return;
    }
  parts = g_strsplit (cell, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);
  crm_cli_print ("\"%s\"", doubled);
}

/* The fields of all kinds that are listed, each once. */
static GPtrArray *
list_fields (CrmCli *self, const char *kinds)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < crm_model_get_n_kinds (self->model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (self->model, i);

      if (strcmp (kinds, crm_kind_get_name (kind)) != 0 &&
          !(strcmp (kinds, "relation") == 0 && crm_kind_is_relation (kind)))
        continue;
      for (guint j = 0; j < crm_kind_get_n_fields (kind); j++)
        {
          char *name = (char *) crm_kind_get_field (kind, j)->name;

          if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
            g_ptr_array_add (names, name);
        }
    }

  return names;
}

typedef struct
{
  CrmCli *cli;
  GPtrArray *fields; /* of a table */
} Printer;

static void
print_row (const Printer *printer, CrmRecord *record)
{
  crm_cli_print ("%s,%s",
                 crm_record_get_id (record),
                 crm_kind_get_name (crm_record_get_kind (record)));
  for (guint i = 0; i < printer->fields->len; i++)
    {
      crm_cli_print (",");
      print_cell (crm_record_peek (record, printer->fields->pdata[i]));
    }
  crm_cli_print ("\r\n");
}

static void
print_header (const Printer *printer)
{
  crm_cli_print ("id,kind");
  for (guint i = 0; i < printer->fields->len; i++)
    crm_cli_print (",%s", (char *) printer->fields->pdata[i]);
  crm_cli_print ("\r\n");
}

static void
print_line (CrmRecord *record)
{
  g_autofree char *title = crm_record_dup_title (record);
  const char *city = crm_record_peek (record, "city");

  crm_cli_print ("%s  %s%s%s\n",
                 crm_record_get_id (record),
                 title,
                 city != NULL ? ", " : "",
                 city != NULL ? city : "");
}

static gboolean
print_cb (CrmRecord *record, gpointer user_data)
{
  const Printer *printer = user_data;

  if (printer->fields != NULL)
    print_row (printer, record);
  else if (printer->cli->json)
    {
      g_autofree char *line = crm_record_to_json_line (record);

      crm_cli_print ("%s\n", line);
    }
  else
    print_line (record);

  return TRUE;
}

static gboolean
check_limit (GError **error)
{
  if (limit > 0)
    return TRUE;

  return crm_cli_usage_error (error, "--limit is 1 or more, not %d", limit);
}

static gboolean
print_query (CrmCli *self, const CrmQuery *query, GPtrArray *fields, GError **error)
{
  g_autoptr (CrmReplica) replica = crm_cli_open (self, CRM_REPLICA_READ_ONLY, error);
  Printer printer = { self, fields };

  if (replica == NULL)
    return FALSE;
  if (fields != NULL)
    print_header (&printer);

  return crm_replica_each (replica,
                           query,
                           limit < G_MAXINT ? (guint) limit : 0,
                           print_cb,
                           &printer,
                           self->cancellable,
                           error);
}

static gboolean
set_where (CrmCli *self, CrmQuery *query, GError **error)
{
  g_autoptr (CrmExpr) expr = NULL;
  g_autoptr (GError) unknown = NULL;

  if (where == NULL)
    return TRUE;
  expr = crm_expr_parse (where, error);
  if (expr == NULL)
    return FALSE;
  /* Such a term is false, also where it is only a slip of the pen. */
  if (!crm_expr_check (expr, self->model, &unknown))
    crm_cli_warn ("%s", unknown->message);
  crm_query_set_where (query, expr);

  return TRUE;
}

static gboolean
set_sort (CrmQuery *query, GPtrArray *fields, const char *kind, GError **error)
{
  const gboolean descending = sort != NULL && sort[0] == '-';
  const char *field = sort != NULL ? sort + (descending ? 1 : 0) : NULL;

  if (field == NULL)
    return TRUE;
  if (!g_ptr_array_find_with_equal_func (fields, field, g_str_equal, NULL))
    {
      g_set_error (error,
                   CRM_MODEL_ERROR,
                   CRM_MODEL_ERROR_UNKNOWN,
                   "--sort: a %s has no field “%s”; “crm-cli fields %s” lists them",
                   kind,
                   field,
                   strcmp (kind, "relation") == 0 ? "person" : kind);
      return FALSE;
    }
  crm_query_set_sort (query, field, descending);

  return TRUE;
}

gboolean
crm_cli_list (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GPtrArray) fields = NULL;

  if (!crm_cli_expect (args, 1, 1, error) || !check_limit (error))
    return FALSE;
  if (csv && self->json)
    return crm_cli_usage_error (error, "--csv and --json exclude each other");
  if (strcmp (args[0], "relation") != 0 && crm_cli_find_kind (self, args[0], error) == NULL)
    return FALSE;

  query = crm_query_new (args[0]);
  fields = list_fields (self, args[0]);
  if (!set_where (self, query, error) || !set_sort (query, fields, args[0], error))
    return FALSE;

  return print_query (self, query, csv ? fields : NULL, error);
}

gboolean
crm_cli_find (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autofree char *text = NULL;

  if (!crm_cli_expect (args, 1, -1, error) || !check_limit (error))
    return FALSE;
  /* People forget the quotes around several words. */
  text = g_strjoinv (" ", args);
  crm_query_set_text (query, text);

  return print_query (self, query, NULL, error);
}
