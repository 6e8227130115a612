#pragma once

#include "model/crm-field.h"

typedef struct
{
  guint number;
  const char *name;
  const char *label;
  const char *plural;
  const char *icon;
  gboolean relation;
  gboolean system;
  const CrmField *fields;
  gsize n_fields;
} CrmKindData;

extern const CrmKindData crm_kinds_data[];
extern const guint crm_kinds_n_data;
