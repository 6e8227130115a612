#include "ui/widgets/crm-screen.h"

#include "crm-config.h"

GSettings *
crm_screen_get_settings (void)
{
  static GSettings *settings = NULL;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (settings != NULL || source == NULL)
    return settings;
  schema = g_settings_schema_source_lookup (source, CRM_APP_ID, TRUE);
  if (schema != NULL)
    settings = g_settings_new (CRM_APP_ID);

  return settings;
}
