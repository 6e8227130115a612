#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks on the terminal, without showing what is typed. Fails with %CRM_CLI_ERROR_USAGE when there
 * is no terminal and when nothing was typed, and when it is cancelled. (transfer full): wipe it
 * after use */
char *
crm_cli_terminal_ask_password (const char *question, GCancellable *cancellable, GError **error);

G_END_DECLS
