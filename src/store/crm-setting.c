#include "store/crm-company-setting-private.h"

#include "store/crm-index-private.h"

/* Settings of the laptop and values of the file itself, two tables of the same form. Those of the
 * company are in crm-company-setting.c. */

#define SELECT_META "SELECT value FROM meta WHERE name = :name"
/* The account with the server goes before the name that was typed. */
#define SELECT_USER                                                                                \
  "SELECT ifnull ((SELECT value FROM sync_state WHERE name = :name),"                              \
  " (SELECT value FROM local_setting WHERE name = :name))"
#define SELECT_SETTING "SELECT value FROM local_setting WHERE name = :name"

/* @value: NULL when not set. */
static gboolean
try_load (CrmReplica *self, const char *sql, const char *name, char **value, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  CrmStep step;

  *value = NULL;
  if (!(stmt = crm_db_prepare (self->db, sql, error)))
    return FALSE;

  crm_stmt_bind_text (stmt, ":name", name);
  step = crm_stmt_step (stmt, error);
  if (step == CRM_STEP_ROW)
    *value = crm_stmt_dup_text (stmt, 0);

  return step != CRM_STEP_ERROR;
}

static char *
load (CrmReplica *self, const char *sql, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *value = NULL;

  if (self->db != NULL && !try_load (self, sql, name, &value, &error))
    g_warning ("“%s” cannot be read: %s", name, error->message);

  return value;
}

static gboolean
save (CrmReplica *self, const char *sql, const char *name, const char *value, GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;

  if (!crm_replica_check_writable (self, error))
    return FALSE;
  if (!(stmt = crm_db_prepare (self->db, sql, error)))
    return FALSE;

  crm_stmt_bind_text (stmt, ":name", name);
  if (value != NULL)
    crm_stmt_bind_text (stmt, ":value", value);

  return crm_stmt_run (stmt, error);
}

char *
crm_replica_dup_meta (CrmReplica *self, const char *name)
{
  return load (self, SELECT_META, name);
}

gboolean
crm_replica_load_meta (CrmReplica *self, const char *name, char **value, GError **error)
{
  return try_load (self, SELECT_META, name, value, error);
}

gboolean
crm_replica_load_meta_int64 (CrmReplica *self,
                             const char *name,
                             gint64 fallback,
                             gint64 *value,
                             GError **error)
{
  g_autofree char *text = NULL;

  *value = fallback;
  if (!crm_replica_load_meta (self, name, &text, error))
    return FALSE;
  if (text != NULL)
    *value = g_ascii_strtoll (text, NULL, 10);

  return TRUE;
}

gint64
crm_replica_get_meta_int64 (CrmReplica *self, const char *name, gint64 fallback)
{
  g_autofree char *value = crm_replica_dup_meta (self, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : fallback;
}

gboolean
crm_replica_load_user (CrmReplica *self, char **user, GError **error)
{
  if (!try_load (self, SELECT_USER, "user", user, error))
    return FALSE;

  if (*user == NULL)
    *user = g_strdup (g_get_user_name ());

  return TRUE;
}

gboolean
crm_replica_load_author (CrmReplica *self, char **user, char **device, GError **error)
{
  if (!crm_replica_load_user (self, user, error) ||
      !try_load (self, SELECT_SETTING, "device", device, error))
    return FALSE;

  if (*device == NULL)
    *device = g_strdup (g_get_host_name ());

  return TRUE;
}

gboolean
crm_replica_set_meta (CrmReplica *self, const char *name, const char *value, GError **error)
{
  return save (self,
               "INSERT INTO meta (name, value) VALUES (:name, :value)"
               " ON CONFLICT DO UPDATE SET value = excluded.value",
               name,
               value,
               error);
}

gboolean
crm_replica_set_meta_int64 (CrmReplica *self, const char *name, gint64 value, GError **error)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);

  return crm_replica_set_meta (self, name, text, error);
}

char *
crm_replica_dup_setting (CrmReplica *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *value = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (self->db == NULL || !crm_company_setting_has (name))
    return load (self, SELECT_SETTING, name);
  if (!crm_company_setting_load (self, name, &value, &error))
    g_warning ("“%s” cannot be read: %s", name, error->message);

  return value;
}

static gboolean
save_local (CrmReplica *self, const char *name, const char *value, GError **error)
{
  return save (self,
               value != NULL ? "INSERT INTO local_setting (name, value) VALUES (:name, :value)"
                               " ON CONFLICT DO UPDATE SET value = excluded.value"
                             : "DELETE FROM local_setting WHERE name = :name",
               name,
               value,
               error);
}

gboolean
crm_replica_set_setting (CrmReplica *self, const char *name, const char *value, GError **error)
{
  g_return_val_if_fail (CRM_IS_REPLICA (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (value != NULL && *value == '\0')
    value = NULL;
  if (!(crm_company_setting_has (name) ? crm_company_setting_save (self, name, value, error)
                                       : save_local (self, name, value, error)))
    return crm_store_error_translate (error);

  /* The order of names: nothing happens when it is still the same. */
  return (crm_index_ensure (self, error) && crm_index_catch_up (self, NULL, error)) ||
         crm_store_error_translate (error);
}

CrmLocale
crm_replica_get_locale (CrmReplica *self)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (self), CRM_LOCALE_NL);

  value = crm_replica_dup_setting (self, "locale");

  return g_strcmp0 (value, "be") == 0 ? CRM_LOCALE_BE : CRM_LOCALE_NL;
}

gboolean
crm_replica_get_ij_as_y (CrmReplica *self)
{
  g_autofree char *value = crm_replica_dup_setting (self, "ij");

  return g_strcmp0 (value, "y") == 0;
}

char *
crm_replica_dup_account (CrmReplica *self)
{
  g_return_val_if_fail (CRM_IS_REPLICA (self), NULL);

  return load (self, SELECT_USER, "user");
}

char *
crm_replica_dup_user (CrmReplica *self)
{
  char *value = crm_replica_dup_account (self);

  return value != NULL ? value : g_strdup (g_get_user_name ());
}
