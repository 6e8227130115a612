#pragma once

#include "store/crm-store.h"

G_BEGIN_DECLS

#define CRM_TYPE_SETTINGS_VALUES (crm_settings_values_get_type ())

G_DECLARE_FINAL_TYPE (CrmSettingsValues, crm_settings_values, CRM, SETTINGS_VALUES, GObject)

/*
 * The settings of a replica for a dialog: read at once in the background, written a moment after
 * the last change, so that typing a name is one write.
 *
 * Signal "loaded": the values are there.
 * Signal "failed" (GError *): reading or writing did not work.
 */
CrmSettingsValues *crm_settings_values_new (CrmStore *store);
/* Reads these names; nothing can be set before. */
void crm_settings_values_load (CrmSettingsValues *self, const char *const *names);
gboolean crm_settings_values_is_loaded (CrmSettingsValues *self);
/* NULL when not set. */
const char *crm_settings_values_get (CrmSettingsValues *self, const char *name);
/* @value: nullable; "" is NULL. */
void crm_settings_values_set (CrmSettingsValues *self, const char *name, const char *value);
/* Writes what waits, now. */
void crm_settings_values_flush (CrmSettingsValues *self);

G_END_DECLS
