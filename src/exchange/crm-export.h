#pragma once

#include "base/crm-progress.h"
#include "exchange/crm-exchange-error.h"
#include "store/query/crm-query.h"

G_BEGIN_DECLS

typedef struct
{
  /* ';' (0 too) opens right in a Dutch Excel; ',' elsewhere. */
  char separator;
  /* Without it Excel takes the file for Windows-1252. */
  gboolean without_bom;
  /* NULL-terminated names of fields; NULL: all. The columns "uid" and "kind" always come
   * first. */
  const char *const *fields;
  /* NULL-terminated ids of records of the query's kinds: only these, in this order; NULL: all that
   * the query finds. Ids of what is gone are left out. */
  const char *const *ids;
} CrmExportOptions;

/*
 * crm_export:
 * @n_records: (out) (optional):
 *
 * Writes the records of @query to @file in its order, so that importing it in another replica gives
 * equal records: headers are field names, a link is a name or number with its id in LINK_uid beside
 * it. Streams; the file is there whole or not at all. Fails with %CRM_EXCHANGE_ERROR_MAPPING on an
 * unknown field. Blocking, on the thread of @replica.
 */
gboolean crm_export (CrmReplica *replica,
                     const CrmQuery *query,
                     GFile *file,
                     const CrmExportOptions *options,
                     CrmProgress *progress,
                     GCancellable *cancellable,
                     guint64 *n_records,
                     GError **error);

G_END_DECLS
