#pragma once

#include "server/crm-server-machine.h"
#include "sync/crm-sync-machine.h"

/*
 * One server and some clients in this process, without sockets: what a client sends is handed to
 * the server's machine, and its answer back. A test may put itself between.
 */
typedef struct _CrmSyncFixture CrmSyncFixture;
typedef struct _CrmSyncClient CrmSyncClient;

/* TRUE: the test has dealt with the request, by an answer, a network error, or neither. */
typedef gboolean (*CrmSyncIntercept) (CrmSyncClient *client,
                                      const CrmSyncAction *request,
                                      gpointer data);

struct _CrmSyncClient
{
  CrmSyncFixture *fixture;
  char *dir;
  CrmKey *key;
  CrmReplica *replica;
  CrmSyncMachine *machine;
  char *token;

  CrmSyncIntercept intercept;
  gpointer data;

  /* What it did since the start. */
  guint n_requests;
  guint64 timer; /* 0: none is set */
  gboolean done;
  gboolean wiped;
  guint n_parked;
  GPtrArray *stepped_back; /* (element-type utf8): "field old new" */
  /* A pull that waits for news; NULL when none does. */
  CrmSyncAction *held;
};

struct _CrmSyncFixture
{
  char *dir;
  CrmServerStore *store;
  CrmServerMachine *server;
  GPtrArray *clients;
};

void crm_sync_fixture_set_up (CrmSyncFixture *fixture, gconstpointer unused);
void crm_sync_fixture_tear_down (CrmSyncFixture *fixture, gconstpointer unused);

/* The server's file as it is now, and later that one again: a backup put back by hand. */
void crm_sync_fixture_back_up (CrmSyncFixture *fixture);
void crm_sync_fixture_restore (CrmSyncFixture *fixture);

/* A new replica of user ilse, that has a password to log in with. */
CrmSyncClient *crm_sync_fixture_add_client (CrmSyncFixture *fixture, gboolean watch);
/* A new machine upon the replica, as after the next start of the program. */
void crm_sync_client_restart (CrmSyncClient *client, gboolean watch);
/* Starts one exchange and carries it out; timers come at once, at most @n_timers of them. */
void crm_sync_client_sync (CrmSyncClient *client, guint n_timers);
/* Carries out what the machine wants until it waits for something. */
void crm_sync_client_pump (CrmSyncClient *client);
void crm_sync_client_answer (CrmSyncClient *client,
                             const CrmSyncAction *request,
                             guint status,
                             const char *type,
                             const char *body);
/* To the server and back; a pull that has to wait is held. */
void crm_sync_client_forward (CrmSyncClient *client, const CrmSyncAction *request);
/* The server takes it, and its answer is lost. */
void crm_sync_client_forward_only (CrmSyncClient *client, const CrmSyncAction *request);
/* The held pull is asked again, for the head has moved. */
void crm_sync_client_wake (CrmSyncClient *client);

/* (transfer full): the id */
char *crm_sync_client_put (CrmSyncClient *client, const char *surname, const char *city);
void
crm_sync_client_set (CrmSyncClient *client, const char *id, const char *field, const char *value);
void crm_sync_client_delete (CrmSyncClient *client, const char *id);
void crm_sync_client_assert (CrmSyncClient *client,
                             const char *id,
                             const char *field,
                             const char *value);
gboolean crm_sync_client_has (CrmSyncClient *client, const char *id);
/* Nothing is left to send, and the replica is whole. */
void crm_sync_client_assert_clean (CrmSyncClient *client);
/* Both show the same. */
void crm_sync_client_assert_equal (CrmSyncClient *client, CrmSyncClient *other);
