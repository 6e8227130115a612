#include "cli/crm-cli-commands.h"

static const CrmCliCommand commands[] = {
  { "init", "", "Make a new replica", crm_cli_init_options, crm_cli_init },
  { "kinds", "", "List the kinds of records", NULL, crm_cli_kinds },
  { "fields", "KIND", "List the fields of a kind", NULL, crm_cli_fields },
  { "new",
    "KIND FIELD=VALUE…",
    "Make a record and print its id",
    crm_cli_why_options,
    crm_cli_new },
  { "set", "ID FIELD=VALUE…", "Change fields of a record", crm_cli_why_options, crm_cli_set },
  { "show", "ID", "Print a record", NULL, crm_cli_show },
  { "history",
    "ID",
    "Print what was changed in a record, when and by whom",
    NULL,
    crm_cli_history },
  { "delete", "ID", "Delete a record", crm_cli_why_options, crm_cli_delete },
  { "undo", "[SET]", "Undo the last change, or the named set or group", NULL, crm_cli_undo },
  { "redo", "", "Do again what was undone last", NULL, crm_cli_redo },
  { "list", "KIND", "List records", crm_cli_list_options, crm_cli_list },
  { "find", "TEXT", "Search relations as one types", crm_cli_find_options, crm_cli_find },
  { "import",
    "FILE",
    "Import a table of relations, or of another kind",
    crm_cli_import_options,
    crm_cli_import },
  { "export", "KIND FILE", "Write records to a table that import reads", NULL, crm_cli_export },
  { "letters",
    "TEMPLATE --to EXPR|--id ID…",
    "Make letters as PDF",
    crm_cli_letters_options,
    crm_cli_letters },
  { "report", "week", "Report what was done in a week", crm_cli_report_options, crm_cli_report },
  { "backup",
    "FILE",
    "Write an encrypted copy of the replica",
    crm_cli_password_options,
    crm_cli_backup },
  { "restore", "FILE", "Make a replica from a backup", crm_cli_password_options, crm_cli_restore },
  { "rekey", "", "Encrypt the replica with a new key", NULL, crm_cli_rekey },
  { "check", "", "Check the replica, its log and its index", NULL, crm_cli_check },
  { "salutation", "FIELD=VALUE…", "Print how a person is written to", NULL, crm_cli_salutation },
  { "sort", "", "Sort names on standard input, one a line", crm_cli_sort_options, crm_cli_sort },
  { NULL },
};

const CrmCliCommand *
crm_cli_get_commands (void)
{
  return commands;
}
