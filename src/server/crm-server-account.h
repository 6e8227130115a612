#pragma once

#include <glib.h>

#define CRM_SERVER_HASH_SIZE 32

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *name;
  char *password; /* its Argon2id hash */
  char *profile;
  gboolean admin;
  gboolean disabled;
  /* Raised when what the user may see changes; a cursor holds it. */
  gint64 rights;
  char *created;
} CrmServerUser;

typedef enum
{
  CRM_SERVER_DEVICE_ACTIVE,
  /* Its user said so: the token is worth nothing, what is on the device stays. */
  CRM_SERVER_DEVICE_SIGNED_OUT,
  /* An administrator said so: lost or stolen, it has to wipe itself. */
  CRM_SERVER_DEVICE_REVOKED,
} CrmServerDeviceState;

/* A token and who it stands for. */
typedef struct
{
  char *id;
  char *user;
  char *replica;
  char *name;
  guint8 token_hash[CRM_SERVER_HASH_SIZE];
  CrmServerDeviceState state;
  char *created;
  char *seen;
} CrmServerDevice;

typedef struct
{
  char *id;
  char *user;
  char *device;
  /* The last set that was taken from it, accepted or not, and the digest of its chain there. */
  gint64 last_n;
  guint8 last_digest[CRM_SERVER_HASH_SIZE];
  /* Up to where it has pulled. */
  gint64 cursor_seq;
} CrmServerReplica;

typedef struct
{
  char *name;
  /* JSON: what members may do. */
  char *rights;
} CrmServerProfile;

/* Of a person or a device, as lists and logs have them: one line, at most 100 characters of @text;
 * "" for NULL. (transfer full) */
char *crm_server_name_clean (const char *text);

void crm_server_user_free (CrmServerUser *self);
void crm_server_device_free (CrmServerDevice *self);
void crm_server_replica_free (CrmServerReplica *self);
void crm_server_profile_free (CrmServerProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerUser, crm_server_user_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerDevice, crm_server_device_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerReplica, crm_server_replica_free)

G_END_DECLS
