#pragma once

#include "ui/tags/crm-tag.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_TAG_ROW (crm_tag_row_get_type ())

G_DECLARE_FINAL_TYPE (CrmTagRow, crm_tag_row, CRM, TAG_ROW, AdwActionRow)

/* A tag, what it means and how many relations have it. Opens those relations by action
 * "win.show-tag" and asks for "tags.edit"; both take the tag's name. */
GtkWidget *crm_tag_row_new (CrmTag *tag);
CrmTag *crm_tag_row_get_tag (CrmTagRow *self);

G_END_DECLS
