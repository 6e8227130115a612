#pragma once

#include "base/crm-progress.h"
#include "letters/crm-letter-note.h"
#include "letters/crm-letter-settings.h"
#include "letters/crm-letters-error.h"
#include "model/crm-expr.h"

G_BEGIN_DECLS

/*
 * Letters to a selection: who gets one, the pre-flight, and making them. All block; a replica is
 * used by one thread at a time. @template is a record of kind template, see
 * crm_letter_templates_find(); @ids are of persons and organisations.
 */

/*
 * crm_letters_find_recipients:
 * @where: (nullable): over persons and organisations; NULL for all of them
 *
 * Returns: (transfer full) (element-type utf8): ids, in the order of the name
 */
GPtrArray *crm_letters_find_recipients (CrmReplica *replica,
                                        const CrmExpr *where,
                                        GCancellable *cancellable,
                                        GError **error);

/*
 * crm_letters_check:
 *
 * The pre-flight. Fails with %CRM_LETTERS_ERROR_TEMPLATE when the template cannot be read, and with
 * %CRM_STORE_ERROR_NOT_FOUND when a relation is not there.
 *
 * Returns: (transfer full) (element-type CrmLetterNote): in the order of @ids; empty when all is
 * well
 */
GPtrArray *crm_letters_check (CrmReplica *replica,
                              CrmRecord *template,
                              const char *const *ids,
                              CrmProgress *progress,
                              GCancellable *cancellable,
                              GError **error);

typedef struct
{
  /* A PDF file; with @each a folder, which is made when it is missing. */
  const char *output;
  /* A file for each relation, named after it. */
  gboolean each;
  /* Make the others when the pre-flight stops some. */
  gboolean skip;
} CrmLettersOptions;

typedef struct
{
  guint n_letters;
  guint n_skipped;
  guint n_pages;
  /* The files that were made, one or many. */
  GPtrArray *files;
  /* The action that crm_replica_undo() takes back: the letters at their relations. */
  char *group;
  /* (element-type CrmLetterNote): the pre-flight; what stops is why letters were skipped. */
  GPtrArray *notes;
} CrmLettersResult;

void crm_letters_result_free (CrmLettersResult *self);

/* "brieven.pdf" is a file; a folder, or a name without ".pdf", takes a file for each relation. */
gboolean crm_letters_is_file_name (const char *output);

/*
 * crm_letters_make:
 *
 * Makes the PDF and logs each letter at its relation, as an activity that is done, in one action.
 * Files appear whole, after the letters are logged; when anything fails or is cancelled, there are
 * neither files nor activities. Memory does not grow with the number of letters.
 *
 * Fails with %CRM_LETTERS_ERROR_STOPPED when the pre-flight stops a letter and @options does not
 * say to skip it, or when none is left; the message tells how many and the first reason.
 */
CrmLettersResult *crm_letters_make (CrmReplica *replica,
                                    CrmRecord *template,
                                    const char *const *ids,
                                    const CrmLettersOptions *options,
                                    CrmProgress *progress,
                                    GCancellable *cancellable,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLettersResult, crm_letters_result_free)

G_END_DECLS
