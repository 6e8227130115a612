#pragma once

#include "wire/crm-wire-error.h"

G_BEGIN_DECLS

/* A request as the machine sees it: nothing of sockets. */
typedef struct
{
  const char *method;
  const char *path;
  GHashTable *query;   /* (element-type utf8 utf8) (nullable) */
  const char *token;   /* nullable: of "Authorization: Bearer …" */
  const char *address; /* of the peer, without its port; "" when not known */
  GBytes *body;        /* unpacked; nullable */
  /* The time that it asked to wait for is over. */
  gboolean waited;
  /* What came of CRM_SERVER_VERIFY: 1 right, -1 wrong, 0 not asked yet. */
  int verdict;
} CrmServerRequest;

typedef enum
{
  CRM_SERVER_REPLY,
  /* Nothing to say yet: ask again when the head is above @wait_seq, or after @wait_seconds with
   * waited set. */
  CRM_SERVER_WAIT,
  /* Slow, so not for the machine: compare @password with @hash by crm_server_password_verify() and
   * ask again with the verdict. */
  CRM_SERVER_VERIFY,
} CrmServerOutcome;

typedef struct
{
  CrmServerOutcome outcome;

  guint status;
  const char *content_type; /* static */
  GBytes *body;             /* nullable */
  gboolean packed;          /* the body is gzip already */
  guint retry_after;        /* seconds; 0: not said */
  char *allow;      /* nullable: the methods of the address, which the one asked is not of */
  const char *code; /* static; nullable: of an error, for the log */
  char *user;       /* nullable: who it was, for the log */

  gint64 wait_seq;
  guint wait_seconds;

  char *hash; /* nullable: no such user */
  char *password;

  /* The head that a commit made, to tell those who wait; 0 when nothing was committed. */
  gint64 head;
} CrmServerResponse;

/* Frees what is in it and makes it empty. */
void crm_server_response_clear (CrmServerResponse *self);
/* @text: (transfer full) */
void crm_server_response_take (CrmServerResponse *self, guint status, const char *type, char *text);
void
crm_server_response_set_error (CrmServerResponse *self, const GError *error, guint retry_after);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmServerResponse, crm_server_response_clear)

G_END_DECLS
