#pragma once

#include "base/crm-worker.h"
#include "server/crm-server-handshake.h"
#include "server/crm-server-http.h"
#include "server/crm-server-metrics.h"
#include "wire/crm-inflate.h"

/* What requests cost: of each sort only so many are under way, the others are told to come back. */
typedef enum
{
  CRM_SERVER_SORT_LIGHT,
  /* Megabytes that wait for a slow line. */
  CRM_SERVER_SORT_BOOT,
  /* 64 MiB and a tenth of a second for a password. */
  CRM_SERVER_SORT_LOGIN,
  CRM_SERVER_N_SORTS,
} CrmServerSort;

/* One request on its way through the adapter. Belongs to its message. */
typedef struct
{
  CrmServerHttp *http;
  SoupServerMessage *message;
  CrmInflate *inflate;
  GError *error; /* of the body */
  gsize received;

  char *token;
  char *address;
  GBytes *body;
  CrmServerRequest request;
  CrmServerResponse response;

  CrmServerSort sort;
  gboolean counted; /* among those of its sort */
  gint64 started;
  gint64 wait_end;  /* 0: has not waited yet */
  gboolean running; /* a task has it */
  gboolean answered;
  gboolean finished;
} CrmServerExchange;

struct _CrmServerHttp
{
  CrmServerStore *store;
  CrmServerMachine *machine;
  CrmWorker *database;
  CrmWorker *hasher;

  SoupServer *soup;
  GSocketService *service;
  CrmServerHandshakes *handshakes; /* NULL without TLS */
  CrmServerConnections *connections;
  CrmServerMetrics *metrics;

  /* (element-type CrmServerExchange): parked long polls */
  GHashTable *waiting;
  guint n_running;
  guint n_of_sort[CRM_SERVER_N_SORTS];
  gint64 head;
  gint64 woken; /* when those who wait were last told */
  guint wake_source;
  guint tick_source;

  gboolean stopping;
  guint stop_source;
  void (*stopped) (gpointer data);
  gpointer stopped_data;
};

/* crm-server-exchange.c */
void crm_server_exchange_start (CrmServerHttp *http, SoupServerMessage *message);
/* The request has come whole. */
void crm_server_exchange_run (CrmServerExchange *self);
CrmServerExchange *crm_server_exchange_get (SoupServerMessage *message);

/* crm-server-notifier.c: at most twenty times a second. */
void crm_server_http_notify (CrmServerHttp *self, gint64 head);
void crm_server_http_park (CrmServerHttp *self, CrmServerExchange *exchange);
void crm_server_http_wake_all (CrmServerHttp *self);
gboolean crm_server_http_tick_cb (gpointer data);
/* Something ended: perhaps that was all there was to wait for. */
void crm_server_http_check_stopped (CrmServerHttp *self);
