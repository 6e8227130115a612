#include "model/crm-model-error.h"

G_DEFINE_QUARK (crm-model-error-quark, crm_model_error)
