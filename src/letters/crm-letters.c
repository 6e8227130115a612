#include "letters/crm-letters.h"

#include "letters/crm-letter-composer.h"
#include "letters/crm-letter-reference.h"
#include "letters/crm-typesetter.h"
#include "store/query/crm-query.h"

#include <string.h>

/* Only an address of more lines, or with longer ones, may not fit in the window. */
#define LINES_THAT_FIT 5
#define CHARS_THAT_FIT 40

static gboolean
add_id (CrmRecord *record, gpointer data)
{
  g_ptr_array_add (data, g_strdup (crm_record_get_id (record)));
  return TRUE;
}

GPtrArray *
crm_letters_find_recipients (CrmReplica *replica,
                             const CrmExpr *where,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (CrmQuery) query = crm_query_new ("relation");
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);

  if (where != NULL)
    crm_query_set_where (query, where);
  if (!crm_replica_each (replica, query, 0, add_id, ids, cancellable, error))
    return NULL;

  return g_steal_pointer (&ids);
}

static gboolean
may_not_fit (char **address)
{
  for (guint i = 0; address != NULL && address[i] != NULL; i++)
    if (i >= LINES_THAT_FIT || g_utf8_strlen (address[i], -1) > CHARS_THAT_FIT)
      return TRUE;

  return FALSE;
}

static void
check_window (CrmTypesetter *typesetter, const CrmLetter *letter, GPtrArray *notes)
{
  g_autoptr (CrmLetterPages) pages = NULL;
  g_autofree char *message = NULL;

  if (!may_not_fit (letter->address))
    return;

  pages = crm_typesetter_set (typesetter, letter);
  if (crm_letter_pages_get_n_lost (pages) == 0)
    return;

  message = g_strdup_printf ("%u lines of the address do not fit in the window",
                             crm_letter_pages_get_n_lost (pages));
  g_ptr_array_add (notes,
                   crm_letter_note_new (letter->relation,
                                        "address_block",
                                        CRM_LETTER_ADDRESS_TOO_LONG,
                                        FALSE,
                                        message));
}

GPtrArray *
crm_letters_check (CrmReplica *replica,
                   CrmRecord *template,
                   const char *const *ids,
                   CrmProgress *progress,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (CrmLetterSettings) settings = NULL;
  g_autoptr (CrmLetterComposer) composer = NULL;
  g_autoptr (CrmTypesetter) typesetter = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autofree char *reference = NULL;
  guint n = g_strv_length ((char **) ids);

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (CRM_IS_RECORD (template), NULL);

  settings = crm_letter_settings_load (replica);
  typesetter = crm_typesetter_new (settings);
  reference = crm_letter_reference_peek (replica);
  if ((composer = crm_letter_composer_new (replica, template, settings, error)) == NULL)
    return NULL;

  notes = crm_letter_composer_check_template (composer);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CrmRecord) relation = NULL;
      g_autoptr (CrmLetter) letter = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          (relation = crm_replica_get (replica, ids[i], error)) == NULL)
        return NULL;
      letter = crm_letter_composer_compose (composer, relation, reference, notes);
      check_window (typesetter, letter, notes);
      crm_progress_set (progress, i + 1, n);
      crm_replica_yield (replica);
    }

  return g_steal_pointer (&notes);
}

void
crm_letters_result_free (CrmLettersResult *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self->group);
  g_free (self);
}

gboolean
crm_letters_is_file_name (const char *output)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (output != NULL, FALSE);

  folded = g_ascii_strdown (output, -1);
  return g_str_has_suffix (folded, ".pdf") && !g_file_test (output, G_FILE_TEST_IS_DIR);
}
