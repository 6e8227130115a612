#include "letters/crm-letters.h"

#include "base/crm-clock.h"
#include "base/crm-text.h"
#include "letters/crm-letter-composer.h"
#include "letters/crm-letter-file.h"
#include "letters/crm-letter-pdf.h"
#include "letters/crm-letter-reference.h"
#include "letters/crm-typesetter.h"
#include "store/log/crm-change-log.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* One run of making letters; everything here lives only as long as crm_letters_make(). */
typedef struct
{
  CrmReplica *replica;
  CrmRecord *template;
  const CrmLettersOptions *options;
  CrmLetterSettings *settings;
  CrmLetterComposer *composer;
  CrmTypesetter *typesetter;
  CrmAction *action;
  const CrmKind *activity;
  char *user; /* nullable */
  guint64 next_number;
  /* The file that all letters go in; with a file for each: those that are ready. */
  CrmLetterPdf *pdf;
  GPtrArray *ready;
  /* Folded names in the folder. */
  GHashTable *names;
  CrmLettersResult *result;
} Job;

static void
clear_job (Job *self)
{
  g_clear_pointer (&self->pdf, crm_letter_pdf_free);
  g_clear_pointer (&self->ready, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->action, crm_action_free);
  g_clear_pointer (&self->typesetter, crm_typesetter_free);
  g_clear_pointer (&self->composer, crm_letter_composer_free);
  g_clear_pointer (&self->settings, crm_letter_settings_free);
  g_clear_pointer (&self->result, crm_letters_result_free);
  g_free (self->user);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, clear_job)

static CrmLetterPdf *
open_pdf (Job *self, const char *path, const char *title, GError **error)
{
  const char *author = crm_letter_settings_get (self->settings, "sender.organisation");
  const char *language = crm_record_get (self->template, "language");

  if (author == NULL)
    author = crm_letter_settings_get (self->settings, "sender.name");
  return crm_letter_pdf_new (path, title, author, language != NULL ? language : "nl", error);
}

/* Letters that are in the folder already keep their names. */
static gboolean
read_folder (Job *self, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (self->options->output, 0, error);
  const char *name;

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".pdf"))
      {
        g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".pdf"));

        g_hash_table_add (self->names, crm_text_fold (stem));
      }

  return TRUE;
}

static gboolean
set_up_output (Job *self, GError **error)
{
  if (!self->options->each)
    {
      g_autofree char *title = crm_record_dup_title (self->template);

      self->pdf = open_pdf (self, self->options->output, title, error);
      return self->pdf != NULL;
    }

  if (g_mkdir_with_parents (self->options->output, 0777) != 0)
    {
      int code = errno;

      g_set_error (error,
                   G_IO_ERROR,
                   g_io_error_from_errno (code),
                   "The folder “%s” could not be made: %s",
                   self->options->output,
                   g_strerror (code));
      return FALSE;
    }

  return read_folder (self, error);
}

static gboolean
set_up (Job *self, guint n, GError **error)
{
  self->settings = crm_letter_settings_load (self->replica);
  self->typesetter = crm_typesetter_new (self->settings);
  self->activity = crm_model_find_kind (crm_replica_get_model (self->replica), "activity");
  self->user = crm_replica_dup_account (self->replica);
  self->ready = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_letter_pdf_free);
  self->composer = crm_letter_composer_new (self->replica, self->template, self->settings, error);

  return self->composer != NULL && set_up_output (self, error) &&
         crm_letter_reference_take (self->replica, n, &self->next_number, error) &&
         (self->action = crm_action_begin (self->replica, "letters", NULL, error)) != NULL;
}

/* The letter as an activity at its relation, done now. */
static gboolean
log_letter (Job *self,
            CrmRecord *relation,
            const CrmLetter *letter,
            const char *reference,
            GError **error)
{
  g_autoptr (CrmRecord) record = crm_record_new (self->activity, NULL);
  g_autofree char *now = crm_clock_format (crm_clock_now () / G_USEC_PER_SEC * G_USEC_PER_SEC);
  g_autofree char *today = crm_clock_dup_today (0);
  g_autofree char *name = crm_record_dup_title (self->template);

  crm_record_set (record, "type", "letter");
  crm_record_set (record, "subject", letter->subject != NULL ? letter->subject : name);
  crm_record_set (record, "relation", crm_record_get_id (relation));
  crm_record_set (record, "reference", reference);
  crm_record_set (record, "done", now);
  crm_record_set (record, "owner", self->user);

  if (!crm_action_put (self->action, record, error))
    return FALSE;
  /* A later date is kept: somebody planned or logged ahead. */
  if (g_strcmp0 (crm_record_get (relation, "last_activity"), today) >= 0)
    return TRUE;

  return crm_action_set (self->action,
                         crm_record_get_kind (relation),
                         crm_record_get_id (relation),
                         "last_activity",
                         today,
                         error);
}

/* A file of its own, ready beside its name. */
static gboolean
write_each (Job *self, CrmRecord *relation, const CrmLetterPages *pages, GError **error)
{
  g_autofree char *name = crm_letter_file_dup_name (relation, self->names);
  g_autofree char *path = g_build_filename (self->options->output, name, NULL);
  g_autofree char *title = crm_record_dup_title (relation);
  g_autoptr (CrmLetterPdf) pdf = open_pdf (self, path, title, error);

  if (pdf == NULL || !crm_letter_pdf_add (pdf, pages, error) || !crm_letter_pdf_finish (pdf, error))
    return FALSE;

  g_ptr_array_add (self->result->files, g_steal_pointer (&path));
  g_ptr_array_add (self->ready, g_steal_pointer (&pdf));
  return TRUE;
}

