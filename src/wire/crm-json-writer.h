#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * JSON is written by hand onto a GString: these put a comma where one is needed, so that a message
 * is a list of calls. Members that are empty are left out.
 */

/* '{' or '[', with the comma before it; @name: (nullable): of the member that it is */
void crm_json_open (GString *json, const char *name, char bracket);
void crm_json_close (GString *json, char bracket);
/* An element of an array, or after crm_json_add_name() a member. */
void crm_json_add_string (GString *json, const char *text);
void crm_json_add_int (GString *json, gint64 number);
void crm_json_add_name (GString *json, const char *name);
/* Members; nothing for NULL or "", 0 and FALSE. */
void crm_json_put_string (GString *json, const char *name, const char *text);
void crm_json_put_int (GString *json, const char *name, gint64 number);
void crm_json_put_true (GString *json, const char *name, gboolean value);
void crm_json_put_strings (GString *json, const char *name, const char *const *texts, guint n);

G_END_DECLS
