#pragma once

#include "store/crm-replica-private.h"

/*
 * The search index: one FTS5 table per space. The space of relations has as row number their place
 * in `listing`, so that matches come out by name; every other kind that has searched fields is a
 * space of its own with the record's nr. The tables keep no text (contentless-delete), only
 * postings.
 *
 * Texts are put in by batches in the order of their row numbers: FTS5 starts a new segment whenever
 * a row number goes down, so 30,000 in random order would cost minutes and take 0.4 s sorted. What
 * waits is in `search_todo` (space, row, had: whether the index has a row of that number that must
 * go first).
 */

#define CRM_SEARCH_SPACE_RELATION 0

/* The space of a kind: 0 for relations, its number else. */
guint crm_search_index_get_space (const CrmKind *kind);
/* Whether any field of the kind is searched. */
gboolean crm_search_index_has_kind (const CrmKind *kind);
/* Quoted. (transfer full) */
char *crm_search_index_dup_table (const CrmModel *model, guint space);

/* Tokenizer and functions; for each connection. */
gboolean crm_search_index_connect (CrmDb *db, GError **error);
gboolean crm_search_index_create (CrmDb *db, const CrmModel *model, GError **error);
gboolean crm_search_index_drop (CrmDb *db, const CrmModel *model, GError **error);

/* Makes one piece of each table, without the words of what went out. Takes seconds for a million.
 */
gboolean crm_search_index_optimize (CrmDb *db, const CrmModel *model, GError **error);

/* The text of @row is to be put in, or again when @had. */
gboolean crm_search_index_mark (CrmDb *db, guint space, gint64 row, gboolean had, GError **error);
/* All that are found by the title of @record: those whose first link points at it. */
gboolean crm_search_index_mark_linked (CrmReplica *replica, CrmRecord *record, GError **error);
/* @row goes out now. */
gboolean crm_search_index_remove (CrmReplica *replica, guint space, gint64 row, GError **error);
/* A relation's place changed; for crm_listing_place(). */
gboolean crm_search_index_move (CrmDb *db, gint64 from, gint64 to, GError **error);
/* Puts in at most @max of what waits, in the open transaction. @n_done: (out) (optional) */
gboolean crm_search_index_flush (CrmReplica *replica, guint max, guint *n_done, GError **error);
/*
 * Makes one of some of the pieces that a bulk of texts leaves in the index of relations: each word
 * is looked for in every piece, so after an import of 30,000 a search takes twice as long as after
 * this. One slice of some 10 ms, in a transaction of its own. @more: (out): call it again
 */
gboolean crm_search_index_tidy (CrmReplica *replica, gboolean *more, GError **error);
