#pragma once

#include "server/crm-server-account.h"
#include "wire/crm-page.h"
#include "wire/crm-push.h"

G_BEGIN_DECLS

/* One change set as it was taken: what, who, when, why, and what became of it. */
typedef struct
{
  gint64 seq;
  guint8 h[CRM_SERVER_HASH_SIZE];
  char *id; /* NULL when an earlier set has it: the same set, sent by a copy of the replica */
  char *replica;
  gint64 n;
  guint8 digest[CRM_SERVER_HASH_SIZE];
  char *user;
  char *user_name; /* read only */
  char *device;    /* its name; read only */
  char *action;
  char *group;
  char *why;
  char *client_ts;
  gint64 skew_ms;
  char *server_ts;
  gboolean all;
  /* "ok", "merged", "conflict", "rejected" */
  char *status;
  /* nullable: why it was rejected */
  char *code;
  /* Ids of the conflicts it made, joined by spaces; nullable. */
  char *conflicts;
  gint64 n_deletes;
} CrmServerSet;

/* One field of one record in one set; @field "" is the record itself: made or deleted. */
typedef struct
{
  gint64 seq;
  char *kind;
  char *id;
  char *field;
  /* JSON as on the wire; NULL is empty. */
  char *old_value;
  char *new_value;
  /* Read only; nullable. */
  CrmServerSet *set;
} CrmServerChange;

/* The kind of record that the server makes where two edits cannot both stand. */
#define CRM_SERVER_CONFLICT_KIND "conflict"

/* Where an open conflict is found by what it is about. */
typedef struct
{
  char *id;
  char *kind;
  char *record;
  char *field;
  char *user; /* whose value came late */
  gboolean open;
} CrmServerConflict;

void crm_server_set_free (CrmServerSet *self);
CrmSetStatus crm_server_set_get_status (const CrmServerSet *self);
/* Points into @self, but for `conf`, which g_strfreev() frees. */
void crm_server_set_get_result (const CrmServerSet *self, CrmSetResult *result);
/* What laptops are told of it; lives as long as @self. */
CrmSetLine crm_server_set_get_line (const CrmServerSet *self);
void crm_server_change_free (CrmServerChange *self);
CrmServerConflict *crm_server_conflict_copy (const CrmServerConflict *self);
void crm_server_conflict_free (CrmServerConflict *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerSet, crm_server_set_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerChange, crm_server_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmServerConflict, crm_server_conflict_free)

G_END_DECLS
