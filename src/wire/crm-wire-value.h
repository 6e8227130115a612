#pragma once

#include "model/crm-field.h"
#include "wire/crm-json.h"

G_BEGIN_DECLS

/*
 * A value of a field as the wire has it: the canonical string of crm-field.h and the type of its
 * JSON, so that a field that one end does not know is carried as it is.
 *
 *   EMPTY     null, absent, "", false, []
 *   TEXT      a string: text, date, time, money, choice, link
 *   NUMBER    a finite number; text is crm_number_format() of it. A whole number that a double
 *             does not hold, and 1e999, are errors; -0 is 0
 *   TRUE      true; text is "true"
 *   MEMBERS   an array of strings without ";"; text is them sorted, once each, joined by ";"
 */
typedef enum
{
  CRM_WIRE_EMPTY,
  CRM_WIRE_TEXT,
  CRM_WIRE_NUMBER,
  CRM_WIRE_TRUE,
  CRM_WIRE_MEMBERS,
} CrmWireType;

typedef struct
{
  CrmWireType type;
  const char *text; /* NULL when EMPTY */
} CrmWireValue;

/* @value: (nullable): canonical; the result points to it */
CrmWireValue crm_wire_value_for_field (const CrmField *field, const char *value);
/* @node: (nullable): null. What is allocated lives in @arena. */
gboolean
crm_wire_value_read (const CrmJson *node, CrmArena *arena, CrmWireValue *value, GError **error);
/* The JSON alone; "null" for EMPTY. */
void crm_wire_value_write (const CrmWireValue *value, GString *json);
gboolean crm_wire_value_equal (const CrmWireValue *a, const CrmWireValue *b);

/* {"surname":"Bakker","tags":["vip"]}: the fields of a record as the server stores them. */
typedef struct
{
  const char *name;
  CrmWireValue value;
} CrmNamedValue;

/* Returns: (transfer none): @n values in @arena, in the order written; NULL with @error */
CrmNamedValue *crm_named_values_read (const char *json, CrmArena *arena, guint *n, GError **error);
/* Empty ones are left out. */
void crm_named_values_write (const CrmNamedValue *values, guint n, GString *json);

G_END_DECLS
