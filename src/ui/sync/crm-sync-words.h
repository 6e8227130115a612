#pragma once

#include "store/sync/crm-conflict.h"
#include "sync/crm-sync.h"

G_BEGIN_DECLS

/* What people read of the synchronisation; translated. Strings are (transfer full) unless const. */

/* Where it stands, taken from a CrmSync or made by a test. */
typedef struct
{
  CrmSyncState state;
  gboolean connected; /* there is a server */
  gboolean paused;
  gint64 pending;
  gint64 attention;         /* conflicts, refusals, sets set aside */
  double progress;          /* of the first load, else -1 */
  const char *last_contact; /* canonical time, nullable */
} CrmSyncPicture;

CrmSyncPicture crm_sync_words_look_at (CrmSync *sync);

/* The line at the sidebar's foot: "In step · 2 min". */
char *crm_sync_words_dup_line (const CrmSyncPicture *picture);
const char *crm_sync_words_get_icon (const CrmSyncPicture *picture);
/* What is the matter, and what to do: a sentence or two; "" when all is well. */
const char *crm_sync_words_get_remedy (CrmSyncState state);
/* A heading for a state that it does not come out of by itself: "Wrong Password". */
const char *crm_sync_words_get_title (CrmSyncState state);
/* For a login or a look that failed. */
const char *crm_sync_words_get_error (const GError *error);
/* "2 min", "3 h", "Tuesday"; NULL when it never was. @at: canonical time, nullable */
char *crm_sync_words_dup_ago (const char *at);

G_END_DECLS
