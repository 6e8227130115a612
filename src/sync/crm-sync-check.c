#include "sync/crm-sync-machine-private.h"

#include "base/crm-clock.h"

/*
 * Whether this replica holds the records that the server says it should: their number and the xor
 * of their ids, at the end of a page that reaches the head. What is missing, or too much, is loaded
 * anew: all of it, so not more often than once in a while.
 */
#define EVERY_US (G_TIME_SPAN_HOUR)
#define CHECKED  "checked"

static gboolean
is_same (CrmSyncMachine *self, const CrmScopeCheck *check, gboolean *same, GError **error)
{
  g_autofree char *ids = NULL;
  gint64 n;

  if (!crm_sync_store_load_sum (self->replica, check->scope, &n, &ids, error))
    return FALSE;

  *same = n == check->count && g_strcmp0 (ids, check->id_xor) == 0;
  if (!*same)
    g_info ("Scope %" G_GINT64_FORMAT " has %" G_GINT64_FORMAT " records here and %" G_GINT64_FORMAT
            " at the server; they are loaded anew",
            check->scope,
            n,
            check->count);

  return TRUE;
}

/* A clock that stepped back makes it due too. */
static gboolean
is_due (CrmSyncMachine *self, gboolean *due, GError **error)
{
  const gint64 now = self->sources.now (self->sources.data);
  g_autofree char *text = NULL;
  gint64 scope;
  gint64 last;

  if (!crm_sync_store_load_state (self->replica, CHECKED, &text, error) ||
      !crm_sync_store_load_next_boot (self->replica, &scope, error))
    return FALSE;

  *due = scope == 0 &&
         (text == NULL || !crm_clock_parse (text, &last) || last > now || now - last >= EVERY_US);

  return TRUE;
}

static gboolean
check_all (CrmSyncMachine *self, const CrmEndLine *end, gboolean *same, GError **error)
{
  g_autofree char *at = crm_clock_format (self->sources.now (self->sources.data));
  gboolean due;

  *same = TRUE;
  if (!is_due (self, &due, error))
    return FALSE;
  if (!due)
    return TRUE;

  for (guint i = 0; i < end->n_checks && *same; i++)
    if (!is_same (self, &end->checks[i], same, error))
      return FALSE;

  return crm_sync_store_set_state (self->replica, CHECKED, at, error);
}

/* The cursor too is forgotten: the load and what follows it are one state again. */
static gboolean
load_anew (CrmSyncMachine *self, GError **error)
{
  gint64 acked;

  return crm_sync_store_load_numbers (self->replica, &acked, NULL, error) &&
         crm_sync_store_reconcile (self->replica, self->epoch, acked, error);
}

gboolean
crm_sync_check_take (CrmSyncMachine *self, const CrmEndLine *end, GError **error)
{
  gboolean same;

  if (end->more || end->n_checks == 0)
    return TRUE;
  if (!check_all (self, end, &same, error))
    return FALSE;
  if (same)
    return TRUE;

  self->pulled = FALSE;

  return load_anew (self, error);
}
