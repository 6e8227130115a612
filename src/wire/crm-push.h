#pragma once

#include "wire/crm-wire-set.h"

G_BEGIN_DECLS

/* POST /v1/push. At most %CRM_WIRE_MAX_SETS sets, their n following each other. */
typedef struct
{
  gint64 proto;
  gint64 schema;
  const char *epoch;
  const char *replica;
  const char *now; /* by the clock of the device */
  const CrmWireSet *sets;
  guint n_sets;

  CrmArena *arena; /* of a request that was read; else NULL */
} CrmPushRequest;

void crm_push_request_write (const CrmPushRequest *self, GString *json);
/*
 * Fails with %CRM_WIRE_ERROR_PROTO for a proto that is not ours, %CRM_WIRE_ERROR_TOO_BIG for more
 * sets or ops than the limit, %CRM_WIRE_ERROR_INVALID.
 *
 * Returns: (transfer full)
 */
CrmPushRequest *crm_push_request_read (const char *text, gsize size, GError **error);
void crm_push_request_free (CrmPushRequest *self);

typedef enum
{
  CRM_SET_STATUS_OK = 1,   /* as it was sent */
  CRM_SET_STATUS_MERGED,   /* with what others did, nothing lost */
  CRM_SET_STATUS_CONFLICT, /* some fields wait in conflicts */
  CRM_SET_STATUS_REJECTED, /* none of it; code says why */
} CrmSetStatus;

/* "rejected" */
const char *crm_set_status_get_name (CrmSetStatus status);

/* What became of one set. Unknown statuses of a newer server are read as MERGED: it has the set. */
typedef struct
{
  gint64 n;
  CrmSetStatus status;
  gint64 seq;              /* 0 when it wrote nothing */
  const char *code;        /* nullable */
  const char *const *conf; /* ids of conflicts */
  guint n_conf;
} CrmSetResult;

void crm_set_result_write (const CrmSetResult *self, GString *json);
gboolean
crm_set_result_read (const CrmJson *node, CrmArena *arena, CrmSetResult *result, GError **error);

/* The answer; only a hint, for results come with the pull. */
typedef struct
{
  const CrmSetResult *results;
  guint n_results;

  CrmArena *arena;
} CrmPushReply;

void crm_push_reply_write (const CrmPushReply *self, GString *json);
CrmPushReply *crm_push_reply_read (const char *text, gsize size, GError **error);
void crm_push_reply_free (CrmPushReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmPushRequest, crm_push_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmPushReply, crm_push_reply_free)

G_END_DECLS
