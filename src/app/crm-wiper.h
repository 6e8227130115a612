#pragma once

#include "store/key/crm-keyring.h"
#include "ui/shell/crm-window.h"

G_BEGIN_DECLS

/*
 * This laptop's access was taken away: @window goes, its store is closed, key and files of the
 * replica in @dir are destroyed, and a window of its own says so.
 *
 * @key_file: (nullable): the file that holds the key
 */
void
crm_wiper_start (CrmWindow *window, const char *dir, const char *key_file, CrmKeyring *keyring);

G_END_DECLS
