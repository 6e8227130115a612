#include "store/crm-store-error.h"

#include "base/crm-file-error.h"
#include "db/crm-db-error.h"
#include "store/crm-store-error-private.h"

G_DEFINE_QUARK (crm-store-error-quark, crm_store_error)

static CrmStoreError
translate_code (CrmDbError code)
{
  switch (code)
    {
    case CRM_DB_ERROR_KEY:
      return CRM_STORE_ERROR_KEY;

    case CRM_DB_ERROR_BUSY:
      return CRM_STORE_ERROR_BUSY;

    case CRM_DB_ERROR_FULL:
      return CRM_STORE_ERROR_FULL;

    case CRM_DB_ERROR_CORRUPT:
      return CRM_STORE_ERROR_CORRUPT;

    case CRM_DB_ERROR_TOO_NEW:
      return CRM_STORE_ERROR_TOO_NEW;

    case CRM_DB_ERROR_FAILED:
    case CRM_DB_ERROR_OPEN:
    case CRM_DB_ERROR_CONSTRAINT:
    case CRM_DB_ERROR_READ_ONLY:
    case CRM_DB_ERROR_NO_CIPHER:
    default:
      return CRM_STORE_ERROR_FAILED;
    }
}

/* What to do, where there is something the user can do. */
static const char *
get_advice (CrmStoreError code)
{
  if (code == CRM_STORE_ERROR_BUSY)
    return "; another program is writing here, try again when it is done";
  if (code == CRM_STORE_ERROR_FULL)
    return "; make room on the disk and try again, nothing was written";
  if (code == CRM_STORE_ERROR_CORRUPT)
    return "; restore the last backup";
  if (code == CRM_STORE_ERROR_TOO_NEW)
    return "; update this program";

  return "";
}

gboolean
crm_store_error_translate (GError **error)
{
  CrmStoreError code;

  if (error == NULL || *error == NULL || (*error)->domain != CRM_DB_ERROR)
    return FALSE;

  code = translate_code ((*error)->code);
  {
    g_autoptr (GError) old = g_steal_pointer (error);

    g_set_error (error, CRM_STORE_ERROR, code, "%s%s", old->message, get_advice (code));
  }

  return FALSE;
}

gboolean
crm_store_error_set_file (GError **error, const char *path, int code)
{
  const gboolean full = crm_file_error_is_full (code);

  g_set_error (error,
               full ? CRM_STORE_ERROR : G_FILE_ERROR,
               full ? (int) CRM_STORE_ERROR_FULL : (int) g_file_error_from_errno (code),
               "“%s”: %s%s",
               path,
               g_strerror (code),
               crm_file_error_get_advice (code));

  return FALSE;
}
