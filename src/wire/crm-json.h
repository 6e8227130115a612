#pragma once

#include "wire/crm-arena.h"
#include "wire/crm-wire-error.h"

G_BEGIN_DECLS

/*
 * A strict reader of JSON (RFC 8259) for text that may come from an enemy. Own code because
 * json-glib takes what the two ends could read differently: duplicate keys (the last wins there),
 * whole numbers that do not fit (they wrap or turn into doubles), U+0000, lone surrogates,
 * comments, and any depth. Here each of these is an error, so that both ends come to the same
 * verdict:
 *
 *   %CRM_WIRE_ERROR_TOO_BIG   deeper than %CRM_WIRE_MAX_DEPTH, longer than %CRM_WIRE_MAX_INFLATED
 *   %CRM_WIRE_ERROR_INVALID   everything else
 *
 * Numbers are kept as written; crm_json_get_int() and crm_json_get_number() judge them.
 */
typedef enum
{
  CRM_JSON_NULL,
  CRM_JSON_FALSE,
  CRM_JSON_TRUE,
  CRM_JSON_NUMBER,
  CRM_JSON_STRING,
  CRM_JSON_ARRAY,
  CRM_JSON_OBJECT,
} CrmJsonType;

typedef struct _CrmJson CrmJson;

struct _CrmJson
{
  CrmJsonType type;
  guint n_children;
  const char *name; /* as a member of an object */
  const char *text; /* STRING: its value, valid UTF-8 without U+0000; NUMBER: as written */
  gsize length;     /* of text, in bytes */
  const CrmJson *child;
  const CrmJson *next;
};

/* The tree and its texts live in @arena. One value and white space; nothing behind it. */
const CrmJson *crm_json_parse (CrmArena *arena, const char *text, gsize size, GError **error);

/* NULL when @object is no object or has no such member; a member that is null counts as missing, as
 * what is empty is absent. @object: nullable */
const CrmJson *crm_json_get (const CrmJson *object, const char *name);

/*
 * Members by type. A missing member is no error: NULL, 0 or FALSE comes back. A member of another
 * type is %CRM_WIRE_ERROR_INVALID, and FALSE is returned.
 */
gboolean
crm_json_get_string (const CrmJson *object, const char *name, const char **text, GError **error);
/* Whole, 0 to %CRM_WIRE_MAX_INT; without fraction or exponent. */
gboolean crm_json_get_int (const CrmJson *object, const char *name, gint64 *number, GError **error);
gboolean
crm_json_get_bool (const CrmJson *object, const char *name, gboolean *value, GError **error);
gboolean
crm_json_get_array (const CrmJson *object, const char *name, const CrmJson **array, GError **error);
gboolean crm_json_get_object (const CrmJson *object,
                              const char *name,
                              const CrmJson **child,
                              GError **error);

/* The same of a node itself. */
gboolean crm_json_to_int (const CrmJson *node, gint64 *number, GError **error);

/* Fails with %CRM_WIRE_ERROR_INVALID when *@text is missing or empty. */
gboolean
crm_json_need_string (const CrmJson *object, const char *name, const char **text, GError **error);
gboolean
crm_json_need_id (const CrmJson *object, const char *name, const char **id, GError **error);
/* Of a kind or field: a to z, digits and "_", a letter first, at most 64. */
gboolean
crm_json_need_name (const CrmJson *object, const char *name, const char **text, GError **error);
gboolean crm_json_is_name (const char *text);

/* Returns FALSE, for the readers of messages. */
G_GNUC_PRINTF (2, 3)
gboolean crm_json_fail (GError **error, const char *format, ...);

G_END_DECLS
