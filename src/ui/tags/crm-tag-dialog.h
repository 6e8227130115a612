#pragma once

#include "ui/tags/crm-tag.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CRM_TYPE_TAG_DIALOG (crm_tag_dialog_get_type ())

G_DECLARE_FINAL_TYPE (CrmTagDialog, crm_tag_dialog, CRM, TAG_DIALOG, AdwDialog)

/*
 * Name and explanation of a tag, a new one when @tag is NULL. @tags: (element-type CrmTag): those
 * that there are; taking the name of another one asks first. Signal "change" (CrmTagChange *): what
 * people want; the dialog closes itself.
 */
CrmTagDialog *crm_tag_dialog_new (CrmTag *tag, GListModel *tags);

G_END_DECLS
