#pragma once

#include "exchange/crm-import-draft.h"
#include "store/query/crm-query.h"

G_BEGIN_DECLS

/*
 * Which record a row is that did not come in before (crm-import-memory.h), in memory, made by one
 * pass over the replica's relations. The order: id; number; e-mail when it is personal and the
 * folded surname agrees; organisations by name. A row that has none of these has an id made from
 * what it says, so that the same row is found again on another laptop too.
 * What only looks alike (same domain, first and last name; same address and first letter; same
 * employer, first and last name) is possible: reported, never matched, since common names and
 * shared domains collapse different people.
 */
typedef struct
{
  char *id;
  gboolean organisation;
  /* Which record was made first; the same whenever the file comes. */
  guint order;
  /* The line of the file whose row it is; 0: none yet. */
  guint64 line;
  /* Organisations made along the way, before a row of their own came. */
  gboolean in_passing;
  /* Kept for organisations of this file: they may not be written yet when the next row needs them.
   */
  CrmRecord *record;
  char *number; /* nullable */
  /* Organisations: tells branches of one name apart. Nullable. */
  char *postcode;
  char *city;
} CrmImportEntry;

typedef struct _CrmImportIndex CrmImportIndex;

/* Reads all relations of @replica; blocking. */
CrmImportIndex *
crm_import_index_new (CrmReplica *replica, GCancellable *cancellable, GError **error);
void crm_import_index_free (CrmImportIndex *self);

/* By its id; @id: nullable. Entries live as long as the index. */
CrmImportEntry *crm_import_index_find (CrmImportIndex *self, const char *id);
/* NULL: the row is new. */
CrmImportEntry *crm_import_index_match (CrmImportIndex *self, const CrmImportDraft *draft);
/* The row is @entry's: what it is known by leads there for the rest of the file. */
void
crm_import_index_claim (CrmImportIndex *self, const CrmImportDraft *draft, CrmImportEntry *entry);
/* Whether @uid (nullable) is the id of a record of another kind. */
gboolean
crm_import_index_has_other_kind (CrmImportIndex *self, const char *uid, gboolean organisation);
/* The employer that the row names, by id, number or name; @current, the id of the employer so far,
 * nullable. */
CrmImportEntry *crm_import_index_find_organisation (CrmImportIndex *self,
                                                    const CrmImportDraft *draft,
                                                    const char *current);
/* A record that looks like the draft, whose employer is @employer (nullable); NULL when none. */
CrmImportEntry *crm_import_index_find_possible (CrmImportIndex *self,
                                                const CrmImportDraft *draft,
                                                const char *employer);
/* Whether another record of the kind has the number. */
gboolean crm_import_index_has_number (CrmImportIndex *self,
                                      gboolean organisation,
                                      const char *number,
                                      const char *except);
/* A new or changed record; its keys are found from now on. */
CrmImportEntry *crm_import_index_add (CrmImportIndex *self, CrmRecord *record);

/* The id of a row that neither number nor e-mail tells apart; NULL when one of them does. */
char *crm_import_draft_dup_made_id (const CrmImportDraft *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportIndex, crm_import_index_free)

G_END_DECLS
