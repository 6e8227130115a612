#pragma once

#include "letters/crm-letter-note.h"
#include "ui/letters/crm-preflight.h"

CrmPreflightItem *crm_preflight_item_new (const CrmLetterNote *note, const char *title);
