#include "letters/crm-letter-composer.h"

#include "base/crm-clock.h"
#include "base/crm-text.h"
#include "letters/crm-letter-composer-private.h"

#include <string.h>

/* More linked records than this are forgotten together. */
#define MAX_LINKED 512

static CrmLetterName
find_name (CrmLetterComposer *self, const CrmMustacheName *name)
{
  return crm_letter_name_find (self->model, name->name);
}

/* What is named before the salutation takes the place of what the page would say itself. */
static void
read_head (CrmLetterComposer *self)
{
  GPtrArray *names = crm_mustache_get_names (self->body);

  for (guint i = 0; i < names->len; i++)
    {
      CrmLetterName name = find_name (self, g_ptr_array_index (names, i));

      if (name == CRM_LETTER_NAME_SALUTATION)
        return;
      self->has_address |= name == CRM_LETTER_NAME_ADDRESS_BLOCK;
      self->has_date |= name == CRM_LETTER_NAME_DATE || name == CRM_LETTER_NAME_PLACE_DATE;
      self->has_reference |= name == CRM_LETTER_NAME_OUR_REFERENCE;
    }
}

static char *
make_signature (CrmLetterComposer *self)
{
  static const char *const names[] = { "sender.name", "sender.function", "sender.organisation" };
  g_autoptr (GString) text = g_string_new (CRM_LETTER_SIGNATURE_MARK "\n\n");
  gboolean first = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = crm_letter_settings_get (self->settings, names[i]);

      if (value == NULL)
        continue;
      if (!first)
        g_string_append (text, "\\\n");
      crm_letter_text_escape (text, value);
      first = FALSE;
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
read_settings (CrmLetterComposer *self)
{
  const char *city = crm_letter_settings_get (self->settings, "sender.city");
  g_autofree char *date = NULL;

  self->today = crm_clock_dup_today (0);
  date = crm_letter_words_format_date (self->words, self->today);
  if (city != NULL)
    self->place_date = g_strdup_printf ("%s, %s", city, date);
  else
    self->place_date = g_steal_pointer (&date);
  self->signature = make_signature (self);
}

static void
unref_linked (gpointer record)
{
  if (record != NULL)
    g_object_unref (record);
}

CrmLetterComposer *
crm_letter_composer_new (CrmReplica *replica,
                         CrmRecord *template,
                         const CrmLetterSettings *settings,
                         GError **error)
{
  g_autoptr (CrmLetterComposer) self = NULL;

  g_return_val_if_fail (CRM_IS_REPLICA (replica), NULL);
  g_return_val_if_fail (CRM_IS_RECORD (template), NULL);
  g_return_val_if_fail (settings != NULL, NULL);

  self = g_new0 (CrmLetterComposer, 1);
  self->replica = g_object_ref (replica);
  self->model = crm_replica_get_model (replica);
  self->template = g_object_ref (template);
  self->settings = crm_letter_settings_copy (settings);
  self->words = crm_letter_words_find (crm_record_get (template, "language"));
  self->linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_linked);

  if ((self->body = crm_mustache_parse (crm_record_get (template, "body"), error)) == NULL)
    return NULL;
  if ((self->subject = crm_mustache_parse (crm_record_get (template, "subject"), error)) == NULL)
    {
      g_prefix_error (error, "Subject: ");
      return NULL;
    }

  read_head (self);
  read_settings (self);
  return g_steal_pointer (&self);
}

void
crm_letter_composer_free (CrmLetterComposer *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->body, crm_mustache_free);
  g_clear_pointer (&self->subject, crm_mustache_free);
  g_clear_pointer (&self->linked, g_hash_table_unref);
  g_clear_pointer (&self->settings, crm_letter_settings_free);
  g_free (self->today);
  g_free (self->place_date);
  g_free (self->signature);
  g_clear_object (&self->template);
  g_clear_object (&self->replica);
  g_free (self);
}

static void
check_names (CrmLetterComposer *self, const CrmMustache *text, const char *part, GPtrArray *notes)
{
  GPtrArray *names = crm_mustache_get_names (text);

  for (guint i = 0; i < names->len; i++)
    {
      const CrmMustacheName *name = g_ptr_array_index (names, i);
      g_autofree char *message = NULL;

      if (crm_letter_name_is_known (self->model, name->name))
        continue;
      message = g_strdup_printf ("%s, line %u, column %u: there is no field “%s”",
                                 part,
                                 name->line,
                                 name->column,
                                 name->name);
      g_ptr_array_add (notes,
                       crm_letter_note_new (crm_record_get_id (self->template),
                                            name->name,
                                            CRM_LETTER_UNKNOWN_NAME,
                                            TRUE,
                                            message));
    }
}

