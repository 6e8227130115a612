#pragma once

#include <glib.h>

/* Whether @list, joined by "|", has @item. @list: nullable */
gboolean crm_field_list_has (const char *list, const char *item);
