#pragma once

#include "store/crm-replica-private.h"
#include "store/log/crm-change-log.h"

/* Kept in the file. */
typedef enum
{
  CRM_CHANGE_NEW = 1,
  CRM_CHANGE_SET = 2,
  CRM_CHANGE_DELETE = 3,
} CrmChangeOp;

typedef enum
{
  CRM_SET_PENDING = 0,
  CRM_SET_DONE = 1,     /* the server has it */
  CRM_SET_REJECTED = 2, /* and took none of it */
  CRM_SET_PARKED = 3,   /* goes without its ops; stays on the screen */
  CRM_SET_LET_GO = 4,   /* was parked; is not on the screen either any more */
} CrmSetState;

/* Members of change_set.body. */
#define CRM_SET_BODY_ALL     "\"mode\":\"all\""
#define CRM_SET_BODY_EACH    "\"mode\":\"each\""
#define CRM_SET_BODY_CONFIRM "\"confirm\":true"
/* Some of it was taken away, so that its digest is of more than is there. */
#define CRM_SET_BODY_SCRUBBED "\"scrubbed\":true"

/* Sets of one group are numbered n; each holds at most so many records (change.nr is n * 1024 + i).
 */
#define CRM_CHANGE_NR(n, place) ((n) * 1024 + (place))

/* One record as it was and as it shall be. */
typedef struct
{
  const CrmTable *table;
  char *id;
  CrmRecord *old; /* NULL: made by this edit */
  CrmRecord *new; /* NULL: deleted by it */
  /* Of the row as it was. */
  gint64 nr;
  gint64 row_seq;
  char *fver;
} CrmEdit;

/* Without a row yet: crm_edit_load() fills it. */
CrmEdit *crm_edit_new (const CrmTable *table, const char *id);
void crm_edit_free (CrmEdit *self);
/* Reads the row into old; leaves NULL when there is none. */
gboolean crm_edit_load (CrmEdit *self, CrmDb *db, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmEdit, crm_edit_free)

/*
 * Writes sets at the end of the log, and the records with them, in one transaction that is open
 * from crm_log_writer_begin() to crm_log_writer_commit() and rolled back when freed before.
 */
typedef struct _CrmLogWriter CrmLogWriter;

CrmLogWriter *crm_log_writer_begin (CrmReplica *replica, GError **error);
void crm_log_writer_free (CrmLogWriter *self);
/* The sets that follow may delete many records: somebody was asked. */
void crm_log_writer_set_confirmed (CrmLogWriter *self, gboolean confirmed);
/* Search rows are left to crm_index_catch_up(). */
void crm_log_writer_set_later (CrmLogWriter *self, gboolean later);

/*
 * crm_log_writer_write:
 * @group: (nullable)
 * @edits: (element-type CrmEdit): at most %CRM_CHANGE_SET_MAX, one per record
 * @set_id: (out) (optional) (transfer full) (nullable): NULL when no edit made a difference
 * @n_changed: (out) (optional): edits that did
 */
gboolean crm_log_writer_write (CrmLogWriter *self,
                               const char *action,
                               const char *why,
                               const char *group,
                               GPtrArray *edits,
                               char **set_id,
                               guint *n_changed,
                               GError **error);
/* A row that comes with the program, so that it is in no set: its version is 0, as of the server
 * before any set. */
gboolean crm_log_writer_put_unlogged (CrmLogWriter *self, CrmEdit *edit, GError **error);
/* Of the last set in the log. */
gint64 crm_log_writer_get_n (CrmLogWriter *self);
const char *crm_log_writer_get_user (CrmLogWriter *self);
gboolean crm_log_writer_commit (CrmLogWriter *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLogWriter, crm_log_writer_free)
