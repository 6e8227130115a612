#pragma once

#include "crm-cli-fixture.h"
#include "crm-server-process.h"
#include "crm-sync-proxy.h"

G_BEGIN_DECLS

/* A server and two laptops, each a process of its own, and the network between them. */
typedef struct
{
  CrmServerProcess server;
  CrmSyncProxy *proxy;
  Fixture one; /* of anna */
  Fixture two; /* of bob */
} CrmSyncWorld;

/* Takes "--crm-cli PROGRAM --crm-server PROGRAM" out of the arguments; before g_test_init(). */
void crm_sync_world_init (int *argc, char ***argv);
/* The server runs; both laptops are empty, and logged in. */
void crm_sync_world_set_up (CrmSyncWorld *self, gconstpointer unused);
void crm_sync_world_tear_down (CrmSyncWorld *self, gconstpointer unused);
/* After it was stopped, or killed: at another port, which the laptops do not notice. */
void crm_sync_world_start_server (CrmSyncWorld *self);

/* "crm-cli sync", which must succeed. */
void crm_sync_world_sync (Fixture *laptop);
/* One, two, one: what one has reaches two and the other way round. */
void crm_sync_world_sync_both (CrmSyncWorld *self);
/* @why: nullable */
void crm_sync_world_set (Fixture *laptop, const char *id, const char *pair, const char *why);
/* Of "show": NULL when it is empty or gone. (transfer full) */
char *crm_sync_world_get (Fixture *laptop, const char *id, const char *field);
/* Both show the same records of that kind, and "check" finds nothing. */
void crm_sync_world_assert_equal (CrmSyncWorld *self, const char *kind);
/* A member of "status". */
gint64 crm_sync_world_get_count (Fixture *laptop, const char *name);

#define crm_sync_world_assert(laptop, id, field, value)                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found = crm_sync_world_get (laptop, id, field);                               \
    g_assert_cmpstr (found, ==, value);                                                            \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
