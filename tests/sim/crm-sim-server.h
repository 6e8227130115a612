#pragma once

#include "crm-sim-disk.h"

#include "server/crm-server-machine.h"

G_BEGIN_DECLS

/* The server's machine on a disk of its own. It can be killed between its commit and its reply. */
typedef struct _CrmSimServer CrmSimServer;

/* The disk of a new server with one user. */
CrmSimDisk *crm_sim_server_make_image (const char *dir, GError **error);

CrmSimServer *crm_sim_server_new (const char *dir, CrmSimDisk *image);
void crm_sim_server_free (CrmSimServer *self);
CrmSimDisk *crm_sim_server_get_disk (CrmSimServer *self);

/* A device that is logged in. Returns: (transfer full): its token */
char *crm_sim_server_add_replica (CrmSimServer *self, const char *replica);

/* FALSE when it died of a planned fault before it answered; it then starts again by itself. */
gboolean crm_sim_server_handle (CrmSimServer *self,
                                const char *path,
                                const char *token,
                                GBytes *body,
                                CrmSimRandom *random,
                                CrmServerResponse *response);
/* What its own check finds wrong; NULL when nothing. */
char *crm_sim_server_check (CrmSimServer *self);
/* The last set of a replica that it took. */
gint64 crm_sim_server_get_last_n (CrmSimServer *self, const char *replica);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimServer, crm_sim_server_free)

G_END_DECLS