static gboolean
make_one (Job *self, const char *id, GError **error)
{
  g_autoptr (CrmRecord) relation = crm_replica_get (self->replica, id, error);
  g_autofree char *reference = crm_letter_reference_format (self->replica, self->next_number++);
  g_autoptr (CrmLetter) letter = NULL;
  g_autoptr (CrmLetterPages) pages = NULL;

  if (relation == NULL)
    return FALSE;

  letter = crm_letter_composer_compose (self->composer, relation, reference, NULL);
  pages = crm_typesetter_set (self->typesetter, letter);
  if (self->options->each ? !write_each (self, relation, pages, error)
                          : !crm_letter_pdf_add (self->pdf, pages, error))
    return FALSE;

  self->result->n_letters++;
  self->result->n_pages += crm_letter_pages_get_n (pages);
  return log_letter (self, relation, letter, reference, error);
}

/* All is on disk before anything is logged, and gets its name after that. */
static gboolean
finish (Job *self, GError **error)
{
  if (self->pdf != NULL)
    {
      if (!crm_letter_pdf_finish (self->pdf, error))
        return FALSE;
      g_ptr_array_add (self->result->files, g_strdup (self->options->output));
      g_ptr_array_add (self->ready, g_steal_pointer (&self->pdf));
    }

  self->result->group = g_strdup (crm_action_get_group (self->action));
  if (!crm_action_finish (self->action, NULL, error))
    return FALSE;

  for (guint i = 0; i < self->ready->len; i++)
    if (!crm_letter_pdf_commit (g_ptr_array_index (self->ready, i), error))
      {
        g_autoptr (CrmUndoResult)
            undone = crm_replica_undo (self->replica, self->result->group, NULL, NULL, NULL);

        /* Nothing half done: what got its name already goes again. */
        for (guint j = 0; j < i; j++)
          g_unlink (g_ptr_array_index (self->result->files, j));
        return FALSE;
      }

  return TRUE;
}

/* Ids of relations that the pre-flight stops. */
static GHashTable *
find_stopped (GPtrArray *notes)
{
  GHashTable *stopped = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < notes->len; i++)
    {
      CrmLetterNote *note = g_ptr_array_index (notes, i);

      if (note->stops)
        g_hash_table_add (stopped, note->id);
    }

  return stopped;
}

static gboolean
fail_stopped (GPtrArray *notes, guint n_stopped, guint n, GError **error)
{
  for (guint i = 0; i < notes->len; i++)
    {
      const CrmLetterNote *note = g_ptr_array_index (notes, i);

      if (!note->stops)
        continue;
      g_set_error (error,
                   CRM_LETTERS_ERROR,
                   CRM_LETTERS_ERROR_STOPPED,
                   "No letters made: %u of %u cannot be; the first, %s: %s. Mend or skip them",
                   n_stopped,
                   n,
                   note->id,
                   note->message);
      return FALSE;
    }

  g_set_error_literal (error,
                       CRM_LETTERS_ERROR,
                       CRM_LETTERS_ERROR_NOT_FOUND,
                       "No letters made: there is nobody to write to; choose other relations");
  return FALSE;
}

/* The recipients that a letter can be made for; NULL when none may be made. */
static GPtrArray *
choose (Job *self, const char *const *ids, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) stopped = NULL;
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  guint n = g_strv_length ((char **) ids);
  guint n_stopped;

  self->result
      ->notes = crm_letters_check (self->replica, self->template, ids, NULL, cancellable, error);
  if (self->result->notes == NULL)
    return NULL;

  stopped = find_stopped (self->result->notes);
  for (guint i = 0; i < n; i++)
    if (!g_hash_table_contains (stopped, ids[i]))
      g_ptr_array_add (chosen, (gpointer) ids[i]);
  n_stopped = n - chosen->len;
  if (g_hash_table_contains (stopped, crm_record_get_id (self->template)))
    n_stopped = n;

  if (n == 0 || n_stopped == n || (n_stopped > 0 && !self->options->skip))
    {
      fail_stopped (self->result->notes, n_stopped, n, error);
      return NULL;
    }

  self->result->n_skipped = n_stopped;
  return g_steal_pointer (&chosen);
}

CrmLettersResult *
crm_letters_make (CrmReplica *replica,
                  CrmRecord *template,
                  const char *const *ids,
                  const CrmLettersOptions *options,
                  CrmProgress *progress,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GPtrArray) chosen = NULL;
  g_auto (Job) job = { .replica = replica, .template = template, .options = options };

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (CRM_IS_RECORD (template), NULL);
  g_return_val_if_fail (ids != NULL, NULL);
  g_return_val_if_fail (options != NULL && options->output != NULL, NULL);

  job.result = g_new0 (CrmLettersResult, 1);
  job.result->files = g_ptr_array_new_with_free_func (g_free);

  chosen = choose (&job, ids, cancellable, error);
  if (chosen == NULL || !set_up (&job, chosen->len, error))
    return NULL;

  for (guint i = 0; i < chosen->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !make_one (&job, g_ptr_array_index (chosen, i), error) ||
          !crm_action_yield (job.action, error))
        return NULL;
      crm_progress_set (progress, i + 1, chosen->len);
    }

  if (!finish (&job, error))
    return NULL;

  return g_steal_pointer (&job.result);
}
