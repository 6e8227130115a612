#include "db/crm-db-error.h"

G_DEFINE_QUARK (crm-db-error-quark, crm_db_error)
