#pragma once

#include "sync/crm-sync-machine.h"

G_BEGIN_DECLS

/*
 * Carries one request at a time to a server and brings the answer, or why there is none. Main
 * thread. Redirects are not followed, cookies not kept, passwords of proxies not asked for: what
 * wants one of them is no server of ours.
 *
 * An answer is taken up to the limits of crm-wire-limit.h; one above them, or packed otherwise than
 * said, is handed on without a content type, as what no CRM server says.
 */
typedef struct _CrmSyncHttp CrmSyncHttp;

typedef struct
{
  /* The server, or what stands before it, answered. */
  gboolean answered;
  guint status;
  char *content_type; /* nullable */
  GBytes *body;
  guint retry_after; /* seconds, of the header; 0 when not said */
  /* Else */
  CrmSyncNetworkError error;
  /* What happened, in English. */
  char *message;
} CrmSyncHttpResult;

/* @result: borrowed */
typedef void (*CrmSyncHttpFunc) (guint64 serial, const CrmSyncHttpResult *result, gpointer data);

typedef struct
{
  /* Nothing goes and nothing comes for so long: the request has failed. */
  guint idle_ms;
  /* The same for one that waits for news. */
  guint wait_ms;
  /* However slowly it goes on. */
  guint total_ms;
} CrmSyncHttpTimes;

CrmSyncHttp *crm_sync_http_new (CrmSyncHttpFunc func, gpointer data);
/* Cancels. */
void crm_sync_http_free (CrmSyncHttp *self);
/* For tests; NULL for those of the house. */
void crm_sync_http_set_times (CrmSyncHttp *self, const CrmSyncHttpTimes *times);

/* Cancels an earlier request. @server: as crm_sync_normalize_server() gives it; @action: SEND */
void crm_sync_http_send (CrmSyncHttp *self, const char *server, const CrmSyncAction *action);
/* Func is not called any more for what is out. */
void crm_sync_http_cancel (CrmSyncHttp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSyncHttp, crm_sync_http_free)

G_END_DECLS
