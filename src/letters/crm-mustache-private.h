#pragma once

#include "letters/crm-mustache.h"

typedef enum
{
  NODE_TEXT,
  NODE_ESCAPED,
  NODE_RAW,
  NODE_SECTION,
  NODE_INVERTED,
} CrmMustacheNodeType;

typedef struct
{
  CrmMustacheNodeType type;
  /* TEXT: the text; else the name, trimmed. */
  char *text;
  /* Dotted names in parts; "." has none. NULL for TEXT. */
  char **parts;
  /* SECTION, INVERTED: (element-type CrmMustacheNode) */
  GPtrArray *children;
} CrmMustacheNode;

struct _CrmMustache
{
  GPtrArray *nodes; /* (element-type CrmMustacheNode) */
  GPtrArray *names; /* (element-type CrmMustacheName) */
};
