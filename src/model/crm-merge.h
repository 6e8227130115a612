#pragma once

#include "model/crm-field.h"
#include "model/crm-model-error.h"

G_BEGIN_DECLS

/*
 * How an edit of one field meets what is stored, the same on every end. Pure: no clock, no store.
 */
typedef enum
{
  /* Nobody was in between: the value is written. */
  CRM_MERGE_APPLY = 1,
  /* The value stands there already: nothing is written. */
  CRM_MERGE_SAME,
  /* Both edits are in the result, which is written when it differs from what is stored. */
  CRM_MERGE_MERGED,
  /* What is stored stays; the late value becomes a conflict. */
  CRM_MERGE_CONFLICT,
  /* Only the server gives this field. */
  CRM_MERGE_REFUSED,
} CrmMergeVerdict;

typedef struct
{
  const CrmField *field; /* nullable: not known to this version, so the stored value is kept */
  const char *current;   /* nullable: what is stored */
  const char *value;     /* nullable: the edit, normalised by crm_value_normalize() */
  /* What the edit was made on; nullable. May be the SHA-256 of a long text in hex. */
  const char *old;
  /* No version was written since the one the editor saw, or only by its own earlier sets. */
  gboolean fresh;
} CrmMergeEdit;

/*
 * crm_merge_field:
 * @result: (out) (transfer full) (nullable): what the field holds after it; NULL is empty
 *
 * Fresh, or made on the value that is stored: apply. Else the field's policy:
 *
 *   keep_server   conflict
 *   max           the greater one: merged
 *   set_union     members added and removed since @old are added to and removed from what is
 *                 stored: merged
 *   text3         lines changed on one side only are taken from there: merged; lines that both
 *                 changed: conflict
 *   server_only   a unique field (a number) that is empty takes a value and is a conflict when it
 *                 has another; any other field is refused
 *
 * Values that are equal after normalising (NFC, the notation of phone numbers, postcodes …) never
 * conflict.
 */
CrmMergeVerdict crm_merge_field (const CrmMergeEdit *edit, char **result);

/* Whether a merge needs the whole old value, also a long one: sets and text3. @field: nullable */
gboolean crm_merge_needs_old (const CrmField *field);
/* Whether @old, which may be a hash, stands for @current. Both nullable. */
gboolean crm_merge_is_old (const char *current, const char *old);

/* -1, 0, 1 by the field's type: amounts and numbers by size, times by moment; empty is least. */
int crm_merge_compare (const CrmField *field, const char *a, const char *b);

/* The members of @value that @old lacks, joined by ";"; NULL when none. All nullable. */
char *crm_members_subtract (const char *value, const char *old);
char *crm_members_unite (const char *a, const char *b);

/*
 * Three-way merge by line. FALSE, and *@merged untouched, when both changed the same lines or the
 * texts have more than some thousands of lines.
 */
gboolean crm_text_merge (const char *old, const char *mine, const char *theirs, char **merged);

G_END_DECLS
