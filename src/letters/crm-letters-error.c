#include "letters/crm-letters-error.h"

G_DEFINE_QUARK (crm-letters-error-quark, crm_letters_error)
