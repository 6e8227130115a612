#include "server/crm-server-error.h"

G_DEFINE_QUARK (crm-server-error-quark, crm_server_error)
