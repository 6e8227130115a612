#pragma once

#include "ui/shell/crm-window.h"

G_BEGIN_DECLS

#define CRM_TYPE_OPENER (crm_opener_get_type ())

G_DECLARE_FINAL_TYPE (CrmOpener, crm_opener, CRM, OPENER, GObject)

/*
 * Opens a replica in a window, and again when people ask so: finds the key, opens, makes the
 * replica when there is none, and says what is wrong and what to do when it does not open.
 */
CrmOpener *crm_opener_new (CrmWindow *window, const char *dir, const char *key_file);
const char *crm_opener_get_dir (CrmOpener *self);
void crm_opener_start (CrmOpener *self);

G_END_DECLS
