#pragma once

#include "crm-sim-oracle.h"

#include "wire/crm-wire-set.h"

typedef struct
{
  char *text; /* nullable */
  gint64 version;
} CrmSimValue;

typedef struct
{
  const char *kind; /* interned */
  gint64 born;
  gint64 changed; /* last, in any way */
  gboolean deleted;
  gboolean wants_number;
  GHashTable *values; /* (element-type utf8 CrmSimValue): fields written since it was born */
} CrmSimRow;

/* A value that came too late. */
typedef struct
{
  char *record;
  char *field; /* "": the record as a whole */
  char *late;  /* nullable */
  char *replica;
  gboolean over; /* its author wrote something else afterwards */
} CrmSimLoss;

struct _CrmSimOracle
{
  gint64 seq;
  gint64 seen; /* what anybody can have seen: the last one before the push that is replayed */
  CrmSimModel *builtin;
  CrmSimModel *conflicts; /* as the server has them */
  CrmSimModel *state;
  GHashTable *rows;    /* (element-type utf8 CrmSimRow) */
  GHashTable *sets;    /* (element-type utf8): ids that were taken */
  GHashTable *last_n;  /* (element-type utf8 int): by replica */
  GHashTable *digests; /* (element-type utf8 utf8): by replica and n */
  GHashTable *ever;    /* (element-type utf8): replica, n and digest; shared with copies */
  GPtrArray *owners;   /* (element-type utf8): replicas, by seq */
  GArray *whole;       /* (element-type gboolean): taken as it was sent, by seq */
  GPtrArray *losses;   /* (element-type CrmSimLoss) */
  GHashTable *refused; /* (element-type utf8 utf8): its one record, or "", by the id of a set */
};

/* A set while it is replayed. */
typedef struct
{
  const CrmWireSet *wire;
  const char *replica;
  gint64 seq;
  GHashTable *before; /* (element-type utf8 CrmSimRow): rows as they were, NULL: not there */
  GPtrArray *losses;
  gboolean refused;
} CrmSimSet;

/* crm-sim-row.c */
CrmSimRow *crm_sim_row_new (const char *kind);
CrmSimRow *crm_sim_row_copy (const CrmSimRow *row);
/* @row: nullable */
void crm_sim_row_free (gpointer row);
const char *crm_sim_row_get (const CrmSimRow *row, const char *field);
gint64 crm_sim_row_get_version (const CrmSimRow *row, const char *field);
/* Nothing when it is so already. */
void crm_sim_row_set (CrmSimRow *row, const char *field, const char *text, gint64 version);
void crm_sim_row_clear (CrmSimRow *row, gint64 seq);
/* To be changed: made when it is not there, and put back when the set is refused. */
CrmSimRow *
crm_sim_oracle_touch (CrmSimOracle *self, CrmSimSet *set, const char *kind, const char *id);
/* Whether @version was there, and known, to one who says that he saw @base. What he says of the
 * time before the server was put back may be above all that is there now. */
gboolean crm_sim_oracle_has_seen (CrmSimOracle *self, gint64 version, gint64 base);
gboolean crm_sim_oracle_is_own (CrmSimOracle *self, gint64 version, const char *replica);

/* The same, and nothing of others was joined to it. */
gboolean crm_sim_oracle_is_all_own (CrmSimOracle *self, gint64 version, const char *replica);

/* crm-sim-policy.c */
void crm_sim_oracle_apply (CrmSimOracle *self, CrmSimSet *set);
