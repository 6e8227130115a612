#pragma once

#include "wire/crm-page.h"

/* Of "row"; -1 for a line of a newer server. */
int crm_line_find_type (const char *name);
/* The members of a set line, for history too. */
void crm_set_line_put (const CrmSetLine *set, GString *text);
gboolean crm_set_line_read (const CrmJson *node, CrmSetLine *set, GError **error);
