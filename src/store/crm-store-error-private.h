#pragma once

#include "store/crm-store-error.h"

/*
 * Errors of the db room become those of this room at every public function: callers of the store
 * know one domain (and %G_IO_ERROR_CANCELLED). Always FALSE, to be returned as it is.
 */
gboolean crm_store_error_translate (GError **error);
