#include "base/crm-file-error.h"

#include <errno.h>
#include <string.h>

gboolean
crm_file_error_is_full (int code)
{
  return code == ENOSPC || code == EDQUOT || code == EFBIG;
}

const char *
crm_file_error_get_advice (int code)
{
  if (crm_file_error_is_full (code))
    return "; make room on the disk and try again";
  if (code == EACCES || code == EPERM || code == EROFS)
    return "; choose a place where you may write";

  return "";
}

gboolean
crm_file_error_set (GError **error, const char *path, int code)
{
  g_set_error (error,
               G_IO_ERROR,
               g_io_error_from_errno (code),
               "“%s” cannot be written: %s%s",
               path,
               g_strerror (code),
               crm_file_error_get_advice (code));

  return FALSE;
}

/* GLib keeps no errno, but these kinds. */
static const char *
get_advice (const GError *error)
{
  static const struct
  {
    GIOErrorEnum io;
    GFileError file;
    int code;
  } kinds[] = { { G_IO_ERROR_NO_SPACE, G_FILE_ERROR_NOSPC, ENOSPC },
                { G_IO_ERROR_PERMISSION_DENIED, G_FILE_ERROR_ACCES, EACCES },
                { G_IO_ERROR_READ_ONLY, G_FILE_ERROR_ROFS, EROFS } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_error_matches (error, G_IO_ERROR, kinds[i].io) ||
        g_error_matches (error, G_FILE_ERROR, kinds[i].file))
      return crm_file_error_get_advice (kinds[i].code);

  return "";
}

gboolean
crm_file_error_blame (GError **error, const char *path, const char *partial)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (partial != NULL, FALSE);

  if (error == NULL || *error == NULL || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  text = g_string_new ((*error)->message);
  g_string_replace (text, partial, path, 0);
  if (strstr (text->str, path) == NULL)
    {
      g_string_prepend (text, ": ");
      g_string_prepend (text, path);
    }
  g_string_append (text, get_advice (*error));
  g_free ((*error)->message);
  (*error)->message = g_string_free_and_steal (g_steal_pointer (&text));

  return FALSE;
}
