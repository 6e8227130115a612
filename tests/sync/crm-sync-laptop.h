#pragma once

#include "crm-sync-proxy.h"

#include "server/crm-server-http.h"
#include "sync/crm-sync.h"

G_BEGIN_DECLS

/* A server on a socket of this machine, and laptops that keep in step with it by CrmSync, all on
 * one main loop. */

#define CRM_SYNC_TEST_USER     "ilse"
#define CRM_SYNC_TEST_PASSWORD "geheim wachtwoord"

typedef struct
{
  char *dir;
  CrmServerHttp *server; /* NULL: stopped */
  char *address;
  gboolean stopped;
  guint tick;
  CrmSyncProxy *proxy; /* on the way to it */
} CrmSyncHost;

typedef struct
{
  char *dir;
  CrmStore *store;
  CrmKeyring *keyring; /* nullable */
  CrmSync *sync;
  guint n_done;
  guint n_stepped_back;
  gboolean wiped;
} CrmSyncLaptop;

#define crm_sync_wait_until(condition)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const gint64 deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;                     \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > deadline)                                                    \
          g_error ("%s: “%s” never came", G_STRLOC, #condition);                                   \
        g_main_context_iteration (NULL, TRUE);                                                     \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

void crm_sync_host_set_up (CrmSyncHost *host, gconstpointer unused);
void crm_sync_host_tear_down (CrmSyncHost *host, gconstpointer unused);
/* @certificate: (nullable): https */
void crm_sync_host_listen (CrmSyncHost *host, GTlsCertificate *certificate, gboolean create);
void crm_sync_host_stop (CrmSyncHost *host);

/* @keyring: a keyring of its own keeps its token, else its replica does */
CrmSyncLaptop *crm_sync_laptop_new (CrmSyncHost *host, const char *name, gboolean keyring);
void crm_sync_laptop_free (CrmSyncLaptop *self);
gboolean crm_sync_laptop_log_in (CrmSyncLaptop *self,
                                 const char *address,
                                 const char *password,
                                 GError **error);
/* By way of the proxy. */
void crm_sync_laptop_must_log_in (CrmSyncLaptop *self, CrmSyncHost *host);
/* One, to its end. */
CrmSyncState crm_sync_laptop_exchange (CrmSyncLaptop *self);
/* Makes so many persons. */
void crm_sync_laptop_fill (CrmSyncLaptop *self, guint n);
/* Makes a person; the id. */
char *crm_sync_laptop_put (CrmSyncLaptop *self, const char *surname);
void crm_sync_laptop_set_field (CrmSyncLaptop *self,
                                const char *id,
                                const char *field,
                                const char *value);
char *crm_sync_laptop_get_field (CrmSyncLaptop *self, const char *id, const char *field);
gboolean
crm_sync_laptop_has (CrmSyncLaptop *self, const char *id, const char *field, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSyncLaptop, crm_sync_laptop_free)

G_END_DECLS
