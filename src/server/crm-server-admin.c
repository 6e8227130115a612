#include "server/crm-server-admin.h"

#include "base/crm-clock.h"
#include "base/crm-id.h"
#include "base/crm-text.h"
#include "server/crm-server-error.h"
#include "server/crm-server-password.h"

#include <string.h>

#define DEFAULT_PROFILE "office"

static gboolean
fail (GError **error, CrmServerError code, const char *format, const char *name)
{
  /* A lookup that failed has said why. */
  if (error == NULL || *error == NULL)
    {
      g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
      g_autofree char *message = g_strjoinv (name, parts);

      g_set_error_literal (error, CRM_SERVER_ERROR, (int) code, message);
    }

  return FALSE;
}

static gboolean
check_profile (CrmServerStore *store, const char *name, GError **error)
{
  g_autoptr (GPtrArray) profiles = store->ops->list_profiles (store, error);

  if (profiles == NULL)
    return FALSE;
  for (guint i = 0; i < profiles->len; i++)
    if (strcmp (((CrmServerProfile *) profiles->pdata[i])->name, name) == 0)
      return TRUE;

  return fail (error,
               CRM_SERVER_ERROR_NOT_FOUND,
               "There is no profile “%s”: profile list tells which there are",
               name);
}

static gboolean
check_free (CrmServerStore *store, const char *name, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (CrmServerUser) user = store->ops->find_user (store, name, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return user == NULL || fail (error,
                               CRM_SERVER_ERROR_EXISTS,
                               "“%s” is a user already: user password gives a new password",
                               name);
}

gboolean
crm_server_admin_add_user (CrmServerStore *store,
                           const char *name,
                           const char *password,
                           const char *profile,
                           gboolean admin,
                           GError **error)
{
  g_autoptr (CrmServerUser) user = g_new0 (CrmServerUser, 1);
  g_autofree char *clean = NULL;

  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (name != NULL && password != NULL, FALSE);

  user->name = crm_text_clean (name);
  clean = crm_server_name_clean (name);
  if (user->name == NULL || strcmp (user->name, clean) != 0)
    return fail (error,
                 CRM_SERVER_ERROR_INVALID,
                 "A user's name is one line of at most 100 characters%s",
                 "");
  /* Before the transaction: it is slow. */
  if (!(user->password = crm_server_password_hash (password, error)))
    return FALSE;
  user->id = crm_id_new ();
  user->profile = g_strdup (profile != NULL ? profile : DEFAULT_PROFILE);
  user->admin = admin;
  user->rights = 1;
  user->created = crm_clock_format (crm_clock_now ());

  if (!store->ops->begin (store, TRUE, error))
    return FALSE;
  if (check_free (store, user->name, error) && check_profile (store, user->profile, error) &&
      store->ops->put_user (store, user, error))
    return store->ops->commit (store, error);

  store->ops->roll_back (store);
  return FALSE;
}

static gboolean
sign_out (CrmServerStore *store, const char *user, GError **error)
{
  g_autoptr (GPtrArray) devices = store->ops->list_devices (store, error);

  if (devices == NULL)
    return FALSE;
  for (guint i = 0; i < devices->len; i++)
    {
      CrmServerDevice *device = devices->pdata[i];

      if (strcmp (device->user, user) != 0 || device->state != CRM_SERVER_DEVICE_ACTIVE)
        continue;
      device->state = CRM_SERVER_DEVICE_SIGNED_OUT;
      if (!store->ops->put_device (store, device, error))
        return FALSE;
    }

  return TRUE;
}

/* @password: (nullable) (transfer full): its hash; NULL: disable */
static gboolean
change_user (CrmServerStore *store, const char *name, char *password, GError **error)
{
  g_autofree char *hash = password;
  g_autoptr (CrmServerUser) user = NULL;

  if (!store->ops->begin (store, TRUE, error))
    return FALSE;

  user = store->ops->find_user (store, name, error);
  if (user == NULL)
    {
      store->ops->roll_back (store);
      return fail (error,
                   CRM_SERVER_ERROR_NOT_FOUND,
                   "There is no user “%s”: user list tells which there are",
                   name);
    }
  user->disabled = hash == NULL;
  if (hash != NULL)
    g_set_str (&user->password, hash);

  if (store->ops->put_user (store, user, error) && sign_out (store, user->id, error))
    return store->ops->commit (store, error);

  store->ops->roll_back (store);
  return FALSE;
}

gboolean
crm_server_admin_set_password (CrmServerStore *store,
                               const char *name,
                               const char *password,
                               GError **error)
{
  char *hash = crm_server_password_hash (password, error);

  return hash != NULL && change_user (store, name, hash, error);
}

gboolean
crm_server_admin_disable_user (CrmServerStore *store, const char *name, GError **error)
{
  return change_user (store, name, NULL, error);
}

/* A laptop has a device for each time it logged in. */
static gboolean
revoke_all (CrmServerStore *store, const char *replica, GError **error)
{
  g_autoptr (GPtrArray) devices = store->ops->list_devices (store, error);

  for (guint i = 0; devices != NULL && i < devices->len; i++)
    {
      CrmServerDevice *device = g_ptr_array_index (devices, i);

      if (strcmp (device->replica, replica) != 0)
        continue;
      device->state = CRM_SERVER_DEVICE_REVOKED;
      if (!store->ops->put_device (store, device, error))
        return FALSE;
    }

  return devices != NULL;
}

gboolean
crm_server_admin_revoke (CrmServerStore *store, const char *id, GError **error)
{
  g_autoptr (CrmServerDevice) device = NULL;

  g_return_val_if_fail (store != NULL && id != NULL, FALSE);

  device = store->ops->get_device (store, id, error);
  if (device == NULL)
    return fail (error,
                 CRM_SERVER_ERROR_NOT_FOUND,
                 "There is no device “%s”: device list tells which there are",
                 id);

  return revoke_all (store, device->replica, error);
}
