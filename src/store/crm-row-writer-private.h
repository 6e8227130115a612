#pragma once

#include "store/log/crm-log-writer-private.h"

/*
 * Writes rows of records with their keys, lists and search, for the change log and for pulled
 * pages; inside the caller's transaction. Remembers which records changed, for the commit hook.
 */
typedef struct
{
  CrmReplica *replica;
  CrmLocale locale;
  gboolean ij_as_y;
  gint64 next_nr;
  gint64 stored_next_nr;
  /* Lists and search are left to a rebuild: of a first load. */
  gboolean bare;

  /* For the commit hook. */
  GHashTable *ids; /* (element-type utf8); NULL when there are too many */
  guint kinds;
} CrmRowWriter;

/* What was not initialised, but is zeros, may be cleared too. */
gboolean crm_row_writer_init (CrmRowWriter *self, CrmReplica *replica, GError **error);
void crm_row_writer_clear (CrmRowWriter *self);
/* Of so many records that the commit hook need not name them. */
void crm_row_writer_forget_ids (CrmRowWriter *self);

/* A new row of edit->new, whose values are normalised; gives edit->nr. @fver: nullable */
gboolean crm_row_writer_insert (CrmRowWriter *self,
                                CrmEdit *edit,
                                gint64 row_seq,
                                const char *fver,
                                GError **error);
/* @indexes: (element-type guint): the fields in which edit->new differs from edit->old; maybe
 * none, when only versions change */
gboolean crm_row_writer_update (CrmRowWriter *self,
                                CrmEdit *edit,
                                const GArray *indexes,
                                gint64 row_seq,
                                const char *fver,
                                GError **error);
gboolean crm_row_writer_delete (CrmRowWriter *self, CrmEdit *edit, GError **error);

/* Numbers that were given out, and the texts of the search index unless @later. */
gboolean crm_row_writer_flush (CrmRowWriter *self, gboolean later, GError **error);
/* After the commit. @commit: what it added; ids and kinds are the writer's */
void crm_row_writer_tell (CrmRowWriter *self, CrmCommit commit);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmRowWriter, crm_row_writer_clear)
