#pragma once

#include "server/crm-server-store.h"

G_BEGIN_DECLS

/*
 * What administrators do to accounts, beside a server that runs or not. Each is a transaction of
 * its own.
 */

/* Fails with %CRM_SERVER_ERROR_EXISTS, %CRM_SERVER_ERROR_INVALID for a short password or an empty
 * name, %CRM_SERVER_ERROR_NOT_FOUND for a profile that there is none of. @profile: nullable: office
 */
gboolean crm_server_admin_add_user (CrmServerStore *store,
                                    const char *name,
                                    const char *password,
                                    const char *profile,
                                    gboolean admin,
                                    GError **error);
/* Signs out every device of the user: who had the old password has no token either. */
gboolean crm_server_admin_set_password (CrmServerStore *store,
                                        const char *name,
                                        const char *password,
                                        GError **error);
/* Its devices keep what they have and get nothing more. */
gboolean crm_server_admin_disable_user (CrmServerStore *store, const char *name, GError **error);
/* Lost or stolen: at its next contact the laptop of that device wipes itself, and it logs in no
 * more.
 */
gboolean crm_server_admin_revoke (CrmServerStore *store, const char *device, GError **error);

G_END_DECLS
