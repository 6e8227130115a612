#include "cli/crm-cli-commands.h"

#include <string.h>

static const char *
get_type_name (CrmFieldType type)
{
  switch (type)
    {
    case CRM_FIELD_LONG_TEXT:
      return "long-text";
    case CRM_FIELD_DATE:
      return "date";
    case CRM_FIELD_TIME:
      return "time";
    case CRM_FIELD_MONEY:
      return "money";
    case CRM_FIELD_NUMBER:
      return "number";
    case CRM_FIELD_BOOL:
      return "bool";
    case CRM_FIELD_CHOICE:
      return "choice";
    case CRM_FIELD_SET:
      return "set";
    case CRM_FIELD_LINK:
      return "link";
    case CRM_FIELD_TEXT:
    default:
      return "text";
    }
}

static const char *
get_check_name (CrmCheck check)
{
  static const char *const names[] = { NULL,       "email",   "phone",   "postcode", "url",
                                       "language", "country", "chamber", "vat",      "currency" };

  return check < G_N_ELEMENTS (names) ? names[check] : NULL;
}

static const char *
get_group_name (CrmFieldGroup group)
{
  static const char *const names[] = { "identity", "contact",    "address",
                                       "private",  "commercial", "internal" };

  return group < G_N_ELEMENTS (names) ? names[group] : NULL;
}

static const char *
get_policy_name (CrmConflictPolicy policy)
{
  static const char *const names[] = { "keep-server", "max", "set-union", "text3", "server-only" };

  return policy < G_N_ELEMENTS (names) ? names[policy] : NULL;
}

static JsonArray *
make_array (const char *list)
{
  JsonArray *array = json_array_new ();
  g_auto (GStrv) items = g_strsplit (list, "|", -1);

  for (guint i = 0; items[i] != NULL; i++)
    json_array_add_string_element (array, items[i]);

  return array;
}

static JsonArray *
make_choices (const CrmChoice *choices)
{
  JsonArray *array = json_array_new ();

  for (; choices->value != NULL; choices++)
    json_array_add_string_element (array, choices->value);

  return array;
}

static void
print_field_json (const CrmKind *kind, const CrmField *field)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", crm_kind_get_name (kind));
  json_object_set_int_member (object, "number", field->number);
  json_object_set_string_member (object, "name", field->name);
  json_object_set_string_member (object, "label", crm_field_get_label (field));
  json_object_set_string_member (object, "type", get_type_name (field->type));
  crm_cli_add_string (object, "check", get_check_name (field->check));
  crm_cli_add_string (object, "group", get_group_name (field->group));
  crm_cli_add_string (object, "policy", get_policy_name (field->policy));
  if (field->choices != NULL)
    json_object_set_array_member (object, "choices", make_choices (field->choices));
  if (field->target != NULL)
    json_object_set_array_member (object, "target", make_array (field->target));
  if (field->aliases != NULL)
    json_object_set_array_member (object, "aliases", make_array (field->aliases));
  crm_cli_add_string (object, "letter_name", field->letter_name);
  json_object_set_int_member (object, "weight", field->weight);
  crm_cli_print_json (object);
}

gboolean
crm_cli_kinds (CrmCli *self, char **args, GError **error)
{
  if (!crm_cli_expect (args, 0, 0, error))
    return FALSE;

  for (guint i = 0; i < crm_model_get_n_kinds (self->model); i++)
    {
      const CrmKind *kind = crm_model_get_kind (self->model, i);
      JsonObject *object;

      if (!self->json)
        {
          crm_cli_print ("%-14s %s\n", crm_kind_get_name (kind), crm_kind_get_plural (kind));
          continue;
        }
      object = json_object_new ();
      json_object_set_string_member (object, "kind", crm_kind_get_name (kind));
      json_object_set_string_member (object, "label", crm_kind_get_label (kind));
      json_object_set_string_member (object, "plural", crm_kind_get_plural (kind));
      json_object_set_int_member (object, "fields", crm_kind_get_n_fields (kind));
      crm_cli_print_json (object);
    }

  return TRUE;
}

static void
print_field (const CrmField *field)
{
  crm_cli_print ("%-20s %-10s %s",
                 field->name,
                 get_type_name (field->type),
                 crm_field_get_label (field));
  if (field->choices != NULL)
    for (const CrmChoice *choice = field->choices; choice->value != NULL; choice++)
      crm_cli_print ("%s%s", choice == field->choices ? ": " : ", ", choice->value);
  if (field->target != NULL)
    crm_cli_print (": to %s", field->target);
  crm_cli_print ("\n");
}

gboolean
crm_cli_fields (CrmCli *self, char **args, GError **error)
{
  const CrmKind *kind;

  if (!crm_cli_expect (args, 1, 1, error))
    return FALSE;
  kind = crm_cli_find_kind (self, args[0], error);
  if (kind == NULL)
    return FALSE;

  for (guint i = 0; i < crm_kind_get_n_fields (kind); i++)
    if (self->json)
      print_field_json (kind, crm_kind_get_field (kind, i));
    else
      print_field (crm_kind_get_field (kind, i));

  return TRUE;
}
