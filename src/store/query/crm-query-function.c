#include "store/query/crm-query-function-private.h"

#include "base/crm-clock.h"
#include "base/crm-text.h"
#include "store/query/crm-listing-private.h"

#include <sqlite3.h>
#include <stdio.h>

static const char *
get_text (sqlite3_value *value)
{
  return (const char *) sqlite3_value_text (value);
}

static void
fold_func (sqlite3_context *context, int n_args, sqlite3_value **args)
{
  const char *text = get_text (args[0]);

  if (text == NULL)
    sqlite3_result_text (context, "", 0, SQLITE_STATIC);
  else
    sqlite3_result_text (context, crm_text_fold (text), -1, g_free);
}

static void
member_func (sqlite3_context *context, int n_args, sqlite3_value **args)
{
  const char *set = get_text (args[0]);
  const char *wanted = get_text (args[1]);
  g_auto (GStrv) members = NULL;
  gboolean found = FALSE;

  if (set == NULL || wanted == NULL)
    {
      sqlite3_result_int (context, 0);
      return;
    }

  members = g_strsplit (set, ";", -1);
  for (guint i = 0; members[i] != NULL && !found; i++)
    {
      g_autofree char *folded = crm_text_fold (members[i]);

      found = g_str_equal (folded, wanted);
    }

  sqlite3_result_int (context, found);
}

/* As a JSON string; what has to be escaped is what JSON says: RFC 8259. */
static void
append_quoted (GString *json, const char *text)
{
  g_string_append_c (json, '"');
  for (; *text != '\0'; text++)
    if (*text == '"' || *text == '\\')
      g_string_append_printf (json, "\\%c", *text);
    else if ((guchar) *text < 0x20)
      g_string_append_printf (json, "\\u%04x", (guint) *text);
    else
      g_string_append_c (json, *text);
  g_string_append_c (json, '"');
}

static void
members_func (sqlite3_context *context, int n_args, sqlite3_value **args)
{
  const char *set = get_text (args[0]);
  g_auto (GStrv) members = g_strsplit (set != NULL ? set : "", ";", -1);
  GString *json = g_string_new ("[");

  for (guint i = 0; members[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_quoted (json, members[i]);
    }
  g_string_append_c (json, ']');

  sqlite3_result_text (context, g_string_free_and_steal (json), -1, g_free);
}

static void
tie_func (sqlite3_context *context, int n_args, sqlite3_value **args)
{
  const char *id = get_text (args[0]);

  sqlite3_result_int (context, (int) crm_listing_get_tie (id != NULL ? id : ""));
}

static GDateTime *
parse_local (const char *text)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  int year, month, day;
  gint64 time;

  if (crm_clock_parse (text, &time))
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);

      return utc != NULL ? g_date_time_to_timezone (utc, here) : NULL;
    }
  if (sscanf (text, "%4d-%2d-%2d", &year, &month, &day) == 3)
    return g_date_time_new (here, year, month, day, 12, 0, 0);

  return NULL;
}

static const char *
get_format (const char *name)
{
  if (g_strcmp0 (name, "week") == 0)
    return "%G-W%V";

  return g_strcmp0 (name, "month") == 0 ? "%Y-%m" : "%Y-%m-%d";
}

static void
local_func (sqlite3_context *context, int n_args, sqlite3_value **args)
{
  const char *text = get_text (args[0]);
  g_autoptr (GDateTime) local = text != NULL ? parse_local (text) : NULL;

  if (local == NULL)
    sqlite3_result_null (context);
  else
    sqlite3_result_text (context,
                         g_date_time_format (local, get_format (get_text (args[1]))),
                         -1,
                         g_free);
}

gboolean
crm_query_function_register (CrmDb *db, GError **error)
{
  static const struct
  {
    const char *name;
    int n_args;
    void (*func) (sqlite3_context *, int, sqlite3_value **);
    int flags;
  } functions[] = {
    { "crm_fold", 1, fold_func, SQLITE_DETERMINISTIC },
    { "crm_member", 2, member_func, SQLITE_DETERMINISTIC },
    { "crm_members", 1, members_func, SQLITE_DETERMINISTIC },
    { "crm_tie", 1, tie_func, SQLITE_DETERMINISTIC },
    { "crm_local", 2, local_func, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      int result = sqlite3_create_function_v2 (crm_db_get_handle (db),
                                               functions[i].name,
                                               functions[i].n_args,
                                               SQLITE_UTF8 | SQLITE_INNOCUOUS | functions[i].flags,
                                               NULL,
                                               functions[i].func,
                                               NULL,
                                               NULL,
                                               NULL);

      if (result != SQLITE_OK)
        return crm_db_fail (db, result, functions[i].name, error);
    }

  return TRUE;
}
