#pragma once

#include "base/crm-progress.h"

G_BEGIN_DECLS

/* Shows on stderr how far a long action is, when that is a terminal; else nothing. */
typedef struct _CrmCliProgress CrmCliProgress;

CrmCliProgress *crm_cli_progress_start (void);
/* Wipes the line. */
void crm_cli_progress_stop (CrmCliProgress *self);
/* For the action; NULL when nothing is shown. */
CrmProgress *crm_cli_progress_get (CrmCliProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCliProgress, crm_cli_progress_stop)

G_END_DECLS
