#pragma once

#include "wire/crm-page.h"

G_BEGIN_DECLS

/*
 * The answer to GET /v1/boot?sc=&after=: at most %CRM_WIRE_SEGMENT_ROWS rows, by kind and column,
 * in the envelope of a page (header, lines, end with count and SHA-256). By column the same text
 * lies beside itself, so that gzip -6 makes less than 100 bytes of a relation.
 */
typedef struct
{
  gint64 proto;
  const char *epoch;
  gint64 scope;
  const char *cursor; /* where the delta starts: that of the first segment counts */
  gint64 seq;         /* what the segment was read at; older than the replica's cursor is refused */
  gint64 live;        /* about how many rows all segments have; 0: not said */
} CrmSegmentHeader;

typedef struct
{
  const char *after; /* nullable: the next segment's; NULL when this is the last */
} CrmSegmentEnd;

typedef struct _CrmSegmentWriter CrmSegmentWriter;

CrmSegmentWriter *crm_segment_writer_new (const CrmSegmentHeader *header);
void crm_segment_writer_free (CrmSegmentWriter *self);
/* Rows of one kind must follow each other, sorted by id to pack best; copied. `full` and `scopes`
 * are not looked at: a row of a segment is full and in its scope. */
void crm_segment_writer_add (CrmSegmentWriter *self, const CrmRowLine *row);
guint crm_segment_writer_get_n_rows (CrmSegmentWriter *self);
/* Returns: (transfer full) */
GBytes *crm_segment_writer_end (CrmSegmentWriter *self, const CrmSegmentEnd *end);

typedef struct _CrmSegmentReader CrmSegmentReader;

/* As crm_page_reader_new(). */
CrmSegmentReader *crm_segment_reader_new (GBytes *body, GError **error);
void crm_segment_reader_free (CrmSegmentReader *self);
const CrmSegmentHeader *crm_segment_reader_get_header (CrmSegmentReader *self);
const CrmSegmentEnd *crm_segment_reader_get_end (CrmSegmentReader *self);
/* A full row, its scopes that of the header; lives until the next call. NULL after the last and
 * with @error. */
const CrmRowLine *crm_segment_reader_next (CrmSegmentReader *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSegmentWriter, crm_segment_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSegmentReader, crm_segment_reader_free)

G_END_DECLS
