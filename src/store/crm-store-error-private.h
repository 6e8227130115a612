#pragma once

#include "store/crm-store-error.h"

/*
 * Errors of the db room become those of this room at every public function: callers of the store
 * know one domain (and %G_IO_ERROR_CANCELLED). Always FALSE, to be returned as it is.
 */
gboolean crm_store_error_translate (GError **error);
/* Of reading or writing a file: %CRM_STORE_ERROR_FULL, or the %G_FILE_ERROR of @code, an errno,
 * with what to do about it. Always FALSE. */
gboolean crm_store_error_set_file (GError **error, const char *path, int code);
