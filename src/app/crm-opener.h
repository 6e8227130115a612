#pragma once

#include "store/key/crm-keyring.h"
#include "ui/shell/crm-window.h"

G_BEGIN_DECLS

#define CRM_TYPE_OPENER (crm_opener_get_type ())

G_DECLARE_FINAL_TYPE (CrmOpener, crm_opener, CRM, OPENER, GObject)

/*
 * Opens a replica in a window, and again when people ask so: finds the key, opens, makes the
 * replica when there is none, and says what is wrong and what to do when it does not open. A key
 * that people give, by file or by their printed recovery key, is kept for the next start.
 */
CrmOpener *
crm_opener_new (CrmWindow *window, const char *dir, const char *key_file, CrmKeyring *keyring);
const char *crm_opener_get_dir (CrmOpener *self);
void crm_opener_start (CrmOpener *self);
/* Opens with the key in this file, and keeps it when it fits. */
void crm_opener_try_key_file (CrmOpener *self, const char *path);

G_END_DECLS
