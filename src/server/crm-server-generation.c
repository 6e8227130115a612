#include "server/crm-server-machine-private.h"

/* Above so many changes or so much time, what was kept is not worth the delta that follows it. */
#define MAX_BEHIND 2000
#define MAX_AGE    (10 * 60 * G_USEC_PER_SEC)

/* What left a scope since is not handed out any more, also not to be taken back right after; and a
 * scope that was given later has to be told by the delta only once. */
static gboolean
is_good (CrmServerCall *call,
         const CrmServerHead *head,
         GPtrArray *scopes,
         gboolean *good,
         GError **error)
{
  const CrmServerSegments *segments = call->machine->segments;
  const gint64 seq = crm_server_segments_get_generation (segments);

  *good = seq > 0 && seq <= head->seq && head->seq - seq <= MAX_BEHIND &&
          crm_server_segments_get_age (segments) <= MAX_AGE;
  for (guint i = 0; *good && i < scopes->len; i++)
    {
      const CrmServerUserScope *scope = scopes->pdata[i];
      gboolean gone = FALSE;

      if (seq < head->seq &&
          !call->store->ops->has_gone (call->store, scope->scope, seq, &gone, error))
        return FALSE;
      *good = !gone && MAX (scope->since, scope->until) <= seq;
    }

  return TRUE;
}

gboolean
crm_server_call_find_generation (CrmServerCall *call,
                                 const CrmServerHead *head,
                                 GPtrArray *scopes,
                                 gint64 *seq,
                                 GError **error)
{
  gboolean good;

  *seq = head->seq;
  if (call->machine->segments == NULL)
    return TRUE;
  if (!is_good (call, head, scopes, &good, error))
    return FALSE;
  if (!good)
    crm_server_segments_begin (call->machine->segments, head->seq);
  *seq = crm_server_segments_get_generation (call->machine->segments);

  return TRUE;
}
