#pragma once

#include <glib.h>

/*
 * What a set changed in one record, as `change.fields` holds it: a JSON object, in description
 * order,
 * {"city": [old, new, version seen]}. Values are strings or null. The version is the server's seq
 * as a number, or "n805" for what the replica's own set 805 wrote and the server had not numbered
 * yet; it is left out where nothing was seen, that is in a new record.
 *
 * Written and read here and not by a JSON library because an import writes and its undo reads one
 * per record, and this is the whole grammar.
 */
typedef struct
{
  char *name;
  char *old_value; /* nullable */
  char *new_value; /* nullable */
  gint64 seen;     /* > 0 seq, < 0 own set, 0 none */
} CrmFieldChange;

/* The name of the entry for the row itself, in a delete: [null, null, its highest version]. */
#define CRM_CHANGE_ROW ""

void crm_change_fields_begin (GString *json);
void crm_change_fields_add (GString *json,
                            const char *name,
                            const char *old_value,
                            const char *new_value,
                            gint64 seen);
void crm_change_fields_end (GString *json);

/* Returns: (transfer full) (element-type CrmFieldChange); fails with %CRM_STORE_ERROR_CORRUPT. */
GArray *crm_change_fields_parse (const char *json, GError **error);

/* Versions per field of a record: `fver`, see crm-table-private.h. */
gint64 crm_fver_get (const char *fver, guint number, gint64 row_seq);
/* Of the row: the highest of the server's, else the highest of our own, negative; 0 for none. */
gint64 crm_fver_get_highest (const char *fver, gint64 row_seq);
/* Whether any of its versions is that of an own set. */
gboolean crm_fver_is_pending (const char *fver, gint64 row_seq);
/* @numbers: (element-type guint): the fields that @version wrote. Returns: (transfer full) */
char *crm_fver_set (const char *fver, const GArray *numbers, gint64 version);
