#pragma once

#include "crm-sim-disk.h"
#include "crm-sim-model.h"

#include "server/crm-server-machine.h"

G_BEGIN_DECLS

/* The server's machine on a disk of its own. It can be killed between its commit and its reply. */
typedef struct _CrmSimServer CrmSimServer;

#define CRM_SIM_PASSWORD "geheim geheim"

/* The disk of a new server with its users. */
CrmSimDisk *crm_sim_server_make_image (const char *dir, GError **error);
/* There are two; laptops may share one. */
const char *crm_sim_server_get_user (guint number);

/* @max_rows: of a page */
CrmSimServer *crm_sim_server_new (const char *dir, CrmSimDisk *image, guint max_rows);
void crm_sim_server_free (CrmSimServer *self);
CrmSimDisk *crm_sim_server_get_disk (CrmSimServer *self);

/*
 * @path: with its query; @waited: the time that it asked to wait for is over
 *
 * FALSE when it died of a planned fault before it answered; it then starts again by itself.
 */
gboolean crm_sim_server_handle (CrmSimServer *self,
                                const char *method,
                                const char *path,
                                const char *token,
                                GBytes *body,
                                gboolean waited,
                                CrmSimRandom *random,
                                CrmServerResponse *response);

/* Keeps a copy of its disk; puts that back. @tell: with a new epoch, as the tool does. */
void crm_sim_server_back_up (CrmSimServer *self);
gboolean crm_sim_server_has_backup (CrmSimServer *self);
void crm_sim_server_restore (CrmSimServer *self, gboolean tell);
/* The device of a replica was stolen. */
void crm_sim_server_revoke (CrmSimServer *self, const char *replica);

/* What its own check finds wrong; NULL when nothing. */
char *crm_sim_server_check (CrmSimServer *self);
/* All records that live, with conflicts. */
CrmSimModel *crm_sim_server_list (CrmSimServer *self);
gint64 crm_sim_server_get_head (CrmSimServer *self);
/* What it says of the set of that seq: "ok" when it took it just as it was sent, "merged",
 * "conflict", or "rejected stale". */
char *crm_sim_server_dup_status (CrmSimServer *self, gint64 seq);
/* The last set of a replica that it took; 0 when it knows none. */
gint64 crm_sim_server_get_last_n (CrmSimServer *self, const char *replica);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSimServer, crm_sim_server_free)

G_END_DECLS
