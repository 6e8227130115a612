#pragma once

#include "wire/crm-push.h"

G_BEGIN_DECLS

/*
 * The answer to a pull: NDJSON, a line each. The first is HEADER, the last END with the number of
 * lines before it and their SHA-256, so that a page that a proxy cut or a portal made up is never
 * applied. Lines and members of a newer server that this version does not know are skipped.
 */
#define CRM_PAGE_TYPE "application/x-ndjson"

typedef enum
{
  CRM_LINE_HEADER,
  CRM_LINE_ROW,
  CRM_LINE_CONFLICT, /* a row of kind "conflict" */
  CRM_LINE_GONE,
  CRM_LINE_DROP,
  CRM_LINE_SCOPE,
  CRM_LINE_SET,
  CRM_LINE_RESULT,
  CRM_LINE_END,
} CrmLineType;

typedef struct
{
  gint64 proto;
  const char *epoch;
  const char *from; /* nullable: the cursor of the request; of a segment, the one to go on from */
  gint64 seq; /* the state it reaches, unless there is more; 0: an older server does not say */
} CrmHeaderLine;

typedef struct
{
  const char *name;
  CrmWireValue value;
  gint64 seq; /* the field's version */
} CrmRowField;

typedef struct
{
  const char *kind;
  const char *id;
  gint64 seq;           /* "v": highest version of the row */
  gint64 row_seq;       /* "r": of the set that made it */
  gboolean full;        /* all fields; what is not named is empty */
  const gint64 *scopes; /* all of mine that hold it */
  guint n_scopes;
  const CrmRowField *fields;
  guint n_fields;
} CrmRowLine;

typedef struct
{
  const char *kind;
  const char *id;
  gint64 seq; /* "v": of the set that deleted it; 0: it is only not to be seen any more */
} CrmGoneLine;

/* Groups of fields of one kind: bit i is CrmFieldGroup i. */
typedef struct
{
  const char *kind;
  gint64 groups;
} CrmMask;

typedef struct
{
  gint64 scope;
  const CrmMask *masks;
  guint n_masks;
} CrmScopeLine; /* DROP has no masks */

typedef struct
{
  gint64 seq;
  const char *id; /* nullable: of the set; older servers do not say it */
  const char *user;
  const char *device;
  const char *at;
  const char *action;
  const char *why;     /* nullable */
  const char *group;   /* nullable */
  const char *replica; /* nullable: of the replica that made it, and its number there */
  gint64 n;
} CrmSetLine;

typedef struct
{
  gint64 scope;
  gint64 count;
  const char *id_xor; /* 32 hex digits: crm_id_sum_add() of each id */
} CrmScopeCheck;

typedef struct
{
  const char *cursor;
  gboolean more;
  gint64 ack_n;           /* 0: no ack */
  const char *ack_digest; /* nullable: hex */
  const CrmScopeCheck *checks;
  guint n_checks;
} CrmEndLine;

typedef struct
{
  CrmLineType type;
  union
  {
    CrmHeaderLine header;
    CrmRowLine row; /* ROW, CONFLICT */
    CrmGoneLine gone;
    CrmScopeLine scope; /* SCOPE, DROP */
    CrmSetLine set;
    CrmSetResult result;
    CrmEndLine end;
  };
} CrmPageLine;

typedef struct _CrmPageWriter CrmPageWriter;

CrmPageWriter *crm_page_writer_new (const CrmHeaderLine *header);
void crm_page_writer_free (CrmPageWriter *self);
/* Any but HEADER and END. */
void crm_page_writer_add (CrmPageWriter *self, const CrmPageLine *line);
/* Bytes so far: a page ends at %CRM_WIRE_MAX_PAGE. */
gsize crm_page_writer_get_size (CrmPageWriter *self);
/* Returns: (transfer full): the page; @self takes no more lines */
GBytes *crm_page_writer_end (CrmPageWriter *self, const CrmEndLine *end);

typedef struct _CrmPageReader CrmPageReader;

/*
 * Looks at the end first: fails with %CRM_WIRE_ERROR_TRUNCATED, and nothing is read, unless the
 * last line is an end whose count and SHA-256 are those of the lines before it.
 *
 * Returns: (transfer full)
 */
CrmPageReader *crm_page_reader_new (GBytes *body, GError **error);
void crm_page_reader_free (CrmPageReader *self);
const CrmHeaderLine *crm_page_reader_get_header (CrmPageReader *self);
const CrmEndLine *crm_page_reader_get_end (CrmPageReader *self);
/*
 * The lines between, in order; NULL after the last and with @error, which is
 * %CRM_WIRE_ERROR_INVALID or %CRM_WIRE_ERROR_TOO_BIG. A line lives until the next call.
 */
const CrmPageLine *crm_page_reader_next (CrmPageReader *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmPageWriter, crm_page_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmPageReader, crm_page_reader_free)

G_END_DECLS
