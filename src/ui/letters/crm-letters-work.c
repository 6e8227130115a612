#include "ui/letters/crm-letters-work.h"

#include "letters/crm-letter-reference.h"
#include "letters/crm-letter-templates.h"

void
crm_letters_setup_free (CrmLettersSetup *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_clear_pointer (&self->settings, crm_letter_settings_free);
  g_free (self);
}

gpointer
crm_letters_work_load (CrmReplica *replica,
                       gpointer unused,
                       GCancellable *cancellable,
                       GError **error)
{
  GPtrArray *templates = crm_letter_templates_list (replica, cancellable, error);
  CrmLettersSetup *setup;

  if (templates == NULL)
    return NULL;

  setup = g_new0 (CrmLettersSetup, 1);
  setup->templates = templates;
  setup->settings = crm_letter_settings_load (replica);
  return setup;
}

CrmLettersRequest *
crm_letters_request_new (CrmRecord *template, const char *const *ids)
{
  CrmLettersRequest *self = g_new0 (CrmLettersRequest, 1);

  self->template = crm_record_copy (template);
  self->ids = g_strdupv ((char **) ids);
  return self;
}

void
crm_letters_request_free (CrmLettersRequest *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->template);
  g_clear_object (&self->progress);
  g_strfreev (self->ids);
  g_free (self->output);
  g_free (self);
}

void
crm_letters_preview_free (CrmLettersPreview *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->letter, crm_letter_free);
  g_clear_object (&self->relation);
  g_free (self);
}

gpointer
crm_letters_work_preview (CrmReplica *replica,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error)
{
  CrmLettersRequest *request = data;
  g_autoptr (CrmLetterSettings) settings = crm_letter_settings_load (replica);
  g_autofree char *reference = crm_letter_reference_peek (replica);
  g_autoptr (CrmLetterComposer) composer = NULL;
  g_autoptr (CrmRecord) relation = crm_replica_get (replica, request->ids[0], error);
  CrmLettersPreview *preview;

  if (relation == NULL)
    return NULL;
  composer = crm_letter_composer_new (replica, request->template, settings, error);
  if (composer == NULL)
    return NULL;

  preview = g_new0 (CrmLettersPreview, 1);
  preview->letter = crm_letter_composer_compose (composer, relation, reference, NULL);
  preview->relation = g_steal_pointer (&relation);
  return preview;
}

void
crm_letters_checked_free (CrmLettersChecked *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_pointer (&self->titles, g_hash_table_unref);
  g_free (self);
}

static void
add_title (CrmLettersChecked *self, CrmReplica *replica, CrmRecord *template, const char *id)
{
  g_autoptr (CrmRecord) record = NULL;

  if (g_hash_table_contains (self->titles, id))
    return;

  if (g_str_equal (id, crm_record_get_id (template)))
    record = g_object_ref (template);
  else
    record = crm_replica_find (replica, id);
  g_hash_table_insert (self->titles,
                       g_strdup (id),
                       record != NULL ? crm_record_dup_title (record) : g_strdup (id));
}

gpointer
crm_letters_work_check (CrmReplica *replica,
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error)
{
  CrmLettersRequest *request = data;
  CrmLettersChecked *checked;
  GPtrArray *notes = crm_letters_check (replica,
                                        request->template,
                                        (const char *const *) request->ids,
                                        NULL,
                                        cancellable,
                                        error);

  if (notes == NULL)
    return NULL;

  checked = g_new0 (CrmLettersChecked, 1);
  checked->notes = notes;
  checked->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < notes->len; i++)
    add_title (checked,
               replica,
               request->template,
               ((const CrmLetterNote *) g_ptr_array_index (notes, i))->id);
  return checked;
}

gpointer
crm_letters_work_make (CrmReplica *replica,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  CrmLettersRequest *request = data;
  CrmLettersOptions options = { .output = request->output,
                                .each = request->each,
                                .skip = request->skip };

  return crm_letters_make (replica,
                           request->template,
                           (const char *const *) request->ids,
                           &options,
                           request->progress,
                           cancellable,
                           error);
}

gpointer
crm_letters_work_save_settings (CrmReplica *replica,
                                gpointer settings,
                                GCancellable *cancellable,
                                GError **error)
{
  return GINT_TO_POINTER (crm_letter_settings_save (settings, replica, error));
}
