#include "exchange/crm-exchange-error.h"

G_DEFINE_QUARK (crm-exchange-error, crm_exchange_error)