GPtrArray *
crm_letter_composer_check_template (CrmLetterComposer *self)
{
  GPtrArray *notes = crm_letter_note_list_new ();

  g_return_val_if_fail (self != NULL, notes);

  check_names (self, self->subject, "subject", notes);
  check_names (self, self->body, "text", notes);
  return notes;
}

/* Asked for and empty: said once a letter. What the sender lacks is not the relation's fault. */
static void
empty_cb (const char *name, gpointer data)
{
  CrmLetterComposer *self = data;
  g_autofree char *message = NULL;
  CrmLetterName found;

  found = crm_letter_name_find (self->model, name);
  if (self->notes == NULL || found == CRM_LETTER_NAME_ADDRESS_BLOCK ||
      g_ascii_strncasecmp (name, "sender.", 7) == 0 ||
      g_ascii_strncasecmp (name, "afzender.", 9) == 0 ||
      !crm_letter_name_is_known (self->model, name))
    return;

  for (guint i = self->notes->len; i > 0; i--)
    {
      const CrmLetterNote *note = g_ptr_array_index (self->notes, i - 1);

      if (!g_str_equal (note->id, crm_record_get_id (self->relation)))
        break;
      if (note->problem == CRM_LETTER_EMPTY_FIELD && g_str_equal (note->field, name))
        return;
    }

  message = g_strdup_printf ("the template asks for “%s”, which is empty", name);
  g_ptr_array_add (self->notes,
                   crm_letter_note_new (crm_record_get_id (self->relation),
                                        name,
                                        CRM_LETTER_EMPTY_FIELD,
                                        FALSE,
                                        message));
}

static void
set_relation (CrmLetterComposer *self, CrmRecord *relation)
{
  const CrmKind *kind = crm_record_get_kind (relation);

  self->relation = relation;
  if (g_hash_table_size (self->linked) > MAX_LINKED)
    g_hash_table_remove_all (self->linked);

  if (crm_kind_find_field (kind, "surname") != NULL)
    {
      self->person = relation;
      self->organisation = letter_composer_get_linked (self,
                                                       crm_record_get (relation, "organisation"));
    }
  else
    {
      self->person = NULL;
      self->organisation = relation;
    }

  self->salutation = crm_salutation_new (self->person, self->organisation);
  /* Without a surname the letter is for the organisation. */
  if (self->salutation->salutation == NULL && self->organisation != NULL)
    {
      crm_salutation_free (self->salutation);
      self->salutation = crm_salutation_new (NULL, self->organisation);
    }
  self->block = crm_address_dup_block (self->person,
                                       self->organisation,
                                       crm_letter_settings_get_home (self->settings));
}

static void
clear_relation (CrmLetterComposer *self)
{
  g_clear_pointer (&self->salutation, crm_salutation_free);
  g_clear_pointer (&self->block, g_strfreev);
  self->relation = self->person = self->organisation = NULL;
  self->notes = NULL;
  self->reference = NULL;
}

static char *
merge (CrmLetterComposer *self, const CrmMustache *text, CrmMustacheEscape escape)
{
  CrmMustacheSource source = {
    .lookup = letter_composer_look_up, .escape = escape, .empty = empty_cb, .data = self
  };
  g_autoptr (GError) error = NULL;
  char *merged = crm_mustache_render (text, &source, &error);

  if (merged == NULL && self->notes != NULL)
    g_ptr_array_add (self->notes,
                     crm_letter_note_new (crm_record_get_id (self->relation),
                                          "body",
                                          CRM_LETTER_TOO_LONG,
                                          TRUE,
                                          error->message));
  return merged;
}

CrmLetter *
crm_letter_composer_compose (CrmLetterComposer *self,
                             CrmRecord *relation,
                             const char *reference,
                             GPtrArray *notes)
{
  CrmLetter *letter = crm_letter_new ();
  g_autofree char *subject = NULL;
  g_autofree char *body = NULL;

  g_return_val_if_fail (self != NULL, letter);
  g_return_val_if_fail (CRM_IS_RECORD (relation), letter);

  set_relation (self, relation);
  self->reference = reference;
  self->notes = notes;
  if (notes != NULL)
    letter_composer_check_relation (self);

  subject = merge (self, self->subject, NULL);
  body = merge (self, self->body, crm_letter_text_escape);

  letter->relation = g_strdup (crm_record_get_id (relation));
  letter->words = self->words;
  letter->address = g_strdupv (self->block);
  letter->subject = crm_text_clean (subject);
  letter->place_date = self->has_date ? NULL : g_strdup (self->place_date);
  letter->our_reference = self->has_reference ? NULL : g_strdup (reference);
  letter->handled_by = g_strdup (crm_letter_settings_get (self->settings, "letters.handled_by"));
  g_ptr_array_unref (letter->text);
  letter->text = crm_letter_text_parse (body);

  clear_relation (self);
  return letter;
}
