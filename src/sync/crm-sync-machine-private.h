#pragma once

#include "sync/crm-sync-machine.h"
#include "wire/crm-page.h"

/* What the request that is out is for. */
typedef enum
{
  CRM_SYNC_PHASE_IDLE,
  CRM_SYNC_PHASE_HELLO,
  CRM_SYNC_PHASE_LOGIN,
  CRM_SYNC_PHASE_PUSH,
  CRM_SYNC_PHASE_PULL,
  CRM_SYNC_PHASE_BOOT,
  /* Two pulls of which nothing is applied: where the restored server stands. */
  CRM_SYNC_PHASE_ASK_CURSOR,
  CRM_SYNC_PHASE_ASK_ACK,
} CrmSyncPhase;

struct _CrmSyncMachine
{
  CrmReplica *replica;
  CrmSyncSources sources;
  gboolean watch;
  gboolean running;

  char *token;
  char *user;
  char *password; /* wiped when it was used */
  char *device;
  /* It may leave its company; under which id it then is at the other one. */
  gboolean may_move;
  char *moving;

  CrmSyncState state;
  GQueue actions; /* (element-type CrmSyncAction) */

  CrmSyncPhase phase;
  guint64 serial; /* of the last request */
  gboolean out;   /* it has no answer yet */
  gboolean waiting;

  /* The server told its company and versions since the start, or at an earlier one: then it is
   * taken for the one it was until an answer makes that doubtful. */
  gboolean greeted;
  gboolean trusted;
  char *epoch;
  /* Nothing is left to pull, as far as is known. */
  gboolean pulled;
  /* The pull that is out has no cursor: it gets one, and neither rows nor answers. */
  gboolean from_start;
  /* The next pull asks for rows whole. */
  gboolean whole;
  gboolean asks;      /* the next request is ASK_CURSOR */
  guint n_asked;      /* times since the last exchange that came to its end */
  char *asked_cursor; /* of ASK_CURSOR */

  /* The last set that a push reply told of; a hint. */
  gint64 pushed;
  /* Of the last push. */
  gint64 batch_first;
  gint64 batch_last;
  guint batch_max;
  /* Pushes that failed in a row, and the set that is thought to be the cause. */
  guint n_failed;
  gint64 suspect;
  gboolean pulled_since; /* it failed: the server is well otherwise */

  guint n_retries;

  /* Rows of a first load, and about how many there are; 0 when nothing is loaded. */
  gint64 n_loaded;
  gint64 n_to_load;
  /* Records that others changed since somebody asked; whether the page at hand has such. */
  guint n_arrived;
  gboolean foreign;
};

void crm_sync_machine_act (CrmSyncMachine *self, CrmSyncActionType type);
CrmSyncAction *crm_sync_machine_add_action (CrmSyncMachine *self, CrmSyncActionType type);
/* @body: (transfer full) (nullable) */
void crm_sync_machine_send (CrmSyncMachine *self,
                            CrmSyncPhase phase,
                            const char *method,
                            const char *path,
                            GString *body);
/* @message: nullable */
void crm_sync_machine_set_state (CrmSyncMachine *self, CrmSyncState state, const char *message);
/* Sends what is next, or ends. */
void crm_sync_machine_go_on (CrmSyncMachine *self);
/* Tries again later, ever later; @at_least: milliseconds. */
void crm_sync_machine_back_off (CrmSyncMachine *self, guint64 at_least);
/* Stops until somebody does something. */
void crm_sync_machine_halt (CrmSyncMachine *self, CrmSyncState state, const char *message);
/* Asks a server that was restored where it stands; later, when it was asked and nothing came of
 * it. */
void crm_sync_machine_ask (CrmSyncMachine *self, const char *message);
void crm_sync_machine_store_failed (CrmSyncMachine *self, const GError *error);

/* crm-sync-push.c: FALSE when an error was dealt with. @sent: (out): the outbox was not empty */
gboolean crm_sync_push_send (CrmSyncMachine *self, gboolean *sent);
void crm_sync_push_take (CrmSyncMachine *self, const char *text, gsize size);
/* The server could not take what was pushed. */
void crm_sync_push_failed (CrmSyncMachine *self, const GError *error);
void crm_sync_push_too_big (CrmSyncMachine *self, const GError *error);

/* crm-sync-pull.c */
void crm_sync_pull_send (CrmSyncMachine *self, CrmSyncPhase phase, gboolean wait);
void crm_sync_pull_take (CrmSyncMachine *self, GBytes *body);
void crm_sync_pull_take_asked (CrmSyncMachine *self, GBytes *body);

/* crm-sync-boot.c */
void crm_sync_boot_send (CrmSyncMachine *self, gint64 scope);
void crm_sync_boot_take (CrmSyncMachine *self, GBytes *body);

/* crm-sync-check.c: whether what is here is what the server says; else it is to be loaded anew, and
 * `pulled` is FALSE. */
gboolean crm_sync_check_take (CrmSyncMachine *self, const CrmEndLine *end, GError **error);

/* crm-sync-answer.c: an answer that is no success. */
void crm_sync_answer_fail (CrmSyncMachine *self, guint status, const char *text, gsize size);
/* What was expected did not come: a portal. */
void crm_sync_answer_bad (CrmSyncMachine *self, const GError *error);
/* The same of a page, which may also have been cut on its way: then it is the network. */
void crm_sync_answer_cut (CrmSyncMachine *self, GBytes *body, const GError *error);
/* A twin pushed under this replica's id: goes on under another, which has to log in. */
void crm_sync_answer_fork (CrmSyncMachine *self);
void crm_sync_answer_hello (CrmSyncMachine *self, const char *text, gsize size);
void crm_sync_answer_login (CrmSyncMachine *self, const char *text, gsize size);
