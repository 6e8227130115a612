#pragma once

#include "server/crm-server-record.h"
#include "wire/crm-page.h"

G_BEGIN_DECLS

/* A row line of a record; what it points to lives as long as the record and @self. */
typedef struct
{
  CrmRowLine line;
  GArray *fields; /* (element-type CrmRowField) */
} CrmServerRow;

/* @since: only fields that changed behind it; -1: all, as a whole row. @scopes: (nullable) */
void crm_server_row_fill (CrmServerRow *self,
                          const CrmServerRecord *record,
                          gint64 since,
                          const GArray *scopes);
void crm_server_row_clear (CrmServerRow *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmServerRow, crm_server_row_clear)

G_END_DECLS
