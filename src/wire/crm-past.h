#pragma once

#include "wire/crm-page.h"

G_BEGIN_DECLS

/* The answer to GET /v1/history/{id}?before=SEQ: what sets did to one record, newest first. */
typedef struct
{
  const char *name;
  CrmWireValue old;
  CrmWireValue value;
} CrmPastField;

typedef struct
{
  CrmSetLine set;
  CrmSetOp op;
  const char *kind;
  const CrmPastField *fields;
  guint n_fields;
} CrmPastChange;

typedef struct
{
  const CrmPastChange *changes;
  guint n_changes;
  gint64 before; /* 0: that was all; else ask again with it */

  CrmArena *arena;
} CrmPast;

void crm_past_write (const CrmPast *self, GString *json);
/* Returns: (transfer full) */
CrmPast *crm_past_read (const char *text, gsize size, GError **error);
void crm_past_free (CrmPast *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmPast, crm_past_free)

G_END_DECLS
