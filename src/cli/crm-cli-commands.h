#pragma once

#include "cli/crm-cli.h"

G_BEGIN_DECLS

/* The commands, by the file that has them. Options are static, since a program runs one command. */

/* crm-cli-kinds.c */
gboolean crm_cli_kinds (CrmCli *self, char **args, GError **error);
gboolean crm_cli_fields (CrmCli *self, char **args, GError **error);

/* crm-cli-names.c */
extern const GOptionEntry crm_cli_sort_options[];
gboolean crm_cli_salutation (CrmCli *self, char **args, GError **error);
gboolean crm_cli_sort (CrmCli *self, char **args, GError **error);

/* crm-cli-edit.c */
extern const GOptionEntry crm_cli_why_options[];
gboolean crm_cli_new (CrmCli *self, char **args, GError **error);
gboolean crm_cli_set (CrmCli *self, char **args, GError **error);
gboolean crm_cli_delete (CrmCli *self, char **args, GError **error);
gboolean crm_cli_undo (CrmCli *self, char **args, GError **error);
gboolean crm_cli_redo (CrmCli *self, char **args, GError **error);

/* crm-cli-show.c, crm-cli-list.c */
extern const GOptionEntry crm_cli_list_options[];
extern const GOptionEntry crm_cli_find_options[];
gboolean crm_cli_show (CrmCli *self, char **args, GError **error);
gboolean crm_cli_history (CrmCli *self, char **args, GError **error);
gboolean crm_cli_list (CrmCli *self, char **args, GError **error);
gboolean crm_cli_find (CrmCli *self, char **args, GError **error);

/* crm-cli-exchange.c */
extern const GOptionEntry crm_cli_import_options[];
gboolean crm_cli_import (CrmCli *self, char **args, GError **error);
gboolean crm_cli_export (CrmCli *self, char **args, GError **error);

/* crm-cli-letters.c */
extern const GOptionEntry crm_cli_letters_options[];
gboolean crm_cli_letters (CrmCli *self, char **args, GError **error);

/* crm-cli-report.c */
extern const GOptionEntry crm_cli_report_options[];
gboolean crm_cli_report (CrmCli *self, char **args, GError **error);

/* crm-cli-sync.c, crm-cli-status.c */
extern const GOptionEntry crm_cli_login_options[];
extern const GOptionEntry crm_cli_sync_options[];
gboolean crm_cli_login (CrmCli *self, char **args, GError **error);
gboolean crm_cli_sync (CrmCli *self, char **args, GError **error);
/* Asks the server for the history of a record; a warning tells why it is only what is known. */
void crm_cli_fetch_past (CrmCli *self, const char *id);
gboolean crm_cli_status (CrmCli *self, char **args, GError **error);

/* crm-cli-conflict.c */
extern const GOptionEntry crm_cli_conflicts_options[];
extern const GOptionEntry crm_cli_resolve_options[];
gboolean crm_cli_conflicts (CrmCli *self, char **args, GError **error);
gboolean crm_cli_resolve (CrmCli *self, char **args, GError **error);

/* crm-cli-replica.c */
extern const GOptionEntry crm_cli_init_options[];
extern const GOptionEntry crm_cli_password_options[];
gboolean crm_cli_init (CrmCli *self, char **args, GError **error);
gboolean crm_cli_backup (CrmCli *self, char **args, GError **error);
gboolean crm_cli_restore (CrmCli *self, char **args, GError **error);
gboolean crm_cli_rekey (CrmCli *self, char **args, GError **error);
gboolean crm_cli_check (CrmCli *self, char **args, GError **error);

G_END_DECLS
