#include "cli/crm-cli-commands.h"

#include "cli/crm-cli-fields.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static char *locale_name;
static char *ij_name;

const GOptionEntry crm_cli_sort_options[] = {
  { "locale",
    0,
    0,
    G_OPTION_ARG_STRING,
    &locale_name,
    "Dutch or Belgian order; nl when not given",
    "nl|be" },
  { "ij",
    0,
    0,
    G_OPTION_ARG_STRING,
    &ij_name,
    "IJ as i and j, or as y; ij when not given",
    "ij|y" },
  G_OPTION_ENTRY_NULL,
};

/* A name of the organisation beside the fields of the person. */
static gboolean
take_pair (CrmRecord *person, CrmRecord *organisation, const char *pair, GError **error)
{
  g_autofree char *field = NULL;
  const char *value;

  if (!crm_cli_split_pair (pair, &field, &value, error) ||
      !crm_cli_check_field (crm_record_get_kind (person), field, error))
    return FALSE;
  if (strcmp (field, "organisation") == 0)
    return crm_record_set_input (organisation, "name", value, error);

  return crm_record_set_input (person, field, value, error);
}

gboolean
crm_cli_salutation (CrmCli *self, char **args, GError **error)
{
  g_autoptr (CrmRecord) person = crm_record_new (crm_model_find_kind (self->model, "person"), NULL);
  g_autoptr (CrmRecord)
      organisation = crm_record_new (crm_model_find_kind (self->model, "organisation"), NULL);
  g_autoptr (CrmSalutation) salutation = NULL;
  JsonObject *object;

  if (!crm_cli_expect (args, 1, -1, error))
    return FALSE;
  for (guint i = 0; args[i] != NULL; i++)
    if (!take_pair (person, organisation, args[i], error))
      return FALSE;

  salutation = crm_salutation_new (person, organisation);
  if (self->json)
    {
      object = json_object_new ();
      crm_cli_add_string (object, "address_line", salutation->address_line);
      crm_cli_add_string (object, "in_text", salutation->in_text);
      crm_cli_add_string (object, "salutation", salutation->salutation);
      crm_cli_print_json (object);
      return TRUE;
    }
  crm_cli_print ("%s\n%s\n%s\n",
                 salutation->address_line != NULL ? salutation->address_line : "",
                 salutation->in_text != NULL ? salutation->in_text : "",
                 salutation->salutation != NULL ? salutation->salutation : "");

  return TRUE;
}

typedef struct
{
  char *key;
  char *name;
} Line;

static void
clear_line (gpointer data)
{
  Line *line = data;

  g_free (line->key);
  g_free (line->name);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Line *first = a;
  const Line *second = b;
  const int order = strcmp (first->key, second->key);

  return order != 0 ? order : strcmp (first->name, second->name);
}

static gboolean
read_lines (GArray *lines, CrmLocale locale, gboolean ij_as_y, GError **error)
{
  char *text = NULL;
  size_t size = 0;
  ssize_t length;

  while ((length = getline (&text, &size, stdin)) >= 0)
    {
      Line line;

      while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        text[--length] = '\0';
      line.name = g_strdup (text);
      line.key = crm_name_dup_sort_key_for_text (text, locale, ij_as_y);
      g_array_append_val (lines, line);
    }
  free (text);
  if (!ferror (stdin))
    return TRUE;

  g_set_error (error,
               CRM_CLI_ERROR,
               CRM_CLI_ERROR_FAILED,
               "Standard input cannot be read: %s",
               g_strerror (errno));
  return FALSE;
}

static gboolean
is_choice (const char *value, const char *first, const char *second)
{
  return value == NULL || strcmp (value, first) == 0 || strcmp (value, second) == 0;
}

gboolean
crm_cli_sort (CrmCli *self, char **args, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  CrmLocale locale;

  g_array_set_clear_func (lines, clear_line);
  if (!crm_cli_expect (args, 0, 0, error))
    return FALSE;
  if (!is_choice (locale_name, "nl", "be"))
    return crm_cli_usage_error (error, "--locale is nl or be, not “%s”", locale_name);
  if (!is_choice (ij_name, "ij", "y"))
    return crm_cli_usage_error (error, "--ij is ij or y, not “%s”", ij_name);

  locale = g_strcmp0 (locale_name, "be") == 0 ? CRM_LOCALE_BE : CRM_LOCALE_NL;
  if (!read_lines (lines, locale, g_strcmp0 (ij_name, "y") == 0, error))
    return FALSE;
  g_array_sort (lines, compare_lines);

  for (guint i = 0; i < lines->len; i++)
    {
      const char *name = g_array_index (lines, Line, i).name;
      JsonObject *object;

      if (!self->json)
        {
          crm_cli_print ("%s\n", name);
          continue;
        }
      object = json_object_new ();
      crm_cli_add_string (object, "name", name);
      crm_cli_print_json (object);
    }

  return TRUE;
}
